/**
 * How a raw value reads. One place, so that a CSV cell, a JSON trait and a value written in a pact mean the same.
 *
 * - Text compares without regard to case or surrounding space, and however its accents were typed.
 * - Text that reads as a number or an ISO date or instant is one.
 * - An empty cell, blank text or `null` is missing.
 */

/** A value that is there. `number` and `instant` are set when the text reads as one. */
export type Value = {
  /** As it was written, without surrounding space. */
  text: string;
  /** What text compares by. */
  folded: string;
  number: number | null;
  /** Milliseconds since 1970 UTC. A date without a time is its midnight UTC; a time without a zone is UTC. */
  instant: number | null;
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * What text compares by, the same for attribute names, activity names and values: no surrounding space, no case, and
 * accents in one form (an `é` typed as one character and as `e` with a combining accent are equal). By way of upper
 * case, so that `Straße` is `STRASSE` and a Greek word is itself in capitals.
 */
export const fold = (text: string): string => foldTrimmed(text.trim());

const BEYOND_ASCII = /[\u0080-\uffff]/;

function foldTrimmed(text: string): string {
  const lower = text.toLowerCase();
  if (!BEYOND_ASCII.test(lower)) return lower;
  // The end of a word makes a sigma a final one; inside a word it would not be found again.
  return lower.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC').replaceAll('ς', 'σ');
}

/** The number that a text reads as, or null. `1e400`, `0x10`, `1,000`, `Infinity` are text. */
export function readNumber(text: string): number | null {
  if (!NUMBER.test(text)) return null;
  const n = Number(text);
  return Number.isFinite(n) ? n : null;
}

/** The instant that an ISO 8601 date or date-time reads as, or null. Days that do not exist (2026-02-30) are text. */
export function readInstant(text: string): number | null {
  const m = ISO.exec(text);
  if (!m) return null;
  const [, y, mo, d, h = '0', mi = '0', s = '0', frac = '', zone = 'Z'] = m;
  const [year, month, day] = [Number(y), Number(mo), Number(d)];
  const [hour, minute, second] = [Number(h), Number(mi), Number(s)];
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  if (hour === 24 && (minute > 0 || second > 0)) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // unlike Date.UTC, years 0…99 mean what they say
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const millis = Math.floor(Number(`0.${frac || '0'}`) * 1000);
  let offset = 0;
  if (zone.toUpperCase() !== 'Z') {
    const digits = zone.slice(1).replace(':', '');
    const minutes = Number(digits.slice(2, 4) || '0');
    offset = (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + minutes);
    if (Math.abs(offset) > 18 * 60 || minutes > 59) return null;
  }
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millis;
}

/** What a raw value reads as; null when it is missing. */
export function readValue(raw: unknown): Value | null {
  switch (typeof raw) {
    case 'string': {
      const text = raw.trim();
      if (text === '') return null;
      return { text, folded: foldTrimmed(text), ...readTyped(text) };
    }
    case 'number': {
      if (Number.isNaN(raw)) return null;
      const text = String(raw);
      return { text, folded: text.toLowerCase(), number: Number.isFinite(raw) ? raw : null, instant: null };
    }
    case 'boolean':
    case 'bigint':
      return readValue(String(raw));
    case 'object': {
      if (raw === null) return null;
      if (raw instanceof Date) return Number.isNaN(raw.getTime()) ? null : readValue(raw.toISOString());
      // A list answers to text tests as its parts ("a, b"); anything deeper as its JSON.
      if (Array.isArray(raw)) return readValue(raw.map((part) => readValue(part)?.text ?? '').join(', '));
      return readValue(JSON.stringify(raw));
    }
    default:
      return null;
  }
}

function readTyped(text: string): { number: number | null; instant: number | null } {
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!mayBeNumber) return { number: null, instant: null };
  const number = readNumber(text);
  return { number, instant: number === null ? readInstant(text) : null };
}

/** Equal as numbers, as instants, or as folded text. Integers too long for a double compare as text. */
export function sameValue(a: Value, b: Value): boolean {
  if (a.folded === b.folded) return true;
  if (a.number !== null && b.number !== null) {
    return a.number === b.number && Math.abs(a.number) <= Number.MAX_SAFE_INTEGER;
  }
  return a.instant !== null && a.instant === b.instant;
}
