/** A number that says what it was worked out from, how sure it is, and what to make of it when there is none. */
import { wilson } from '#engine/calibration/interval.ts';
import { sayNumber, sayShare } from './say.ts';

/** Under so many, a share is counted and nothing more is said of it. */
const ENOUGH = 30;

export type Unit = 'count' | 'share' | 'money' | 'per_day' | 'milliseconds' | 'days' | 'index';
export type Interval = [low: number, high: number];

export type Figure = {
  /** Which measure of the catalogue it is. */
  measure: string;
  unit: Unit;
  /** Null where there is nothing to divide by; never NaN. */
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  /** 95 %, of shares. */
  interval: Interval | null;
  enough: boolean;
  /** The whole in a sentence. */
  says: string;
};

export type Words = {
  /** Of what: "decided handoffs". */
  of: string;
  /** What some of them did: "were accepted". */
  did: string;
};

/** A share of things counted. 336 of 440 are 76.4 %. */
export function share(measure: string, part: number, whole: number, { of, did }: Words): Figure {
  if (whole === 0) {
    const says = `There are no ${of} here yet, so there is no share of those that ${did}.`;
    return {
      measure,
      unit: 'share',
      value: null,
      numerator: part,
      denominator: 0,
      interval: null,
      enough: false,
      says,
    };
  }
  const interval: Interval = wilson({ n: whole, won: part });
  const enough = whole >= ENOUGH;
  const range = `${sayShare(interval[0])} to ${sayShare(interval[1])}`;
  const counted = `${part === 0 ? 'None' : sayNumber(part)} of ${sayNumber(whole)} ${of} ${did}`;
  const says = enough
    ? `${counted}: ${part === 0 ? `at most ${sayShare(interval[1])}` : `${sayShare(part / whole)} (${range})`}.`
    : `${counted}: too few to say more, ${ENOUGH} are wanted.`;
  return {
    measure,
    unit: 'share',
    value: part / whole,
    numerator: part,
    denominator: whole,
    interval,
    enough,
    says,
  };
}

/** So many of something. */
export const count = (measure: string, n: number, what: string): Figure => ({
  measure,
  unit: 'count',
  value: n,
  numerator: n,
  denominator: null,
  interval: null,
  enough: n >= ENOUGH,
  says: n === 0 ? `There are no ${what} here yet.` : `${sayNumber(n)} ${what}.`,
});

export type Amounts = {
  /** By currency: how much, of how many. */
  sums: ReadonlyMap<string, { amount: number; n: number }>;
  /** Of how many the amount is not known. */
  unknown: number;
};

/**
 * A sum of money. Amounts in several currencies are not added up, and those that are not known are said.
 * @param what "won deals"
 */
export function money(
  measure: string,
  { sums, unknown }: Amounts,
  what: string,
): Figure & { currency: string | null } {
  const currencies = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  const n = currencies.reduce((all, [, sum]) => all + sum.n, 0);
  const common = {
    measure,
    unit: 'money',
    denominator: n + unknown,
    interval: null,
    enough: n >= ENOUGH,
  } as const;
  const unsaid = unknown === 0 ? '' : ` Of ${sayNumber(unknown)} more the amount is not known.`;
  if (currencies.length > 1) {
    const each = currencies.map(([currency, { amount }]) => `${sayNumber(amount)} ${currency}`).join(' and ');
    const says = `${each} of ${what}: amounts in different currencies are not added up.${unsaid}`;
    return { ...common, value: null, numerator: null, currency: null, says };
  }
  const [only] = currencies;
  if (only === undefined) {
    const says =
      unknown === 0
        ? `There are no ${what} here yet.`
        : `There is no ${what} whose amount is known.${unsaid}`;
    return { ...common, value: null, numerator: null, currency: null, says };
  }
  const [currency, { amount }] = only;
  const says = `${sayNumber(amount)} ${currency} of ${sayNumber(n)} ${what}.${unsaid}`;
  return { ...common, value: amount, numerator: amount, currency, says };
}

/** One thing divided by another that is not a share of it: cost per lead, deals a day. */
export function ratio(
  measure: string,
  unit: Unit,
  { over, under, n }: { over: number | null; under: number | null; n: number },
  says: (value: number) => string,
  none: string,
): Figure {
  const value = over === null || under === null || under === 0 ? null : over / under;
  const enough = value !== null && n >= ENOUGH;
  return {
    measure,
    unit,
    value,
    numerator: over,
    denominator: under,
    interval: null,
    enough,
    says: value === null ? none : says(value),
  };
}
