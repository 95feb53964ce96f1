import type { Instant, Raw } from '#engine/facts/facts.ts';
import type { Statement } from '#features/leads/attributes.ts';
import type { Trust } from '#features/leads/identity/identity.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { newId } from '#platform/ids.ts';

/** A statement as the ledger has it: made of one lead, which may have been merged since. */
export type LeadStatement = Statement & { lead: number };

/** Everything that was stated of the leads, in no order. */
export async function readStatements(
  { query, workspace }: Pick<Scope, 'query' | 'workspace'>,
  leads: readonly number[],
): Promise<LeadStatement[]> {
  const rows = await query<{ lead: number; at: Date | null; trust: Trust; values: Record<string, Raw> }>(
    'SELECT lead, at, trust, values FROM attribute_changes WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])',
    [workspace, leads],
  );
  return rows.map(({ lead, at, trust, values }) => ({ lead, at: at?.getTime() ?? null, trust, values }));
}

/** Adds to the ledger. What follows from it is `settleLeads`' to work out. */
export async function addStatements(
  { query, workspace, now }: Scope,
  statements: readonly LeadStatement[],
  source: string,
): Promise<void> {
  await query(
    `INSERT INTO attribute_changes (workspace_id, id, lead, at, received_at, trust, source, values)
     SELECT $1, g.id, g.lead, g.at, $7, g.trust, $8, g.values
     FROM unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[], $6::jsonb[]) AS g(id, lead, at, trust, values)`,
    [
      workspace,
      statements.map(() => newId(now)),
      statements.map(({ lead }) => lead),
      statements.map(({ at }) => instantText(at)),
      statements.map(({ trust }) => trust),
      statements.map(({ values }) => JSON.stringify(values)),
      instantText(now),
      source,
    ],
  );
}

/** An instant as PostgreSQL reads it. */
export const instantText = (at: Instant | null): string | null =>
  at === null ? null : new Date(at).toISOString();
