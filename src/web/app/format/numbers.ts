/** Numbers as the reader's own language writes them. */
import { locale } from './reader.ts';

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });

export const count = (n: number): string => whole.format(n);
export const points = (n: number): string => tenth.format(n);
/** A share of one as per cent. */
export const percent = (n: number): string => share.format(n);

const counted = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 });
/** The same to three decimals, of what was counted rather than estimated. */
export const countedPercent = (n: number): string => counted.format(n);

export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    maximumFractionDigits: Math.abs(amount) < 100 ? 2 : 0,
  }).format(amount);
}

/** "1 lead", "3 leads". */
export const many = (n: number, one: string, more = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : more}`;
