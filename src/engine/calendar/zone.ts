/**
 * Time zones as tables of offsets.
 *
 * Between two changes a zone is a plain offset. With the changes in a table, what a clock on the wall shows is one
 * addition, and everything else (gaps, folds, days of 23 and 25 hours, days that never were) follows from cutting
 * time at the changes.
 */
import type { Instant } from '#engine/facts/facts.ts';
import { DAY, dayNumber } from './civil.ts';
import { countBelow } from './search.ts';

/** What a clock on the wall shows, as if it were UTC: milliseconds since 1970-01-01T00:00 on that clock. */
export type Local = number;

export type Zone = {
  /** The IANA name, in its own capitals. */
  readonly name: string;
  /** Stretch `i` runs from `starts[i]` up to `starts[i + 1]`, the last one up to `ZONE_END`. */
  readonly starts: readonly Instant[];
  /** Milliseconds to add to an instant to get its local time, per stretch. */
  readonly offsets: readonly number[];
  /** The earliest local time that any later stretch shows, per stretch: where a clock put back comes out. */
  readonly floors: readonly Local[];
};

/** The years that tables cover; working time is defined within them. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2199;
export const ZONE_START: Instant = dayNumber(FIRST_YEAR, 1, 1) * DAY;
export const ZONE_END: Instant = dayNumber(LAST_YEAR + 1, 1, 1) * DAY;

/** A zone name that this machine's time zone data does not have. */
export class UnknownZone extends RangeError {
  override readonly name = 'UnknownZone';

  constructor(name: string) {
    super(`found ${JSON.stringify(name)}, wanted the IANA name of a time zone, such as America/New_York`);
  }
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name, in any capitals. Throws `UnknownZone`; a bare offset (`+02:00`) has no name. */
export function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const first = firstMoment(name);
  const canonical = first.timeZoneId;
  const zone = zones.get(canonical) ?? table(canonical, first);
  zones.set(canonical, zone);
  return zone;
}

/** Milliseconds that the zone's clock is ahead of UTC at an instant, any that `Temporal` can name. */
export function offsetAt(zone: Zone, instant: Instant): number {
  if (instant >= ZONE_START && instant < ZONE_END) return zone.offsets[stretchAt(zone, instant)]!;
  return offsetOf(Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone.name));
}

/** The stretches between two instants of the tables' years, cut to them. */
export function* stretches(
  zone: Zone,
  from: Instant,
  to: Instant,
): Generator<{ from: Instant; to: Instant; offset: number }> {
  for (let i = stretchAt(zone, from); i < zone.starts.length && zone.starts[i]! < to; i += 1) {
    yield {
      from: Math.max(from, zone.starts[i]!),
      to: Math.min(to, zone.starts[i + 1] ?? ZONE_END),
      offset: zone.offsets[i]!,
    };
  }
}

/**
 * The local time that a clock never shows again before: local time made to run forward only. While an hour passes
 * that will come a second time, it stands at the hour's beginning; the second time it runs.
 */
export function settledLocal(zone: Zone, instant: Instant): Local {
  const i = stretchAt(zone, instant);
  return Math.min(instant + zone.offsets[i]!, zone.floors[i]!);
}

/**
 * The first instant whose settled local time is at or past a local time: the end of the gap for a time in a gap, the
 * second time for a time that comes twice.
 */
export function instantOf(zone: Zone, local: Local): Instant {
  let i = countBelow(zone.floors, local);
  while (i + 1 < zone.starts.length && zone.starts[i + 1]! + zone.offsets[i]! <= local) i += 1;
  return Math.max(zone.starts[i]!, local - zone.offsets[i]!);
}

/** Instants are whole, so those up to one are those below the next. */
const stretchAt = (zone: Zone, instant: Instant): number => countBelow(zone.starts, instant + 1) - 1;

function firstMoment(name: string): Temporal.ZonedDateTime {
  if (!/^[A-Za-z]/.test(name)) throw new UnknownZone(name);
  try {
    return Temporal.Instant.fromEpochMilliseconds(ZONE_START).toZonedDateTimeISO(name);
  } catch (error) {
    if (error instanceof RangeError) throw new UnknownZone(name);
    throw error;
  }
}

const offsetOf = (moment: Temporal.ZonedDateTime): number => moment.offsetNanoseconds / 1e6;

function table(name: string, first: Temporal.ZonedDateTime): Zone {
  const starts = [ZONE_START];
  const offsets = [offsetOf(first)];
  for (
    let change = first.getTimeZoneTransition('next');
    change !== null && change.epochMilliseconds < ZONE_END;
    change = change.getTimeZoneTransition('next')
  ) {
    const offset = offsetOf(change);
    if (offset === offsets.at(-1)) continue; // only the abbreviation changed
    starts.push(change.epochMilliseconds);
    offsets.push(offset);
  }
  const floors: Local[] = [Number.POSITIVE_INFINITY];
  for (let i = starts.length - 1; i > 0; i -= 1) {
    floors.unshift(Math.min(floors[0]!, starts[i]! + offsets[i]!));
  }
  return { name, starts, offsets, floors };
}
