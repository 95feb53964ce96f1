/** Every source on one line: what came, what was accepted and won, what it cost, and what sales did not want. */
import type { z } from 'zod';
import type { showSources } from '#contract/campaigns.ts';
import { conversion, soFar } from '#engine/measures/cohort.ts';
import { type Amounts, type Figure, money, ratio } from '#engine/measures/figure.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { acceptance } from '#engine/measures/scorecard.ts';
import { baseNamed } from './bases/bases.ts';
import { foldedName, listCampaigns } from './campaigns.ts';
import { countBy, rowsOf, tally } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import { reasonsOf } from './reasons.ts';
import { dayAt, type Scope } from './scope.ts';
import { type By, Sql } from './sql.ts';

type Reply = z.infer<typeof showSources.reply>;
type Line = Reply['all'];
export type Wanted = { touch: 'first' | 'latest'; horizon: number };

const MOST = 60;

type Counted = {
  leads: { created: number; mature: number; won: number; won_ever: number };
  handoffs: { offered: number; accepted: number; answered: number };
  won: Amounts;
  cost: Amounts;
  campaigns: string[];
};

export async function sources(
  scope: Scope,
  { touch, horizon }: Wanted,
): Promise<Pick<Reply, 'touch' | 'currency' | 'sources' | 'all'>> {
  const group = touch === 'first' ? 'source' : 'latest';
  const settings = { horizon: String(horizon) };
  const leads = await tally(
    scope,
    'leads',
    {
      created: { set: 'created' },
      mature: { set: 'mature' },
      won: { set: 'won' },
      won_ever: { set: 'won_ever' },
    },
    { by: settings, group },
  );
  const handoffs = await tally(
    scope,
    'handoffs',
    { offered: { set: 'offered' }, accepted: { set: 'accepted' }, answered: { set: 'answered' } },
    { group },
  );
  const won = await wonBy(scope, group);
  const cost = await costBy(scope);
  const unwanted = await unwantedBy(scope, group);
  const names = new Set([
    ...leads.groups.keys(),
    ...handoffs.groups.keys(),
    ...won.groups.keys(),
    ...cost.groups.keys(),
  ]);
  const of = (name: string): Counted => ({
    leads: leads.groups.get(name) ?? { created: 0, mature: 0, won: 0, won_ever: 0 },
    handoffs: handoffs.groups.get(name) ?? { offered: 0, accepted: 0, answered: 0 },
    won: won.groups.get(name) ?? NOTHING,
    cost: cost.groups.get(name)?.amounts ?? NOTHING,
    campaigns: cost.groups.get(name)?.campaigns ?? [],
  });
  const whole: Counted = {
    leads: leads.all,
    handoffs: handoffs.all,
    won: won.all,
    cost: cost.all,
    campaigns: [],
  };
  const all = lineOf(scope, { name: null, group, settings, horizon, n: whole, whole, unwanted });
  const largest = [...names].sort(
    (a, b) => of(b).leads.created - of(a).leads.created || of(b).handoffs.offered - of(a).handoffs.offered,
  );
  const lines: Line[] = [];
  for (const name of largest.slice(0, MOST))
    lines.push(lineOf(scope, { name, group, settings, horizon, n: of(name), whole, unwanted }));
  if (largest.length > MOST)
    scope.notes.push(`The ${MOST} largest of ${largest.length} sources are shown; all are in the whole.`);
  const currency = scope.version?.pact.economics.currency ?? [...won.all.sums.keys()][0] ?? 'USD';
  return { touch, currency, sources: lines, all };
}

const NOTHING: Amounts = { sums: new Map(), unknown: 0 };

type Looked = {
  name: string | null;
  group: 'source' | 'latest';
  settings: By;
  horizon: number;
  n: Counted;
  whole: Counted;
  unwanted: ReadonlyMap<string | null, Line['unwanted']>;
};

