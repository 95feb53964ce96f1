/** What the leads are worth that marketing handed over: by type, at the rate both teams expect of it. */
import { type Figure, money } from '#engine/measures/figure.ts';
import { worthOfLeads } from '#engine/measures/promises.ts';
import { countBy } from './counting.ts';
import { agreedRates } from './rates.ts';
import type { Scope } from './scope.ts';

/** @param byType what was handed over of each type, where it was counted already */
export async function deliveredValue(
  scope: Scope,
  byType?: ReadonlyMap<string, { offered: number }>,
): Promise<Figure & { currency: string | null }> {
  const counted = byType ?? (await countBy(scope, 'handoffs', ['offered'], 'type'));
  return worthOf(scope, counted);
}

async function worthOf(
  scope: Scope,
  byType: ReadonlyMap<string, { offered: number }>,
): Promise<Figure & { currency: string | null }> {
  const economics = scope.version?.pact.economics;
  const n = [...byType.values()].reduce((sum, { offered }) => sum + offered, 0);
  const nothing = money('value', { sums: new Map(), unknown: 0 }, 'MQLs');
  if (n === 0) return nothing;
  const rates = await agreedRates(scope);
  const rateOf = (type: string): number | null => rates.byType.get(type) ?? rates.overall;
  const missing = [...byType.keys()].filter((type) => rateOf(type) === null);
  const deal = economics?.average_deal;
  if (deal === undefined || missing.length > 0) {
    const lacking =
      deal === undefined ? 'an average deal' : `expected rates from MQL to won (${missing.join(', ')})`;
    return {
      ...nothing,
      denominator: n,
      says: `What ${n} MQLs are worth cannot be said: the pact names no ${lacking.replace(/^an /, '')}.`,
    };
  }
  const types = [...byType].map(([type, { offered }]) => ({ leads: offered, closeRate: rateOf(type)! }));
  const sums = new Map([[economics!.currency, { amount: worthOfLeads(types, deal), n }]]);
  return money('value', { sums, unknown: 0 }, 'MQLs, each at the close rate expected of its type');
}
