/** Where each side writes its own definition first: begun, written, handed in. */
import type { Opening, OpeningSummary } from '#contract/openings.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { readText } from '#features/pacts/drafting.ts';
import { examine } from '#features/pacts/examining.ts';
import { lookFor, speakerOf } from '#features/party.ts';
import { type Caller, memberOf } from '#features/people/policy.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { choicesOf, differencesOf } from './differences.ts';
import { type HandIn, handInsOf, type OpeningRow, openingOf, sidesOf } from './sides.ts';

export async function listOpenings(tx: Tx, workspace: string): Promise<OpeningSummary[]> {
  const rows = await tx
    .selectFrom('openings')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('opened_at', 'desc')
    .limit(500)
    .execute();
  const ins = await handInsOf(
    tx,
    workspace,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => summarise(row, ins));
}

export async function beginOpening(
  deed: Deed,
  caller: Caller,
  { name, pact }: { name: string; pact?: string | undefined },
): Promise<string> {
  const { tx, workspace, now } = deed;
  if (pact !== undefined) {
    const known = await tx
      .selectFrom('pacts')
      .select('id')
      .where('workspace_id', '=', workspace)
      .where('id', '=', pact)
      .executeTakeFirst();
    if (known === undefined)
      throw new HttpProblem(404, 'not_found', 'There is no pact of that id in this workspace.');
  }
  const id = newId(now);
  const own = { workspace_id: workspace, id, name, pact_id: pact ?? null };
  await tx
    .insertInto('openings')
    .values({ ...own, opened_at: new Date(now), opened_by: memberOf(caller) })
    .execute();
  tell(deed, id, 'opened', { pact: pact ?? null });
  return id;
}

/** An opening as the caller may see it: their own side, and the other's once both are in. */
export async function showOpening(tx: Tx, query: Query, caller: Caller, id: string): Promise<Opening> {
  await lookFor(query, caller);
  const { workspace } = caller;
  const row = await openingOf(tx, workspace, id);
  const ins = await handInsOf(tx, workspace, [id]);
  const sides = row.revealed_at === null ? null : await sidesOf(tx, workspace, row);
  return {
    ...summarise(row, ins),
    mine: await ownText(tx, caller, id),
    texts: sides?.texts ?? null,
    choices: await choicesOf(tx, workspace, id),
    differences: sides === null ? null : differencesOf(sides.pacts).length,
  };
}

async function ownText(tx: Tx, { workspace, party }: Caller, id: string): Promise<Opening['mine']> {
  if (party === null) return null;
  const mine = await tx
    .selectFrom('opening_texts')
    .select(['text', 'digest', 'revision'])
    .where('workspace_id', '=', workspace)
    .where('opening_id', '=', id)
    .where('party', '=', party)
    .executeTakeFirst();
  return mine === undefined ? null : { ...mine, findings: await examine(mine.text) };
}

/** @throws HttpProblem 412 when somebody of the own side changed it meanwhile, 409 once it is handed in */
export async function writeOwn(
  deed: Deed,
  caller: Caller,
  id: string,
  { text, revision }: { text: string; revision: number },
): Promise<void> {
  const { tx, query, workspace, now } = deed;
  const { party, member } = speakerOf(caller);
  const { columns } = await readText(text);
  await openingOf(tx, workspace, id, true);
  await lookFor(query, caller);
  await requireOut(tx, workspace, id, party);
  const own = { workspace_id: workspace, opening_id: id, party };
  const said = { text, digest: columns.digest, saved_at: new Date(now), saved_by: member };
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('opening_texts')
    .values({ ...own, ...said })
    .onConflict((taken) =>
      taken
        .columns(['workspace_id', 'opening_id', 'party'])
        .doUpdateSet({ ...said, revision: revision + 1 })
        .where('opening_texts.revision', '=', revision),
    )
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) {
    throw new HttpProblem(412, 'changed_meanwhile', 'Somebody of your side changed it since: read it again.');
  }
  // Not even the digest is told: it would show whether both wrote the same.
  tell(deed, id, 'written', { party });
}

/** Hands a side's text in. With the second one, both are open. */
export async function handIn(deed: Deed, caller: Caller, id: string): Promise<void> {
  const { tx, query, workspace, now } = deed;
  const { party, member } = speakerOf(caller);
  await openingOf(tx, workspace, id, true);
  await lookFor(query, caller);
  await requireOut(tx, workspace, id, party);
  const mine = await ownText(tx, caller, id);
  if (mine === null)
    throw new HttpProblem(409, 'nothing_written', `There is no definition of ${party} to hand in yet.`);
  await tx
    .insertInto('hand_ins')
    .values({ workspace_id: workspace, opening_id: id, party, member_id: member, at: new Date(now) })
    .execute();
  tell(deed, id, 'handed_in', { party });
  if ((await handInsOf(tx, workspace, [id])).length < 2) return;
  await tx
    .updateTable('openings')
    .set({ revealed_at: new Date(now) })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
  tell(deed, id, 'revealed', {});
}

async function requireOut(tx: Tx, workspace: string, id: string, party: PartyName): Promise<void> {
  const ins = await handInsOf(tx, workspace, [id]);
  if (ins.some((one) => one.party === party))
    throw new HttpProblem(409, 'handed_in', `What ${party} handed in stays as it is.`);
}

export function tell(deed: Deed, id: string, verb: string, data: Record<string, unknown>): void {
  deed.journal({ at: deed.now, what: `opening.${verb}`, subject: { kind: 'opening', id }, data });
  deed.send(`pact.opening_${verb}`, { opening: id, at: deed.now, ...data });
}

function summarise(row: OpeningRow, ins: readonly HandIn[]): OpeningSummary {
  const side = (party: PartyName) => {
    const found = ins.find((one) => one.opening_id === row.id && one.party === party);
    return { handed_in_at: found?.at.toISOString() ?? null };
  };
  return {
    id: row.id,
    name: row.name,
    pact: row.pact_id,
    opened_at: row.opened_at.toISOString(),
    opened_by: row.opened_by,
    standing: row.settled_at !== null ? 'settled' : row.revealed_at !== null ? 'choosing' : 'writing',
    marketing: side('marketing'),
    sales: side('sales'),
    draft: row.draft_pact === null ? null : { pact: row.draft_pact, number: row.draft_version! },
  };
}
