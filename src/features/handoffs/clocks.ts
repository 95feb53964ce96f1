/** The deadlines of a handoff: rows that are met by what really happens, put off by holds, and otherwise left alone. */
import type { Instant } from '#engine/facts/facts.ts';
import { type Due, deadlinesOf, type Stop, TERMS, type Term } from '#engine/handoff/deadlines.ts';
import type { Pact, Tier } from '#engine/pact/pact.ts';
import type { Work } from '#features/verdicts/handlers.ts';
import { newId } from '#platform/ids.ts';
import { calendarOf } from './calendars.ts';
import type { Held } from './held.ts';

type Deed = Pick<Work, 'tx' | 'query' | 'workspace' | 'now'>;

/** The tier that a handoff was made with. */
export const tierOf = (pact: Pact, tier: string): Tier =>
  pact.handoff.tiers[tier] ?? pact.handoff.tiers.standard!;

/** Starts the clocks of a handoff. */
export async function startClocks(
  { tx, workspace, now }: Deed,
  handoff: { id: string; pact_id: string; version: number },
  dues: Record<Term, Due>,
): Promise<void> {
  const { pact_id, version } = handoff;
  const rows = TERMS.map((term) => ({
    workspace_id: workspace,
    id: newId(now),
    handoff_id: handoff.id,
    term,
    pact_id,
    version,
    started_at: new Date(now),
    due_at: new Date(dues[term].due),
    step_at: new Date(dues[term].steps[0]!),
  }));
  await tx.insertInto('deadlines').values(rows).execute();
}

/** Meets a deadline; of several times the earliest counts, even when it is told later. */
export async function meet(
  { query, workspace }: Deed,
  handoff: string,
  term: Term,
  at: Instant,
): Promise<void> {
  await query(
    `UPDATE deadlines SET met_at = least(met_at, $4), step_at = NULL
     WHERE workspace_id = $1 AND handoff_id = $2 AND term = $3 AND void_at IS NULL`,
    [workspace, handoff, term, new Date(at)],
  );
}

/** Nobody is reminded any more. What had fallen due stays late, what had not is no longer asked. */
export async function stopClocks({ query, workspace, now }: Deed, handoff: string): Promise<void> {
  await query(
    `UPDATE deadlines SET void_at = CASE WHEN due_at > $3 THEN $3::timestamptz END, step_at = NULL
     WHERE workspace_id = $1 AND handoff_id = $2 AND met_at IS NULL AND void_at IS NULL`,
    [workspace, handoff, new Date(now)],
  );
}

/** The times in which sales' clock stands still: while marketing holds the lead. */
async function stopsOf({ query, workspace }: Deed, lead: number, since: Instant): Promise<Stop[]> {
  const rows = await query<{ from_at: Date; to: Date }>(
    `SELECT from_at, least(released_at, until_at) AS to FROM holds
     WHERE workspace_id = $1 AND lead = $2 AND party = 'marketing'
       AND coalesce(released_at, until_at) IS NOT NULL AND coalesce(released_at, until_at) > $3`,
    [workspace, lead, new Date(since)],
  );
  return rows
    .map(({ from_at, to }) => ({ from: from_at.getTime(), to: to.getTime() }))
    .filter(({ from, to }) => from < to);
}

/** The deadlines of a handoff as they stand with its holds, worked out anew by the version they were made with. */
export async function duesOf(deed: Deed, held: Held): Promise<Record<Term, Due>> {
  const { pact, offered_at } = held;
  const offered = offered_at.getTime();
  const stops = await stopsOf(deed, held.survivor, offered);
  const dues = deadlinesOf(tierOf(pact, held.tier), await calendarOf(pact), offered, stops);
  return held.origin === 'exception' ? cutTo(await endOf(deed, held.id), dues) : dues;
}

/** A handed-over exception lapses on its last day at the latest. */
export function cutTo(end: Instant | null, dues: Record<Term, Due>): Record<Term, Due> {
  if (end === null) return dues;
  const steps = dues.accept.steps.map((step) => Math.min(step, end));
  return { ...dues, accept: { ...dues.accept, steps } };
}

async function endOf({ query, workspace }: Deed, handoff: string): Promise<Instant | null> {
  const rows = await query<{ ends_at: Date }>(
    'SELECT ends_at FROM exceptions WHERE workspace_id = $1 AND handoff_id = $2',
    [workspace, handoff],
  );
  return rows[0]?.ends_at.getTime() ?? null;
}

/** Puts the running deadlines off, or back, after a hold began or ended. Steps that were taken stay taken. */
export async function resetClocks(deed: Deed, held: Held): Promise<void> {
  const dues = await duesOf(deed, held);
  for (const term of TERMS) {
    const { due, steps } = dues[term];
    await deed.query(
      `UPDATE deadlines SET due_at = $4, step_at = ($5::timestamptz[])[step + 1]
       WHERE workspace_id = $1 AND handoff_id = $2 AND term = $3 AND met_at IS NULL AND void_at IS NULL`,
      [deed.workspace, held.id, term, new Date(due), steps.map((step) => new Date(step))],
    );
  }
  await deed.query('UPDATE handoffs SET accept_by = $3 WHERE workspace_id = $1 AND id = $2', [
    deed.workspace,
    held.id,
    new Date(dues.accept.due),
  ]);
}
