/** Somebody else was quicker: who did what, said to whoever came second, who then sees how it stands. */
import { notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import { showHandoff } from '#contract/handoffs.ts';
import { type Answer, call, Refusal } from '../../app/api/call.ts';
import { keyOf, wordsOf } from '../../app/api/queries.ts';
import { ago } from '../../app/format/dates.ts';
import { deeds } from './words.ts';

/** Refused because it does not stand any more as the caller saw it. */
export const isOvertaken = (error: Error): boolean =>
  error instanceof Refusal && ([409, 412].includes(error.status) || error.code === 'not_yours');

type Who = { member: string; nameOf: (id: string) => string };

export async function sayWhatHappened(
  queries: QueryClient,
  id: string,
  error: Error,
  who: Who,
): Promise<void> {
  let message = wordsOf(error);
  try {
    const now = await queries.fetchQuery({
      queryKey: keyOf(showHandoff, { params: { id } }),
      queryFn: () => call(showHandoff, { params: { id } }),
      staleTime: 0,
    });
    message = lastDeed(now, who) ?? message;
  } catch {
    // How it stands now cannot be read either: the refusal's own words are said.
  }
  notifications.show({
    color: 'yellow',
    title: 'Not done: it changed meanwhile',
    message,
    autoClose: 12_000,
  });
}

function lastDeed({ history }: Answer<typeof showHandoff>, { member, nameOf }: Who): string | null {
  const last = history.at(-1);
  const did = last && deeds[last.what];
  if (did === undefined) return null;
  const actor = last!.actor === null ? 'Leadpact' : last!.actor === member ? 'You' : nameOf(last!.actor);
  return `${actor} ${did}, ${ago(last!.at)}. What you see is how it stands now.`;
}
