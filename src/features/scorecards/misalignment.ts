/** What misalignment cost: counted leads, and assumptions that anybody may replace. */
import type { z } from 'zod';
import type { estimateMisalignment, showMisalignment } from '#contract/leaks.ts';
import {
  type Assumptions,
  CAVEATS,
  COST_BUCKETS,
  type Cost,
  costOf,
  type Ranges,
  RULES_OF_THUMB,
} from '#engine/measures/cost.ts';
import { type Figure, type Interval, share } from '#engine/measures/figure.ts';
import { sayNumber, sayShare } from '#engine/measures/say.ts';
import { count, tally } from './counting.ts';
import { opening } from './opening.ts';
import { agreedRates } from './rates.ts';
import type { Scope } from './scope.ts';
import { HORIZON } from './scorecard.ts';

type Reply = z.infer<typeof showMisalignment.reply>;
type Assumed = Reply['assumed'][number];
type Name = keyof Assumptions;
type Known = { value: number; interval?: Interval; from: Assumed['from']; says: string };

const NAMES = Object.keys(RULES_OF_THUMB) as Name[];
const YEAR = 366 * 86_400_000;

export async function misalignment(
  scope: Scope,
  given: Partial<Record<Name, number | undefined>>,
): Promise<Omit<Reply, 'period' | 'read' | 'at' | 'notes'>> {
  const n = await count(scope, 'costs', COST_BUCKETS);
  const known = await knownOf(scope);
  const assumed = NAMES.map((name): Assumed => {
    const own = given[name];
    const found: Known =
      own !== undefined
        ? { value: own, from: 'given', says: 'As given.' }
        : (known[name] ?? {
            value: RULES_OF_THUMB[name],
            from: 'default',
            says: 'A rule of thumb: put your own number in its place.',
          });
    const [low, high] = found.interval ?? [found.value, found.value];
    return { name, value: found.value, low, high, from: found.from, says: found.says };
  });
  const values = Object.fromEntries(assumed.map(({ name, value }) => [name, value])) as Assumptions;
  const ranges = Object.fromEntries(
    assumed.filter(({ low, high }) => low < high).map(({ name, low, high }) => [name, [low, high]]),
  ) as Ranges;
  const cost = costOf(n, values, ranges);
  const currency = scope.version?.pact.economics.currency ?? 'USD';
  // So that each row says what it cost, under what was assumed.
  const each = { each: cost.lines.map((line) => line.each).join(' '), currency };
  return {
    currency,
    lines: cost.lines.map((line) => ({
      ...line,
      rows: opening(scope, 'costs', line.bucket, line.leads, each),
    })),
    rows: opening(
      scope,
      'costs',
      'any',
      cost.lines.reduce((all, { leads }) => all + leads, 0),
      each,
    ),
    ...said(cost, currency),
    assumed,
  };
}

/** The same arithmetic on numbers that somebody typed in. */
export function estimate(
  body: z.infer<typeof estimateMisalignment.body>,
): z.infer<typeof estimateMisalignment.reply> {
  const { currency, untouched, late, rejected, unnurtured, ...assumed } = body;
  const cost = costOf({ untouched, late, rejected, unnurtured }, assumed);
  return { currency, lines: cost.lines, ...said(cost, currency) };
}

function said({ total, low, high }: Cost, currency: string) {
  const range =
    low === high
      ? ''
      : ` It may be ${sayNumber(low)} to ${sayNumber(high)}, as far as the rates are uncertain.`;
  const says =
    total === 0
      ? 'Nothing was lost by misalignment here, or there is nothing to count yet.'
      : `Misalignment cost ${sayNumber(total)} ${currency}.${range}`;
  return { total, low, high, says, caveats: [...CAVEATS] };
}

/** What the pact says, and what a year of handoffs shows where there are enough of them. */
async function knownOf(scope: Scope): Promise<Partial<Record<Name, Known>>> {
  const economics = scope.version?.pact.economics;
  const known: Partial<Record<Name, Known>> = {};
  const agreed = (name: Name, value: number | null | undefined, what: string): void => {
    if (value !== null && value !== undefined)
      known[name] = { value, from: 'pact', says: `${what}, as the pact says.` };
  };
  agreed('average_deal', economics?.average_deal, 'The average deal');
  agreed('cost_per_lead', economics?.cost_per_lead, 'The cost of a lead');
  const { overall } = await agreedRates(scope);
  agreed('close_rate', overall, 'The product of the expected rates');
  agreed('fast_rate', overall, 'The product of the expected rates');
  for (const [name, figure] of await countedRates(scope)) {
    if (!figure.enough || figure.value === null || figure.interval === null) continue;
    known[name] = { value: figure.value, interval: figure.interval, from: 'counted', says: figure.says };
  }
  const [fast, late] = [known.fast_rate, known.late_rate];
  if (fast !== undefined && late === undefined) {
    const value = fast.value * (RULES_OF_THUMB.late_rate / RULES_OF_THUMB.fast_rate);
    known.late_rate = {
      value,
      from: 'default',
      says: `Half of ${sayShare(fast.value)}: a rule of thumb, for too few were touched late to count.`,
    };
  }
  return known;
}

/** Won, of the leads of the year up to the end of the period that are old enough, by when they were first touched. */
async function countedRates(scope: Scope): Promise<[Name, Figure][]> {
  const year = { ...scope, from: Math.min(scope.from, scope.to - YEAR) };
  const { all } = await tally(
    year,
    'touched',
    {
      n: { set: 'mature' },
      won: { set: 'won' },
      fast: { set: 'mature_fast' },
      fast_won: { set: 'won_fast' },
      late: { set: 'mature_late' },
      late_won: { set: 'won_late' },
      again: { set: 'mature_again' },
      again_won: { set: 'won_again' },
    },
    { by: { horizon: String(HORIZON) } },
  );
  const rate = (of: string, won: number, n: number) => share('conversion', won, n, { of, did: 'were won' });
  return [
    ['close_rate', rate('MQLs of a year', all.won, all.n)],
    ['fast_rate', rate('MQLs touched in time', all.fast_won, all.fast)],
    ['late_rate', rate('MQLs touched late', all.late_won, all.late)],
    ['recycle_rate', rate('MQLs that had come back', all.again_won, all.again)],
  ];
}
