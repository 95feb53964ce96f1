/** Quarantine as people see it. */
import type { z } from 'zod';
import type { listQuarantine as listContract, QuarantinedEvent } from '#contract/quarantine.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import { conditionOf } from '#features/intake/quarantine.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

type Wanted = z.infer<typeof listContract.query>;
type Row = {
  id: string;
  received_at: Date;
  write_key_id: string | null;
  message_id: string | null;
  reason: string;
  detail: string;
  replayed_at: Date | null;
  dismissed_at: Date | null;
  dismissed_why: string | null;
  ended_by: string | null;
};

const COLUMNS =
  'id, received_at, write_key_id, message_id, reason, detail, replayed_at, dismissed_at, dismissed_why, ended_by';
const STANDS: Record<Wanted['standing'], string> = {
  waiting: ' AND replayed_at IS NULL AND dismissed_at IS NULL',
  replayed: ' AND replayed_at IS NOT NULL',
  dismissed: ' AND dismissed_at IS NOT NULL',
  any: '',
};

/** A page, the latest first. */
export async function listQuarantine(
  query: Query,
  workspace: string,
  { standing, cursor, limit, ...some }: Wanted,
): Promise<{ items: QuarantinedEvent[]; next: string | null }> {
  const { where, values } = conditionOf(workspace, some);
  let after = '';
  if (cursor !== undefined) {
    const [at, id] = readCursor<[number, string]>(cursor, [0, '']);
    values.push(new Date(at), id);
    after = ` AND (received_at, id::text) < ($${values.length - 1}, $${values.length})`;
  }
  const rows = await query<Row>(
    `SELECT ${COLUMNS} FROM quarantine WHERE ${where}${STANDS[standing]}${after}
     ORDER BY received_at DESC, id::text DESC LIMIT ${limit + 1}`,
    values,
  );
  return pageOf(rows, limit, { item: shown, place: ({ received_at, id }) => [received_at.getTime(), id] });
}

/** @throws HttpProblem 404 */
export async function showQuarantined(
  query: Query,
  workspace: string,
  id: string,
): Promise<QuarantinedEvent & { body: string }> {
  const [row] = await query<Row & { body: string }>(
    `SELECT ${COLUMNS}, body FROM quarantine WHERE workspace_id = $1 AND id = $2`,
    [workspace, id],
  );
  if (row) return { ...shown(row), body: withoutAddress(row.body) };
  throw new HttpProblem(404, 'not_found', 'There is no such event in quarantine.');
}

/** Clients send along from where they do: of no use to whoever mends an event, and nobody else's business. */
const withoutAddress = (body: string): string =>
  JSON.stringify(JSON.parse(body), (key, value: unknown) => (key === 'ip' ? undefined : value), 2);

const shown = (row: Row): QuarantinedEvent => ({
  id: row.id,
  received_at: row.received_at.toISOString(),
  write_key: row.write_key_id,
  message_id: row.message_id,
  reason: row.reason,
  detail: row.detail,
  standing: row.replayed_at ? 'replayed' : row.dismissed_at ? 'dismissed' : 'waiting',
  ended_at: (row.replayed_at ?? row.dismissed_at)?.toISOString() ?? null,
  ended_by: row.ended_by,
  why: row.dismissed_why,
});
