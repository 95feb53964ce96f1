/** A person erased for good: identity and content go, the tombstone of what happened stays. */
import { hash } from 'node:crypto';
import type { Instant } from '#engine/facts/facts.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { settleAccounts } from '#features/leads/accounts/settle.ts';
import { lockIdentity } from '#features/leads/identity/lock.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import type { Database } from '#platform/db/database.ts';
import { inEveryWorkspace } from '#platform/db/every-workspace.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { forget, LEDGER } from './forgetting.ts';

type Lead = { number: number; id: string; account_id: string | null; email: string | null };
type Reason = 'asked' | 'consent_withdrawn' | 'not_needed' | 'unlawful';
type Erased = { id: string; erased_at: string; forgotten: Record<string, number> };

/** Texts shorter than this are found in too much that is not about the person. */
const TELLING = 6;

/** @throws HttpProblem 404 for an unknown lead or one that is erased already */
export async function erase(deed: Deed, caller: Caller, id: string, reason: Reason): Promise<Erased> {
  const { query, workspace, now } = deed;
  await lockIdentity(deed);
  const family = await query<Lead>(
    `SELECT f.number, f.id, f.account_id, f.email FROM leads l
       JOIN leads f ON f.workspace_id = $1
         AND (f.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END OR f.merged_into = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END)
     WHERE l.workspace_id = $1 AND l.id = $2 AND f.erased_at IS NULL ORDER BY f.number FOR NO KEY UPDATE OF f`,
    [workspace, id],
  );
  if (family.length === 0) throw new HttpProblem(404, 'not_found', 'There is no lead of that id here.');
  const numbers = family.map(({ number }) => number);
  const names = await keepHashes(deed, caller, numbers);
  const emails = family.flatMap(({ email }) => email ?? []);
  const forgotten = await forget(query, {
    workspace,
    numbers,
    ids: family.map((lead) => lead.id),
    names: [...new Set([...names, ...emails])].filter((name) => name.length >= TELLING),
  });
  await query('UPDATE leads SET erased_at = $3 WHERE workspace_id = $1 AND number = ANY ($2::bigint[])', [
    workspace,
    numbers,
    new Date(now),
  ]);
  await settleAccounts(deed, [...new Set(family.flatMap(({ account_id }) => account_id ?? []))]);
  for (const lead of family) {
    const data = { reason };
    deed.journal({ at: now, what: 'lead.erased', subject: { kind: 'lead', id: lead.id }, data });
    deed.send('lead.erased', { lead: lead.id, at: now, ...data });
  }
  return { id, erased_at: new Date(now).toISOString(), forgotten };
}

/** Who was erased is kept as hashes alone, so that a restored backup forgets them again. @returns what they were known by */
async function keepHashes(
  { query, workspace, now }: Deed,
  caller: Caller,
  numbers: number[],
): Promise<string[]> {
  const known = await query<{ kind: string; value: string; lead: number }>(
    'SELECT kind, value, lead FROM identities WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])',
    [workspace, numbers],
  );
  await query(
    `INSERT INTO erasures (workspace_id, id, lead, identity_hash, at, member_id)
     SELECT $1, g.id, g.lead, g.hash, $5, $6 FROM unnest($2::uuid[], $3::bigint[], $4::text[]) AS g(id, lead, hash)`,
    [
      workspace,
      known.map(() => newId(now)),
      known.map(({ lead }) => lead),
      known.map(({ kind, value }) => hash('sha256', `${workspace}\n${kind}:${value}`)),
      new Date(now),
      memberOf(caller),
    ],
  );
  return known.map(({ value }) => value);
}

/** A process may take somebody for known a while after they were erased: what came in meanwhile is forgotten as well. */
const LATELY = 86_400_000;

/** To be called now and then: forgets what came in, after their erasure, for those erased within the last day. */
export const forgetLateNews = (database: Database, now: Instant): Promise<void> =>
  inEveryWorkspace(database, (workspace) => async (_, query) => {
    const rows = await query<{ number: number }>(
      'SELECT number FROM leads WHERE workspace_id = $1 AND erased_at > $2',
      [workspace, new Date(now - LATELY)],
    );
    const numbers = rows.map(({ number }) => number);
    if (numbers.length > 0) await forget(query, { workspace, numbers, ids: [], names: [] }, LEDGER);
    return 'done';
  });
