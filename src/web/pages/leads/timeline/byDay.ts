import { dateOf } from '../../../app/format/dates.ts';

/** What comes in order of time, gathered under the day it happened on. */
export function byDay<Entry extends { at: string }>(
  entries: readonly Entry[],
): [day: string, entries: Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = dateOf(entry.at);
    const of = days.get(day);
    if (of === undefined) days.set(day, [entry]);
    else of.push(entry);
  }
  return [...days];
}
