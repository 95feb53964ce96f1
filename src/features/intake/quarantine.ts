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

/** An event in quarantine, as it is shown. */
type Quarantined = {
  id: string;
  receivedAt: Instant;
  writeKey: string | null;
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

const COLUMNS = 'id, received_at, write_key_id, message_id, reason, detail, body';
const readRow = (row: Row): Quarantined => ({
  id: row.id,
  receivedAt: row.received_at.getTime(),
  writeKey: row.write_key_id,
  messageId: row.message_id,
  reason: row.reason,
  detail: row.detail,
  body: row.body,
});

/**
 * A page of what waits, in order of ids; `after` is the last id of the page before.
 * @public
 */
export async function readQuarantine(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  { after, limit }: { after: string | null; limit: number },
): Promise<Quarantined[]> {
  const rows = await query<Row>(
    `SELECT ${COLUMNS} FROM quarantine
     WHERE workspace_id = $1 AND replayed_at IS NULL AND dismissed_at IS NULL AND ($2::uuid IS NULL OR id > $2)
     ORDER BY id LIMIT $3`,
    [workspace, after, limit],
  );
  return rows.map(readRow);
}

/**
 * What waits under these ids, kept from others who would replay it.
 * @public
 */
export async function takeQuarantined(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  ids: readonly string[],
): Promise<Quarantined[]> {
  const rows = await query<Row>(
    `SELECT ${COLUMNS} FROM quarantine
     WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND replayed_at IS NULL AND dismissed_at IS NULL
     ORDER BY id FOR UPDATE`,
    [workspace, ids],
  );
  return rows.map(readRow);
}

const ends = { replayed: 'replayed_at', dismissed: 'dismissed_at' } as const;

/**
 * Ends the wait of events: they were taken in after all, or somebody decided that they need not be.
 * @public
 */
export async function endQuarantine(
  { query, workspace, now }: Scope,
  ids: readonly string[],
  end: keyof typeof ends,
): Promise<void> {
  await query(
    `UPDATE quarantine SET ${ends[end]} = $3
     WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND replayed_at IS NULL AND dismissed_at IS NULL`,
    [workspace, ids, new Date(now)],
  );
}

/**
 * Writes down that an event that was replayed was refused again, and why this time.
 * @public
 */
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
