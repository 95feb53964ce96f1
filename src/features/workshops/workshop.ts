/** A workshop: leads picked, labelled blind by each side, and opened when both have finished. */
import type { Selectable } from 'kysely';
import type { Workshop, WorkshopSummary } from '#contract/workshops.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import { judge } from '#engine/verdict/judge.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { lookFor, speakerOf } from '#features/party.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import type { Workshops } from '#platform/db/tables.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { type BlindPacket, packetOf } from './packet.ts';
import { pickLeads } from './picking.ts';
import { agreementIn } from './result.ts';

type Row = Selectable<Workshops>;

/** Fewer leads than this are no workshop. */
const FEWEST = 5;

export async function beginWorkshop(
  deed: Deed,
  caller: Caller,
  { name, leads: count }: { name: string; leads: number },
): Promise<string> {
  const { tx, query, workspace, now } = deed;
  const id = newId(now);
  const chosen = await pickLeads(query, workspace, count, id);
  if (chosen.length < FEWEST) {
    throw new HttpProblem(
      409,
      'too_few_leads',
      `There are ${chosen.length} leads that can be labelled; a workshop wants ${FEWEST} at least.`,
    );
  }
  const version = (await readTimeline(query, workspace)).at(now);
  const ledgers = await readLedgers(
    query,
    workspace,
    chosen.map(({ lead }) => lead),
  );
  await tx
    .insertInto('workshops')
    .values({
      workspace_id: workspace,
      id,
      name,
      opened_at: new Date(now),
      opened_by: memberOf(caller),
      pact_id: version?.pact_id ?? null,
      version: version?.number ?? null,
    })
    .execute();
  const rows = chosen.map(({ lead, why }, i) => {
    const facts = factsOf(ledgers.get(lead)!);
    const said = version === null ? null : judge(version.pact, facts, now);
    return {
      workspace_id: workspace,
      workshop_id: id,
      place: i + 1,
      lead,
      why,
      packet: JSON.stringify(packetOf(facts, now)),
      verdict: said?.verdict ?? null,
      fit: said?.fit ?? null,
      interest: said?.interest ?? null,
    };
  });
  await tx.insertInto('workshop_leads').values(rows).execute();
  tell(deed, id, 'begun', { leads: rows.length });
  return id;
}

export async function listWorkshops(tx: Tx, query: Query, caller: Caller): Promise<WorkshopSummary[]> {
  await lookFor(query, caller);
  const rows = await tx
    .selectFrom('workshops')
    .selectAll()
    .where('workspace_id', '=', caller.workspace)
    .orderBy('opened_at', 'desc')
    .limit(200)
    .execute();
  return Promise.all(rows.map((row) => summarise(query, caller, row)));
}

/** The leads with the caller's own labels. @throws HttpProblem 404 */
export async function showWorkshop(tx: Tx, query: Query, caller: Caller, id: string): Promise<Workshop> {
  await lookFor(query, caller);
  const row = await workshopOf(tx, caller.workspace, id);
  const packets = await query<{
    place: number;
    packet: BlindPacket;
    label: 'good' | 'not_good' | null;
    note: string | null;
  }>(
    `SELECT w.place, w.packet, l.label, l.note FROM workshop_leads w
     LEFT JOIN workshop_labels l ON l.workspace_id = w.workspace_id AND l.workshop_id = w.workshop_id
       AND l.place = w.place AND l.party = $3
     WHERE w.workspace_id = $1 AND w.workshop_id = $2 ORDER BY w.place`,
    [caller.workspace, id, caller.party],
  );
  return {
    ...(await summarise(query, caller, row)),
    packets: packets.map(({ place, packet, label, note }) => ({ place, ...packet, label, note })),
  };
}

/** @throws HttpProblem 404 for an unknown place, 409 once the side has finished */
export async function label(
  deed: Deed,
  caller: Caller,
  id: string,
  {
    place,
    label,
    note = null,
  }: { place: number; label: 'good' | 'not_good'; note?: string | null | undefined },
): Promise<Workshop['packets'][number]> {
  const { tx, query, workspace, now } = deed;
  const { party, member } = speakerOf(caller);
  await workshopOf(tx, workspace, id, true);
  await lookFor(query, caller);
  await requireUnfinished(tx, workspace, id, party);
  const lead = await tx
    .selectFrom('workshop_leads')
    .select('packet')
    .where('workspace_id', '=', workspace)
    .where('workshop_id', '=', id)
    .where('place', '=', place)
    .executeTakeFirst();
  if (lead === undefined)
    throw new HttpProblem(404, 'not_found', `There is no lead ${place} in this workshop.`);
  const said = { label, note, member_id: member, at: new Date(now) };
  await tx
    .insertInto('workshop_labels')
    .values({ workspace_id: workspace, workshop_id: id, place, party, ...said })
    .onConflict((taken) => taken.columns(['workspace_id', 'workshop_id', 'place', 'party']).doUpdateSet(said))
    .execute();
  return { place, ...(lead.packet as BlindPacket), label, note };
}

