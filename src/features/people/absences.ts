/** When members take no handoffs. */
import type { Selectable } from 'kysely';
import type { Absence } from '#contract/people.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Absences } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { showMember } from './members.ts';

export type Away = { from_at: string; until_at: string; note: string | null };

/** Those that are not over, the next first. */
export async function listAbsences(
  tx: Tx,
  workspace: string,
  member: string,
  now: Instant,
): Promise<Absence[]> {
  await showMember(tx, workspace, member);
  const rows = await tx
    .selectFrom('absences')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('until_at', '>', new Date(now))
    .orderBy('from_at')
    .execute();
  return rows.map(shown);
}

export async function addAbsence(
  tx: Tx,
  workspace: string,
  member: string,
  { from_at, until_at, note }: Away,
  now: Instant,
): Promise<Absence> {
  await showMember(tx, workspace, member);
  const [from, until] = [new Date(from_at), new Date(until_at)];
  if (until <= from) {
    throw new HttpProblem(400, 'ends_before_it_begins', 'until_at must be later than from_at.');
  }
  const row = await tx
    .insertInto('absences')
    .values({
      workspace_id: workspace,
      id: newId(now),
      member_id: member,
      from_at: from,
      until_at: until,
      note,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return shown(row);
}

export async function removeAbsence(tx: Tx, workspace: string, member: string, id: string): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('absences')
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) {
    throw new HttpProblem(404, 'not_found', 'This member has no absence of that id.');
  }
}

const shown = ({ id, from_at, until_at, note }: Selectable<Absences>): Absence => ({
  id,
  from_at: from_at.toISOString(),
  until_at: until_at.toISOString(),
  note,
});
