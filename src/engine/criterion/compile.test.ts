import { describe, expect, test } from 'vitest';
import type { Condition } from '#engine/pact/pact.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { attribute, bad, buildPact, clause, did, interest, profile } from '#tests/support/build.ts';
import { compileCondition, compilePact, holds, type World } from './compile.ts';

/** A world in which the attributes t, f and u are true, false and unknown. */
const said: Record<string, Truth> = { t: true, f: false, u: null };

function truthOf(condition: Condition): Truth {
  const { rules, when } = compileCondition(condition, compilePact(buildPact()));
  const never = () => {
    throw new Error('not asked here');
  };
  const world: World = {
    attribute: (leaf) => said[rules.attributes[leaf]!.attribute]!,
    did: never,
    fit: never,
    interest: never,
    grade: never,
    stage: never,
  };
  return holds(when, world);
}

const ask = (name: string): Condition => attribute(name, { is: 'x' });
const T = true;
const F = false;
const U = null;

describe("Kleene's strong logic", () => {
  test.each<[a: string, b: string, all: Truth, any: Truth]>([
    ['t', 't', T, T],
    ['t', 'u', U, T],
    ['t', 'f', F, T],
    ['u', 't', U, T],
    ['u', 'u', U, U],
    ['u', 'f', F, U],
    ['f', 't', F, T],
    ['f', 'u', F, U],
    ['f', 'f', F, F],
  ])('%s, %s: all is %s, any is %s', (a, b, all, any) => {
    expect(truthOf({ all: [ask(a), ask(b)] })).toBe(all);
    expect(truthOf({ any: [ask(a), ask(b)] })).toBe(any);
  });

  test.each<[Condition, Truth]>([
    [{ not: ask('t') }, F],
    [{ not: ask('f') }, T],
    [{ not: ask('u') }, U],
    [{ not: { not: ask('u') } }, U],
    [{ all: [] }, T],
    [{ any: [] }, F],
    [{ all: [ask('u'), { not: ask('u') }] }, U],
    [{ any: [ask('u'), { not: ask('u') }] }, U],
    [{ all: [ask('u'), ask('t'), ask('f')] }, F],
    [{ any: [ask('u'), ask('f'), ask('t')] }, T],
    [{ not: { all: [ask('t'), ask('u')] } }, U],
    [{ not: { any: [ask('f'), ask('u')] } }, U],
    [{ all: [{ any: [ask('u'), ask('t')] }, { not: ask('f') }] }, T],
  ])('%j is %s', (condition, truth) => {
    expect(truthOf(condition)).toBe(truth);
  });
});

describe('leaves', () => {
  test('a question is asked once however often the pact repeats it', () => {
    const email = attribute('email', { exists: true });
    const rules = compilePact(
      buildPact({
        lead: clause(email),
        profile: [profile('known', 5, email), profile('other', 5, attribute('Email', { exists: true }))],
        bad_leads: [bad('gone', { not: email })],
        interest: [interest('page', 5), interest('again', 3, { when: { any: [did('page'), did('form')] } })],
        mql: clause({ all: [email, did('page'), did('page', { within: '30d' })] }),
      }),
    );
    expect(rules.attributes.map((leaf) => leaf.source.attribute)).toEqual(['email', 'Email']);
    expect(rules.dids.map((leaf) => [leaf.type, leaf.within])).toEqual([
      ['page', Number.POSITIVE_INFINITY],
      ['form', Number.POSITIVE_INFINITY],
      ['page', 30 * 24 * 3600 * 1000],
    ]);
    expect(rules.interest.map((rule) => rule.dids)).toEqual([[0], [0, 1]]);
  });

  test('a pact is compiled once', () => {
    const pact = buildPact();
    expect(compilePact(pact)).toBe(compilePact(pact));
  });

  test("a condition that is not the pact's own shares its leaves and leaves the pact as it is", () => {
    const rules = compilePact(buildPact({ lead: clause(attribute('email', { exists: true })) }));
    const more = compileCondition(
      { all: [attribute('email', { exists: true }), attribute('country', { is: 'DE' }), did('page')] },
      rules,
    );
    expect(more.when).toEqual({
      kind: 'all',
      of: [
        { kind: 'attribute', leaf: 0 },
        { kind: 'attribute', leaf: 1 },
        { kind: 'did', leaf: 0 },
      ],
    });
    expect([rules.attributes.length, rules.dids.length]).toEqual([1, 0]);
  });

  test('a condition nobody knows is said, not taken for no', () => {
    const strange = { visited: 'page' } as unknown as Condition;
    expect(() => compilePact(buildPact({ mql: clause(strange) }))).toThrow(
      'unknown condition {"visited":"page"}',
    );
  });
});
