/** Deals: opened from a qualification or by hand, won or lost for a reason. */
import type { Selectable } from 'kysely';
import type { Deal } from '#contract/deals.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { requireMatch } from '#features/etag.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { leadBy } from '#features/handoffs/excepting.ts';
import { hold, type Read } from '#features/handoffs/held.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Deals } from '#platform/db/tables.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';

type Row = Selectable<Deals>;

export type Opening = {
  handoff?: string | undefined;
  lead?: string | undefined;
  name?: string | undefined;
  amount?: number | undefined;
  currency?: string | undefined;
  stage?: string | undefined;
  external_id?: string | undefined;
  /** When it was opened; now, when left out. */
  opened_at?: Instant | undefined;
};

type Source = Pick<Row, 'lead' | 'handoff_id' | 'account_id' | 'origin' | 'owner_id'> & {
  currency: string | null;
};

/** @returns the deal's id. */
export async function openDeal(deed: Deed, caller: Caller, given: Opening): Promise<string> {
  const { currency, ...source } = await sourceOf(deed, caller, given);
  const opened = given.opened_at ?? deed.now;
  mustHaveBeen('opened_at', opened, deed.now);
  const id = newId(deed.now);
  const kept = await deed.tx
    .insertInto('deals')
    .values({
      workspace_id: deed.workspace,
      id,
      ...source,
      external_id: given.external_id,
      name: given.name,
      amount: given.amount,
      currency: given.currency ?? currency,
      stage: given.stage,
      opened_at: new Date(opened),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'external_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (kept === undefined) {
    throw new HttpProblem(409, 'known_deal', `There is a deal with the id ${given.external_id} already.`);
  }
  if (source.lead !== null) deed.mark(source.lead);
  tell(deed, 'deal.opened', id, { handoff: source.handoff_id, origin: source.origin, opened_at: opened });
  return id;
}

/** A qualified handoff, or a lead: exactly one of them. */
async function sourceOf(deed: Deed, caller: Caller, { handoff, lead }: Opening): Promise<Source> {
  if ((handoff === undefined) === (lead === undefined)) {
    const message = 'wanted a handoff that was qualified, or a lead: one of them';
    throw new HttpProblem(422, 'deal_source', `The deal is not opened: ${message}.`, {
      errors: [{ path: 'handoff', message }],
    });
  }
  if (handoff !== undefined) {
    const held = await hold(deed, handoff);
    if (held.standing !== 'qualified') {
      throw new HttpProblem(
        409,
        'not_qualified',
        'A deal comes of a handoff that was qualified: qualify it first.',
      );
    }
    const { survivor, owner_id, digest, pact_id, version } = held;
    const pacts = await pactsOf(deed.query, deed.workspace, [{ pact_id, number: version, digest }]);
    return {
      lead: survivor,
      handoff_id: handoff,
      account_id: await accountOf(deed, survivor),
      origin: 'qualification',
      owner_id,
      currency: pacts.get(digest)!.economics.currency,
    };
  }
  const { number } = await leadBy(deed, lead!);
  return {
    lead: number,
    handoff_id: null,
    account_id: await accountOf(deed, number),
    origin: 'hand',
    owner_id: caller.kind === 'member' ? caller.id : null,
    currency: null,
  };
}

const accountOf = async ({ tx, workspace }: Deed, lead: number): Promise<string | null> =>
  (
    await tx
      .selectFrom('leads')
      .select('account_id')
      .where('workspace_id', '=', workspace)
      .where('number', '=', lead)
      .executeTakeFirstOrThrow()
  ).account_id;

export type Closing = {
  outcome: 'won' | 'lost';
  reason: string;
  amount?: number | undefined;
  closed_at?: Instant | undefined;
} & Read;

/** Says that a deal is won or lost, and why. Once said it stays so. */
export async function closeDeal(
  deed: Deed,
  id: string,
  { outcome, reason, amount, closed_at, revision, ifMatch = null }: Closing,
): Promise<void> {
  const { tx, workspace, now } = deed;
  const deal = await tx
    .selectFrom('deals')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (deal === undefined) throw noSuchDeal();
  requireMatch(ifMatch, { revision: deal.revision });
  if (revision !== undefined && revision !== deal.revision) {
    throw new HttpProblem(
      412,
      'changed_meanwhile',
      'This deal has changed since you read it: read it again.',
    );
  }
  if (deal.outcome !== 'open') {
    const when = deal.closed_at?.toISOString() ?? 'before';
    throw new HttpProblem(
      409,
      `already_${deal.outcome}`,
      `This deal was ${deal.outcome} at ${when}: that stays so.`,
    );
  }
  const closed = closed_at ?? now;
  mustHaveBeen('closed_at', closed, now, deal.opened_at.getTime());
  await tx
    .updateTable('deals')
    .set({
      outcome,
      reason,
      closed_at: new Date(closed),
      ...(amount !== undefined && { amount }),
      revision: deal.revision + 1,
    })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
  if (deal.lead !== null) deed.mark(await survivorOf(deed, deal.lead));
  tell(deed, `deal.${outcome}`, id, {
    handoff: deal.handoff_id,
    amount: amount ?? deal.amount,
    closed_at: closed,
  });
}

async function survivorOf({ query, workspace }: Deed, lead: number): Promise<number> {
  const [row] = await query<{ number: number }>(
    'SELECT coalesce(merged_into, number) AS number FROM leads WHERE workspace_id = $1 AND number = $2',
    [workspace, lead],
  );
  return row!.number;
}

function mustHaveBeen(path: string, at: Instant, now: Instant, from = Number.NEGATIVE_INFINITY): void {
  if (at <= now && at >= from) return;
  const message = at > now ? 'wanted a time that has been' : 'wanted a time after it was opened';
  throw new HttpProblem(422, `deal_${path}`, `The deal stays as it is: ${message}.`, {
    errors: [{ path, message }],
  });
}

function tell(deed: Deed, what: string, id: string, data: Record<string, unknown>): void {
  deed.journal({ at: deed.now, what, subject: { kind: 'deal', id }, data });
  deed.send(what, { deal: id, at: deed.now, ...data });
}

const noSuchDeal = (): HttpProblem => new HttpProblem(404, 'not_found', 'There is no such deal here.');

type ShownRow = Omit<Row, 'lead'> & { lead: string | null };

const SHOWN = `SELECT d.*, s.id AS lead FROM deals d
  LEFT JOIN leads l ON l.workspace_id = d.workspace_id AND l.number = d.lead
  LEFT JOIN leads s ON s.workspace_id = d.workspace_id AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END`;

export async function showDeal(
  { query, workspace }: Pick<Deed, 'query' | 'workspace'>,
  id: string,
): Promise<Deal> {
  const [row] = await query<ShownRow>(`${SHOWN} WHERE d.workspace_id = $1 AND d.id = $2`, [workspace, id]);
  if (row === undefined) throw noSuchDeal();
  return shown(row);
}

export type Wanted = {
  outcome?: 'open' | 'won' | 'lost' | undefined;
  lead?: string | undefined;
  owner?: string | undefined;
  /** The deal the page begins after. */
  after?: { opened_at: Instant; id: string } | undefined;
  limit: number;
};

/** The latest first; one more than asked for, when there is. */
export async function listDealsOf(
  { query, workspace }: Pick<Deed, 'query' | 'workspace'>,
  { outcome, lead, owner, after, limit }: Wanted,
): Promise<Deal[]> {
  const rows = await query<ShownRow>(
    `${SHOWN} WHERE d.workspace_id = $1 AND ($2::text IS NULL OR d.outcome = $2) AND ($3::uuid IS NULL OR s.id = $3)
       AND ($4::uuid IS NULL OR d.owner_id = $4)
       AND ($5::timestamptz IS NULL OR (d.opened_at, d.id) < ($5, $6::uuid))
     ORDER BY d.opened_at DESC, d.id DESC LIMIT $7`,
    [
      workspace,
      outcome ?? null,
      lead ?? null,
      owner ?? null,
      after === undefined ? null : new Date(after.opened_at),
      after?.id ?? null,
      limit + 1,
    ],
  );
  return rows.map(shown);
}

const shown = (row: ShownRow): Deal => ({
  id: row.id,
  lead: row.lead,
  account: row.account_id,
  handoff: row.handoff_id,
  origin: row.origin,
  external_id: row.external_id,
  name: row.name,
  amount: row.amount,
  currency: row.currency,
  stage: row.stage,
  owner: row.owner_id,
  opened_at: row.opened_at.toISOString(),
  outcome: row.outcome,
  closed_at: row.closed_at?.toISOString() ?? null,
  reason: row.reason,
  revision: row.revision,
});
