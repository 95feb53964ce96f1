import type { Log } from '#platform/log.ts';

/**
 * Says in the debug log how long each phase of a start took: `const lap = stopwatch(log); …; lap('migrations')`.
 * Phases of different watches may lie side by side.
 */
export function stopwatch(log: Log): (phase: string) => void {
  let since = performance.now();
  return (phase) => {
    const now = performance.now();
    const ms = Math.round(now - since);
    log.debug({ phase, ms }, `Start: ${phase} took ${ms} ms`);
    since = now;
  };
}
