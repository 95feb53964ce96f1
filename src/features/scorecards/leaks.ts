/** Where leads were lost against what both teams agreed on: by step, and by the clause that owns the loss. */
import type { z } from 'zod';
import type { showLeaks } from '#contract/leaks.ts';
import { conversion } from '#engine/measures/cohort.ts';
import { type LeakOwner, splitLeak } from '#engine/measures/leak.ts';
import { sayNumber, sayShare } from '#engine/measures/say.ts';
import { ownerOfStep, type Rung } from './bases/passes.ts';
import { type Cells, tally } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import { expectedRates } from './rates.ts';
import { reasonsOf } from './reasons.ts';
import type { Scope } from './scope.ts';
import type { By } from './sql.ts';

type Leaks = z.infer<typeof showLeaks.reply>;
type Leak = Leaks['leaks'][number];

type StepName = Leak['step'];
type LeakRung = Exclude<Rung, 'visitor' | 'conversion'>;
const STEPS: Record<StepName, { from: LeakRung; to: LeakRung; name: string; did: string }> = {
  mql_to_sal: { from: 'mql', to: 'sal', name: 'MQL to accepted', did: 'were accepted' },
  sal_to_sql: { from: 'sal', to: 'sql', name: 'Accepted to SQL', did: 'became SQLs' },
  sql_to_opportunity: {
    from: 'sql',
    to: 'opportunity',
    name: 'SQL to opportunity',
    did: 'became opportunities',
  },
  opportunity_to_won: { from: 'opportunity', to: 'won', name: 'Opportunity to won', did: 'were won' },
  sql_to_won: { from: 'sql', to: 'won', name: 'SQL to won', did: 'were won' },
};
const SHORT: StepName[] = ['mql_to_sal', 'sal_to_sql', 'sql_to_won'];
const LONG: StepName[] = ['mql_to_sal', 'sal_to_sql', 'sql_to_opportunity', 'opportunity_to_won'];

export async function leaks(
  scope: Scope,
  horizon: number,
): Promise<Pick<Leaks, 'mqls' | 'average_deal' | 'currency' | 'gap' | 'leaks' | 'says'>> {
  const by: By = { entry: 'mql', horizon: String(horizon) };
  const agreed = await expectedRates(scope);
  const names = LONG.every((step) => agreed.has(step)) ? LONG : SHORT;
  const { all } = await tally(scope, 'passes', rungCells(), { by });
  const { mature, entered } = all;
  const average = scope.version?.pact.economics.average_deal ?? null;
  const currency = scope.version?.pact.economics.currency ?? 'USD';
  const mqls = opening(scope, 'passes', 'mature', mature, by);
  const common = { mqls, average_deal: average, currency };
  const missing = names.filter((step) => !agreed.has(step));
  if (missing.length > 0) {
    const says = `There is nothing to compare with: nobody said what is expected of ${missing.map((step) => STEPS[step].name).join(', ')}.`;
    return { ...common, gap: null, leaks: [], says };
  }
  const rates = names.map((step) => {
    const [came, went] = [all[STEPS[step].from]!, all[STEPS[step].to]!];
    return { step, agreed: agreed.get(step)!, actual: came === 0 ? null : went / came, came, went };
  });
  const split = splitLeak(rates, mature, average ?? 0);
  const owners = await ownersOf(scope, by, names);
  const lines: Leak[] = [];
  for (const [i, { step, agreed: rate, came, went }] of rates.entries()) {
    const { from, to, name, did } = STEPS[step];
    const { share, amount } = split.parts[i]!;
    const own: By = { ...by, before: from, rung: to };
    const figure = conversion(
      'conversion',
      { size: came, mature: came, converted: went },
      { of: `that came to ${from.toUpperCase()}`, did, horizon: '' },
    );
    const lost = opening(scope, 'passes', 'lost', came - went, own);
    lines.push({
      step,
      name,
      agreed: rate,
      actual: dressed(figure, {
        name,
        promised: rate,
        numerator: opening(scope, 'passes', 'reached_in_time', went, { ...by, rung: to }),
        denominator: opening(scope, 'passes', 'reached_in_time', came, { ...by, rung: from }),
      }),
      share,
      amount: average === null ? null : amount,
      lost,
      owners: owners.get(step) ?? [],
      says: sayLeak({
        name,
        rate,
        actual: rates[i]!.actual,
        amount: average === null ? null : amount,
        currency,
      }),
    });
  }
  const gap = average === null || mature === 0 ? null : split.gap;
  return { ...common, gap, leaks: lines, says: sayGap({ gap, mature, entered, horizon, currency, lines }) };
}

