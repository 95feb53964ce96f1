/** Rows that wait to be carried out, as tables `outbox` and `webhook_deliveries` keep them. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { MOST_TRIES } from './schedule.ts';

/** What came of a try. `status` is the receiver's own word, where it has one. */
export type Outcome = { status?: number } & (
  | { kind: 'done' }
  /** `after` milliseconds when the receiver says so; null: by the schedule. */
  | { kind: 'again'; error: string; after: number | null }
  | { kind: 'failed'; error: string }
);

/** A row in hand. */
export type Claimed = {
  workspace_id: string;
  id: string;
  /** This try included. */
  attempts: number;
  /** When it was taken in hand, by the database's clock. */
  claimed_at: Date;
  /** What it waits in line with. */
  line: string;
};

export type Queue<Row extends Claimed> = {
  table: 'outbox' | 'webhook_deliveries';
  /** The column that says when it was carried out. */
  finished: 'done_at' | 'delivered_at';
  /** SQL for the line a row waits in. Lines are worked off side by side, so that one that is stuck holds up no other. */
  line: string;
  /** How many rows of a line may be in one pump's hands at once. */
  atOnce: (line: string) => number;
  /** Does it. What it throws is a fault of ours: told to the log, and tried a few times only. */
  carry: (row: Row) => Promise<Outcome>;
  /**
   * Does many rows of a line that are tried for the first time, inside the transaction that says they are done: for
   * work in our own database, which is done with it or not at all. What it throws has each of them tried alone.
   * Null for a line whose rows are always tried alone.
   */
  together?: (line: string) => ((query: Query, rows: readonly Row[]) => Promise<void>) | null;
  /** What else follows, in the transaction that writes the outcome down. */
  settled?: (tx: Tx, query: Query, row: Row, outcome: Outcome, now: Instant) => Promise<void>;
};

/** The present, by the clock that all nodes share. */
export type Now = (query: Query) => Promise<Instant>;

export const databaseNow: Now = async (query) => {
  const [row] = await query<{ now: Date }>('SELECT clock_timestamp() AS now', [], 'outbox-now');
  return row!.now.getTime();
};

/** Rows of a line that are due. */
export type DueLine = { workspace: string; line: string };

type AnyQueue = Pick<Queue<Claimed>, 'table' | 'finished' | 'line'>;

const pending = ({ finished }: AnyQueue): string => `${finished} IS NULL AND failed_at IS NULL`;

/** So many rows are looked at to find lines; those behind them have their turn when these are done. */
const LOOKED_AT = 1_000;

/** Lines with something due, those that have waited longest first. @param busy lines that are not to be looked at */
export const dueLines = (
  database: Database,
  queue: AnyQueue,
  busy: readonly string[],
  nowOf: Now,
): Promise<DueLine[]> =>
  database.acrossWorkspaces(async (_, query) =>
    query<DueLine>(
      `SELECT workspace_id AS workspace, line FROM (
         SELECT workspace_id, ${queue.line} AS line, due_at FROM ${queue.table}
         WHERE ${pending(queue)} AND due_at <= $1 AND NOT (workspace_id || ' ' || ${queue.line}) = ANY ($2::text[])
         ORDER BY due_at LIMIT ${LOOKED_AT}) AS due
       GROUP BY workspace_id, line ORDER BY min(due_at)`,
      [new Date(await nowOf(query)), busy],
      `${queue.table}-lines`,
    ),
  );

/**
 * Takes due rows of a line in hand: nobody else will before the lease is over. The try is counted now, so that rows
 * which end the process are tried no more often than others.
 */
