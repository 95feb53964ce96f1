/** How long what is kept: said by the workspace, done every day. Nothing is forgotten until somebody says so. */
import type { Retention } from '#contract/personal-data.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';

const NOTHING: Retention = { unknown_visitors_months: null };
/** Leads that are looked at in one transaction. */
const AT_ONCE = 2_000;

export async function showRetention(query: Query, workspace: string): Promise<Retention> {
  const [row] = await query<{ retention: Retention | null }>(
    "SELECT settings -> 'retention' AS retention FROM workspaces WHERE workspace_id = $1",
    [workspace],
  );
  return { ...NOTHING, ...row?.retention };
}

export async function setRetention(query: Query, workspace: string, retention: Retention): Promise<void> {
  await query(
    "UPDATE workspaces SET settings = settings || jsonb_build_object('retention', $2::jsonb) WHERE workspace_id = $1",
    [workspace, JSON.stringify(retention)],
  );
}

/** A visitor whom nothing but a cookie names, be it under another lead of theirs. */
const UNKNOWN = `NOT EXISTS (
  SELECT FROM leads f JOIN identities i ON i.workspace_id = $1 AND i.lead = f.number AND i.kind <> 'anonymous'
  WHERE f.workspace_id = $1 AND f.number IN (
    SELECT coalesce(l.merged_into, l.number) UNION ALL
    SELECT c.number FROM leads c WHERE c.workspace_id = $1 AND c.merged_into = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END))
  AND NOT EXISTS (SELECT FROM handoffs h WHERE h.workspace_id = $1 AND h.lead = l.number)`;

/** Forgets what visitors did, and a browser said of them, who never gave a name, as long ago as each workspace says. */
export async function forgetVisitors(database: Database, now: Instant, atOnce = AT_ONCE): Promise<void> {
  const workspaces = await database.acrossWorkspaces((_, query) =>
    query<{ id: string; months: number }>(
      `SELECT workspace_id AS id, (settings -> 'retention' ->> 'unknown_visitors_months')::int AS months
       FROM workspaces WHERE settings -> 'retention' ->> 'unknown_visitors_months' IS NOT NULL`,
    ),
  );
  for (const { id, months } of workspaces) {
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      after = await database.inWorkspace(id, (_, query) =>
        forgetSome(query, id, { months, now, from, atOnce }),
      );
    }
  }
}

type Stretch = { months: number; now: Instant; from: number; atOnce: number };

/** @returns the last lead that was looked at; null when there are no more */
async function forgetSome(
  query: Query,
  workspace: string,
  { months, now, from, atOnce }: Stretch,
): Promise<number | null> {
  const looked = await query<{ number: number; unknown: boolean }>(
    `SELECT l.number, l.email IS NULL AND ${UNKNOWN} AS unknown FROM leads l
     WHERE l.workspace_id = $1 AND l.number > $2 ORDER BY l.number LIMIT $3`,
    [workspace, from, atOnce],
  );
  const visitors = looked.filter(({ unknown }) => unknown).map(({ number }) => number);
  if (visitors.length > 0) {
    for (const table of ['activities', 'attribute_changes']) {
      await query(
        `DELETE FROM ${table} WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
           AND received_at < $3::timestamptz - make_interval(months => $4)`,
        [workspace, visitors, new Date(now), months],
      );
    }
  }
  return looked.length < atOnce ? null : looked.at(-1)!.number;
}
