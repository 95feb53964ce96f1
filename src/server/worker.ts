/**
 * The worker: folds what is dirty or due, in every workspace, for as long as it runs. Any number of them may run on
 * one database, each with several lanes that work side by side.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { foldBatch } from '#features/verdicts/folding.ts';
import type { Handlers } from '#features/verdicts/handlers.ts';
import { KeptLeads } from '#features/verdicts/kept.ts';
import { databaseNow, type Lane, lookForWork, type Now, type Waiting } from '#features/verdicts/queue.ts';
import { tellNextLeads } from '#features/verdicts/rejudging.ts';
import { giveUp } from '#features/verdicts/stuck.ts';
import type { Database } from '#platform/db/database.ts';
import { meaningOf } from '#platform/db/faults.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

export type WorkerOptions = {
  database: Database;
  log: Log;
  /** What is done when leads move, become MQLs, and so on. */
  handlers: Handlers;
  /** How many batches are folded side by side; each takes one connection. 2 when left out. */
  lanes?: number;
  /** The most marks a batch takes. 500 when left out. */
  most?: number;
  /** Leads whose fold is kept from one batch to the next; none before when left out. */
  kept?: KeptLeads;
  /** What time it is; the database's own clock when left out. */
  now?: Now;
};

export type Worker = {
  /** There is something to do: look now instead of at the end of the pause. */
  nudge: () => void;
  /** Finishes the batches under way. */
  stop: () => Promise<void>;
};

/** An idle worker looks again after this long, in milliseconds, and doubles it up to the most. */
const PAUSE = { least: 5, most: 80 };
/** After something failed that has nothing to do with any lead: the database is away. */
const AFTER_FAULT = 1_000;
const MOST = 500;
const REJUDGED_AT_ONCE = 1_000;

export function startWorker({ kept = new KeptLeads(), ...given }: WorkerOptions): Worker {
  const options = { ...given, kept };
  const { lanes = 2, log } = options;
  let stopping = false;
  let wake = new AbortController();
  const nudge = () => {
    const sleeping = wake;
    wake = new AbortController();
    sleeping.abort();
  };
  const rest = (milliseconds: number) =>
    pause(milliseconds, undefined, { signal: wake.signal }).catch(() => undefined); // nudged: up at once

  const work = async (number: number): Promise<void> => {
    let idle = PAUSE.least;
    while (!stopping) {
      try {
        const done = await workThrough(options, () => stopping, { number, of: lanes });
        idle = done > 0 ? PAUSE.least : Math.min(idle * 2, PAUSE.most);
        if (done === 0) await rest(idle);
      } catch (error) {
        log.error({ err: error }, `The worker cannot go on just now: ${messageOf(error)}`);
        await rest(AFTER_FAULT);
      }
    }
  };
  const running = Array.from({ length: lanes }, (_, number) => work(number));
  return {
    nudge,
    stop: async () => {
      stopping = true;
      nudge();
      await Promise.all(running);
    },
  };
}

/**
 * Works off what is waiting at this moment, a batch of each workspace in turn.
 * @returns how many leads were dealt with; 0 when nothing is waiting that others do not have in hand.
 */
export async function workThrough(
  options: WorkerOptions,
  isStopping: () => boolean = () => false,
  lane?: Lane,
): Promise<number> {
  const { database, most = MOST, now = databaseNow } = options;
  let done = 0;
  for (const waiting of await lookForWork(database, most, now, lane)) {
    if (isStopping()) break;
    if (waiting.rejudge) {
      const tell = () =>
        database.inWorkspace(waiting.workspace, (_, query) =>
          tellNextLeads(query, waiting.workspace, REJUDGED_AT_ONCE),
        );
      done += await tell();
    }
    if (waiting.marked || waiting.due.length > 0) done += await foldWaiting(options, waiting);
  }
  return done;
}

async function foldWaiting(options: WorkerOptions, { workspace, due }: Waiting): Promise<number> {
  const { most = MOST, log } = options;
  try {
    return await foldOnce(options, { workspace, due, most });
  } catch (error) {
    if (isOutside(error)) throw error;
    log.warn({ workspace }, `A batch is folded lead by lead: ${messageOf(error)}`);
    return foldOneByOne(options, { workspace, due });
  }
}

type Some = { workspace: string; due: readonly number[]; most: number };

async function foldOnce(
  { database, handlers, now = databaseNow, kept, log }: WorkerOptions,
  some: Some,
): Promise<number> {
  const { leads, failed, remember } = await database.inWorkspace(some.workspace, (tx, query) =>
    foldBatch(tx, query, some, handlers, now, kept),
  );
  remember();
  for (const { lead, error } of failed)
    log.error({ workspace: some.workspace, lead }, `A lead cannot be folded and is set aside: ${error}`);
  return leads;
}

/** One of them cannot be written: whichever it is, the others are. */
async function foldOneByOne(
  options: WorkerOptions,
  { workspace, due }: Pick<Waiting, 'workspace' | 'due'>,
): Promise<number> {
  const { database, most = MOST, now = databaseNow, log } = options;
  const marked = await database.inWorkspace(workspace, (_, query) =>
    query<{ lead: number }>(
      'SELECT lead FROM (SELECT lead FROM dirty_leads WHERE workspace_id = $1 ORDER BY mark LIMIT $2) d GROUP BY lead',
      [workspace, most],
    ),
  );
  const leads = [...new Set([...due, ...marked.map(({ lead }) => lead)])];
  for (const lead of leads) {
    try {
      await foldOnce(options, { workspace, due: [lead], most: 0 });
    } catch (error) {
      if (isOutside(error)) throw error;
      log.error({ workspace, lead }, `A lead cannot be folded and is set aside: ${messageOf(error)}`);
      await database.inWorkspace(workspace, async (_, query) =>
        giveUp(query, workspace, lead, messageOf(error), await now(query)),
      );
    }
  }
  return leads.length;
}

/** Whether the database is at fault, rather than a lead. */
const isOutside = (error: unknown): boolean => error instanceof OutsideError || meaningOf(error) !== 'own';
