import type { Seen } from '#features/leads/identity/gather.ts';
import type { IdentityKind } from '#features/leads/identity/identity.ts';
import { nameOf } from '#features/leads/identity/identity.ts';
import type { Known } from '#features/leads/identity/known.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { instantText } from '#features/leads/statements.ts';
import { newId } from '#platform/ids.ts';

type Row = { kind: IdentityKind; value: string; lead: number; first_seen_at: Date; verified_at: Date | null };

const readRow = ({ kind, value, lead, first_seen_at, verified_at }: Row): [name: string, known: Known] => [
  nameOf({ kind, value }),
  {
    lead,
    firstSeen: first_seen_at.getTime(),
    vouchedAt: verified_at?.getTime() ?? null,
    claims: new Map(),
  },
];

/** What the database knows of identities. Each is looked up by its key, however the planner sees the table. */
export async function findIdentities(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  seen: readonly Seen[],
): Promise<Map<string, Known>> {
  const rows = await query<Row>(
    `SELECT i.kind, i.value, i.lead, i.first_seen_at, i.verified_at
     FROM unnest($2::text[], $3::text[]) AS g(kind, value) CROSS JOIN LATERAL (
       SELECT * FROM identities i WHERE i.workspace_id = $1 AND i.kind = g.kind AND i.value = g.value LIMIT 1) AS i`,
    [workspace, seen.map(({ identity }) => identity.kind), seen.map(({ identity }) => identity.value)],
  );
  return new Map(rows.map(readRow));
}

/**
 * Makes identities and, where they are new as well, the leads they stand for. Written in order of their keys, so that
 * two who make the same ones do not wait for each other in a circle.
 * @returns those that were made: others were quicker with the rest
 */
export async function makeIdentities(
  { query, workspace, now }: Scope,
  made: readonly { seen: Seen; lead: number }[],
  freshLeads: ReadonlyMap<number, number>,
): Promise<Map<string, Known>> {
  const rows = await query<Row>(
    `WITH made AS (
       INSERT INTO identities (workspace_id, kind, value, lead, trust, verified_at, first_seen_at)
       SELECT $1, g.kind, g.value, g.lead, g.trust, g.verified_at, g.first_seen_at
       FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::timestamptz[], $7::timestamptz[])
         AS g(kind, value, lead, trust, verified_at, first_seen_at)
       ORDER BY g.kind COLLATE "C", g.value COLLATE "C"
       ON CONFLICT DO NOTHING
       RETURNING kind, value, lead, first_seen_at, verified_at
     ), fresh AS (
       INSERT INTO leads (workspace_id, number, id, created_at)
       SELECT $1, g.number, g.id, g.created_at
       FROM unnest($8::bigint[], $9::uuid[], $10::timestamptz[]) AS g(number, id, created_at)
       WHERE g.number IN (SELECT lead FROM made)
     )
     SELECT * FROM made`,
    [
      workspace,
      made.map(({ seen }) => seen.identity.kind),
      made.map(({ seen }) => seen.identity.value),
      made.map(({ lead }) => lead),
      made.map(({ seen }) => seen.trust),
      made.map(({ seen }) => instantText(seen.vouchedAt)),
      made.map(({ seen }) => instantText(seen.at)),
      [...freshLeads.keys()],
      [...freshLeads.keys()].map(() => newId(now)),
      [...freshLeads.values()].map(instantText),
    ],
  );
  return new Map(rows.map(readRow));
}

/** Makes identities first seen earlier, and vouched for. Holds the identity lock. */
export async function improveIdentities({ query, workspace }: Scope, seen: readonly Seen[]): Promise<void> {
  await query(
    `UPDATE identities i SET first_seen_at = least(i.first_seen_at, g.at),
       verified_at = least(i.verified_at, g.vouched_at),
       trust = CASE WHEN i.trust = 'browser' THEN g.trust ELSE i.trust END
     FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[])
       AS g(kind, value, at, vouched_at, trust)
     WHERE i.workspace_id = $1 AND i.kind = g.kind AND i.value = g.value`,
    [
      workspace,
      seen.map(({ identity }) => identity.kind),
      seen.map(({ identity }) => identity.value),
      seen.map(({ at }) => instantText(at)),
      seen.map(({ vouchedAt }) => instantText(vouchedAt)),
      seen.map(({ trust }) => trust),
    ],
  );
}
