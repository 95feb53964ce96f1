import type { Instant } from '#engine/facts/facts.ts';
import { instants, texts, uuids } from '#features/intake/columns.ts';
import type { QuarantineReason, Refused } from '#features/intake/entry.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { messageKey, newId } from '#platform/ids.ts';

/** What waits in quarantine, with where it came from. */
export type Waiting = Refused & { writeKey: string; receivedAt: Instant };

/** Puts events into quarantine. The same event, sent again by a client that retries, waits there once. */
export async function quarantine({ query, workspace }: Scope, waiting: readonly Waiting[]): Promise<void> {
  await query(
    `INSERT INTO quarantine (workspace_id, id, received_at, write_key_id, message_id, reason, detail, body)
     SELECT $1, g.* FROM unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[]) AS g
     ON CONFLICT DO NOTHING`,
    [
      workspace,
      uuids(waiting.map(idOf)),
      instants(waiting.map(({ receivedAt }) => receivedAt)),
      uuids(waiting.map(({ writeKey }) => writeKey)),
      texts(waiting.map(({ messageId }) => messageId)),
      texts(waiting.map(({ code }) => code)),
      texts(waiting.map(({ detail }) => detail)),
      texts(waiting.map(({ body }) => body)),
    ],
  );
}

const idOf = ({ messageId, body, receivedAt }: Waiting): string =>
  messageId === null ? newId(receivedAt) : messageKey(`${messageId}\n${body}`);

/** An event in quarantine. */
export type Quarantined = {
  id: string;
  receivedAt: Instant;
  writeKey: string;
  messageId: string | null;
  reason: QuarantineReason;
  detail: string;
  /** The event's JSON, as it came in. */
  body: string;
};

type Row = {
  id: string;
  received_at: Date;
  write_key_id: string | null;
  message_id: string | null;
  reason: QuarantineReason;
  detail: string;
  body: string;
};

const NOBODY = '00000000-0000-0000-0000-000000000000';
const WAITS = 'replayed_at IS NULL AND dismissed_at IS NULL';
const readRow = (row: Row): Quarantined => ({
  id: row.id,
  receivedAt: row.received_at.getTime(),
  writeKey: row.write_key_id ?? NOBODY,
  messageId: row.message_id,
  reason: row.reason,
  detail: row.detail,
  body: row.body,
});

/** What waits under an id; null when nothing does. With `lock` it is kept from others who would replay it. */
export async function findWaiting(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  id: string,
  { lock }: { lock: boolean },
): Promise<Quarantined | null> {
  const rows = await query<Row>(
    `SELECT id, received_at, write_key_id, message_id, reason, detail, body FROM quarantine
     WHERE workspace_id = $1 AND id = $2 AND ${WAITS}${lock ? ' FOR UPDATE' : ''}`,
    [workspace, id],
  );
  return rows[0] ? readRow(rows[0]) : null;
}

/** Those that somebody speaks of: by their ids, or by what they have in common. */
export type Some = {
  ids?: readonly string[] | undefined;
  reason?: string | undefined;
  write_key?: string | undefined;
  since?: string | undefined;
};

/** A condition on quarantine with its values, the first of which is the workspace. */
export function conditionOf(workspace: string, some: Some): { where: string; values: unknown[] } {
  const where = ['workspace_id = $1'];
  const values: unknown[] = [workspace];
  const add = (condition: string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    where.push(`${condition}$${values.length}`);
  };
  add('reason = ', some.reason);
  add('write_key_id = ', some.write_key);
  add('received_at >= ', some.since === undefined ? undefined : new Date(some.since));
  if (some.ids !== undefined) {
    values.push(some.ids);
    where.push(`id = ANY ($${values.length}::uuid[])`);
  }
  return { where: where.join(' AND '), values };
}

/** The ids of those that wait, the oldest first, and how many there are in all. */
export async function waitingAmong(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  some: Some,
  limit: number,
): Promise<{ ids: string[]; all: number }> {
  const { where, values } = conditionOf(workspace, some);
  const rows = await query<{ id: string; all: number }>(
    `SELECT id, count(*) OVER () AS all FROM quarantine WHERE ${where} AND ${WAITS} ORDER BY received_at, id LIMIT ${limit}`,
    values,
  );
  return { ids: rows.map(({ id }) => id), all: rows[0]?.all ?? 0 };
}

/** An event was taken in after all. */
export async function endReplayed(
  { query, workspace, now }: Scope,
  id: string,
  by: string | null,
): Promise<void> {
  await query(
    `UPDATE quarantine SET replayed_at = $3, ended_by = $4 WHERE workspace_id = $1 AND id = $2 AND ${WAITS}`,
    [workspace, id, new Date(now), by],
  );
}

/** Somebody decided that events need not be taken in. @returns their ids */
export async function dismiss(
  { query, workspace, now }: Scope,
  some: Some,
  { why, by }: { why: string; by: string | null },
): Promise<string[]> {
  const { where, values } = conditionOf(workspace, some);
  const n = values.length;
  const rows = await query<{ id: string }>(
    `UPDATE quarantine SET dismissed_at = $${n + 1}, dismissed_why = $${n + 2}, ended_by = $${n + 3}
     WHERE ${where} AND ${WAITS} RETURNING id`,
    [...values, new Date(now), why, by],
  );
  return rows.map(({ id }) => id);
}

/** Writes down that an event that was replayed was refused again, and why this time. */
export async function refuseAgain(
  { query, workspace }: Scope,
  id: string,
  { code, detail }: Pick<Refused, 'code' | 'detail'>,
): Promise<void> {
  await query('UPDATE quarantine SET reason = $3, detail = $4 WHERE workspace_id = $1 AND id = $2', [
    workspace,
    id,
    code,
    detail,
  ]);
}