function rungCells(): Cells<'mature' | 'entered' | LeakRung> {
  const came = (rung: LeakRung) => ({ set: 'reached_in_time', by: { rung } });
  return {
    mature: { set: 'mature' },
    entered: { set: 'entered' },
    mql: came('mql'),
    sal: came('sal'),
    sql: came('sql'),
    opportunity: came('opportunity'),
    won: came('won'),
  };
}

/** Those lost at each step, by who owns the loss and for which reason, the most first: all steps in one pass. */
async function ownersOf(
  scope: Scope,
  by: By,
  steps: readonly StepName[],
): Promise<Map<StepName, Leak['owners']>> {
  const cells: Partial<Cells<StepName>> = {};
  for (const step of steps)
    cells[step] = { set: 'lost', by: { before: STEPS[step].from, rung: STEPS[step].to } };
  const { groups } = await tally(scope, 'passes', cells as Cells<StepName>, { by, group: 'loss' });
  const reasons = reasonsOf(scope);
  const losses = [...groups].map(([key, n]) => {
    const bar = key.indexOf('|');
    return { owner: key.slice(0, bar), reason: key.slice(bar + 1), n };
  });
  return new Map(steps.map((step) => [step, ownersAt(step)]));

  function ownersAt(step: StepName): Leak['owners'] {
    const own: By = { ...by, before: STEPS[step].from, rung: STEPS[step].to };
    const lost = losses
      .map(({ owner, reason, n }) => ({ owner: ownerAt(owner, STEPS[step].to), reason, n: n[step] }))
      .filter(({ n }) => n > 0);
    const told = [...Map.groupBy(lost, ({ owner }) => owner)].map(([owner, of]) => ({
      owner,
      rows: opening(scope, 'passes', 'lost', sumOf(of), { ...own, owner }),
      clauses: of
        .toSorted((a, b) => b.n - a.n)
        .map(({ reason, n }) => ({
          clause: reasons.get(reason)?.clause ?? (owner === 'sales' ? 'handoff.tiers' : 'sql'),
          reason,
          text: reasons.get(reason)?.text ?? (reason === 'lapse' ? LAPSED : NO_REASON[owner]),
          rows: opening(scope, 'passes', 'lost', n, { ...own, owner, reason }),
        })),
    }));
    return told.sort((a, b) => b.rows.count - a.rows.count);
  }
}

const sumOf = (losses: readonly { n: number }[]): number => losses.reduce((all, { n }) => all + n, 0);

/** A loss that no reason says the owner of hangs on whose turn it was. */
const ownerAt = (owner: string, to: Rung): LeakOwner =>
  owner === '' ? ownerOfStep(to) : (owner as LeakOwner);

const LAPSED = 'Not answered in its time: the offer lapsed.';

/** Lost without anybody having said why. */
const NO_REASON: Record<LeakOwner, string> = {
  definition: 'Given back.',
  marketing: 'Never handed over: something was missing in the packet.',
  sales: 'Accepted or still open, and not decided upon within the horizon.',
  market: 'Not bought within the horizon.',
};

function sayLeak({
  name,
  rate,
  actual,
  amount,
  currency,
}: {
  name: string;
  rate: number;
  actual: number | null;
  amount: number | null;
  currency: string;
}): string {
  if (actual === null) return `${name}: nobody came so far, so nothing was lost here.`;
  const worth =
    amount === null
      ? ''
      : amount >= 0
        ? ` That cost ${sayNumber(amount)} ${currency}.`
        : ` That brought ${sayNumber(-amount)} ${currency} more.`;
  return `${name}: ${sayShare(actual)}, where ${sayShare(rate)} was agreed.${worth}`;
}

function sayGap({
  gap,
  mature,
  entered,
  horizon,
  currency,
  lines,
}: {
  gap: number | null;
  mature: number;
  entered: number;
  horizon: number;
  currency: string;
  lines: readonly Leak[];
}): string {
  if (mature === 0) {
    return entered === 0
      ? 'There are no MQLs here yet.'
      : `All ${sayNumber(entered)} MQLs are too young to say: each is watched for ${horizon} days.`;
  }
  if (gap === null) return 'The pact names no average deal, so the gap has no amount.';
  if (gap <= 0)
    return `${sayNumber(mature)} MQLs brought ${sayNumber(-gap)} ${currency} more than was expected.`;
  const worst = lines.toSorted((a, b) => (b.amount ?? 0) - (a.amount ?? 0))[0]!;
  return `${sayNumber(mature)} MQLs brought ${sayNumber(gap)} ${currency} less than was expected; the most of it is lost from ${worst.name}.`;
}
