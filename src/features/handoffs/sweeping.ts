/**
 * The sweep: takes the steps of the escalation ladder that are due. It may come late, never early and never twice: it
 * goes by the database's clock, and each step has a key of its own. Any number of sweepers may run at once.
 */

import type { Instant } from '#engine/facts/facts.ts';
import type { Term } from '#engine/handoff/deadlines.ts';
import { type Action, climb, type Taken } from '#engine/handoff/escalation.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import { databaseNow, type Now } from '#features/verdicts/queue.ts';
import type { Database } from '#platform/db/database.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { duesOf } from './clocks.ts';
import { carryOut, type Deed } from './deed.ts';
import { type Held, hold, tell } from './held.ts';
import { lapse } from './lapsing.ts';
import { type Offer, offer } from './offering.ts';
import { passOn } from './reassigning.ts';

export type SweepOptions = {
  database: Database;
  log: Log;
  /** What time it is; the database's own clock when left out. */
  now?: Now;
  /** The most deadlines of one sweep. */
  most?: number;
};

const MOST = 500;
/** From here on a step is said to have come late: nobody was there to take it. */
const PUNCTUAL = 60_000;
const SYSTEM = { kind: 'system' } as const;

/** Takes the steps that are due. @returns how many were taken. */
export async function sweepDeadlines({
  database,
  log,
  now = databaseNow,
  most = MOST,
}: SweepOptions): Promise<number> {
  const { due, at } = await database.acrossWorkspaces(async (_, query) => {
    const at = await now(query);
    const due = await query<{ workspace_id: string; handoff_id: string; id: string }>(
      `SELECT workspace_id, handoff_id, id FROM deadlines
       WHERE met_at IS NULL AND void_at IS NULL AND step_at IS NOT NULL AND step_at <= $1
       ORDER BY step_at LIMIT $2`,
      [new Date(at), most],
      'sweep-due',
    );
    return { due, at };
  });
  let taken = 0;
  for (const { workspace_id, handoff_id, id } of due) {
    try {
      taken += await carryOut(database, workspace_id, SYSTEM, at, (deed) => climbDue(deed, handoff_id, id));
    } catch (error) {
      if (error instanceof OutsideError) throw error;
      log.error(
        { workspace: workspace_id, deadline: id, err: error },
        `A deadline cannot be swept: ${messageOf(error)}`,
      );
    }
  }
  return taken;
}

type Row = { id: string; term: Term; step: number };

/**
 * Takes the steps of one deadline that are due. The handoff is locked first, as everywhere: an answer that comes at the
 * same time is before or after, never between. @returns how many were taken.
 */
export async function climbDue(deed: Deed, handoff: string, deadline: string): Promise<number> {
  const held = await hold(deed, handoff);
  const [row] = await deed.query<Row>(
    `SELECT id, term, step FROM deadlines
     WHERE workspace_id = $1 AND id = $2 AND met_at IS NULL AND void_at IS NULL AND step_at <= $3`,
    [deed.workspace, deadline, new Date(deed.now)],
  );
  if (row === undefined) return 0;
  const dues = await duesOf(deed, held);
  const { taken, next } = climb(row.term, dues[row.term].steps, row.step, deed.now);
  await deed.query('UPDATE deadlines SET step = $3, step_at = $4 WHERE workspace_id = $1 AND id = $2', [
    deed.workspace,
    deadline,
    next?.step ?? dues[row.term].steps.length,
    next === null ? null : new Date(next.at),
  ]);
  let done = 0;
  for (const step of taken) if (await take(deed, held, row, step)) done++;
  return done;
}

async function take(
  deed: Deed,
  held: Held,
  { id, term }: Row,
  { step, action, due }: Taken,
): Promise<boolean> {
  const fresh = await deed.tx
    .insertInto('escalations')
    .values({
      workspace_id: deed.workspace,
      deadline_id: id,
      step,
      action,
      member_id: held.owner_id,
      due_at: new Date(due),
      at: new Date(deed.now),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('step')
    .executeTakeFirst();
  if (fresh === undefined) return false;
  await actions[action](deed, held, { term, due });
  return true;
}

type Occasion = { term: Term; due: Instant };

const actions: Record<Action, (deed: Deed, held: Held, occasion: Occasion) => Promise<unknown>> = {
  remind: async (deed, held, occasion) => say(deed, 'sla.reminded', held, occasion),
  tell_lead: async (deed, held, occasion) => say(deed, 'sla.late', held, occasion),
  reassign: async (deed, held) => {
    held.owner_id = await passOn(deed, held);
  },
  lapse: (deed, held, { due }) => lapse(deed, held, due),
};

/** The true instant is said, and how late it is said. */
function say(deed: Deed, what: string, held: Held, { term, due }: Occasion): void {
  const behind = deed.now - due;
  const late_by = behind > PUNCTUAL ? behind : 0;
  tell(deed, what, held, { term, owner: held.owner_id, queue: held.queue, due, late_by });
}

/** Tries again to hand over what lacked something, where more has become known since. @returns how many went over. */
export async function sweepUnready({ database, log, now = databaseNow }: SweepOptions): Promise<number> {
  const { workspaces, at } = await database.acrossWorkspaces(async (_, query) => ({
    at: await now(query),
    workspaces: await query<{ workspace_id: string }>('SELECT DISTINCT workspace_id FROM unready_handoffs'),
  }));
  let done = 0;
  for (const { workspace_id } of workspaces) {
    const leads = await database.inWorkspace(workspace_id, (_, query) =>
      query<{ lead: number }>(
        `SELECT u.lead FROM unready_handoffs u WHERE u.workspace_id = $1 AND (
           EXISTS (SELECT FROM attribute_changes c WHERE c.workspace_id = $1 AND c.lead = u.lead AND c.received_at >= u.tried_at)
           OR EXISTS (SELECT FROM versions v WHERE v.workspace_id = $1 AND v.in_force_from BETWEEN u.tried_at AND $2))`,
        [workspace_id, new Date(at)],
      ),
    );
    for (const { lead } of leads) {
      try {
        const tried = await carryOut(database, workspace_id, SYSTEM, at, (deed) => tryAgain(deed, lead));
        if (tried !== null) done++;
      } catch (error) {
        if (error instanceof OutsideError) throw error;
        log.error(
          { workspace: workspace_id, lead, err: error },
          `A lead cannot be handed over: ${messageOf(error)}`,
        );
      }
    }
  }
  return done;
}

async function tryAgain(deed: Deed, lead: number): Promise<string | null> {
  const { query, workspace } = deed;
  const [row] = await query<{ offer: Offer }>(
    'SELECT offer FROM unready_handoffs WHERE workspace_id = $1 AND lead = $2 FOR UPDATE',
    [workspace, lead],
  );
  const version = (await readTimeline(query, workspace)).at(deed.now);
  const ledger = (await readLedgers(query, workspace, [lead])).get(lead);
  if (row === undefined || version === null || ledger === undefined) return null;
  if (ledger.gone) {
    await query('DELETE FROM unready_handoffs WHERE workspace_id = $1 AND lead = $2', [workspace, lead]);
    return null;
  }
  return offer(deed, { lead, lead_id: ledger.id, version, facts: () => factsOf(ledger) }, row.offer);
}
