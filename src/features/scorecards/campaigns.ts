/** Campaigns and what was spent on them. */
import type { Campaign } from '#contract/campaigns.ts';
import { requireMatch } from '#features/etag.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';

export type Spent = { from: string; to: string; amount: number; currency: string };
export type Said = {
  name?: string | undefined;
  source?: string | null | undefined;
  utm?: string | null | undefined;
  starts_on?: string | null | undefined;
  ends_on?: string | null | undefined;
  costs?: readonly Spent[] | undefined;
};
type Place = { query: Query; workspace: string };

const noSuchCampaign = (): HttpProblem =>
  new HttpProblem(404, 'not_found', 'There is no such campaign here.');
/** As sources are compared. */
export const foldedName = (text: string | null | undefined): string | null =>
  text?.trim().toLowerCase() || null;

export async function listCampaigns(
  { query, workspace }: Place,
  id: string | null = null,
): Promise<Campaign[]> {
  return query<Campaign>(
    `SELECT c.id, c.name, c.source, c.utm, c.starts_on, c.ends_on, c.revision,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'from', k.from_on, 'to', k.to_on, 'amount', k.amount, 'currency', k.currency)
         ORDER BY k.from_on, k.to_on, k.currency) FROM campaign_costs k WHERE k.workspace_id = $1 AND k.campaign_id = c.id), '[]') AS costs
     FROM campaigns c WHERE c.workspace_id = $1 AND ($2::uuid IS NULL OR c.id = $2) ORDER BY lower(c.name), c.id`,
    [workspace, id],
  );
}

/** @throws HttpProblem 404 */
export async function showCampaign(place: Place, id: string): Promise<Campaign> {
  const [found] = await listCampaigns(place, id);
  if (found === undefined) throw noSuchCampaign();
  return found;
}

/** @throws HttpProblem 409 when there is one of that name, 422 for costs whose end is before their beginning */
export async function openCampaign(deed: Deed, said: Said & { name: string }): Promise<string> {
  const id = newId(deed.now);
  const { length } = await deed.query(
    `INSERT INTO campaigns (workspace_id, id, name, source, utm, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      deed.workspace,
      id,
      said.name,
      foldedName(said.source),
      foldedName(said.utm),
      said.starts_on ?? null,
      said.ends_on ?? null,
    ],
  );
  if (length === 0)
    throw new HttpProblem(
      409,
      'known_campaign',
      `There is a campaign called ${JSON.stringify(said.name)} already: change that one.`,
    );
  await spend(deed, id, said.costs ?? []);
  tell(deed, 'campaign.opened', id);
  return id;
}

/** @throws HttpProblem 404, 409, 412, 422 */
export async function changeCampaign(
  deed: Deed,
  id: string,
  { costs, revision, ifMatch, ...said }: Said & { revision?: number | undefined; ifMatch: string | null },
): Promise<void> {
  const present = await showCampaign(deed, id);
  requireMatch(ifMatch, present);
  if (revision !== undefined && revision !== present.revision) {
    throw new HttpProblem(
      412,
      'changed_meanwhile',
      'Somebody else changed it since you read it. Read it again, then say what to change.',
    );
  }
  const next = {
    ...present,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
  const [taken] = await deed.query(
    'SELECT id FROM campaigns WHERE workspace_id = $1 AND lower(btrim(name)) = lower(btrim($2)) AND id <> $3',
    [deed.workspace, next.name, id],
  );
  if (taken !== undefined)
    throw new HttpProblem(
      409,
      'known_campaign',
      `There is a campaign called ${JSON.stringify(next.name)} already.`,
    );
  await deed.query(
    `UPDATE campaigns SET name = $3, source = $4, utm = $5, starts_on = $6, ends_on = $7, revision = revision + 1
     WHERE workspace_id = $1 AND id = $2`,
    [
      deed.workspace,
      id,
      next.name,
      foldedName(next.source),
      foldedName(next.utm),
      next.starts_on,
      next.ends_on,
    ],
  );
  if (costs !== undefined) {
    await deed.query('DELETE FROM campaign_costs WHERE workspace_id = $1 AND campaign_id = $2', [
      deed.workspace,
      id,
    ]);
    await spend(deed, id, costs);
  }
  tell(deed, 'campaign.changed', id);
}

/** @throws HttpProblem 404 */
export async function dropCampaign(deed: Deed, id: string): Promise<void> {
  const { length } = await deed.query(
    'DELETE FROM campaigns WHERE workspace_id = $1 AND id = $2 RETURNING id',
    [deed.workspace, id],
  );
  if (length === 0) throw noSuchCampaign();
  tell(deed, 'campaign.dropped', id);
}

/** Costs of a campaign, each stretch of days once; said again with another amount, it is that amount. @returns how many are new or changed */
export async function spend(deed: Deed, campaign: string, costs: readonly Spent[]): Promise<number> {
  const wrong = costs.findIndex(({ from, to }) => to < from);
  if (wrong >= 0) {
    const message = `found ${costs[wrong]!.from} to ${costs[wrong]!.to}, wanted an end that is not before the beginning`;
    throw new HttpProblem(422, 'cost_days', `These days are no days: ${message}.`, {
      errors: [{ path: `body.costs.${wrong}.to`, message }],
    });
  }
  const stretches = new Map(costs.map((cost) => [`${cost.from} ${cost.to} ${cost.currency}`, cost]));
  const all = [...stretches.values()];
  const changed = await deed.query(
    `INSERT INTO campaign_costs AS k (workspace_id, id, campaign_id, from_on, to_on, amount, currency)
     SELECT $1, g.id, $2, g.from_on, g.to_on, g.amount, g.currency
     FROM unnest($3::uuid[], $4::date[], $5::date[], $6::numeric[], $7::text[]) AS g (id, from_on, to_on, amount, currency)
     ON CONFLICT (workspace_id, campaign_id, from_on, to_on, currency) DO UPDATE SET amount = excluded.amount
     WHERE k.amount <> excluded.amount RETURNING k.id`,
    [
      deed.workspace,
      campaign,
      all.map(() => newId(deed.now)),
      all.map(({ from }) => from),
      all.map(({ to }) => to),
      all.map(({ amount }) => amount),
      all.map(({ currency }) => currency),
    ],
  );
  return changed.length;
}

function tell(deed: Deed, what: string, id: string): void {
  deed.journal({ at: deed.now, what, subject: { kind: 'campaign', id }, data: {} });
}
