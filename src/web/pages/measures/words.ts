/** Figures in the reader's own numbers. */
import type { Figure } from '#contract/measures.ts';
import { lasting } from '../../app/format/dates.ts';
import { count, money, percent, points } from '../../app/format/numbers.ts';

type Unit = Figure['unit'];
/** What ISO 4217 calls a sum of no currency. */
const NONE = 'XXX';

/** How a value of each unit is written. An amount without a currency is a plain number. */
const units: Record<Unit, (value: number, currency: string) => string> = {
  count: (value) => count(value),
  share: (value) => percent(value),
  money: (value, currency) => (currency === NONE ? points(value) : money(value, currency)),
  per_day: (value, currency) => `${currency === NONE ? points(value) : money(value, currency)} a day`,
  milliseconds: (value) => lasting(value),
  days: (value) => `${points(value)} d`,
  index: (value) => `${points(value * 100)} of 100`,
};

export const valueWords = (unit: Unit, value: number, currency: string | null): string =>
  units[unit](value, currency ?? NONE);

/** How it has moved since the period before, and whether up. Null where one of the two is missing or too small. */
export function trendWords({ unit, value, enough, currency, before }: Figure): string | null {
  if (value === null || before === null || before.value === null) return null;
  if (unit === 'share' && !(enough && before.enough)) return null;
  const moved = value - before.value;
  const word = moved > 0 ? 'up' : 'down';
  if (unit === 'share') {
    return Math.abs(moved) < 0.0005 ? 'as before' : `${word} ${points(Math.abs(moved) * 100)} points`;
  }
  return moved === 0 ? 'as before' : `${word} from ${valueWords(unit, before.value, currency)}`;
}

/** Names that the server gives to groups. Empty: it is not known of them. */
export const groupWords = (of: string | null): string =>
  of === null || of === '' ? 'Not known' : of.charAt(0).toUpperCase() + of.slice(1).replaceAll('_', ' ');

export const daysWords = (days: number | null): string => (days === null ? '–' : lasting(days * 86_400_000));
