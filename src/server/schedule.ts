/**
 * Every recurring job, on one page. Each may run on several nodes at once: what a job does, it does under locks of its
 * own, so that it is done once; here is only said how often it is looked for.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { deskOf } from '#features/backtests/desk.ts';
import { packHistories } from '#features/backtests/history/packing.ts';
import { runLeftBehind } from '#features/backtests/running.ts';
import { packBeside } from '#features/backtests/threads/packing.ts';
import { sweepDeadlines, sweepUnready } from '#features/handoffs/sweeping.ts';
import { forgetMessageIds } from '#features/intake/forgetting.ts';
import { forgetSent } from '#features/integrations/forgetting.ts';
import { takeTurns } from '#features/pacts/turning.ts';
import { forgetExpired } from '#features/people/forgetting.ts';
import { forgetLateNews } from '#features/personal-data/erasing.ts';
import { forgetVisitors } from '#features/personal-data/retention.ts';
import { keepReviews } from '#features/reviews/due.ts';
import { keepLessons } from '#features/reviews/learning/lessons.ts';
import { sendDigests } from '#features/scorecards/digest-mail.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { DatabaseAway } from '#platform/db/faults.ts';
import { messageOf } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { forgetAnswered } from '#server/api/idempotency.ts';

export type Job = {
  name: string;
  /** Milliseconds from the end of one run to the beginning of the next. */
  every: number;
  run: () => Promise<unknown>;
};

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

export type JobsHouse = {
  database: Database;
  log: Log;
  clock: Clock;
  /** The module that threads are started with; null for none. */
  entry: URL | null;
};

export const jobsOf = ({ database, log, clock, entry }: JobsHouse): Job[] => [
  {
    name: 'reminders and escalations of handoffs',
    every: 2 * SECOND,
    run: () => sweepDeadlines({ database, log }),
  },
  { name: 'handoffs that lacked something', every: 5 * SECOND, run: () => sweepUnready({ database, log }) },
  {
    name: 'packing of histories',
    every: 10 * SECOND,
    run: () => packHistories(database, clock(), entry === null ? undefined : packBeside(entry, database)),
  },
  {
    name: 'backtests left behind',
    every: 60 * SECOND,
    run: () => runLeftBehind({ database, clock, desk: deskOf(database) }),
  },
  { name: 'weekly digests', every: 300 * SECOND, run: () => sendDigests(database, clock()) },
  { name: 'versions whose day has come', every: 2 * SECOND, run: () => takeTurns({ database, log }) },
  { name: 'reviews and their reminders', every: 600 * SECOND, run: () => keepReviews(database, clock()) },
  {
    name: 'what deals say of pacts under review',
    every: 3_600 * SECOND,
    run: () => keepLessons({ database, clock }),
  },
  { name: 'forgetting what was sent', every: DAY, run: () => forgetSent(database, clock()) },
  { name: 'forgetting ids of messages', every: DAY, run: () => forgetMessageIds(database, clock()) },
  { name: 'forgetting answered requests', every: DAY, run: () => forgetAnswered(database, clock()) },
  { name: 'forgetting visitors', every: DAY, run: () => forgetVisitors(database, clock()) },
  {
    name: 'forgetting what came in for the erased',
    every: 600 * SECOND,
    run: () => forgetLateNews(database, clock()),
  },
  { name: 'forgetting expired sessions', every: DAY, run: () => forgetExpired(database, clock()) },
];

export type Schedule = { stop: () => Promise<void> };

/** Jobs that come round at longest so often, in milliseconds, are somebody's waiting time, and wait for no other. */
const OFTEN = 60 * SECOND;
/** Of the others so many run at once: all are due when a node starts, which has enough to do then. */
const AT_ONCE = 2;

/** One that failed because the database was away is run again so soon. */
const AGAIN = 30 * SECOND;

/**
 * Runs jobs for as long as it is not stopped; one that fails is run again when its time comes, or as soon as the database
 * is likely to be back.
 */
export function startSchedule(jobs: readonly Job[], log: Log, again = AGAIN): Schedule {
  const stopping = new AbortController();
  const inTurn = turns(AT_ONCE);
  const keep = async ({ name, every, run }: Job): Promise<void> => {
    while (!stopping.signal.aborted) {
      const job = () => (stopping.signal.aborted ? Promise.resolve() : run());
      let next = every;
      await (every <= OFTEN ? job() : inTurn(job)).catch((error) => {
        log.error({ err: error, job: name }, `A job failed (${name}): ${messageOf(error)}`);
        if (error instanceof DatabaseAway) next = Math.min(every, again);
      });
      await pause(next, undefined, { signal: stopping.signal }).catch(() => undefined); // stopped: up at once
    }
  };
  const running = jobs.map(keep);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** Lets so many run at once; others wait for their turn, in the order in which they came. */
function turns(most: number): (run: () => Promise<unknown>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
