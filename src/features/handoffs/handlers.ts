/** What a fold's effects mean for handoffs: offered, taken back, given back to nurture, woken. */
import { type Handlers, type LeadEffect, tellers, type Work } from '#features/verdicts/handlers.ts';
import { newId } from '#platform/ids.ts';
import { offer, withdraw } from './offering.ts';

/** The worker's handlers: each tells what happened to the lead, and does what follows. */
export const handoffHandlers: Handlers = {
  ...tellers,
  offered: async (work, all) => {
    const told = await notYetOffered(work, all);
    await tellers.offered(work, told);
    for (const one of told) {
      const { pass, tier, fast_lane, exception } = one.effect;
      await offer(work, one, { pass, tier, fast_lane, exception });
    }
  },
  withdrawn: async (work, told) => {
    await tellers.withdrawn(work, told);
    for (const one of told) await withdraw(work, one, one.effect.cause.kind);
  },
  recycled: async (work, told) => {
    await tellers.recycled(work, told);
    for (const one of told) await recycle(work, one);
  },
  woken: async (work, told) => {
    await tellers.woken(work, told);
    for (const { lead, effect } of told) {
      await work.query(
        `UPDATE recycles SET woken_at = $3, woken_by = $4
         WHERE workspace_id = $1 AND lead = $2 AND woken_at IS NULL`,
        [work.workspace, lead, new Date(effect.at), effect.by],
      );
    }
  },
};

/** An answer that was undone leaves its lead offered as before: that was told, and is not told again. */
async function notYetOffered(
  { query, workspace }: Work,
  told: readonly LeadEffect<'offered'>[],
): Promise<readonly LeadEffect<'offered'>[]> {
  const late = told.filter(({ effect }) => effect.late);
  if (late.length === 0) return told;
  const open = await query<{ lead: number; pass: number }>(
    `SELECT lead, pass FROM handoffs WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
       AND decision IS NULL AND (answer IS NULL OR answer = 'acceptance')`,
    [workspace, late.map(({ lead }) => lead)],
  );
  return told.filter(
    ({ lead, effect }) => !open.some((one) => one.lead === lead && one.pass === effect.pass),
  );
}

/** The record of a lead that went back to nurture, with the handoff that ended in it and what it waits for. */
async function recycle(work: Work, { lead, effect }: LeadEffect<'recycled'>): Promise<void> {
  const { at, pass, until, reason } = effect;
  const wakeWhen = { date: until, signal: true, fit: true, reason };
  await work.query(
    `INSERT INTO recycles (workspace_id, id, lead, pass, handoff_id, at, wake_at, wake_when)
     SELECT $1, $2, $3, $4,
       (SELECT id FROM handoffs WHERE workspace_id = $1 AND lead = $3 AND pass = $4 ORDER BY offered_at DESC LIMIT 1),
       $5, $6, $7
     ON CONFLICT (workspace_id, lead, pass) DO UPDATE
       SET at = excluded.at, wake_at = excluded.wake_at, wake_when = excluded.wake_when`,
    [
      work.workspace,
      newId(work.now),
      lead,
      pass,
      new Date(at),
      until === null ? null : new Date(until),
      JSON.stringify(wakeWhen),
    ],
  );
}
