/** Handing a lead over: its packet frozen, routed, its clocks started. And taking it back. */
import { NoOpening } from '#engine/calendar/opening.ts';
import type { Facts } from '#engine/facts/facts.ts';
import { type Due, deadlinesOf, type Term } from '#engine/handoff/deadlines.ts';
import { type Origin, type Packet, packetOf } from '#engine/handoff/packet.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import { explain } from '#engine/verdict/explain.ts';
import { judge } from '#engine/verdict/judge.ts';
import type { InForceVersion } from '#features/pacts/timeline.ts';
import type { Work } from '#features/verdicts/handlers.ts';
import { newId } from '#platform/ids.ts';
import { calendarOf } from './calendars.ts';
import { cutTo, startClocks, stopClocks, tierOf } from './clocks.ts';
import { tell } from './held.ts';
import { assign, keepDecision } from './staff.ts';

/** What the ladder wants handed over. Plain data: it is kept while it cannot be done. */
export type Offer = {
  pass: number;
  tier: string;
  fast_lane: string | null;
  exception: PartyName | null;
};
export type Lead = { lead: number; lead_id: string; version: InForceVersion; facts: () => Facts };

type Before = {
  open: string | null;
  follows: string | null;
  exception: string | null;
  reason: string | null;
  ends_at: Date | null;
};

/**
 * Hands a lead over, once: when a handoff of it is open already, nothing is done. Its clocks start now and not when
 * the lead became an MQL: nobody is late for what they could not see.
 * @returns the handoff's id; null when it cannot be made, and then the lead is kept among the unready.
 */
export async function offer(work: Work, lead: Lead, wanted: Offer): Promise<string | null> {
  const before = await lookBack(work, lead.lead);
  if (before.open !== null) return before.open;
  const made = await prepare(work, lead, wanted, before);
  if ('refused' in made) {
    await putAside(work, lead, wanted, made);
    return null;
  }
  await work.query('DELETE FROM unready_handoffs WHERE workspace_id = $1 AND lead = $2', [
    work.workspace,
    lead.lead,
  ]);
  return write(work, lead, wanted, before, made);
}

async function lookBack({ query, workspace, now }: Work, lead: number): Promise<Before> {
  const rows = await query<Before>(
    `SELECT
       (SELECT id FROM handoffs WHERE workspace_id = $1 AND lead = $2
          AND decision IS NULL AND (answer IS NULL OR answer = 'acceptance')) AS open,
       (SELECT id FROM handoffs WHERE workspace_id = $1 AND lead = $2 AND answer = 'lapse'
        ORDER BY offered_at DESC LIMIT 1) AS follows,
       e.id AS exception, e.reason, e.ends_at
     FROM (SELECT 1) AS one LEFT JOIN LATERAL (
       SELECT id, reason, ends_at FROM exceptions
       WHERE workspace_id = $1 AND lead = $2 AND handoff_id IS NULL AND ends_at > $3
       ORDER BY opened_at DESC LIMIT 1) e ON true`,
    [workspace, lead, new Date(now)],
    'offer-before',
  );
  return rows[0]!;
}

type Made = { packet: Packet; dues: Record<Term, Due>; origin: Origin };
type Refusal = { refused: string; missing: string[]; because: string };

async function prepare(work: Work, lead: Lead, wanted: Offer, before: Before): Promise<Made | Refusal> {
  const { pact } = lead.version;
  const { now } = work;
  const facts = lead.facts();
  const origin = originOf(wanted, before);
  const end = wanted.exception === null ? null : (before.ends_at?.getTime() ?? null);
  try {
    const dues = cutTo(end, deadlinesOf(tierOf(pact, wanted.tier), await calendarOf(pact), now));
    const by = { accept: dues.accept.due, first_touch: dues.first_touch.due, decide: dues.decide.due };
    const verdict = judge(pact, facts, now);
    const packet = packetOf({
      pact,
      facts,
      verdict,
      reasons: explain(pact, facts, now),
      origin,
      by,
      at: now,
    });
    return 'refused' in packet ? packet : { packet, dues, origin };
  } catch (error) {
    if (!(error instanceof NoOpening)) throw error;
    return { refused: 'no_opening', missing: [], because: `no_opening: ${error.message}` };
  }
}

