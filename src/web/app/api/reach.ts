/** Whether the server can be reached, as last seen; and who wants to know. */
import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

let reached = true;
const listeners = new Set<() => void>();

function note(now: boolean): void {
  if (now === reached) return;
  reached = now;
  onlineManager.setOnline(now);
  for (const tell of listeners) tell();
  if (!now) void knockUntilHeard();
}

export const heard = (): void => note(true);
export const unheard = (): void => note(false);

const WAITS = [1_000, 2_000, 4_000, 8_000];

/** Asks again, ever more seldom, until there is an answer. */
async function knockUntilHeard(): Promise<void> {
  for (let attempt = 0; !reached; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, WAITS[Math.min(attempt, WAITS.length - 1)]));
    try {
      if ((await fetch('/livez', { cache: 'no-store' })).ok) heard();
    } catch {
      // Still away; the banner says so.
    }
  }
}

addEventListener('offline', unheard);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** False while the server is away. */
export const useReach = (): boolean => useSyncExternalStore(subscribe, () => reached);

/** Calls back whenever the server answers again. */
export const onHeard = (back: () => void): (() => void) => subscribe(() => reached && back());
