/** The deals won in the period, shared out over what brought them, by every model side by side. */
import type { z } from 'zod';
import type { showAttribution } from '#contract/campaigns.ts';
import { MODELS, type Model, SAID, sharesOf } from '#engine/measures/attribution.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { baseNamed } from './bases/bases.ts';
import { rowsOf } from './counting.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';
import { Sql } from './sql.ts';

type Reply = z.infer<typeof showAttribution.reply>;
type Touch = {
  deal: string;
  amount: number | null;
  currency: string;
  source: string;
  campaign: string | null;
  at: Date;
  created_at: Date;
  opened_at: Date;
  won_at: Date;
};
type Line = {
  source: string;
  campaign: string | null;
  deals: Set<string>;
  shares: Record<Model, { deals: number; value: number }>;
};

/** Of a won deal: the visits that came by a campaign before it was won; where there is none, the lead's own source. */
async function touchesOf(scope: Scope): Promise<Touch[]> {
  const sql = new Sql(scope, {});
  const base = baseNamed('deals');
  const won = `SELECT d.id AS deal, d.amount, ${base.row.currency!(sql)} AS currency, coalesce(l.number, d.lead) AS number,
      nullif(${base.groups.source!(sql)}, '') AS source, l.created_at, d.opened_at, d.closed_at AS won_at ${rowsOf(sql, base, 'won')}`;
  return scope.query<Touch>(
    `WITH won AS MATERIALIZED (${won}), visits AS (
       SELECT w.deal, lower(btrim(a.context #>> '{campaign,source}')) AS source, lower(a.context #>> '{campaign,name}') AS campaign, a.at
       FROM won w JOIN leads m ON m.workspace_id = $1 AND (m.number = w.number OR m.merged_into = w.number)
       JOIN activities a ON a.workspace_id = $1 AND a.lead = m.number AND a.at <= w.won_at
       WHERE a.context #>> '{campaign,source}' IS NOT NULL)
     SELECT w.deal, w.amount, w.currency, coalesce(v.source, w.source, '') AS source, v.campaign,
       coalesce(v.at, w.created_at, w.opened_at) AS at, coalesce(w.created_at, w.opened_at) AS created_at, w.opened_at, w.won_at
     FROM won w LEFT JOIN visits v ON v.deal = w.deal ORDER BY w.deal, at`,
    sql.values,
  );
}

export async function attribution(
  scope: Scope,
): Promise<Pick<Reply, 'currency' | 'deals' | 'value' | 'models' | 'sources' | 'says'>> {
  const touches = await touchesOf(scope);
  const deals = Map.groupBy(touches, ({ deal }) => deal);
  const currencies = new Set(
    [...deals.values()].filter(([one]) => one!.amount !== null).map(([one]) => one!.currency),
  );
  const isOne = currencies.size <= 1;
  const lines = new Map<string, Line>();
  for (const [deal, path] of deals) shareOut(lines, deal, path);
  const value = isOne ? [...deals.values()].reduce((sum, [one]) => sum + (one!.amount ?? 0), 0) : null;
  const sources = [...lines.values()]
    .sort((a, b) => b.shares.linear.deals - a.shares.linear.deals || (a.source < b.source ? -1 : 1))
    .map(({ source, campaign, deals: touched, shares }) => ({
      source,
      campaign,
      touched: touched.size,
      shares: MODELS.map((model) => ({
        model,
        deals: shares[model].deals,
        value: isOne ? shares[model].value : null,
      })),
    }));
  const currency = [...currencies][0] ?? scope.version?.pact.economics.currency ?? 'USD';
  return {
    currency,
    deals: opening(scope, 'deals', 'won', deals.size),
    value,
    models: MODELS.map((model) => ({ model, says: SAID[model] })),
    sources,
    says: sayAll(deals.size, value, currency),
  };
}

function shareOut(lines: Map<string, Line>, deal: string, path: readonly Touch[]): void {
  const [first] = path;
  const times = {
    touches: path.map(({ at }) => at.getTime()),
    created: first!.created_at.getTime(),
    opened: first!.opened_at.getTime(),
    won: first!.won_at.getTime(),
  };
  for (const model of MODELS) {
    for (const [i, share] of sharesOf(model, times).entries()) {
      const { source, campaign, amount } = path[i]!;
      const line = lineFor(lines, source, campaign);
      line.deals.add(deal);
      line.shares[model].deals += share;
      line.shares[model].value += share * (amount ?? 0);
    }
  }
}

function lineFor(lines: Map<string, Line>, source: string, campaign: string | null): Line {
  const key = JSON.stringify([source, campaign]);
  let line = lines.get(key);
  if (line === undefined) {
    const shares = Object.fromEntries(
      MODELS.map((model) => [model, { deals: 0, value: 0 }]),
    ) as Line['shares'];
    line = { source: source === '' ? 'not known' : source, campaign, deals: new Set(), shares };
    lines.set(key, line);
  }
  return line;
}

function sayAll(deals: number, value: number | null, currency: string): string {
  if (deals === 0) return 'No deal was won in this period, so there is nothing to share out.';
  const worth =
    value === null
      ? 'in several currencies, so their value is not added up'
      : `worth ${sayNumber(value)} ${currency}`;
  return `${sayNumber(deals)} deals, ${worth}. No model is the truth: where they differ, it is not known. Never pay anybody by one of them.`;
}