function originOf({ exception, fast_lane }: Offer, { reason }: Before): Origin {
  if (exception !== null) return { kind: 'exception', by: exception, reason: reason ?? 'no reason is kept' };
  return fast_lane === null ? { kind: 'mql' } : { kind: 'fast_lane', lane: fast_lane };
}

async function write(
  work: Work,
  { lead, lead_id, version, facts }: Lead,
  { pass, tier, fast_lane, exception }: Offer,
  before: Before,
  { packet, dues, origin }: Made,
): Promise<string> {
  const { tx, workspace, now } = work;
  const decision = await assign(work, { pact: version.pact, facts: facts() });
  const id = newId(now);
  const { pact_id, number } = version;
  await tx
    .insertInto('handoffs')
    .values({
      workspace_id: workspace,
      id,
      lead,
      pass,
      pact_id,
      version: number,
      tier,
      origin: origin.kind,
      fast_lane,
      packet: JSON.stringify(packet),
      offered_at: new Date(now),
      accept_by: new Date(dues.accept.due),
      queue: decision.queue,
      owner_id: decision.member,
      follows: before.follows,
    })
    .execute();
  await startClocks(work, { id, pact_id, version: number }, dues);
  await keepDecision(work, id, decision);
  if (exception !== null && before.exception !== null) {
    await tx
      .updateTable('exceptions')
      .set({ handoff_id: id })
      .where('workspace_id', '=', workspace)
      .where('id', '=', before.exception)
      .execute();
  }
  const { queue, member: owner, rule } = decision;
  const data = { pass, tier, origin: origin.kind, queue, owner, rule, pact: pact_id, version: number };
  tell(work, 'handoff.offered', { id, lead_id }, { ...data, accept_by: dues.accept.due });
  return id;
}

/** Keeps what cannot be handed over where people see it. Told once, however often it is tried. */
async function putAside(
  work: Work,
  { lead, lead_id, version }: Lead,
  wanted: Offer,
  { refused, missing, because }: Refusal,
): Promise<void> {
  const [row] = await work.query<{ fresh: boolean }>(
    `INSERT INTO unready_handoffs AS u (workspace_id, lead, pass, refused, missing, offer, since, tried_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
     ON CONFLICT (workspace_id, lead) DO UPDATE SET pass = excluded.pass, refused = excluded.refused,
       missing = excluded.missing, offer = excluded.offer, tried_at = excluded.tried_at,
       since = CASE WHEN u.pass = excluded.pass THEN u.since ELSE excluded.since END
     RETURNING since = tried_at AS fresh`,
    [work.workspace, lead, wanted.pass, refused, missing, JSON.stringify(wanted), new Date(work.now)],
  );
  if (row?.fresh !== true) return;
  const data = {
    reason: because,
    missing,
    pass: wanted.pass,
    pact: version.pact_id,
    version: version.number,
  };
  const subject = { kind: 'lead', id: lead_id };
  work.journal({ at: work.now, what: 'handoff.refused', subject, data });
  work.send('handoff.refused', { lead: lead_id, at: work.now, ...data });
}

/** Takes back what nobody has answered yet. What was answered stays answered. */
export async function withdraw(
  work: Work,
  { lead, lead_id }: Pick<Lead, 'lead' | 'lead_id'>,
  cause: string,
): Promise<void> {
  const { tx, query, workspace, now } = work;
  await query('DELETE FROM unready_handoffs WHERE workspace_id = $1 AND lead = $2', [workspace, lead]);
  const at = new Date(now);
  const [taken] = await query<{ id: string }>(
    `UPDATE handoffs SET answer = 'withdrawal', answered_at = $3, revision = revision + 1
     WHERE workspace_id = $1 AND lead = $2 AND answer IS NULL AND decision IS NULL RETURNING id`,
    [workspace, lead, at],
  );
  if (taken === undefined) return;
  await tx
    .insertInto('withdrawals')
    .values({ workspace_id: workspace, handoff_id: taken.id, at, cause })
    .execute();
  await stopClocks(work, taken.id);
  tell(work, 'handoff.withdrawn', { id: taken.id, lead_id }, { cause });
}