function lineOf(scope: Scope, { name, group, settings, horizon, n, whole, unwanted }: Looked): Line {
  const by: By = name === null ? {} : { [group]: name };
  const { leads, handoffs } = n;
  const lead = (set: keyof Counted['leads']) =>
    opening(scope, 'leads', set, leads[set], { ...settings, ...by });
  const handoff = (set: keyof Counted['handoffs']) => opening(scope, 'handoffs', set, handoffs[set], by);
  const accepted = acceptance(handoffs.accepted, handoffs.answered - handoffs.accepted);
  const rate = conversion(
    'conversion',
    { size: leads.created, mature: leads.mature, converted: leads.won },
    { of: 'leads', did: 'were won', horizon: `known for less than ${horizon} days` },
  );
  const wonValue = money('won_value', n.won, 'won deals');
  const cost = money('cost', n.cost, 'entries of cost');
  const spent = opening(scope, 'spending', 'spent', cost.denominator ?? 0, by);
  const known = [...n.won.sums.values()].reduce((sum, one) => sum + one.n, 0);
  const isSame = cost.currency !== null && cost.currency === wonValue.currency;
  const perAccepted = ratio(
    'cost_per_accepted',
    'money',
    { over: cost.value, under: handoffs.accepted, n: handoffs.accepted },
    (value) =>
      `${sayNumber(value)} ${cost.currency} for each of ${sayNumber(handoffs.accepted)} accepted leads.`,
    'There is no cost, or no accepted lead to divide it by.',
  );
  const gain = isSame ? wonValue.value! - cost.value! : null;
  const back = ratio(
    'return_on_cost',
    'index',
    { over: gain, under: cost.value, n: known },
    (value) =>
      `${sayNumber(wonValue.value!)} won for ${sayNumber(cost.value!)} ${cost.currency}: ${sayNumber(value)} for each one spent.`,
    'There is no cost, nothing won, or both in different currencies.',
  );
  const flag = name === null ? null : flagOf(n, whole, rate);
  return {
    source: name === '' || name === null ? null : name,
    campaigns: n.campaigns,
    leads: lead('created'),
    mqls: handoff('offered'),
    accepted: handoff('accepted'),
    acceptance: dressed(accepted, { numerator: handoff('accepted'), denominator: handoff('answered') }),
    won: dressed(rate, { name: 'Won', numerator: lead('won'), denominator: lead('mature') }),
    won_so_far: dressed(
      soFar(
        'so_far',
        { size: leads.created, young: leads.created - leads.mature, came: leads.won_ever },
        { of: 'leads', did: 'were won' },
      ),
      { name: 'Won so far', numerator: lead('won_ever'), denominator: lead('created') },
    ),
    won_value: dressed(wonValue, {
      numerator: opening(scope, 'deals', 'won_known', known, by),
      denominator: opening(scope, 'deals', 'won', known + n.won.unknown, by),
    }),
    cost: dressed(cost, { numerator: spent }),
    cost_per_accepted: dressed(perAccepted, {
      currency: cost.currency,
      numerator: spent,
      denominator: handoff('accepted'),
    }),
    return_on_cost: dressed(back, {
      numerator: opening(scope, 'deals', 'won_known', known, by),
      denominator: spent,
    }),
    unwanted: unwanted.get(name) ?? [],
    flag,
    says: sayLine(name, rate, flag),
  };
}

/** Whether a source wins clearly more or less than the whole; and whether one that wins less looked like the best. */
function flagOf({ leads, handoffs }: Counted, whole: Counted, rate: Figure): Line['flag'] {
  if (!rate.enough || rate.interval === null || whole.leads.mature === 0) return null;
  const overall = whole.leads.won / whole.leads.mature;
  if (rate.interval[0] > overall) return 'wins_more';
  if (rate.interval[1] >= overall) return null;
  const share = (one: Counted['handoffs'], of: Counted['leads']) =>
    of.created === 0 ? 0 : one.offered / of.created;
  return share(handoffs, leads) > share(whole.handoffs, whole.leads) ? 'looks_good_never_wins' : 'wins_less';
}

function sayLine(name: string | null, rate: Figure, flag: Line['flag']): string {
  const who = name === null ? 'All sources' : name === '' ? 'Leads whose source is not known' : name;
  const told = {
    looks_good_never_wins:
      'It brings more MQLs than others and wins clearly less: look at what the definition takes it for.',
    wins_more: 'It wins clearly more than the whole.',
    wins_less: 'It wins clearly less than the whole.',
  };
  return `${who}: ${rate.says}${flag === null ? '' : ` ${told[flag]}`}`;
}