/** Says that a side is done; with the second one, all labels are open. */
export async function finish(deed: Deed, caller: Caller, id: string): Promise<void> {
  const { tx, query, workspace, now } = deed;
  const { party, member } = speakerOf(caller);
  await workshopOf(tx, workspace, id, true);
  await lookFor(query, caller);
  await requireUnfinished(tx, workspace, id, party);
  const [left] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM workshop_leads w WHERE w.workspace_id = $1 AND w.workshop_id = $2
       AND NOT EXISTS (SELECT FROM workshop_labels l WHERE l.workspace_id = w.workspace_id
         AND l.workshop_id = w.workshop_id AND l.place = w.place AND l.party = $3)`,
    [workspace, id, party],
  );
  if (left!.n > 0)
    throw new HttpProblem(409, 'not_all_labelled', `${left!.n} leads are not labelled by ${party} yet.`);
  const done = { workspace_id: workspace, workshop_id: id, party, member_id: member, at: new Date(now) };
  await tx.insertInto('workshop_finishes').values(done).execute();
  tell(deed, id, 'finished', { party });
  if ((await finishesOf(tx, workspace, id)).length < 2) return;
  await tx
    .updateTable('workshops')
    .set({ done_at: new Date(now) })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
  tell(deed, id, 'done', {});
}

async function requireUnfinished(tx: Tx, workspace: string, id: string, party: PartyName): Promise<void> {
  const finishes = await finishesOf(tx, workspace, id);
  if (finishes.some((one) => one.party === party))
    throw new HttpProblem(409, 'finished', `The labels of ${party} stay as they are: it has finished.`);
}

export async function workshopOf(tx: Tx, workspace: string, id: string, forUpdate = false): Promise<Row> {
  const found = tx
    .selectFrom('workshops')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id);
  const row = await (forUpdate ? found.forUpdate() : found).executeTakeFirst();
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such workshop here.');
  return row;
}

const finishesOf = (tx: Tx, workspace: string, id: string) =>
  tx
    .selectFrom('workshop_finishes')
    .select(['party', 'at'])
    .where('workspace_id', '=', workspace)
    .where('workshop_id', '=', id)
    .execute();

function tell(deed: Deed, id: string, verb: string, data: Record<string, unknown>): void {
  deed.journal({ at: deed.now, what: `workshop.${verb}`, subject: { kind: 'workshop', id }, data });
  deed.send(`pact.workshop_${verb}`, { workshop: id, at: deed.now, ...data });
}

type Counts = { leads: number; labelled: number; marketing_at: Date | null; sales_at: Date | null };

async function summarise(query: Query, { workspace, party }: Caller, row: Row): Promise<WorkshopSummary> {
  const [counts] = await query<Counts>(
    `SELECT (SELECT count(*)::int FROM workshop_leads WHERE workspace_id = $1 AND workshop_id = $2) AS leads,
       (SELECT count(*)::int FROM workshop_labels WHERE workspace_id = $1 AND workshop_id = $2 AND party = $3) AS labelled,
       (SELECT at FROM workshop_finishes WHERE workspace_id = $1 AND workshop_id = $2 AND party = 'marketing') AS marketing_at,
       (SELECT at FROM workshop_finishes WHERE workspace_id = $1 AND workshop_id = $2 AND party = 'sales') AS sales_at`,
    [workspace, row.id, party],
  );
  const { leads, labelled, marketing_at, sales_at } = counts!;
  const side = (name: PartyName, at: Date | null) => ({
    labelled: row.done_at !== null ? leads : party === name ? labelled : null,
    finished_at: at?.toISOString() ?? null,
  });
  return {
    id: row.id,
    name: row.name,
    opened_at: row.opened_at.toISOString(),
    opened_by: row.opened_by,
    pact: row.pact_id,
    version: row.version,
    leads,
    standing: row.done_at === null ? 'labelling' : 'done',
    marketing: side('marketing', marketing_at),
    sales: side('sales', sales_at),
    agreement: row.done_at === null ? null : await agreementIn(query, workspace, row.id),
  };
}
