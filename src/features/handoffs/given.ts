/** What a member said of a handoff, kept with how it stood before: for as long as it may be taken back, and after. */
import { type Caller, memberOf } from '#features/people/policy.ts';
import { newId } from '#platform/ids.ts';
import type { Deed } from './deed.ts';
import type { HandoffRow } from './held.ts';

export type Given = 'acceptance' | 'return' | 'touch' | 'qualification' | 'hold' | 'reassignment';

/** What came with an answer beside its own record. */
export type Made = { touch?: string; hold?: string; deal?: string | null };

type Stood = Record<
  'answer' | 'answered_at' | 'decision' | 'decided_at' | 'owner_id' | 'queue',
  string | null
> & {
  accept_by: string;
};
type Ran = { id: string; due_at: string; met_at: string | null; void_at: string | null } & {
  step: number;
  step_at: string | null;
};
export type Before = { handoff: Stood; deadlines: Ran[] };

/** The handoff is locked with it, as by everybody who changes one. */
const BEFORE = `SELECT h.revision, to_jsonb(s) AS handoff,
    (SELECT coalesce(jsonb_agg(to_jsonb(d)), '[]') FROM (
       SELECT id, due_at, met_at, void_at, step, step_at FROM deadlines
       WHERE workspace_id = $1 AND handoff_id = $2) d) AS deadlines
  FROM handoffs h, LATERAL (
    SELECT h.answer, h.answered_at, h.decision, h.decided_at, h.owner_id, h.queue, h.accept_by) s
  WHERE h.workspace_id = $1 AND h.id = $2 FOR NO KEY UPDATE OF h`;

/** Does what a member says, so that they can take it back for a while. */
export async function asGiven<T extends Made>(
  deed: Deed,
  caller: Caller,
  id: string,
  what: Given,
  work: () => Promise<T>,
): Promise<T> {
  const { query, workspace, now } = deed;
  const [stood] = await query<Before & Pick<HandoffRow, 'revision'>>(
    BEFORE,
    [workspace, id],
    'handoff-before',
  );
  const made = await work();
  if (stood === undefined) return made;
  const { revision: before, ...rest } = stood;
  // What was said again, and changed nothing, is nothing to take back.
  await query(
    `INSERT INTO given_answers (workspace_id, id, handoff_id, what, member_id, at, revision_before, revision, before, made)
     SELECT $1, $3, id, $4, $5, $6, $7, revision, $8, $9 FROM handoffs WHERE workspace_id = $1 AND id = $2 AND revision > $7`,
    [
      workspace,
      id,
      newId(now),
      what,
      memberOf(caller),
      new Date(now),
      before,
      JSON.stringify(rest),
      JSON.stringify(made),
    ],
    'handoff-given',
  );
  return made;
}
