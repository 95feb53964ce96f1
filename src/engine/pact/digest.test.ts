import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ACME, type WrittenPact, writtenPacts } from '#tests/support/pacts.ts';
import { canonicalJson, digestPact } from './digest.ts';
import { parsePact } from './parse.ts';
import { PactError } from './problem.ts';

const digest = (source: string): string => digestPact(parsePact(source).pact);

test('is the hash of the canonical form', () => {
  expect(digest(ACME)).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(digest(ACME)).toBe(digest(ACME));
});

test('a digest once signed stays', () => {
  expect(digest('pact: Acme\nlanguage: 1\nmql: { when: { fit: { gte: 40 } } }\n')).toMatchInlineSnapshot(
    `"sha256:9420a737e6e5ae4fa65b3294df9fbe2d7d3edc21f477f899b04183217885fca2"`,
  );
});

test.each([
  [{ b: 1, a: [2, { d: null, c: true }] }, '{"a":[2,{"c":true,"d":null}],"b":1}'],
  [
    { '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude00': 4, '\ufb33': 5 },
    '{"\\r":2,"1":3,"€":1,"😀":4,"\ufb33":5}',
  ],
  [[1e21, 1e-7, 0.1, 100, -0], '[1e+21,1e-7,0.1,100,0]'],
  [{ a: undefined, b: 'a"\n' }, '{"b":"a\\"\\n"}'],
])('canonical JSON of %j', (value, json) => {
  expect(canonicalJson(value)).toBe(json);
});

describe('stays the same', () => {
  const base = digest(ACME);

  test.each<[string, string, string]>([
    ['another comment', '# version of this format', '# format'],
    ['a comment line', 'parties:', '# who signs\nparties:'],
    ['quotes', 'pact: Acme Industrial', 'pact: "Acme Industrial"'],
    ['quoted numbers to compare with', 'between: [51, 1000]', 'between: ["51", "1000"]'],
    ['another spelling of a duration', 'half_life: 14d', 'half_life: 336h'],
    ['another spelling of working time', 'decide: 5d', 'decide: 1w'],
    [
      'another spelling of the hours',
      'hours: { mon-fri: 09:00-17:00 }',
      'hours: { mon-wed: 9:00-17:00, "thu,fri": [09:00-12:00, 12:00-17:00] }',
    ],
    [
      'a default spelled out',
      'when: { attribute: email, exists: true }',
      'when: { attribute: email, exists: true }\n  owner: both',
    ],
    ['times spelled out', 'where: { form: demo } }', 'where: { form: { is: demo } }, times: { gte: 1 } }'],
    ['a default left out', 'review: { every: 90d }', ''],
    ['keys in another order', '{ A: 60, B: 40, C: 20 }', '{ C: 20, A: 60, B: 40 }'],
    ['zeros at the end', 'attainment: 0.90', 'attainment: 0.9'],
    ['commas in quotes', 'text: Real, but later.', 'text: "Real, but later."'],
  ])('with %s', (_, from, to) => {
    expect(ACME).toContain(from);
    expect(digest(ACME.replace(from, () => to))).toBe(base);
  });

  test('in JSON, in another key order, in quotes, in lines, with comments', () => {
    fc.assert(
      fc.property(writtenPacts, fc.integer(), (written, seed) => {
        const plain = digest(JSON.stringify(written));
        expect(digest(JSON.stringify(shuffled(written, seed), null, 2))).toBe(plain);
        const lines = stringify(shuffled(written, seed + 1), { aliasDuplicateObjects: false, lineWidth: 0 });
        expect(digest(lines.replaceAll('\n', '  # comment\n# another: [one\n'))).toBe(plain);
        expect(
          digest(stringify(written, { defaultStringType: 'QUOTE_SINGLE', collectionStyle: 'flow' })),
        ).toBe(plain);
      }),
      { numRuns: 20 },
    );
  });
});

