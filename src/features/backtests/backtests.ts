/** Backtests as they are asked for, looked at and called off. */
import type { Backtest, BacktestState, Effect, LeadList, MovedLead } from '#contract/backtests.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import { nameOf } from '#features/leads/summary.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { readMark } from './mark.ts';

type Row = {
  id: string;
  pact_id: string;
  version: number;
  digest: string;
  against_pact: string | null;
  against_version: number | null;
  against_digest: string | null;
  until: Date;
  mark: string | null;
  state: BacktestState;
  progress: number;
  error: string | null;
  effect: Effect | null;
  created_at: Date;
  finished_at: Date | null;
};

const COLUMNS = `id, pact_id, version, digest, against_pact, against_version, against_digest, until, mark, state,
  progress, error, effect, created_at, finished_at`;

const shown = (row: Row, mark: string): Backtest => ({
  id: row.id,
  pact: row.pact_id,
  number: row.version,
  digest: row.digest,
  against:
    row.against_pact === null
      ? null
      : { pact: row.against_pact, number: row.against_version!, digest: row.against_digest! },
  until: row.until.toISOString(),
  state: row.state,
  progress: row.progress,
  error: row.error,
  created_at: row.created_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
  stale: row.mark !== null && row.mark !== mark,
  effect: row.effect,
});

type Key = { pact: string; number: number };

/**
 * Asks for a version to be replayed; the same text against the same version over the same history is done once.
 * @returns what there is of it; `fresh` when it is still to be done
 */
export async function beginBacktest(
  query: Query,
  { workspace, id: caller }: Caller,
  { pact, number }: Key,
  now: Instant,
): Promise<{ backtest: Backtest; fresh: boolean }> {
  const [version] = await query<{ digest: string; text: string }>(
    'SELECT digest, text FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND number = $3',
    [workspace, pact, number],
  );
  if (version === undefined)
    throw new HttpProblem(404, 'not_found', `There is no version ${number} of this pact.`);
  const timeline = await readTimeline(query, workspace);
  const inForce = timeline.hasBegun(now) ? timeline.at(now) : null;
  const mark = await readMark(query, workspace);
  const [known] = await query<Row>(
    `SELECT ${COLUMNS} FROM backtests
     WHERE workspace_id = $1 AND pact_id = $2 AND version = $3 AND digest = $4 AND against_digest IS NOT DISTINCT FROM $5
       AND (state IN ('waiting', 'running') OR state = 'done' AND mark = $6)
     ORDER BY created_at DESC LIMIT 1`,
    [workspace, pact, number, version.digest, inForce?.digest ?? null, mark],
  );
  if (known !== undefined) return { backtest: shown(known, mark), fresh: false };
  const [row] = await query<Row>(
    `INSERT INTO backtests (workspace_id, id, pact_id, version, digest, text, against_pact, against_version,
       against_digest, until, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11) RETURNING ${COLUMNS}`,
    [
      workspace,
      newId(now),
      pact,
      number,
      version.digest,
      version.text,
      inForce?.pact_id ?? null,
      inForce?.number ?? null,
      inForce?.digest ?? null,
      new Date(now),
      caller,
    ],
  );
  return { backtest: shown(row!, mark), fresh: true };
}

const noSuch = (): HttpProblem => new HttpProblem(404, 'not_found', 'There is no such backtest.');

export async function showBacktest(query: Query, workspace: string, id: string): Promise<Backtest> {
  const [row] = await query<Row>(`SELECT ${COLUMNS} FROM backtests WHERE workspace_id = $1 AND id = $2`, [
    workspace,
    id,
  ]);
  if (row === undefined) throw noSuch();
  return shown(row, await readMark(query, workspace));
}

/** The last of each version, by the versions' numbers. */
export async function listBacktests(query: Query, workspace: string, pact: string): Promise<Backtest[]> {
  const [known] = await query('SELECT FROM pacts WHERE workspace_id = $1 AND id = $2', [workspace, pact]);
  if (known === undefined) throw new HttpProblem(404, 'not_found', 'There is no pact of that id here.');
  const rows = await query<Row>(
    `SELECT DISTINCT ON (version) ${COLUMNS} FROM backtests WHERE workspace_id = $1 AND pact_id = $2
     ORDER BY version, created_at DESC`,
    [workspace, pact],
  );
  const mark = await readMark(query, workspace);
  return rows.map((row) => shown(row, mark));
}

/** Calls one off. One that has ended stays as it is. */
export async function cancelBacktest(
  query: Query,
  workspace: string,
  id: string,
  now: Instant,
): Promise<Backtest> {
  await query(
    `UPDATE backtests SET state = 'cancelled', finished_at = $3
     WHERE workspace_id = $1 AND id = $2 AND state IN ('waiting', 'running')`,
    [workspace, id, new Date(now)],
  );
  return showBacktest(query, workspace, id);
}

type Asked = { list: LeadList; limit: number; cursor?: string | undefined };
type LeadRow = {
  place: number;
  id: string;
  email: string | null;
  attributes: Record<string, unknown>;
  before_at: Date | null;
  after_at: Date | null;
};

/** A page of the leads of a list. Who was merged since is shown as whom they belong to; who was erased is not. */
export async function listBacktestLeads(
  query: Query,
  workspace: string,
  backtest: string,
  { list, limit, cursor }: Asked,
): Promise<{ items: MovedLead[]; next: string | null }> {
  await showBacktest(query, workspace, backtest);
  const [after] = cursor === undefined ? [0] : readCursor(cursor, [0]);
  const rows = await query<LeadRow>(
    `SELECT b.place, l.id, l.email, l.attributes, b.before_at, b.after_at
     FROM backtest_leads b
       JOIN leads o ON o.workspace_id = b.workspace_id AND o.number = b.lead
       JOIN leads l ON l.workspace_id = b.workspace_id AND l.number = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END
     WHERE b.workspace_id = $1 AND b.backtest_id = $2 AND b.list = $3 AND b.place > $4 AND l.erased_at IS NULL
     ORDER BY b.place LIMIT $5`,
    [workspace, backtest, list, after, limit + 1],
  );
  return pageOf(rows, limit, {
    item: ({ id, email, attributes, before_at, after_at }) => ({
      id,
      email,
      name: nameOf(attributes),
      before_at: before_at?.toISOString() ?? null,
      after_at: after_at?.toISOString() ?? null,
    }),
    place: ({ place }) => [place],
  });
}