/** What sales gave back of each source, by reason, the most first; under null of all of them. */
async function unwantedBy(
  scope: Scope,
  group: 'source' | 'latest',
): Promise<Map<string | null, Line['unwanted']>> {
  const counted = await countBy(scope, 'handoffs', ['returned'], `${group}_reason`);
  const rows = [...counted].map(([key, { returned }]) => {
    const bar = key.lastIndexOf('|');
    return { of: key.slice(0, bar), reason: key.slice(bar + 1), returned };
  });
  const whole = [...Map.groupBy(rows, ({ reason }) => reason)].map(([reason, own]) => ({
    of: null,
    reason,
    returned: own.reduce((sum, { returned }) => sum + returned, 0),
  }));
  const reasons = reasonsOf(scope);
  const told = [...whole, ...rows]
    .filter(({ reason, returned }) => reason !== '' && returned > 0)
    .sort((a, b) => b.returned - a.returned);
  return new Map(
    [...Map.groupBy(told, ({ of }) => of)].map(([of, own]) => [
      of,
      own.map(({ reason, returned }) => ({
        clause: reasons.get(reason)?.clause ?? '',
        reason,
        text: reasons.get(reason)?.text ?? reason,
        rows: opening(scope, 'handoffs', 'returned', returned, {
          ...(of !== null && { [group]: of }),
          reason,
        }),
      })),
    ]),
  );
}

type Sums = { all: Amounts; groups: Map<string, Amounts> };

async function wonBy(scope: Scope, group: 'source' | 'latest'): Promise<Sums> {
  const sql = new Sql(scope, {});
  const base = baseNamed('deals');
  const rows = await scope.query<{
    of: string;
    currency: string;
    amount: number | null;
    n: number;
    unknown: number;
  }>(
    `SELECT ${base.groups[group]!(sql)} AS of, ${base.row.currency!(sql)} AS currency, sum(d.amount) AS amount, count(d.amount) AS n,
       count(*) - count(d.amount) AS unknown ${rowsOf(sql, base, 'won')} GROUP BY 1, 2`,
    sql.values,
  );
  const groups = new Map<string, Amounts>();
  for (const [of, own] of Map.groupBy(rows, (row) => row.of)) groups.set(of, added(own));
  return { all: added(rows), groups };
}

function added(
  rows: readonly { currency: string; amount: number | null; n: number; unknown: number }[],
): Amounts {
  const sums = new Map<string, { amount: number; n: number }>();
  for (const { currency, amount, n } of rows) {
    if (n === 0) continue;
    const before = sums.get(currency) ?? { amount: 0, n: 0 };
    sums.set(currency, { amount: before.amount + amount!, n: before.n + n });
  }
  return { sums, unknown: rows.reduce((all, { unknown }) => all + unknown, 0) };
}

/** What was spent in the period, by source: of costs over several days, those days that lie in it. */
async function costBy(
  scope: Scope,
): Promise<{ all: Amounts; groups: Map<string, { amounts: Amounts; campaigns: string[] }> }> {
  const [first, end] = [dayAt(scope.from, scope.zone), dayAt(scope.to - 1, scope.zone)];
  const { source: wanted } = scope.filter;
  const rows = (await listCampaigns(scope)).flatMap(({ id, source, name, costs }) =>
    costs.flatMap(({ from, to, amount, currency }) => {
      const of = source ?? foldedName(name)!;
      const [begin, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
      const days = begin.until(last).days + 1;
      const inside = later(begin, first).until(earlier(last, end)).days + 1;
      if (inside <= 0 || (wanted !== null && of !== wanted)) return [];
      return [{ of, id, currency, amount: (amount * inside) / days, n: 1, unknown: 0 }];
    }),
  );
  const groups = new Map<string, { amounts: Amounts; campaigns: string[] }>();
  for (const [of, own] of Map.groupBy(rows, (row) => row.of)) {
    groups.set(of, { amounts: added(own), campaigns: [...new Set(own.map(({ id }) => id))] });
  }
  return { all: added(rows), groups };
}

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b) > 0 ? a : b;
const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b) < 0 ? a : b;
