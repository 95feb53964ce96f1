/**
 * Taking back what one said just now. It is as if it had not been said: the record goes from what holds to what was
 * undone, the handoff and its deadlines stand as before, and the lead is folded again. What the world was told of it
 * is followed by a word that it was taken back.
 */
import { type Caller, memberOf } from '#features/people/policy.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import type { Deed } from './deed.ts';
import type { Before, Given, Made } from './given.ts';
import { type Held, hold, type Read, tell } from './held.ts';

const SECOND = 1_000;
/** What people are promised, and the way of their word to us. */
const PROMISED = 10 * SECOND;
const SLACK = 5 * SECOND;

type GivenRow = {
  id: string;
  what: Given;
  member_id: string;
  at: Date;
  revision_before: number;
  revision: number;
  before: Before;
  made: Made;
  undone_at: Date | null;
};

/** @throws HttpProblem that says why it can no longer be undone, and what to do instead. */
export async function undo(
  deed: Deed,
  caller: Caller,
  id: string,
  { what, ...read }: Read & { what: Given },
): Promise<void> {
  const held = await hold(deed, id, read);
  const given = await lastGiven(deed, id, what);
  mustBeOwn(caller, given);
  mustBeFresh(deed, given);
  await mustBeLast(deed, held, given);
  const member = memberOf(caller);
  const at = new Date(deed.now);
  const own = [deed.workspace, given.id];
  await deed.query(
    'UPDATE given_answers SET undone_at = $3, undone_by = $4 WHERE workspace_id = $1 AND id = $2',
    [...own, at, member],
  );
  const removed = await takeBack(deed, held, given);
  await deed.query('UPDATE given_answers SET removed = $3 WHERE workspace_id = $1 AND id = $2', [
    ...own,
    JSON.stringify(removed),
  ]);
  await restore(deed, held, given);
  deed.mark(held.survivor);
  tell(deed, 'handoff.undone', held, { what, member, given_at: given.at.getTime() });
}

async function lastGiven({ query, workspace }: Deed, handoff: string, what: Given): Promise<GivenRow> {
  const [row] = await query<GivenRow>(
    `SELECT id, what, member_id, at, revision_before, revision, before, made, undone_at FROM given_answers
     WHERE workspace_id = $1 AND handoff_id = $2 AND what = $3
     ORDER BY undone_at IS NOT NULL, at DESC, id DESC LIMIT 1`,
    [workspace, handoff, what],
  );
  if (row === undefined || row.undone_at !== null) {
    throw new HttpProblem(
      409,
      'nothing_to_undo',
      row === undefined
        ? `There is no ${what} of this handoff to undo. Read it again.`
        : `The ${what} of this handoff was undone already, at ${row.undone_at!.toISOString()}.`,
    );
  }
  return row;
}

function mustBeOwn(caller: Caller, { member_id, what }: GivenRow): void {
  if (member_id === caller.id) return;
  throw new HttpProblem(
    403,
    'not_yours',
    `The ${what} was somebody else's word: they undo it, or you talk to them on the handoff's thread.`,
  );
}

function mustBeFresh({ now }: Deed, { at, what }: GivenRow): void {
  if (now - at.getTime() <= PROMISED + SLACK) return;
  throw new HttpProblem(
    409,
    'too_late',
    `The ${what} was given at ${at.toISOString()}, and could be undone for ${PROMISED / SECOND} seconds: it stands. ${instead[what]}`,
  );
}

/** What is still possible once it stands. */
const instead: Record<Given, string> = {
  acceptance: 'Give the lead back with a reason, or have it given to somebody else.',
  return: 'Marketing may appeal it, or either side asks for an exception.',
  touch: 'Keep another touch that says what is so.',
  qualification: 'Close its deal as lost, with the reason.',
  hold: 'Release it.',
  reassignment: 'Have it given to somebody else.',
};

