import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BAD_LEAD, MQL, NOT_MQL, VISITOR } from '#engine/replay/fast/tracks.ts';
import { backtest, type Deal, type Ends, flips, type Outcome } from './backtest.ts';
import { countByMonth } from './months.ts';

const NEVER = Number.NaN;
const ends = (mqlAt: number[], verdict: number[] = mqlAt.map(() => NOT_MQL)): Ends => ({
  mqlAt: Float64Array.from(mqlAt),
  verdict: Uint8Array.from(verdict),
});
const deal = (
  lead: number,
  outcome: Outcome,
  closedAt: number | null = null,
  amount: number | null = null,
): Deal => ({
  lead,
  outcome,
  closedAt,
  amount,
});

describe('a backtest', () => {
  test('counts leads, not deals, and caught only what was found in time', () => {
    const figures = backtest(
      ends([10, 10, 10, NEVER, 10, NEVER], [MQL, MQL, NOT_MQL, VISITOR, BAD_LEAD, NOT_MQL]),
      [
        deal(0, 'won', 20, 100), // found in time
        deal(0, 'lost', 5),
        deal(0, 'won', 30, 50),
        deal(1, 'won', 9, 10), // found too late
        deal(2, 'lost', 10), // found at the very instant
        deal(3, 'won'), // never found
        deal(4, 'open', 50),
      ],
      'UTC',
    );
    expect(figures).toMatchObject({
      visitors: 1,
      bad_leads: 1,
      mqls: 4,
      mqls_by_month: { '1970-01': 4 },
      deals: { won: 3, lost: 1, open: 1 },
      caught: 1,
      missed: 2,
      mqls_decided: { won: 1, lost: 1 },
      precision: 0.5,
      amounts: { won: 160, caught: 150 },
    });
    expect(figures.recall).toBeCloseTo(1 / 3);
    const [low, high] = figures.recall_interval!;
    expect([low, high].map((one) => one.toFixed(4))).toEqual(['0.0615', '0.7923']);
  });

  const several: [name: string, mqlAt: number, deals: Deal[], caught: number, won: number, lost: number][] = [
    ['of several won deals the earliest counts', 10, [deal(0, 'won', 20), deal(0, 'won', 8)], 0, 0, 0],
    ['one without a date does not hide one with', 10, [deal(0, 'won', null), deal(0, 'won', 8)], 0, 0, 0],
    ['won without a date: whenever it was found', 10, [deal(0, 'won', null)], 1, 1, 0],
    ['won counts before lost, whatever the order', 10, [deal(0, 'lost', 1), deal(0, 'won', 20)], 1, 1, 0],
    ['lost before it was found says nothing of it', 10, [deal(0, 'lost', 9)], 0, 0, 0],
    ['lost without a date counts', 10, [deal(0, 'lost')], 0, 0, 1],
    ['open decides nothing', 10, [deal(0, 'open', 20)], 0, 0, 0],
  ];
  test.each(several)('%s', (_, mqlAt, deals, caught, won, lost) => {
    expect(backtest(ends([mqlAt]), deals, 'UTC')).toMatchObject({ caught, mqls_decided: { won, lost } });
  });

  test('says null where there is nothing to divide by', () => {
    const nothing = { precision: null, precision_interval: null, recall: null, recall_interval: null };
    expect(backtest(ends([]), [], 'UTC')).toMatchObject({ ...nothing, mqls_by_month: {} });
    expect(backtest(ends([1]), [deal(0, 'open')], 'UTC')).toMatchObject(nothing);
  });

  test('caught and missed are the won, and rates lie within their intervals', () => {
    const instant = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null });
    const someDeal = fc.record({
      lead: fc.nat(4),
      outcome: fc.constantFrom<Outcome>('won', 'lost', 'open'),
      closedAt: instant,
      amount: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(instant, { minLength: 5, maxLength: 5 }), fc.array(someDeal), (mqlAt, deals) => {
        const figures = backtest(ends(mqlAt.map((at) => at ?? NEVER)), deals, 'UTC');
        expect(figures.caught + figures.missed).toBe(figures.deals.won);
        expect(figures.caught).toBe(figures.mqls_decided.won);
        const leads = Object.values(figures.deals).reduce((sum, n) => sum + n, 0);
        expect(leads).toBe(new Set(deals.map(({ lead }) => lead)).size);
        for (const [rate, interval] of [
          [figures.precision, figures.precision_interval],
          [figures.recall, figures.recall_interval],
        ] as const) {
          if (rate === null || interval === null) continue;
          expect(interval[0]).toBeLessThanOrEqual(rate);
          expect(interval[1]).toBeGreaterThanOrEqual(rate);
        }
      }),
    );
  });
});

test('months are those of a zone, and only those in which something was', () => {
  const at = (text: string) => Date.parse(text);
  const instants = [
    at('2026-03-01T04:59:59Z'),
    at('2026-03-01T05:00Z'),
    at('2025-12-31T12:00Z'),
    at('2026-04-01T03:59Z'),
  ];
  expect(countByMonth(instants, 'America/New_York')).toEqual({ '2025-12': 1, '2026-02': 1, '2026-03': 2 });
  expect(Object.keys(countByMonth(instants, 'UTC'))).toEqual(['2025-12', '2026-03', '2026-04']);
});

test('flips are told in the order of the leads', () => {
  const ids = ['a', 'b', 'c', 'd'];
  expect(flips(ends([1, NEVER, 5, NEVER]), ends([NEVER, 2, 9, 0]), ids)).toEqual({
    gained: ['b', 'd'],
    lost: ['a'],
  });
});