export const claim = <Row extends Claimed>(
  database: Database,
  queue: Queue<Row>,
  { workspace, line }: DueLine,
  most: number,
  lease: number,
  nowOf: Now,
): Promise<Row[]> =>
  database.inWorkspace(workspace, async (_, query) => {
    const now = await nowOf(query);
    const given = [workspace, new Date(now), line];
    const due = `workspace_id = $1 AND ${pending(queue)} AND due_at <= $2 AND ${queue.line} = $3`;
    await query(
      `UPDATE ${queue.table} SET failed_at = $2, last_error = coalesce(last_error, 'Every try was cut short.')
       WHERE ${due} AND attempts >= ${MOST_TRIES}`,
      given,
      `${queue.table}-worn-out`,
    );
    return query<Row>(
      `WITH taken AS MATERIALIZED (
         SELECT id FROM ${queue.table} WHERE ${due} ORDER BY due_at LIMIT $5 FOR UPDATE SKIP LOCKED)
       UPDATE ${queue.table} AS q SET due_at = $4, attempts = q.attempts + 1 FROM taken
       WHERE q.workspace_id = $1 AND q.id = taken.id
       RETURNING q.*, $2::timestamptz AS claimed_at, $3::text AS line`,
      [...given, new Date(now + lease), most],
      `${queue.table}-claim`,
    );
  });

/** The most rows that are carried out together. */
const TOGETHER = 500;

/**
 * Carries out rows of a line in one transaction, those that were never tried.
 * @returns how many; none where the line's rows are tried alone, or others have them in hand
 */
export const carryTogether = async <Row extends Claimed>(
  database: Database,
  queue: Queue<Row>,
  { workspace, line }: DueLine,
  nowOf: Now,
): Promise<number> => {
  const carry = queue.together?.(line) ?? null;
  if (carry === null) return 0;
  return database.inWorkspace(workspace, async (_, query) => {
    const rows = await query<Row>(
      `WITH taken AS MATERIALIZED (
         SELECT id FROM ${queue.table}
         WHERE workspace_id = $1 AND ${pending(queue)} AND due_at <= $2 AND ${queue.line} = $3 AND attempts = 0
         ORDER BY due_at, id LIMIT ${TOGETHER} FOR UPDATE SKIP LOCKED)
       UPDATE ${queue.table} AS q SET ${queue.finished} = $2, attempts = 1 FROM taken
       WHERE q.workspace_id = $1 AND q.id = taken.id
       RETURNING q.*, $2::timestamptz AS claimed_at, $3::text AS line`,
      [workspace, new Date(await nowOf(query)), line],
      `${queue.table}-together`,
    );
    rows.sort((a, b) => (a.id < b.id ? -1 : 1));
    if (rows.length > 0) await carry(query, rows);
    return rows.length;
  });
};

/** What is written of an outcome: when it is done, when it has failed, or when it is due again. */
type Written = { done: Date | null; failed: Date | null; due: Date | null; error: string | null };

/** Writes down what came of a try, unless somebody else has the row in hand by now. */
export const settle = <Row extends Claimed>(
  database: Database,
  queue: Queue<Row>,
  row: Row,
  outcome: Outcome,
  due: (now: Instant) => Instant | null,
  nowOf: Now,
): Promise<void> =>
  database.inWorkspace(row.workspace_id, async (tx, query) => {
    const now = await nowOf(query);
    const { done, failed, due: next, error } = written(outcome, now, due(now));
    const [mine] = await query<{ id: string }>(
      `UPDATE ${queue.table} SET ${queue.finished} = $4, failed_at = $5, due_at = coalesce($6, due_at), last_error = $7
       WHERE workspace_id = $1 AND id = $2 AND attempts = $3 AND ${pending(queue)} RETURNING id`,
      [row.workspace_id, row.id, row.attempts, done, failed, next, error],
      `${queue.table}-settle`,
    );
    if (mine !== undefined) await queue.settled?.(tx, query, row, outcome, now);
  });

function written(outcome: Outcome, now: Instant, due: Instant | null): Written {
  if (outcome.kind === 'done') return { done: new Date(now), failed: null, due: null, error: null };
  const error = outcome.error.replaceAll('\0', '').slice(0, 1_000).toWellFormed();
  const isLast = outcome.kind === 'failed' || due === null;
  return { done: null, failed: isLast ? new Date(now) : null, due: isLast ? null : new Date(due), error };
}
