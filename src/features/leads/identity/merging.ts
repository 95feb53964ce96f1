/** Leads merged, and parted again, by a member's word. */
import type { Deed } from '#features/handoffs/deed.ts';
import { familiesOf } from '#features/leads/family.ts';
import { lockIdentity } from '#features/leads/identity/lock.ts';
import { regroup } from '#features/leads/identity/regroup.ts';
import { settleLeads } from '#features/leads/settle.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';

type Lead = { number: number; id: string; root: number; root_id: string; erased: boolean };

/** Says that `other` is the same person as `id`. What was undone between them before holds no longer. */
export async function mergeLeads(
  deed: Deed,
  caller: Caller,
  id: string,
  other: string,
): Promise<{ id: string; merge: string }> {
  const { query, workspace, now } = deed;
  await lockIdentity(deed);
  const [into, from] = await leadsBy(deed, [id, other]);
  if (into.root === from.root)
    throw new HttpProblem(409, 'one_already', 'These two are one lead already: there is nothing to merge.');
  const families = await familiesOf(deed, [into.root, from.root]);
  const members = (root: number) => families.find((family) => family.root === root)!.leads;
  await query(
    `UPDATE merges SET undone_by = NULL
     WHERE workspace_id = $1 AND undone_by IS NOT NULL
       AND (from_lead = ANY ($2::bigint[]) AND into_lead = ANY ($3::bigint[])
         OR from_lead = ANY ($3::bigint[]) AND into_lead = ANY ($2::bigint[]))`,
    [workspace, members(from.root), members(into.root)],
  );
  const merge = newId(now);
  await query(
    `INSERT INTO merges (workspace_id, id, from_lead, into_lead, at, cause, member_id, moved)
     VALUES ($1, $2, $3, $4, $5, 'member', $6, '{"vouched": true}')`,
    [workspace, merge, from.root, into.root, new Date(now), memberOf(caller)],
  );
  await settle(deed, [from.root, into.root]);
  const [one, two] = await leadsBy(deed, [id, other]);
  if (one.root !== two.root)
    throw new HttpProblem(
      409,
      'not_merged',
      'These two hang together with more leads than one person has: part those first.',
    );
  tell(deed, 'lead.merged', one.root_id, { from: from.root_id, into: into.root_id, merge });
  return { id: one.root_id, merge };
}

/** Says that a claim is wrong: the two leads part, and no claim brings them together again. */
export async function undoMerge(
  deed: Deed,
  caller: Caller,
  id: string,
  merge: string,
): Promise<{ id: string; merge: string }> {
  const { query, workspace, now } = deed;
  await lockIdentity(deed);
  const [lead] = await leadsBy(deed, [id]);
  const [claim] = await query<{ from_lead: number; into_lead: number; undone_by: string | null }>(
    `SELECT m.from_lead, m.into_lead, m.undone_by FROM merges m
       JOIN leads f ON f.workspace_id = $1 AND f.number = m.from_lead
       JOIN leads i ON i.workspace_id = $1 AND i.number = m.into_lead
     WHERE m.workspace_id = $1 AND m.id = $2
       AND $3 IN (coalesce(f.merged_into, f.number), coalesce(i.merged_into, i.number))`,
    [workspace, merge, lead.root],
  );
  if (claim === undefined)
    throw new HttpProblem(404, 'not_found', 'This lead was not merged by a claim of that id.');
  if (claim.undone_by !== null)
    throw new HttpProblem(409, 'already_undone', 'Somebody undid this already: the two are apart.');
  await query('UPDATE merges SET undone_at = $3, undone_by = $4 WHERE workspace_id = $1 AND id = $2', [
    workspace,
    merge,
    new Date(now),
    memberOf(caller),
  ]);
  await settle(deed, [claim.from_lead, claim.into_lead]);
  const [after] = await leadsBy(deed, [id]);
  tell(deed, 'lead.parted', after.root_id, { from: lead.root_id, merge });
  return { id: after.root_id, merge };
}

/** Works out who is who from what is claimed now, and lets the worker fold whoever has changed. */
async function settle(deed: Deed, leads: number[]): Promise<void> {
  const moved = await regroup(deed, leads);
  await settleLeads(deed, moved);
  for (const lead of moved) deed.mark(lead);
}

type Several<T extends readonly string[]> = { [K in keyof T]: Lead };

/** Leads by their ids, in order. @throws HttpProblem 404, or 409 for one that was erased */
async function leadsBy<const T extends readonly string[]>(
  { query, workspace }: Pick<Deed, 'query' | 'workspace'>,
  ids: T,
): Promise<Several<T>> {
  const rows = await query<Lead>(
    `SELECT l.number, l.id, s.number AS root, s.id AS root_id, s.erased_at IS NOT NULL AS erased
     FROM leads l JOIN leads s ON s.workspace_id = $1 AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END
     WHERE l.workspace_id = $1 AND l.id = ANY ($2::uuid[])`,
    [workspace, ids],
  );
  return ids.map((id) => {
    const lead = rows.find((row) => row.id === id);
    if (lead === undefined || lead.erased)
      throw new HttpProblem(404, 'not_found', `There is no lead ${id} here.`);
    return lead;
  }) as Several<T>;
}

function tell(deed: Deed, what: string, lead: string, data: Record<string, unknown>): void {
  deed.journal({ at: deed.now, what, subject: { kind: 'lead', id: lead }, data });
  deed.send(what, { lead, at: deed.now, ...data });
}
