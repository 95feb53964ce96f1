/**
 * Dates as exports write them: ISO, day or month first, with month names, seconds or milliseconds since 1970.
 *
 * Whether `03/04/2026` is in March or in April no single cell can tell. The column can: one value over 12 is
 * evidence. Without any, the answer is to ask.
 */
import { readInstant } from '#engine/criterion/value.ts';
import type { Instant } from '#engine/facts/facts.ts';

export type DayOrder = 'dmy' | 'mdy';

/** How the dates of a column are to be read. */
export type DateStyle = {
  /** Null while nothing in the column depends on it. */
  order: DayOrder | null;
  /** The zone that dates and times without one are in; UTC when absent. */
  zone?: string | undefined;
};

const TIME = String.raw`(?:,?[T\s]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?`;
const NUMERIC = new RegExp(String.raw`^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})${TIME}$`, 'i');
const DAY_NAMED_MONTH = new RegExp(String.raw`^(\d{1,2})[\s-]([a-z]{3,9})\.?,?[\s-](\d{2,4})${TIME}$`, 'i');
const NAMED_MONTH_DAY = new RegExp(String.raw`^([a-z]{3,9})\.?\s(\d{1,2}),?\s(\d{4})${TIME}$`, 'i');
const EPOCH = /^\d{9,14}(?:\.\d+)?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Eleven digits or more are milliseconds: as seconds they would be past the year 5000. */
const MILLISECONDS_FROM = 1e11;

/** What messages say was wanted. */
export const WANTED_DATE = 'a date such as 2026-01-31, 31/01/2026 or 2026-01-31T09:30:00Z';

/** The instant a cell reads as; null when it reads as none under this style. */
export function readDate(cell: string, style: DateStyle): Instant | null {
  const text = cell.trim();
  if (style.zone === undefined) {
    const iso = readPlainIso(text) ?? readInstant(text);
    if (iso !== null) return iso;
  }
  if (EPOCH.test(text)) {
    const n = Number(text);
    return Math.trunc(n >= MILLISECONDS_FROM ? n : n * 1000);
  }
  const named = readNamed(text);
  if (named !== null) return instantOf(named, style.zone);
  const m = NUMERIC.exec(text);
  if (m === null) return null;
  const [first, separator, second, last] = [m[1]!, m[2]!, m[3]!, m[4]!];
  const time = m.slice(5);
  if (first.length === 4) return instantOf([first, second, last, time], style.zone);
  if (first.length > 2 || last.length === 3 || last.length === 1) return null;
  const order = separator === '.' ? 'dmy' : style.order;
  if (order === null && first !== second) return null;
  const [day, month] = order === 'mdy' ? [second, first] : [first, second];
  return instantOf([last, month, day, time], style.zone);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The commonest spellings (`2026-01-31`, `2026-01-31 09:30[:15]`), read without a regular expression; else null. */
function readPlainIso(text: string): Instant | null {
  const { length } = text;
  if (length !== 10 && length !== 16 && length !== 19) return null;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  if (text[4] !== '-' || text[7] !== '-' || !(year >= 1600) || !(month >= 1 && month <= 12) || !(day >= 1))
    return null;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > MONTH_DAYS[month - 1]! + (leap && month === 2 ? 1 : 0)) return null;
  let seconds = 0;
  if (length > 10) {
    const [hour, minute] = [digits(text, 11, 2), digits(text, 14, 2)];
    const second = length === 19 ? digits(text, 17, 2) : 0;
    const apart =
      (text[10] === ' ' || text[10] === 'T') && text[13] === ':' && (length === 16 || text[16] === ':');
    if (!apart || !(hour < 24) || !(minute < 60) || !(second < 60)) return null;
    seconds = (hour * 60 + minute) * 60 + second;
  }
  return Date.UTC(year, month - 1, day) + seconds * 1000;
}

/** The number that so many digits make, NaN when they are none. */
function digits(text: string, from: number, count: number): number {
  let n = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    n = n * 10 + digit;
  }
  return n;
}

