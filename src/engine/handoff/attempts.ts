/** Whether somebody was tried often enough to be called unreachable (methods: cadence). */
import type { WorkCalendar } from '#engine/calendar/calendar.ts';
import { dueAt } from '#engine/calendar/clock.ts';
import { sayDuration } from '#engine/criterion/say.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { parseWorking } from '#engine/pact/duration.ts';
import type { Pact } from '#engine/pact/pact.ts';

export type Channel = 'call' | 'mail' | 'meeting' | 'note';
export type Touch = { channel: Channel; at: Instant };

/** A note is written about somebody, not to them. */
export const isContact = (channel: Channel): boolean => channel !== 'note';

export type Attempts = {
  met: boolean;
  /** The best stretch so far: how often, on how many channels. */
  count: number;
  channels: number;
  /** What is lacking, in words; null when it is met. */
  because: string | null;
};

/**
 * The agreed attempts: so many contacts on so many channels inside some stretch of the agreed working time. The
 * stretch may begin with any of them: who began slowly can still make up for it.
 */
export function attemptsOf(
  { count, within, channels }: Pact['handoff']['attempts'],
  touches: readonly Touch[],
  calendar: WorkCalendar,
): Attempts {
  const contacts = touches.filter(({ channel }) => isContact(channel)).toSorted((a, b) => a.at - b.at);
  const time = parseWorking(within);
  let best = { count: 0, channels: 0 };
  contacts.forEach(({ at }, i) => {
    const end = dueAt(calendar, at, time);
    const stretch = contacts.slice(i).filter((one) => one.at <= end);
    const found = { count: stretch.length, channels: new Set(stretch.map(({ channel }) => channel)).size };
    if (isBetter(found, best, { count, channels })) best = found;
  });
  const met = best.count >= count && best.channels >= channels;
  const wanted = `wanted ${times(count, 'attempt')} on ${times(channels, 'channel')} within ${sayDuration(within)} of working time`;
  const found = `found ${times(best.count, 'attempt')} on ${times(best.channels, 'channel')}`;
  return { met, ...best, because: met ? null : `${found}, ${wanted}` };
}

type Found = { count: number; channels: number };

const isBetter = (one: Found, other: Found, wanted: Found): boolean =>
  share(one, wanted) > share(other, wanted);

/** How near a stretch comes, as far as it counts. */
const share = (found: Found, wanted: Found): number =>
  Math.min(1, found.count / wanted.count) + Math.min(1, found.channels / wanted.channels);

const times = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
