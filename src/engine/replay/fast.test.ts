import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { GRADES } from '#engine/verdict/grade.ts';
import { judge } from '#engine/verdict/judge.ts';
import { anyInstant, anyLedger, END, inOrder, START } from '#tests/support/any-history.ts';
import { anyPact } from '#tests/support/any-pact.ts';
import { activity, buildPact, clause, DAY, did, HOUR, interest } from '#tests/support/build.ts';
import { type Columns, ColumnsBuilder, factsOf, footprint } from './columns.ts';
import { type Standings, VERDICTS } from './fast/tracks.ts';
import { judgeColumns, replayColumns } from './fast.ts';
import { occurrences, replay } from './replay.ts';

const columnsOf = (ledgers: readonly Facts[], pact: Pact | null): Columns => {
  const builder = new ColumnsBuilder(pact === null ? {} : { footprint: footprint([pact]) });
  for (const { id } of ledgers) builder.lead(id);
  // Everything of the last lead first: leads take turns in a file.
  for (const { id, changes, activities } of ledgers.toReversed()) {
    const lead = builder.lead(id);
    for (const { at, type, properties } of activities) builder.activity(lead, at, type, properties);
    for (const { at, values } of changes) builder.change(lead, at, values);
  }
  return builder.finish();
};

const standing = ({ verdict, grade, fit, interest, stage, stages }: Standings, lead: number) => ({
  verdict: VERDICTS[verdict[lead]!],
  grade: GRADES[grade[lead]!],
  fit: fit[lead],
  interest: interest[lead],
  stage: stages[stage[lead]!],
});

const plain = (pact: Pact, facts: Facts, at: Instant) => {
  const { verdict, grade, fit, interest, stage } = judge(pact, facts, at);
  return { verdict, grade, fit, interest, stage };
};

const ledgers = fc.uniqueArray(anyLedger, { minLength: 1, maxLength: 4, selector: ({ id }) => id });

test('the fast path replays as the plain interpreter does, to the last bit', () => {
  fc.assert(
    fc.property(
      anyPact,
      ledgers,
      fc.boolean(),
      fc.oneof(fc.constant(END), anyInstant),
      (pact, came, projected, until) => {
        const columns = columnsOf(came, projected ? pact : null);
        const tracks = replayColumns(columns, pact, until);
        came.forEach((ledger, lead) => {
          const facts = inOrder(ledger);
          const track = replay(facts, pact, until);
          expect({ mqlAt: tracks.mqlAt[lead], ...standing(tracks, lead) }).toStrictEqual({
            mqlAt: track.mql_at ?? Number.NaN,
            ...plain(pact, facts, until),
          });
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('at every instant at which something happened it judges as the plain interpreter does', () => {
  fc.assert(
    fc.property(anyPact, ledgers, (pact, came) => {
      const columns = columnsOf(came, pact);
      const instants = new Set(came.flatMap((ledger) => occurrences(inOrder(ledger), END)));
      for (const at of instants) {
        const standings = judgeColumns(columns, pact, at);
        came.forEach((ledger, lead) => {
          expect(standing(standings, lead)).toStrictEqual(plain(pact, inOrder(ledger), at));
        });
      }
    }),
    { numRuns: 100 },
  );
});

test('facts read back from columns are judged as those that went in', () => {
  fc.assert(
    fc.property(anyPact, ledgers, anyInstant, fc.boolean(), (pact, came, at, projected) => {
      const columns = columnsOf(came, projected ? pact : null);
      came.forEach((ledger, lead) => {
        expect(judge(pact, factsOf(columns, lead), at)).toStrictEqual(judge(pact, inOrder(ledger), at));
      });
    }),
    { numRuns: 200 },
  );
});

test('a lead that never stops clicking is replayed alike, with caps and windows and gates', () => {
  const often = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 * 24 }), fc.constantFrom('page', 'mail')), {
    minLength: 150,
    maxLength: 300,
  });
  const cap = fc.constantFrom(undefined, 8, 20, 30, 40);
  const window = fc.constantFrom('1d' as const, '7d' as const);
  fc.assert(
    fc.property(often, cap, window, fc.integer({ min: 5, max: 45 }), (clicks, most, within, gte) => {
      const pact = buildPact({
        interest: [
          interest('page', 1, { half_life: '3d', within, ...(most === undefined ? {} : { cap: most }) }),
          interest('mail', 2, {
            half_life: '1d',
            within: '7d',
            cap: 12,
            when: did('mail', { times: { lte: 20 } }),
          }),
          interest('keen', 1, { half_life: '3d', cap: 8, when: did('page', { times: { gte: 40 } }) }),
          interest('both', -0.1, {
            half_life: '2d',
            when: { any: [did('page', { within }), did('mail')] },
            cap: -4,
          }),
        ],
        mql: clause({ interest: { gte } }),
      });
      const ledger = {
        id: 'ada',
        changes: [],
        activities: clicks.map(([hour, type]) => activity(START + hour * HOUR, type)),
      };
      const tracks = replayColumns(columnsOf([ledger], pact), pact, END);
      const track = replay(inOrder(ledger), pact, END);
      expect(tracks.mqlAt[0]).toBe(track.mql_at ?? Number.NaN);
      expect(standing(tracks, 0)).toStrictEqual(plain(pact, inOrder(ledger), END));
      const then = START + 13 * DAY;
      expect(standing(judgeColumns(columnsOf([ledger], pact), pact, then), 0)).toStrictEqual(
        plain(pact, inOrder(ledger), then),
      );
    }),
    { numRuns: 120 },
  );
});
