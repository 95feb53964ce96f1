/** What a node does without being asked: it folds leads, tells the world, and keeps the recurring jobs. */
import { handoffHandlers } from '#features/handoffs/handlers.ts';
import { carryOutward } from '#features/integrations/carriers.ts';
import { webhookQueue } from '#features/integrations/deliveries.ts';
import { mailCarrier } from '#features/integrations/mails/carrier.ts';
import type { WritingHouse } from '#features/integrations/mails/writers.ts';
import type { Log } from '#platform/log.ts';
import type { Postman } from '#platform/mail/postman.ts';
import type { Outbound } from '#platform/outbound/outbound.ts';
import { outboxQueue } from '#platform/outbox/outbox.ts';
import { startPump } from '#platform/outbox/pump.ts';
import { jobsOf, startSchedule } from '#server/schedule.ts';
import { wakeOnNotices } from '#server/waking.ts';
import { startWorker } from '#server/worker.ts';

export type Background = {
  /** Leads were touched: fold them now. */
  nudge: () => void;
  /** Finishes what is under way. */
  stop: () => Promise<void>;
};

export type BackgroundOptions = {
  house: WritingHouse;
  /** By whom mail is sent. */
  postman: Postman;
  /** By which webhooks go out. */
  outbound: Outbound;
  log: Log;
  /** The module that threads are started with; null for none. */
  entry: URL | null;
};

export function startBackground({ house, postman, outbound, log, entry }: BackgroundOptions): Background {
  const { database, clock } = house;
  const worker = startWorker({ database, log: log.child({ part: 'worker' }), handlers: handoffHandlers });
  const pumping = { database, log: log.child({ part: 'outbox' }) };
  const outbox = outboxQueue({ mail: mailCarrier(house, postman) }, carryOutward(database));
  const pumps = [startPump(outbox, pumping), startPump(webhookQueue(database, outbound), pumping)];
  const schedule = startSchedule(jobsOf({ database, log, clock, entry }), log.child({ part: 'schedule' }));
  const endWaking = wakeOnNotices(database, worker.nudge, log);
  return {
    nudge: worker.nudge,
    stop: async () => {
      endWaking();
      await Promise.all([schedule, worker, ...pumps].map((one) => one.stop()));
    },
  };
}
