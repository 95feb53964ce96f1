/**
 * Durations as people write them: a whole number and a unit, `15m 4h 14d 8w`.
 *
 * Two kinds of time use the same words. *Elapsed* time is what a stopwatch shows: a day is 24 hours, a week seven
 * days. *Working* time is what a calendar leaves open: a day is one working day, a week five of them, and days are
 * kept apart from hours, because how many hours a working day has is for the calendar to say.
 */
import type { DurationText } from './pact.ts';

/** A span of working time: whole working days, then minutes of open time. */
export type WorkingTime = { days: number; minutes: number };

type Unit = 'm' | 'h' | 'd' | 'w';
type Count = { count: number; unit: Unit };

const MINUTE = 60_000;
const ELAPSED: Record<Unit, number> = {
  m: MINUTE,
  h: 60 * MINUTE,
  d: 24 * 60 * MINUTE,
  w: 7 * 24 * 60 * MINUTE,
};
const WORKING: Record<Unit, (count: number) => WorkingTime> = {
  m: (minutes) => ({ days: 0, minutes }),
  h: (hours) => ({ days: 0, minutes: hours * 60 }),
  d: (days) => ({ days, minutes: 0 }),
  w: (weeks) => ({ days: weeks * 5, minutes: 0 }),
};

/** A hundred years, in weeks: longer promises are slips of the finger. */
const LONGEST = 5_218 * ELAPSED.w;
const WANTED = 'a whole number and a unit, such as 15m, 4h, 14d or 8w';

/** What a text that is not a duration lacks, and what to do. */
export class DurationError extends RangeError {
  override readonly name = 'DurationError';
  readonly wanted: string;
  readonly hint: string | undefined;

  constructor(text: string, wanted: string, hint?: string) {
    super(`found ${JSON.stringify(text)}, wanted ${wanted}${hint === undefined ? '' : ` (${hint})`}`);
    this.wanted = wanted;
    this.hint = hint;
  }
}

/** The milliseconds of an elapsed duration (1d = 24h). Throws a `DurationError` on anything else. */
export function parseElapsed(text: DurationText): number {
  const { count, unit } = read(text);
  return count * ELAPSED[unit];
}

/** The days and minutes of a working duration (1d = one working day, 1w = five). Throws a `DurationError`. */
export function parseWorking(text: DurationText): WorkingTime {
  const { count, unit } = read(text);
  return WORKING[unit](count);
}

/** Milliseconds as elapsed time in its shortest spelling: `1209600000` → `2w`. Whole positive minutes only. */
export function formatElapsed(ms: number): DurationText {
  if (!Number.isSafeInteger(ms) || ms <= 0 || ms % MINUTE !== 0) {
    throw new RangeError(`found ${ms} milliseconds, wanted a positive number of whole minutes`);
  }
  const units: Unit[] = ['w', 'd', 'h'];
  const unit = units.find((larger) => ms % ELAPSED[larger] === 0) ?? 'm';
  return `${ms / ELAPSED[unit]}${unit}`;
}

/** Working time in its shortest spelling: days stay days (`1w` is `5d`), full hours become hours (`60m` is `1h`). */
export function formatWorking({ days, minutes }: WorkingTime): DurationText {
  if (days > 0) return `${days}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

function read(text: string): Count {
  const match = /^(\d+)([mhdw])$/.exec(text.trim());
  if (!match) throw new DurationError(text, WANTED, advice(text.trim()));
  const [, digits, unit] = match as unknown as [string, string, Unit];
  const count = Number(digits);
  if (count === 0) throw new DurationError(text, 'a duration above zero');
  if (count * ELAPSED[unit] > LONGEST) throw new DurationError(text, 'at most a hundred years');
  return { count, unit };
}

function advice(text: string): string | undefined {
  if (/^\d+$/.test(text)) return `a unit is missing: ${text}m, ${text}h, ${text}d or ${text}w`;
  if (/^-/.test(text)) return 'a duration is never negative';
  if (/^\d*[.,]\d+[mhdw]$/.test(text)) return 'whole numbers only: 90m for one and a half hours';
  if (/^(\d+[mhdw]\s*){2,}$/.test(text)) return 'one number and one unit: 90m for 1h 30m';
  if (/^\d+\s+[mhdw]$/.test(text)) return `without a space: ${text.replace(/\s+/, '')}`;
  if (/^\d+\s*(mo|months?|y|years?)$/i.test(text))
    return 'months and years differ in length: write days or weeks';
  const worded = /^(\d+)\s*(minutes?|mins?|hours?|hrs?|days?|weeks?)$/i.exec(text);
  if (worded?.[1] && worded[2]) return `write ${worded[1]}${worded[2].charAt(0).toLowerCase()}`;
  if (/^\d+[MHDW]$/.test(text)) return `units are small letters: ${text.toLowerCase()}`;
  return undefined;
}
