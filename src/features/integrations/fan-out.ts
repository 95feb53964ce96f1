/** From what happened to whom it is told: a delivery for each endpoint that asked for the topic. */
import type { Query } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import type { Parcel } from '#platform/outbox/outbox.ts';

/** Whether one of these topics covers another: itself, its family (`handoff.*`), or everything (`*`). */
const covers = (topics: readonly string[], topic: string): boolean =>
  topics.some(
    (one) => one === '*' || one === topic || (one.endsWith('.*') && topic.startsWith(one.slice(0, -1))),
  );

/** The message as every endpoint gets it (Standard Webhooks). */
export const messageBody = (type: string, at: Date, data: Record<string, unknown>): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data });

/** Done again, it changes nothing: an endpoint has a message once. */
export async function fanOut(query: Query, parcel: Parcel): Promise<void> {
  const { workspace_id, id, topic, payload, created_at, claimed_at } = parcel;
  const endpoints = await query<{ id: string; topics: string[] }>(
    'SELECT id, topics FROM webhook_endpoints WHERE workspace_id = $1 AND disabled_at IS NULL',
    [workspace_id],
    'webhook-endpoints',
  );
  const asked = endpoints.filter(({ topics }) => covers(topics, topic));
  if (asked.length === 0) return;
  await query(
    `INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, message_id, topic, body, created_at, due_at)
     SELECT $1, d.id, d.endpoint_id, $4, $5, $6, $7, $7 FROM unnest($2::uuid[], $3::uuid[]) AS d(id, endpoint_id)
     ON CONFLICT (workspace_id, endpoint_id, message_id) DO NOTHING`,
    [
      workspace_id,
      asked.map(() => newId(claimed_at.getTime())),
      asked.map((endpoint) => endpoint.id),
      id,
      topic,
      messageBody(topic, created_at, payload),
      claimed_at,
    ],
    'webhook-fan-out',
  );
}
