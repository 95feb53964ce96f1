import type { Instant } from '#engine/facts/facts.ts';

/** How many instants fall in each month of a zone, `2026-01` and so on in order; months without any are left out. */
export function countByMonth(instants: Iterable<Instant>, zone: string): Record<string, number> {
  const counts: Record<string, number> = {};
  let [month, end] = ['', Number.NEGATIVE_INFINITY];
  for (const at of Float64Array.from(instants).sort()) {
    if (at >= end) {
      const first = Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(zone)
        .toPlainDate()
        .with({ day: 1 });
      month = first.toPlainYearMonth().toString();
      end = first.add({ months: 1 }).toZonedDateTime(zone).epochMilliseconds;
      counts[month] = 0;
    }
    counts[month]!++;
  }
  return counts;
}
