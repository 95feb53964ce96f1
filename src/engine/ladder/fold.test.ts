import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { replay } from '#engine/replay/replay.ts';
import { judge } from '#engine/verdict/judge.ts';
import { anyLedger, inOrder as factsInOrder } from '#tests/support/any-history.ts';
import { anyPact } from '#tests/support/any-pact.ts';
import { buildPact, DAY, did, interest } from '#tests/support/build.ts';
import { activities, changes, instants, mixedPoints, START, timelyPact } from '#tests/support/timely.ts';
import { advance, advanceAll } from './advance.ts';
import type { Effect, Moved } from './effect.ts';
import { factsOf, type LeadState, newLead } from './lead.ts';
import { inOrder, instantOf, type Occurrence } from './occurrence.ts';

const REASONS: Pact['reasons'] = [
  { id: 'not_fit', text: 'Not for us.', next: 'disqualify' },
  { id: 'timing', text: 'Later.', next: 'recycle' },
];
const timely = timelyPact(mixedPoints).map((pact) => ({ ...pact, reasons: REASONS }));
const versions = fc.tuple(timely, timely, instants).map(([pact, other, at]) => [
  { from: START, pact },
  { from: at, pact: other },
]);

const answers: fc.Arbitrary<Occurrence> = fc.oneof(
  ...(['accepted', 'lapsed', 'qualified', 'opened', 'won', 'lost', 'released', 'time', 'pact'] as const).map(
    (kind) => instants.map((at) => ({ kind, at })),
  ),
  fc.record({
    kind: fc.constant('returned' as const),
    at: instants,
    reason: fc.constantFrom('timing', 'timing', 'not_fit'),
    until: fc.option(instants, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constantFrom('exception' as const, 'held' as const),
    at: instants,
    by: fc.constantFrom('sales' as const, 'marketing' as const),
  }),
);
const facts: fc.Arbitrary<Occurrence> = fc.oneof(
  { weight: 4, arbitrary: activities.map((one) => ({ kind: 'activity' as const, ...one })) },
  changes.map((one) => ({ kind: 'attributes' as const, ...one })),
  fc.constantFrom('x', 'y').map((kind) => ({ kind: 'attributes' as const, at: null, values: { kind } })),
);
const anything = fc.array(fc.oneof({ weight: 3, arbitrary: facts }, answers), { maxLength: 16 });

/** A ledger in order, and the same in an order and in portions as it might have arrived. */
const arrivals = anything.chain((all) =>
  fc.record({
    all: fc.constant(all),
    shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
    portions: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: all.length, maxLength: all.length }),
  }),
);

function inPortions(all: readonly Occurrence[], sizes: readonly number[]): Occurrence[][] {
  const portions: Occurrence[][] = [];
  for (let from = 0, i = 0; from < all.length; from += sizes[i]!, i++)
    portions.push(all.slice(from, from + sizes[i]!));
  return portions;
}

describe('folding', () => {
  test('any order of arrival, in any portions, leads to the same state', () => {
    fc.assert(
      fc.property(versions, arrivals, (pact, { all, shuffled, portions }) => {
        const [wanted] = advanceAll(newLead('ada'), all, pact);
        let lead = newLead('ada');
        for (const portion of inPortions(shuffled, portions)) [lead] = advanceAll(lead, portion, pact);
        expect(lead).toEqual(wanted);
      }),
      { numRuns: 600 },
    );
  });

  test('one by one in order of time as all at once, effects and all', () => {
    fc.assert(
      fc.property(versions, anything, (pact, all) => {
        const [wanted, effects] = advanceAll(newLead('ada'), all, pact);
        let lead = newLead('ada');
        const told: Effect[] = [];
        const moments = Map.groupBy(all, instantOf);
        for (const at of [...moments.keys()].sort((a, b) => a - b)) {
          const [next, said] = advanceAll(lead, moments.get(at)!, pact);
          lead = next;
          told.push(...said);
        }
        expect(lead).toEqual(wanted);
        const moves = (list: Effect[]) => list.filter((effect) => effect.kind !== 'wake');
        expect(moves(told)).toEqual(moves(effects));
      }),
      { numRuns: 250 },
    );
  });

  test('a state goes on the same from storage, and twice from the same state', () => {
    fc.assert(
      fc.property(versions, anything, fc.nat(), (pact, all, cut) => {
        const at = cut % (all.length + 1);
        const [half] = advanceAll(newLead('ada'), all.slice(0, at), pact);
        const stored = JSON.parse(JSON.stringify(half)) as LeadState;
        const before = structuredClone(half);
        const fromStorage = advanceAll(stored, all.slice(at), pact);
        expect(advanceAll(half, all.slice(at), pact)).toEqual(fromStorage);
        expect(advanceAll(half, all.slice(at), pact)).toEqual(fromStorage);
        expect(half).toEqual(before);
      }),
      { numRuns: 250 },
    );
  });

  test('who heard all effects knows the stage and the open handoff, whatever came late', () => {
    fc.assert(
      fc.property(versions, arrivals, (pact, { shuffled, portions }) => {
        let lead = newLead('ada');
        let [stage, open, wake]: [string | null, number | null, Instant | null] = [null, null, null];
        for (const portion of inPortions(shuffled, portions)) {
          const sofar = lead.standing?.at ?? Number.NEGATIVE_INFINITY;
          const [next, effects] = advanceAll(lead, portion, pact);
          lead = next;
          for (const effect of effects) {
            if (effect.kind === 'wake') wake = effect.at;
            else if (effect.late) expect(effect.cause.at ?? Number.NEGATIVE_INFINITY).toBeLessThan(sofar);
            if (effect.kind === 'moved') {
              expect(effect.from).toBe(stage);
              stage = effect.to;
            }
            if (effect.kind === 'offered') {
              expect(open).toBe(null);
              open = effect.pass;
            }
            if (effect.kind === 'withdrawn') {
              expect(open).toBe(effect.pass);
              open = null;
            }
            if (effect.kind === 'moved' && effect.to !== 'mql') open = null;
          }
        }
        expect(stage).toBe(lead.standing?.stage ?? null);
        expect(open).toBe(lead.standing?.phase === 'offered' ? lead.standing.pass : null);
        expect(wake).toBe(lead.next);
      }),
      { numRuns: 600 },
    );
  });
});

