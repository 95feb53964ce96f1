/** What is to happen outside once the transaction at hand has been committed. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { Claimed, Outcome, Queue } from './queue.ts';

/** A row of the outbox. Its id stays the same through every try, so that a receiver can tell a repeat. */
export type Parcel = Claimed & { topic: string; payload: Record<string, unknown>; created_at: Date };

/** Carries parcels of a kind out. */
export type Carrier = (parcel: Parcel) => Promise<Outcome>;

/** Carries whatever is work in our own database: in a transaction of its own, or several in one that is there. */
export type InnerCarrier = {
  alone: Carrier;
  together?: (query: Query, parcels: readonly Parcel[]) => Promise<void>;
};

/**
 * The outbox as a queue.
 * @param carriers by the first word of a topic (`mail` for `mail.reminder`)
 * @param otherwise carries whatever has none of these
 */
export const outboxQueue = (
  carriers: Readonly<Record<string, Carrier>>,
  otherwise: InnerCarrier,
): Queue<Parcel> => ({
  table: 'outbox',
  finished: 'done_at',
  line: "split_part(topic, '.', 1)",
  // Carriers talk to somebody outside, who may be slow; everything else is work in our own database.
  atOnce: (line) => (Object.hasOwn(carriers, line) ? 4 : 16),
  carry: (parcel) => {
    const [kind] = parcel.topic.split('.');
    return (Object.hasOwn(carriers, kind!) ? carriers[kind!]! : otherwise.alone)(parcel);
  },
  together: (line) => (Object.hasOwn(carriers, line) ? null : (otherwise.together ?? null)),
});

export type Posting = { id: string; topic: string; payload: Record<string, unknown> };

/** Puts parcels into the outbox. One that is there already, by its id, stays as it is. */
export async function post(
  query: Query,
  workspace: string,
  parcels: readonly Posting[],
  now: Instant,
): Promise<void> {
  if (parcels.length === 0) return;
  await query(
    `INSERT INTO outbox (workspace_id, id, topic, payload, created_at, due_at)
     SELECT $1, p.id, p.topic, p.payload, $5, $5
     FROM unnest($2::uuid[], $3::text[], $4::jsonb[]) AS p(id, topic, payload)
     ON CONFLICT DO NOTHING`,
    [
      workspace,
      parcels.map(({ id }) => id),
      parcels.map(({ topic }) => topic),
      parcels.map(({ payload }) => JSON.stringify(payload)),
      new Date(now),
    ],
    'outbox-post-once',
  );
}
