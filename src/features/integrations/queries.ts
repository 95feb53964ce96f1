import type { Delivery, Endpoint } from '#contract/webhooks.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

type EndpointRow = {
  id: string;
  url: string;
  topics: string[];
  created_at: Date;
  failing_since: Date | null;
  disabled_at: Date | null;
  disabled_why: string | null;
  former_until: Date | null;
};

const ENDPOINT = 'id, url, topics, created_at, failing_since, disabled_at, disabled_why, former_until';

const endpointOf = (row: EndpointRow): Endpoint => ({
  ...row,
  created_at: row.created_at.toISOString(),
  failing_since: text(row.failing_since),
  disabled_at: text(row.disabled_at),
  former_until: text(row.former_until),
});

const text = (at: Date | null): string | null => at?.toISOString() ?? null;

export async function listEndpoints(query: Query, workspace: string): Promise<Endpoint[]> {
  const rows = await query<EndpointRow>(
    `SELECT ${ENDPOINT} FROM webhook_endpoints WHERE workspace_id = $1 ORDER BY created_at, id`,
    [workspace],
  );
  return rows.map(endpointOf);
}

/** @throws HttpProblem 404 */
export async function showEndpoint(query: Query, workspace: string, id: string): Promise<Endpoint> {
  const [row] = await query<EndpointRow>(
    `SELECT ${ENDPOINT} FROM webhook_endpoints WHERE workspace_id = $1 AND id = $2`,
    [workspace, id],
  );
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such webhook here.');
  return endpointOf(row);
}

type DeliveryRow = {
  id: string;
  message_id: string;
  topic: string;
  created_at: Date;
  attempts: number;
  due_at: Date;
  delivered_at: Date | null;
  failed_at: Date | null;
  status: number | null;
  last_error: string | null;
};

const DELIVERY =
  'id, message_id, topic, created_at, attempts, due_at, delivered_at, failed_at, status, last_error';

function deliveryOf(row: DeliveryRow): Delivery {
  const standing = row.delivered_at !== null ? 'delivered' : row.failed_at !== null ? 'failed' : 'waiting';
  return {
    ...row,
    standing,
    created_at: row.created_at.toISOString(),
    due_at: standing === 'waiting' ? row.due_at.toISOString() : null,
    delivered_at: text(row.delivered_at),
    failed_at: text(row.failed_at),
  };
}

const STANDING: Record<Delivery['standing'], string> = {
  waiting: 'AND delivered_at IS NULL AND failed_at IS NULL',
  delivered: 'AND delivered_at IS NOT NULL',
  failed: 'AND failed_at IS NOT NULL',
};

export type DeliveriesAsked = {
  endpoint: string;
  standing?: Delivery['standing'] | undefined;
  /** The id of the last one of the page before. */
  cursor?: string | undefined;
  limit: number;
};

/** The newest first. @throws HttpProblem 404 */
export async function listDeliveries(
  query: Query,
  workspace: string,
  { endpoint, standing, cursor, limit }: DeliveriesAsked,
): Promise<{ items: Delivery[]; next: string | null }> {
  await showEndpoint(query, workspace, endpoint);
  const rows = await query<DeliveryRow>(
    `SELECT ${DELIVERY} FROM webhook_deliveries
     WHERE workspace_id = $1 AND endpoint_id = $2 AND ($3::uuid IS NULL OR id < $3)
       ${standing === undefined ? '' : STANDING[standing]}
     ORDER BY id DESC LIMIT $4`,
    [workspace, endpoint, cursor ?? null, limit + 1],
  );
  const items = rows.slice(0, limit).map(deliveryOf);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
}

/** @throws HttpProblem 404 */
export async function showDelivery(query: Query, workspace: string, id: string): Promise<Delivery> {
  const [row] = await query<DeliveryRow>(
    `SELECT ${DELIVERY} FROM webhook_deliveries WHERE workspace_id = $1 AND id = $2`,
    [workspace, id],
  );
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such delivery here.');
  return deliveryOf(row);
}