/** What a cell says of its column's order: an order, `either` when it may be both, null when it does not matter. */
export function orderEvidence(cell: string): DayOrder | 'either' | null {
  if (!/^\s*\d{1,2}[-/]/.test(cell)) return null; // most dates are ISO, and say nothing of it
  const m = NUMERIC.exec(cell.trim());
  if (m === null || m[1]!.length > 2 || m[2] === '.') return null;
  const [first, second] = [Number(m[1]), Number(m[3])];
  if (first > 12) return second > 12 ? null : 'dmy';
  if (second > 12) return 'mdy';
  return first === second ? null : 'either';
}

/** Gathers what the cells of one column say of its order. */
export class OrderEvidence {
  readonly #seen = { dmy: 0, mdy: 0, either: 0 };
  #example = '';

  see(cell: string): void {
    const evidence = orderEvidence(cell);
    if (evidence === null) return;
    this.#seen[evidence]++;
    if (evidence === 'either' && this.#example === '') this.#example = cell.trim();
  }

  /** A cell that could be read both ways. */
  get example(): string {
    return this.#example;
  }

  /** Whether both orders were seen. */
  get mixed(): boolean {
    return this.#seen.dmy > 0 && this.#seen.mdy > 0;
  }

  /**
   * The column's order; null when no cell depends on it, `unsaid` when cells do and nothing says which it is. Where
   * both are seen, the one at least twice as frequent is meant and the others are mistakes.
   */
  get order(): DayOrder | null | 'unsaid' {
    const { dmy, mdy, either } = this.#seen;
    if (dmy === 0 && mdy === 0) return either === 0 ? null : 'unsaid';
    if (dmy >= mdy * 2) return 'dmy';
    return mdy >= dmy * 2 ? 'mdy' : 'unsaid';
  }
}

type Parts = [year: string, month: string, day: string, time: (string | undefined)[]];

function readNamed(text: string): Parts | null {
  const first = text.charCodeAt(0) | 32;
  const byDay = DAY_NAMED_MONTH.exec(text);
  const byMonth = byDay === null && first >= 97 && first <= 122 ? NAMED_MONTH_DAY.exec(text) : null;
  const m = byDay ?? byMonth;
  if (m === null) return null;
  const [day, name] = byDay === null ? [m[2]!, m[1]!] : [m[1]!, m[2]!];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return month === 0 ? null : [m[3]!, String(month), day, m.slice(4)];
}

function instantOf([y, mo, d, time]: Parts, zone: string | undefined): Instant | null {
  const [h = '0', mi = '00', s = '00', fraction = '', half, offset] = time;
  const hour = half === undefined ? Number(h) : hourOf(Number(h), half);
  if (hour === null) return null;
  const two = (n: string | number) => String(n).padStart(2, '0');
  const year = y.length === 4 ? y : String(Number(y) + (Number(y) < 70 ? 2000 : 1900));
  const local = `${year}-${two(mo)}-${two(d)}T${two(hour)}:${mi}:${s}${fraction === '' ? '' : `.${fraction}`}`;
  if (offset !== undefined) return readInstant(local + offset.replace(/utc|gmt/i, 'Z'));
  const utc = readInstant(local);
  return utc === null || zone === undefined ? utc : utc - offsetAt(utc, zone);
}

/** Twelve-hour time: 12 am is midnight, 12 pm noon. */
function hourOf(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

const QUARTER = 15 * 60_000;
const offsets = new Map<string, Map<number, number>>();

/** How far ahead of UTC a zone's clocks are when they show this time (given as if it were UTC). */
function offsetAt(local: Instant, zone: string): number {
  let known = offsets.get(zone);
  if (known === undefined) {
    known = new Map();
    offsets.set(zone, known);
  }
  const quarter = Math.floor(local / QUARTER); // clocks are only ever changed on the quarter
  let offset = known.get(quarter);
  if (offset === undefined) {
    const shown = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO('UTC');
    const meant = shown.toPlainDateTime().toZonedDateTime(zone);
    offset = shown.epochMilliseconds - meant.epochMilliseconds;
    known.set(quarter, offset);
  }
  return offset;
}