async function mustBeLast({ query, workspace }: Deed, held: Held, given: GivenRow): Promise<void> {
  const followed = (by: string) =>
    new HttpProblem(
      409,
      'followed',
      `The ${given.what} cannot be undone any more: ${by}. Read the handoff again.`,
    );
  if (held.revision !== given.revision) throw followed('something else was said of this handoff since');
  const [after] = await query<{ disputed: boolean; dealt: boolean; offered: boolean }>(
    `SELECT EXISTS (SELECT FROM disputes WHERE workspace_id = $1 AND handoff_id = $2) AS disputed,
       EXISTS (SELECT FROM deals WHERE workspace_id = $1 AND handoff_id = $2
         AND (id IS DISTINCT FROM $3::uuid OR revision > 1)) AS dealt,
       EXISTS (SELECT FROM handoffs WHERE workspace_id = $1 AND lead = $4 AND id <> $2 AND offered_at >= $5) AS offered`,
    [workspace, held.id, given.made.deal ?? null, held.survivor, given.at],
  );
  if (after!.disputed) throw followed('marketing has appealed it');
  if (after!.dealt) throw followed('a deal was opened or worked on from it');
  if (after!.offered) throw followed('the lead was handed over again');
}

type Taking = { table: string; where: string; values: (held: Held, given: GivenRow) => unknown[] };

const ofHandoff = (table: string): Taking => ({ table, where: 'handoff_id = $2', values: ({ id }) => [id] });
const byId = (table: string, made: keyof Made): Taking => ({
  table,
  where: 'id = $2',
  values: (_, given) => [given.made[made] ?? null],
});
const decision: Taking = {
  table: 'routing_decisions',
  where: 'handoff_id = $2 AND at = $3 AND by_member = $4',
  values: ({ id }, { at, member_id }) => [id, at, member_id],
};
const recycled: Taking = {
  table: 'recycles',
  where: 'handoff_id = $2 AND at >= $3',
  values: ({ id }, { at }) => [id, at],
};

/** Which records an answer has left. */
const left: Record<Given, readonly Taking[]> = {
  acceptance: [ofHandoff('acceptances'), decision],
  return: [ofHandoff('returns'), recycled],
  touch: [byId('touches', 'touch')],
  qualification: [ofHandoff('qualifications'), byId('deals', 'deal')],
  hold: [byId('holds', 'hold')],
  reassignment: [decision],
};

/** Takes the records out of what holds. @returns them, by their tables. */
async function takeBack({ query, workspace }: Deed, held: Held, given: GivenRow): Promise<object> {
  const removed: Record<string, unknown[]> = {};
  for (const { table, where, values } of left[given.what]) {
    const rows = await query<{ row: unknown }>(
      `DELETE FROM ${table} r WHERE workspace_id = $1 AND ${where} RETURNING to_jsonb(r) AS row`,
      [workspace, ...values(held, given)],
    );
    if (rows.length > 0) removed[table] = rows.map(({ row }) => row);
  }
  return removed;
}

/** The handoff and its deadlines, as they stood. A step of the escalation that was taken since stays taken. */
async function restore({ query, workspace }: Deed, held: Held, given: GivenRow): Promise<void> {
  const { handoff, deadlines } = given.before;
  await query(
    `UPDATE handoffs h SET answer = s.answer, answered_at = s.answered_at, decision = s.decision, decided_at = s.decided_at,
       owner_id = s.owner_id, queue = s.queue, accept_by = s.accept_by, revision = h.revision + 1
     FROM jsonb_to_record($3::jsonb) AS s (answer text, answered_at timestamptz, decision text, decided_at timestamptz,
       owner_id uuid, queue text, accept_by timestamptz)
     WHERE h.workspace_id = $1 AND h.id = $2`,
    [workspace, held.id, JSON.stringify(handoff)],
  );
  await query(
    `UPDATE deadlines d SET due_at = s.due_at, met_at = s.met_at, void_at = s.void_at,
       step_at = CASE WHEN d.step = s.step THEN s.step_at ELSE d.step_at END
     FROM jsonb_to_recordset($3::jsonb) AS s (id uuid, due_at timestamptz, met_at timestamptz, void_at timestamptz,
       step int, step_at timestamptz)
     WHERE d.workspace_id = $1 AND d.handoff_id = $2 AND d.id = s.id`,
    [workspace, held.id, JSON.stringify(deadlines)],
  );
  // What was said before it is the last word again, and may be taken back as well.
  await query(
    `UPDATE given_answers SET revision = $4 WHERE workspace_id = $1 AND handoff_id = $2 AND revision = $3 AND undone_at IS NULL`,
    [workspace, held.id, given.revision_before, held.revision + 1],
  );
}
