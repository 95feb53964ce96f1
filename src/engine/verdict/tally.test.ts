import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '#tests/support/build.ts';
import { histories, instants, mixedPoints, START, timelyPact } from '#tests/support/timely.ts';
import { judge } from './judge.ts';
import { Tally } from './tally.ts';

describe('a tally', () => {
  test('says at any instant what the plain interpreter says, bit for bit', () => {
    fc.assert(
      fc.property(timelyPact(mixedPoints), histories, instants, (pact, facts, at) => {
        expect(Tally.of(pact, facts, at).judge(at)).toEqual(judge(pact, facts, at));
      }),
      { numRuns: 700 },
    );
  });

  test('may be kept up fact by fact, and asked in between', () => {
    fc.assert(
      fc.property(timelyPact(mixedPoints), histories, (pact, facts) => {
        const tally = new Tally(pact);
        const asked = [...facts.changes, ...facts.activities].sort((a, b) => a.at! - b.at!);
        asked.forEach((fact, i) => {
          if ('values' in fact) tally.change(fact);
          else tally.add(fact);
          const next = asked[i + 1]?.at ?? fact.at! + 200 * DAY;
          if (next === fact.at) return;
          for (const at of [fact.at!, fact.at! + Math.floor((next - fact.at!) / 2), next - 1]) {
            expect(tally.judge(at)).toEqual(judge(pact, facts, at));
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  test('may leave out what was done up to an instant', () => {
    fc.assert(
      fc.property(timelyPact(mixedPoints), histories, instants, (pact, facts, since) => {
        const at = START + 95 * DAY;
        const later = facts.activities.filter((activity) => activity.at > since);
        expect(Tally.of(pact, facts, at, since).judge(at)).toEqual(
          judge(pact, { ...facts, activities: later }, at),
        );
      }),
      { numRuns: 400 },
    );
  });
});
