/** Where webhooks go: added, changed, tried and told again. */
import type { Instant } from '#engine/facts/facts.ts';
import { actorOf, type Caller } from '#features/people/policy.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import type { Outbound } from '#platform/outbound/outbound.ts';
import { messageBody } from './fan-out.ts';
import { newSecret } from './signing.ts';

/** A caller's transaction, at a time. */
export type Scope = { tx: Tx; query: Query; caller: Caller; now: Instant };

/** How long a former secret goes on signing. */
const OVERLAP = 24 * 3_600_000;
const MOST_ENDPOINTS = 50;

/** @throws HttpProblem when webhooks may not go there */
export function checkUrl(outbound: Pick<Outbound, 'fault'>, url: string): void {
  const fault = outbound.fault(url);
  if (fault === null) return;
  const errors = [{ path: 'body.url', message: fault }];
  throw new HttpProblem(400, 'invalid', `Webhooks cannot go there: ${fault}.`, { errors });
}

export async function addEndpoint(
  scope: Scope,
  { url, topics }: { url: string; topics: string[] },
): Promise<{ id: string; secret: string }> {
  const { query, caller, now } = scope;
  const [{ count } = { count: 0 }] = await query<{ count: number }>(
    'SELECT count(*) FROM webhook_endpoints WHERE workspace_id = $1',
    [caller.workspace],
  );
  if (count >= MOST_ENDPOINTS)
    throw new HttpProblem(
      409,
      'too_many',
      `A workspace has at most ${MOST_ENDPOINTS} webhooks. Remove one first.`,
    );
  const [id, secret] = [newId(now), newSecret()];
  await query(
    `INSERT INTO webhook_endpoints (workspace_id, id, url, topics, secret, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [caller.workspace, id, url, topics, secret, new Date(now), caller.kind === 'member' ? caller.id : null],
  );
  await tell(scope, id, 'added', { topics });
  return { id, secret };
}

export type EndpointChange = {
  url?: string | undefined;
  topics?: string[] | undefined;
  enabled?: boolean | undefined;
};

/** @throws HttpProblem 404 */
export async function changeEndpoint(scope: Scope, id: string, change: EndpointChange): Promise<void> {
  const { query, caller, now } = scope;
  const { url = null, topics = null, enabled = null } = change;
  const rows = await query(
    `UPDATE webhook_endpoints SET url = coalesce($3, url), topics = coalesce($4, topics),
       failing_since = CASE WHEN $5 THEN NULL ELSE failing_since END,
       disabled_why = CASE WHEN $5 IS NULL THEN disabled_why WHEN $5 THEN NULL ELSE coalesce(disabled_why, 'Somebody disabled it.') END,
       disabled_at = CASE WHEN $5 IS NULL THEN disabled_at WHEN $5 THEN NULL ELSE coalesce(disabled_at, $6) END
     WHERE workspace_id = $1 AND id = $2 RETURNING id`,
    [caller.workspace, id, url, topics, enabled, new Date(now)],
  );
  existing(rows);
  const data = { ...(topics && { topics }), ...(enabled !== null && { enabled }), moved: url !== null };
  await tell(scope, id, 'changed', data);
}

/** @throws HttpProblem 404 */
export async function removeEndpoint(scope: Scope, id: string): Promise<void> {
  const { query, caller } = scope;
  existing(
    await query('DELETE FROM webhook_endpoints WHERE workspace_id = $1 AND id = $2 RETURNING id', [
      caller.workspace,
      id,
    ]),
  );
  await tell(scope, id, 'removed');
}

/** @throws HttpProblem 404 */
export async function rotateSecret(
  scope: Scope,
  id: string,
): Promise<{ secret: string; former_until: string }> {
  const { query, caller, now } = scope;
  const secret = newSecret();
  const until = new Date(now + OVERLAP);
  existing(
    await query(
      `UPDATE webhook_endpoints SET former_secret = secret, former_until = $4, secret = $3
       WHERE workspace_id = $1 AND id = $2 RETURNING id`,
      [caller.workspace, id, secret, until],
    ),
  );
  await tell(scope, id, 'secret_rotated');
  return { secret, former_until: until.toISOString() };
}

/** Sends a message of no consequence. @returns the delivery's id. @throws HttpProblem 404, 409 when it is disabled */
export async function testEndpoint({ query, caller, now }: Scope, endpoint: string): Promise<string> {
  const [found] = await query<{ disabled_at: Date | null }>(
    'SELECT disabled_at FROM webhook_endpoints WHERE workspace_id = $1 AND id = $2',
    [caller.workspace, endpoint],
  );
  if (existing([found])!.disabled_at !== null)
    throw new HttpProblem(409, 'disabled', 'The webhook is disabled. Enable it, then test it.');
  const [id, message, at] = [newId(now), newId(now), new Date(now)];
  const body = messageBody('test.ping', at, { hello: 'from Leadpact' });
  await query(
    `INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, message_id, topic, body, created_at, due_at)
     VALUES ($1, $2, $3, $4, 'test.ping', $5, $6, $6)`,
    [caller.workspace, id, endpoint, message, body, at],
  );
  return id;
}

export type Span = { from: Instant; until: Instant; which: 'failed' | 'all' };

/** Sends again what was made in a span, from its first try on. What still waits goes on waiting. @throws HttpProblem 404 */
export async function replayDeliveries(scope: Scope, endpoint: string, span: Span): Promise<number> {
  const { query, caller, now } = scope;
  const { from, until, which } = span;
  existing(
    await query('SELECT id FROM webhook_endpoints WHERE workspace_id = $1 AND id = $2', [
      caller.workspace,
      endpoint,
    ]),
  );
  const rows = await query(
    `UPDATE webhook_deliveries SET delivered_at = NULL, failed_at = NULL, attempts = 0, due_at = $5, last_error = NULL
     WHERE workspace_id = $1 AND endpoint_id = $2 AND created_at >= $3 AND created_at < $4
       AND (failed_at IS NOT NULL OR $6 AND delivered_at IS NOT NULL)
     RETURNING id`,
    [caller.workspace, endpoint, new Date(from), new Date(until), new Date(now), which === 'all'],
  );
  await tell(scope, endpoint, 'replayed', { ...span, replayed: rows.length });
  return rows.length;
}

const existing = <Row>([row]: readonly (Row | undefined)[]): Row => {
  if (row !== undefined) return row;
  throw new HttpProblem(404, 'not_found', 'There is no such webhook here.');
};

const tell = (
  { tx, caller, now }: Scope,
  id: string,
  verb: string,
  data: Record<string, unknown> = {},
): Promise<void> =>
  record(tx, caller.workspace, [
    {
      at: now,
      actor: actorOf(caller),
      what: `webhook_endpoint.${verb}`,
      subject: { kind: 'webhook_endpoint', id },
      data,
    },
  ]);
