/** What arrived lately, with the leads it is about. */
import type { Arrived } from '#contract/quarantine.ts';
import { texts } from '#features/intake/columns.ts';
import type { Arrival } from '#features/intake/recent.ts';
import { nameOf } from '#features/leads/identity/identity.ts';
import type { Query } from '#platform/db/transaction.ts';

export async function showArrivals(
  query: Query,
  workspace: string,
  arrivals: readonly Arrival[],
): Promise<Arrived[]> {
  const leads = await leadsBehind(query, workspace, arrivals);
  return arrivals.map(({ at, writeKey, messageId, identities, ...rest }) => ({
    ...rest,
    at: new Date(at).toISOString(),
    write_key: writeKey,
    message_id: messageId,
    lead: identities.map((one) => leads.get(nameOf(one))).find((id) => id !== undefined) ?? null,
  }));
}

async function leadsBehind(
  query: Query,
  workspace: string,
  arrivals: readonly Arrival[],
): Promise<Map<string, string>> {
  const all = arrivals.flatMap(({ identities }) => identities);
  if (all.length === 0) return new Map();
  const rows = await query<{ kind: 'anonymous'; value: string; id: string }>(
    `SELECT i.kind, i.value, s.id FROM unnest($2::text[], $3::text[]) AS g(kind, value)
       JOIN identities i ON i.workspace_id = $1 AND i.kind = g.kind AND i.value = g.value
       JOIN leads l ON l.workspace_id = $1 AND l.number = i.lead
       JOIN leads s ON s.workspace_id = $1 AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END`,
    [workspace, texts(all.map(({ kind }) => kind)), texts(all.map(({ value }) => value))],
  );
  return new Map(rows.map(({ kind, value, id }) => [nameOf({ kind, value }), id]));
}
