/** What a node does without being asked: it folds leads, and keeps the recurring jobs. */
import { handoffHandlers } from '#features/handoffs/handlers.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { Log } from '#platform/log.ts';
import { jobsOf, startSchedule } from '#server/schedule.ts';
import { startWorker } from '#server/worker.ts';

export type Background = {
  /** Leads were touched: fold them now. */
  nudge: () => void;
  /** Finishes what is under way. */
  stop: () => Promise<void>;
};

export function startBackground(database: Database, log: Log, clock: Clock): Background {
  const worker = startWorker({ database, log: log.child({ part: 'worker' }), handlers: handoffHandlers });
  const schedule = startSchedule(jobsOf({ database, log, clock }), log.child({ part: 'schedule' }));
  return {
    nudge: worker.nudge,
    stop: async () => {
      await Promise.all([schedule.stop(), worker.stop()]);
    },
  };
}
