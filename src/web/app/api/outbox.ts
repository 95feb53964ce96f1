/** Acts that could not be sent: kept in this browser, sent in order once the server answers, each with its own key. */
import { notifications } from '@mantine/notifications';
import { useSyncExternalStore } from 'react';
import { Away, send } from './call.ts';
import { wordsOf } from './queries.ts';
import { onHeard } from './reach.ts';

type Waiting = { method: string; url: string; body: unknown; key: string; summary: string };

const PLACE = 'leadpact.outbox';
const listeners = new Set<() => void>();
let waiting: readonly Waiting[] = read();
let sending = false;

function read(): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? '[]') as Waiting[];
  } catch {
    return []; // Written by something else: nothing of ours is in it.
  }
}

function write(next: readonly Waiting[]): void {
  waiting = next;
  localStorage.setItem(PLACE, JSON.stringify(next));
  for (const tell of listeners) tell();
}

export const keepForLater = (one: Waiting): void => write([...waiting, one]);

async function sendAll(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (const one of [...waiting]) {
      try {
        await send(one);
        notifications.show({ message: `Sent: ${one.summary}.` });
      } catch (error) {
        if (error instanceof Away) return;
        notifications.show({
          color: 'red',
          title: 'What was kept could not be done',
          message: `${one.summary}. ${wordsOf(error)}`,
          autoClose: false,
        });
      }
      write(waiting.filter(({ key }) => key !== one.key));
    }
  } finally {
    sending = false;
  }
}

/** Sends what was kept, now and whenever the server is heard again. */
export function tendOutbox(): () => void {
  void sendAll();
  return onHeard(() => void sendAll());
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How many acts wait to be sent. */
export const useWaiting = (): number => useSyncExternalStore(subscribe, () => waiting.length);
