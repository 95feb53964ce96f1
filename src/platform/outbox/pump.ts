/**
 * Carries out what waits in a queue, for as long as it runs. Any number may run on one database. Whatever ends a
 * process between a try and its record leads to another try of the same row, by its same id.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#platform/db/database.ts';
import { messageOf } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import {
  type Claimed,
  carryTogether,
  claim,
  type DueLine,
  databaseNow,
  dueLines,
  type Now,
  type Outcome,
  type Queue,
  settle,
} from './queue.ts';
import { MOST_FAULTS, pauseAfter } from './schedule.ts';

export type PumpOptions = {
  database: Database;
  log: Log;
  /** Rows in hand at once; 32 when left out. */
  most?: number;
  /** Milliseconds after which a row is taken from a pump that says nothing of it; 2 minutes when left out. */
  lease?: number;
  /** What time it is; the database's own clock when left out. */
  now?: Now;
};

export type Pump = {
  /** There is something to do: look now instead of at the end of the pause. */
  nudge: () => void;
  /** Takes nothing more in hand, and finishes what is. */
  stop: () => Promise<void>;
};

/** An idle pump looks again after this long, in milliseconds, and doubles it up to the most. */
const PAUSE = { least: 20, most: 500 };
const AFTER_FAULT = 1_000;

export function startPump<Row extends Claimed>(queue: Queue<Row>, options: PumpOptions): Pump {
  const { log } = options;
  const hands = new Hands(queue, options);
  let stopping = false;
  let wake = new AbortController();
  const nudge = () => {
    const sleeping = wake;
    wake = new AbortController();
    sleeping.abort();
  };
  const rest = (milliseconds: number) =>
    Promise.race([
      pause(milliseconds, undefined, { signal: wake.signal }).catch(() => undefined), // nudged: up at once
      hands.anyFree(),
    ]);

  const run = async (): Promise<void> => {
    let idle = PAUSE.least;
    while (!stopping) {
      try {
        const taken = await hands.takeDue();
        idle = taken > 0 ? PAUSE.least : Math.min(idle * 2, PAUSE.most);
        await rest(idle);
      } catch (error) {
        log.error(
          { err: error, queue: queue.table },
          `The outbox cannot go on just now: ${messageOf(error)}`,
        );
        await pause(AFTER_FAULT);
      }
    }
    await hands.empty();
  };
  const running = run();
  return {
    nudge,
    stop: () => {
      stopping = true;
      nudge();
      return running;
    },
  };
}

/** Carries out everything that is due at this moment. @returns how many rows were tried */
export async function pumpOnce<Row extends Claimed>(
  queue: Queue<Row>,
  options: PumpOptions,
): Promise<number> {
  const hands = new Hands(queue, options);
  for (let tried = 0; ; ) {
    const taken = await hands.takeDue();
    await hands.empty();
    if (taken === 0) return tried;
    tried += taken;
  }
}

/** The rows in hand. */
class Hands<Row extends Claimed> {
  readonly #queue: Queue<Row>;
  readonly #options: PumpOptions;
  readonly #rows = new Map<Row, Promise<void>>();

  constructor(queue: Queue<Row>, options: PumpOptions) {
    this.#queue = queue;
    this.#options = options;
  }

  /** Takes as much in hand as there is room for. @returns how many rows */
  async takeDue(): Promise<number> {
    const { database, most = 32, lease = 120_000, now = databaseNow } = this.#options;
    if (this.#rows.size >= most) return 0;
    const held = Map.groupBy(this.#rows.keys(), ({ workspace_id, line }) => `${workspace_id} ${line}`);
    const busy = [...held].flatMap(([line, rows]) =>
      rows.length >= this.#queue.atOnce(rows[0]!.line) ? [line] : [],
    );
    let taken = 0;
    for (const due of await dueLines(database, this.#queue, busy, now)) {
      const ofLine = this.#queue.atOnce(due.line) - (held.get(`${due.workspace} ${due.line}`)?.length ?? 0);
      const room = Math.min(ofLine, most - this.#rows.size);
      if (room <= 0) continue;
      const done = await this.#together(due);
      taken += done;
      if (done > 0) continue;
      const rows = await claim(database, this.#queue, due, room, lease, now);
      for (const row of rows)
        this.#rows.set(
          row,
          this.#carry(row).finally(() => this.#rows.delete(row)),
        );
      taken += rows.length;
    }
    return taken;
  }

  /** @returns how many rows were carried out together; none when it did not go well, and each is to be tried alone */
  async #together(due: DueLine): Promise<number> {
    const { database, log, now = databaseNow } = this.#options;
    try {
      return await carryTogether(database, this.#queue, due, now);
    } catch (error) {
      log.warn(
        { err: error, queue: this.#queue.table, line: due.line },
        `They cannot be carried out together, so each is tried alone: ${messageOf(error)}`,
      );
      return 0;
    }
  }

  /** When the first of the rows in hand is finished; never when there is none. */
  anyFree(): Promise<void> {
    return this.#rows.size === 0 ? new Promise(() => undefined) : Promise.race(this.#rows.values());
  }

  async empty(): Promise<void> {
    await Promise.all(this.#rows.values());
  }

  async #carry(row: Row): Promise<void> {
    const { database, log, now = databaseNow } = this.#options;
    const outcome = await this.#try(row);
    const due = (at: number): number | null => {
      const wait = pauseAfter(row.attempts, Math.random());
      if (wait === null || outcome.kind !== 'again') return null;
      return at + (outcome.after ?? wait);
    };
    try {
      await settle(database, this.#queue, row, outcome, due, now);
    } catch (error) {
      // The lease ends, and it is tried again by the same id.
      log.warn({ err: error, id: row.id }, `What came of a try cannot be written down: ${messageOf(error)}`);
    }
  }

  async #try(row: Row): Promise<Outcome> {
    try {
      return await this.#queue.carry(row);
    } catch (error) {
      const { table } = this.#queue;
      this.#options.log.error(
        { err: error, queue: table, id: row.id },
        `It cannot be carried out: ${messageOf(error)}`,
      );
      const kind = row.attempts < MOST_FAULTS ? 'again' : 'failed';
      return { kind, error: messageOf(error), after: null };
    }
  }
}
