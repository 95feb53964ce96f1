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

/** Parcels of one workspace. Done again, it changes nothing: an endpoint has a message once. Two statements. */
export async function fanOut(query: Query, parcels: readonly Parcel[]): Promise<void> {
  const [first] = parcels;
  if (first === undefined) return;
  const { workspace_id: workspace, claimed_at: now } = first;
  const endpoints = await query<{ id: string; topics: string[] }>(
    'SELECT id, topics FROM webhook_endpoints WHERE workspace_id = $1 AND disabled_at IS NULL',
    [workspace],
    'webhook-endpoints',
  );
  const told = parcels.flatMap((parcel) =>
    endpoints
      .filter(({ topics }) => covers(topics, parcel.topic))
      .map(({ id }) => ({ endpoint: id, parcel })),
  );
  if (told.length === 0) return;
  await query(
    `INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, message_id, topic, body, created_at, due_at)
     SELECT $1, d.id, d.endpoint_id, d.message_id, d.topic, d.body, $7, $7
     FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
       AS d(id, endpoint_id, message_id, topic, body)
     ON CONFLICT (workspace_id, endpoint_id, message_id) DO NOTHING`,
    [
      workspace,
      told.map(() => newId(now.getTime())).sort(), // what happened first has the lower id
      told.map(({ endpoint }) => endpoint),
      told.map(({ parcel }) => parcel.id),
      told.map(({ parcel }) => parcel.topic),
      told.map(({ parcel }) => messageBody(parcel.topic, parcel.created_at, parcel.payload)),
      now,
    ],
    'webhook-fan-out',
  );
}
