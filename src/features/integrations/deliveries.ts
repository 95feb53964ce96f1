/** Webhook deliveries as a queue: each is tried until its endpoint takes it, or until it has failed for good. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import { record } from '#platform/journal/journal.ts';
import { OutboundRefused } from '#platform/outbound/allowed.ts';
import type { Outbound, Reply } from '#platform/outbound/outbound.ts';
import type { Claimed, Outcome, Queue } from '#platform/outbox/queue.ts';
import { type Secrets, signedHeaders } from './signing.ts';

export type DeliveryRow = Claimed & { endpoint_id: string; message_id: string; topic: string; body: string };

type Target = Secrets & { url: string; disabled_at: Date | null };

const SECOND = 1_000;
const DAY = 86_400_000;
/** An endpoint that has done nothing but fail for so long is disabled. */
const PATIENCE = 5 * DAY;

export const webhookQueue = (database: Database, outbound: Outbound): Queue<DeliveryRow> => ({
  table: 'webhook_deliveries',
  finished: 'delivered_at',
  line: 'endpoint_id::text',
  atOnce: () => 4,
  carry: (row) => deliver(database, outbound, row),
  settled: async (tx, query, row, outcome, now) => {
    await query('UPDATE webhook_deliveries SET status = $3 WHERE workspace_id = $1 AND id = $2', [
      row.workspace_id,
      row.id,
      outcome.status ?? null,
    ]);
    const why = await standOf(query, row, outcome, now);
    if (why === null) return;
    await disable(query, row, why, now);
    const subject = { kind: 'webhook_endpoint', id: row.endpoint_id };
    await record(tx, row.workspace_id, [
      { at: now, actor: { kind: 'system' }, what: 'webhook_endpoint.disabled', subject, data: { why } },
    ]);
  },
});

async function deliver(database: Database, outbound: Outbound, row: DeliveryRow): Promise<Outcome> {
  const target = await targetOf(database, row);
  if (target === null || target.disabled_at !== null)
    return { kind: 'failed', error: 'The endpoint is disabled.' };
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Leadpact',
    ...signedHeaders(target, row.message_id, row.claimed_at.getTime(), row.body),
  };
  try {
    return outcomeOf(await outbound.post(target.url, headers, row.body), row.claimed_at.getTime());
  } catch (error) {
    if (error instanceof OutboundRefused) return { kind: 'failed', error: messageOf(error) };
    if (error instanceof OutsideError) return { kind: 'again', error: messageOf(error), after: null };
    throw error;
  }
}

const targetOf = (database: Database, { workspace_id, endpoint_id }: DeliveryRow): Promise<Target | null> =>
  database.inWorkspace(
    workspace_id,
    async (_, query) => {
      const [target] = await query<Target>(
        `SELECT url, secret, former_secret, former_until, disabled_at FROM webhook_endpoints
         WHERE workspace_id = $1 AND id = $2`,
        [workspace_id, endpoint_id],
        'webhook-target',
      );
      return target ?? null;
    },
    { readOnly: true },
  );

/** What a reply means. A redirect is a failure like any other: what was signed for one address goes to no other. */
function outcomeOf({ status, headers, body }: Reply, now: Instant): Outcome {
  if (status >= 200 && status < 300) return { kind: 'done', status };
  if (status === 410) return { kind: 'failed', status, error: 'It answered 410 Gone.' };
  const said = body.trim().slice(0, 200);
  const error = `It answered ${status}${said === '' ? '.' : `: ${said}`}`;
  const after = status === 429 || status === 503 ? retryAfter(headers['retry-after'], now) : null;
  return { kind: 'again', status, error, after };
}

/** Milliseconds, from whole seconds or a date; never less than a second, never more than a day. */
function retryAfter(header: string | string[] | undefined, now: Instant): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, SECOND), DAY);
}

/** Keeps since when an endpoint has been failing. @returns why it is to be disabled, null when it is not */
async function standOf(
  query: Query,
  { workspace_id, endpoint_id }: DeliveryRow,
  { kind, status }: Outcome,
  now: Instant,
): Promise<string | null> {
  if (status === 410) return 'It answered 410 Gone.';
  const given = [workspace_id, endpoint_id];
  if (kind === 'done') {
    await query(
      `UPDATE webhook_endpoints SET failing_since = NULL
       WHERE workspace_id = $1 AND id = $2 AND failing_since IS NOT NULL`,
      given,
    );
    return null;
  }
  const [row] = await query<{ failing_since: Date }>(
    `UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, $3)
     WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL RETURNING failing_since`,
    [...given, new Date(now)],
  );
  const since = row?.failing_since.getTime() ?? now;
  return now - since >= PATIENCE ? 'Every try of the last 5 days failed.' : null;
}

/** Sends nothing there any more. What waits is kept as failed, to be sent again when somebody asks for it. */
async function disable(
  query: Query,
  { workspace_id, endpoint_id }: DeliveryRow,
  why: string,
  now: Instant,
): Promise<void> {
  const given = [workspace_id, endpoint_id, new Date(now)];
  await query(
    `UPDATE webhook_endpoints SET disabled_at = $3, disabled_why = $4
     WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL`,
    [...given, why],
  );
  await query(
    `UPDATE webhook_deliveries SET failed_at = $3, last_error = 'The endpoint was disabled.'
     WHERE workspace_id = $1 AND endpoint_id = $2 AND delivered_at IS NULL AND failed_at IS NULL`,
    given,
  );
}