describe('folding live equals replaying', () => {
  const asOccurrences = ({ changes: became, activities: done }: Facts): Occurrence[] => [
    ...became.map((one) => ({ kind: 'attributes' as const, ...one })),
    ...done.map((one) => ({ kind: 'activity' as const, ...one })),
  ];
  const END = START + 400 * DAY;

  test('verdict by verdict, over pacts that use the whole language', () => {
    fc.assert(
      fc.property(anyPact, anyLedger, (pact, ledger) => {
        const occurrences = asOccurrences(ledger).sort(inOrder);
        let lead = newLead(ledger.id);
        const said = new Map<Instant, unknown>();
        for (const one of occurrences) {
          [lead] = advance(lead, one, pact);
          if (lead.standing !== null) said.set(lead.standing.at, lead.standing.verdict);
        }
        if (lead.standing === null) return;
        const track = replay(factsInOrder(factsOf(lead)), pact, END);
        expect([...said.values()]).toEqual(track.verdicts);
      }),
      { numRuns: 250 },
    );
  });

  test("while it is marketing's, its moves are the replay's changes of stage, each once", () => {
    fc.assert(
      fc.property(timely, fc.array(facts, { maxLength: 14 }), fc.boolean(), (pact, all, held) => {
        const hold: Occurrence[] = held ? [{ kind: 'held', at: START - 1, by: 'marketing' }] : [];
        const [lead, effects] = advanceAll(newLead('ada'), [...hold, ...all], pact);
        if (lead.standing === null) return;
        const moves = effects.filter((effect): effect is Moved => effect.kind === 'moved');
        const track = replay(factsOf(lead), pact, END);
        const first = held ? [judge(pact, factsOf(lead), START - 1)] : [];
        const stages = [...first, ...track.verdicts].map(({ at, stage }) => ({ at, stage }));
        const changed = stages.filter(({ stage }, i) => stage !== stages[i - 1]?.stage);
        // offered to sales, it stays where it is until sales answers
        const offered = held ? -1 : changed.findIndex(({ stage }) => stage === 'mql');
        const wanted = offered === -1 ? changed : changed.slice(0, offered + 1);
        expect(moves.slice(0, wanted.length).map(({ at, to }) => ({ at, stage: to }))).toEqual(wanted);
        if (offered === -1) expect(moves.length).toBe(wanted.length);
        expect(effects.find((effect) => effect.kind === 'offered')?.at ?? null).toBe(
          held ? null : (track.mql_at ?? null),
        );
      }),
      { numRuns: 600 },
    );
  });

  test('woken whenever it asks to be, it stands where the judge puts it at any instant', () => {
    fc.assert(
      fc.property(timely, fc.array(facts, { maxLength: 10 }), instants, (pact, all, probe) => {
        const hold: Occurrence = { kind: 'held', at: START - 1, by: 'marketing' };
        const known = all.filter((one) => instantOf(one) <= probe);
        let [lead] = advanceAll(newLead('ada'), [hold, ...known], pact);
        for (let woken = 0; lead.next !== null && lead.next <= probe; woken++) {
          expect(woken).toBeLessThan(200);
          [lead] = advance(lead, { kind: 'time', at: lead.next }, pact);
        }
        expect(lead.standing!.stage).toBe(judge(pact, factsOf(lead), probe).stage);
      }),
      { numRuns: 250 },
    );
  });
});

describe('a long history', () => {
  test('is folded one by one without looking at all of it again each time', () => {
    let looked = 0;
    const properties = () =>
      new Proxy(
        {},
        {
          ownKeys: () => {
            looked++;
            return [];
          },
        },
      );
    const unread = did('page', { where: { path: { exists: false } } });
    const pact = buildPact({ interest: [interest('page', 1, { when: unread, half_life: '7d' })] });
    const length = 2000;
    let lead = newLead('bot');
    for (let i = 0; i < length; i++) {
      const visit = { kind: 'activity', at: START + i, type: 'page', properties: properties() } as const;
      [lead] = advance(lead, visit, pact);
    }
    expect(lead.standing!.verdict.interest).toBeGreaterThan(length - 1);
    expect(looked).toBe(length);
  });
});
