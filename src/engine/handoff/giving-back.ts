/** Giving a lead back: for a reason of the pact, with what that reason asks for. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact, Reason } from '#engine/pact/pact.ts';
import type { Attempts } from './attempts.ts';
import type { Fault } from './questions.ts';

/** What is said with it. `until` is the date not to come back before. */
export type Given = { reason: string; until?: Instant | undefined; text?: string | undefined };
/** What the reason asked for, as it is kept; the date as an ISO instant. */
export type Asked = { date: string } | { text: string } | { attempts: number; channels: number } | null;
export type Circumstances = { now: Instant; attempts: Attempts };

type Ask = NonNullable<Reason['ask']>;

const asks: Record<Ask, (given: Given, circumstances: Circumstances) => Asked | Fault> = {
  date: ({ until }, { now }) => {
    if (until === undefined)
      return { path: 'until', message: 'found no date, wanted the one to come back on' };
    if (until <= now) return { path: 'until', message: 'found a date that has passed, wanted one to come' };
    return { date: Temporal.Instant.fromEpochMilliseconds(until).toString() };
  },
  text: ({ text = '' }) =>
    text.trim() === ''
      ? { path: 'text', message: 'found no text, wanted to know what it is' }
      : { text: text.trim() },
  attempts: (_, { attempts }) =>
    attempts.because !== null
      ? { path: 'reason', message: attempts.because }
      : { attempts: attempts.count, channels: attempts.channels },
};

/** The reason that was given and what it asked for; or what is at fault. */
export function readReturn(
  pact: Pact,
  given: Given,
  circumstances: Circumstances,
): { reason: Reason; asked: Asked } | Fault {
  const reason = pact.reasons.find(({ id }) => id === given.reason);
  if (reason === undefined) {
    const ids = pact.reasons.map(({ id }) => id).join(', ');
    return { path: 'reason', message: `found ${JSON.stringify(given.reason)}, wanted one of ${ids}` };
  }
  if (reason.ask === undefined) return { reason, asked: null };
  const asked = asks[reason.ask](given, circumstances);
  return asked !== null && 'message' in asked ? asked : { reason, asked };
}