describe('changes', () => {
  const base = digest(ACME);

  test.each<[string, string, string]>([
    ['the name', 'pact: Acme Industrial', 'pact: Acme'],
    ['a word', 'Works for a competitor.', 'Works for a rival.'],
    ['points', 'points: 20', 'points: 21'],
    ['the sign of points', 'points: 20', 'points: -20'],
    ['a bound', 'between: [51, 1000]', 'between: [50, 1000]'],
    ['an operator', '{ fit: { gte: 40 } }', '{ fit: { gt: 40 } }'],
    ['all to any', 'when: { all: [ { fit: { gte: 40 } }', 'when: { any: [ { fit: { gte: 40 } }'],
    [
      'an operator more',
      'attribute: buying_role, is: influencer',
      'attribute: buying_role, is: influencer, is_not: x',
    ],
    ['a half-life', 'half_life: 14d', 'half_life: 15d'],
    ['a half-life left out', 'half_life: 14d, ', ''],
    ['a cap', 'cap: 24', 'cap: 25'],
    ['a window', 'did: Form Submitted,', 'did: Form Submitted, within: 30d,'],
    ['how many times', 'times: { gte: 3 }', 'times: { gte: 2 }'],
    ['a property', 'starts_with: /pricing', 'starts_with: /price'],
    ['a grade', 'A: 60', 'A: 61'],
    ["a stage's id", 'id: prospect', 'id: prospects'],
    [
      'the order of levels',
      'warm: { interest: { gte: 10 } }, hot: { interest: { gte: 20 } }',
      'hot: { interest: { gte: 20 } }, warm: { interest: { gte: 10 } }',
    ],
    ['a tier', 'first_touch: 15m', 'first_touch: 20m'],
    ['hours of a day', 'mon-fri: 09:00-17:00', 'mon-thu: 09:00-17:00'],
    ['a holiday', '2026-12-24', '2026-12-31'],
    ['a zone', 'America/New_York', 'America/Chicago'],
    ['what travels', '[email, account.name]', '[email]'],
    ['a question', 'required: true', 'required: false'],
    ['what a reason accuses', 'clause: sql, next', 'clause: profile, next'],
    ['a promise', 'acceptance: 0.75', 'acceptance: 0.8'],
    ['an owner', 'exists: true }', 'exists: true }\n  owner: marketing'],
    ['who gets it', 'weight: 2', 'weight: 3'],
  ])('with %s', (_, from, to) => {
    expect(ACME).toContain(from);
    expect(digest(ACME.replace(from, () => to))).not.toBe(base);
  });

  test('with any leaf of the normal form', () => {
    const { pact } = parsePact(ACME);
    const seen = new Map([[base, 'the pact']]);
    for (const change of leafChanges(pact)) {
      let changed: string;
      try {
        changed = digest(JSON.stringify(change.pact));
      } catch (error) {
        if (error instanceof PactError) continue;
        throw error;
      }
      expect(changed, change.path).not.toBe(base);
      seen.set(changed, change.path);
    }
    expect(seen.size).toBeGreaterThan(80);
  });
});

/** The value with the keys of its maps in another order; levels keep theirs, because it means something. */
function shuffled<T>(value: T, seed: number): T {
  if (Array.isArray(value)) return value.map((part) => shuffled(part, seed)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string): number =>
    Math.sin(seed + key.length * 7 + key.charCodeAt(0) + key.charCodeAt(key.length - 1));
  const entries = Object.entries(value as WrittenPact).toSorted(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === 'levels' ? part : shuffled(part, seed)]),
  ) as T;
}

/** The pact with one of its leaves made another. */
function* leafChanges(pact: unknown): Generator<{ path: string; pact: unknown }> {
  const other = (leaf: unknown): unknown => {
    if (typeof leaf === 'number') return leaf + 1;
    if (typeof leaf === 'boolean') return !leaf;
    return `${leaf}x`;
  };
  function* leaves(value: unknown, path: (string | number)[]): Generator<(string | number)[]> {
    if (typeof value !== 'object' || value === null) yield path;
    else for (const [key, part] of Object.entries(value)) yield* leaves(part, [...path, key]);
  }
  for (const path of leaves(pact, [])) {
    const copy = structuredClone(pact) as Record<string, unknown>;
    let holder = copy;
    for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
    const last = path.at(-1) as string;
    holder[last] = other(holder[last]);
    yield { path: path.join('.'), pact: copy };
  }
}
