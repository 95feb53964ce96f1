/** The paired scorecard: what each team promised and kept, counted over the same handoffs. */
import type { Figure as Shown } from '#contract/measures.ts';
import { attainment } from '#engine/measures/attainment.ts';
import { conversion } from '#engine/measures/cohort.ts';
import { type Amounts, count as counted, type Figure, money } from '#engine/measures/figure.ts';
import {
  acceptance,
  compliance,
  feedback,
  marketingScore,
  salesScore,
  unfairReturns,
} from '#engine/measures/scorecard.ts';
import { type Pipeline, velocity } from '#engine/measures/velocity.ts';
import { count, countBy, tally } from './counting.ts';
import { dressed, inUse } from './figures.ts';
import { missedShare } from './missed-wins.ts';
import { opening } from './opening.ts';
import { overPeriod } from './promised.ts';
import { before, type Scope } from './scope.ts';
import { deliveredValue } from './value.ts';

/** The clocks that attainment counts; the third, the decision, is feedback. */
export const TOUCH_TERMS = { terms: 'accept,first_touch' };
const DECIDE_TERMS = { terms: 'decide' };
/** Days that an accepted lead is watched for before it counts. */
export const HORIZON = 90;

const HANDOFF_CELLS = {
  offered: { set: 'offered' },
  compliant: { set: 'compliant' },
  accepted: { set: 'accepted' },
  answered: { set: 'answered' },
  returned: { set: 'returned' },
  overturned: { set: 'overturned' },
  accepted_mature: { set: 'accepted_mature' },
};
const CLOCK_SETS = ['met', 'late', 'overdue', 'open', 'due'] as const;
const horizon = { horizon: String(HORIZON) };

/** What is counted of a period, before anything is made of it: as few passes over it as there are kinds of rows. */
async function countAll(scope: Scope) {
  const { all, groups } = await tally(scope, 'handoffs', HANDOFF_CELLS, { by: horizon, group: 'type' });
  // Apart, for only this looks at how far a pass came.
  const won = await count(scope, 'handoffs', ['accepted_won'], horizon);
  const handoffs = { ...all, ...won };
  const terms = await countBy(scope, 'clocks', CLOCK_SETS, 'term');
  const touches = summed(terms, TOUCH_TERMS);
  const decisions = summed(terms, DECIDE_TERMS);
  const value = await deliveredValue(scope, groups);
  const { amounts, pipeline } = await dealsOf(scope);
  return { handoffs, touches, decisions, value, won: amounts, pipeline, missed: await missedShare(scope) };
}

/** The clocks of several terms together. */
function summed(
  terms: ReadonlyMap<string, Record<(typeof CLOCK_SETS)[number], number>>,
  of: { terms: string },
): Record<(typeof CLOCK_SETS)[number], number> {
  const sum = { met: 0, late: 0, overdue: 0, open: 0, due: 0 };
  for (const term of of.terms.split(','))
    for (const set of CLOCK_SETS) sum[set] += terms.get(term)?.[set] ?? 0;
  return sum;
}

type Counted = Awaited<ReturnType<typeof countAll>>;

function figuresOf(scope: Scope, { handoffs, touches, decisions, value, won, pipeline, missed }: Counted) {
  const terms = scope.version?.pact.terms;
  const met = compliance(handoffs.compliant, handoffs.offered);
  const kept = attainment('attainment', touches, 'clocks');
  const told = feedback(decisions.met, decisions.due);
  const volume = overPeriod(scope, terms?.marketing.mqls_per_month);
  const worth = overPeriod(scope, terms?.marketing.value_per_month);
  const score =
    worth !== null && value.value !== null
      ? marketingScore(value.value, worth, met)
      : marketingScore(handoffs.offered, volume, met);
  const { accepted, accepted_mature: mature, accepted_won: converted } = handoffs;
  return {
    volume: counted('volume', handoffs.offered, 'MQLs handed over'),
    value,
    compliance: met,
    acceptance: acceptance(accepted, handoffs.answered - accepted),
    marketing_score: score,
    attainment: kept,
    feedback: told,
    unfair_returns: unfairReturns(handoffs.overturned, handoffs.returned),
    sales_score: salesScore(kept, told),
    close_rate: conversion(
      'close_rate',
      { size: accepted, mature, converted },
      { of: 'accepted leads', did: 'were won', horizon: `accepted less than ${HORIZON} days ago` },
    ),
    won_value: money('won_value', won, 'won deals'),
    missed_wins: missed.figure,
    velocity: velocity(pipeline),
  } satisfies Record<string, Figure>;
}

export type Scorecard = { marketing: Shown[]; sales: Shown[]; together: Shown[] };

/** @param compared whether the period before is told as well */
export async function scorecard(scope: Scope, compared = true): Promise<Scorecard> {
  const now = await countAll(scope);
  const figures = figuresOf(scope, now);
  const earlier = before(scope);
  const then = compared ? figuresOf(earlier, await countAll(earlier)) : null;
  const terms = scope.version?.pact.terms;
  const { handoffs, touches, decisions, won, missed } = now;
  const open = (set: keyof Counted['handoffs']) =>
    opening(scope, 'handoffs', set, handoffs[set], set.startsWith('accepted_') ? horizon : {});
  const clock = (set: keyof Counted['touches'], terms: typeof TOUCH_TERMS | typeof DECIDE_TERMS) =>
    opening(scope, 'clocks', set, (terms === DECIDE_TERMS ? decisions : touches)[set], terms);
  const known = [...won.sums.values()].reduce((all, { n }) => all + n, 0);
  const show = (measure: keyof typeof figures, dress: Parameters<typeof dressed>[1] = {}): Shown =>
    dressed(figures[measure], { before: then?.[measure] ?? null, ...dress });
  const card = {
    marketing: [
      show('volume', {
        numerator: open('offered'),
        promised: overPeriod(scope, terms?.marketing.mqls_per_month),
      }),
      show('value', {
        denominator: open('offered'),
        promised: overPeriod(scope, terms?.marketing.value_per_month),
      }),
      show('compliance', {
        numerator: open('compliant'),
        denominator: open('offered'),
        promised: terms?.marketing.compliance,
      }),
      show('acceptance', {
        numerator: open('accepted'),
        denominator: open('answered'),
        promised: terms?.marketing.acceptance,
      }),
      show('marketing_score'),
    ],
    sales: [
      show('attainment', {
        numerator: clock('met', TOUCH_TERMS),
        denominator: clock('due', TOUCH_TERMS),
        promised: terms?.sales.attainment,
      }),
      show('feedback', {
        numerator: clock('met', DECIDE_TERMS),
        denominator: clock('due', DECIDE_TERMS),
        promised: terms?.sales.feedback,
      }),
      show('unfair_returns', { numerator: open('overturned'), denominator: open('returned') }),
      show('sales_score'),
    ],
    together: [
      show('close_rate', { numerator: open('accepted_won'), denominator: open('accepted_mature') }),
      show('won_value', {
        numerator: opening(scope, 'deals', 'won_known', known),
        denominator: opening(scope, 'deals', 'won', known + won.unknown),
      }),
      show('missed_wins', missed.rows),
      show('velocity', { numerator: opening(scope, 'open_deals', 'open', now.pipeline.opportunities) }),
    ],
  };
  return {
    marketing: inUse(scope, card.marketing),
    sales: inUse(scope, card.sales),
    together: inUse(scope, card.together),
  };
}

/** What closed in the period by currency, and the opportunities at its end. */
async function dealsOf(scope: Scope): Promise<{ amounts: Amounts; pipeline: Pipeline }> {
  const { open } = await count(scope, 'open_deals', ['open']);
  const cells = {
    won: { set: 'won' },
    closed: { set: 'closed' },
    known: { set: 'won_known' },
    days: () => CYCLE,
    amount: () => "sum(d.amount) FILTER (WHERE d.outcome = 'won')",
  };
  const { all, groups } = await tally(scope, 'deals', cells, { group: 'currency' });
  const sums = new Map(
    [...groups].flatMap(([currency, { known, amount }]) =>
      known === 0 ? [] : [[currency, { amount, n: known }] as const],
    ),
  );
  const { won, closed, days, known } = all;
  const [sum] = sums;
  const pipeline = {
    opportunities: open,
    winRate: closed === 0 ? null : won / closed,
    averageDeal: sum !== undefined && sums.size === 1 ? sum[1].amount / sum[1].n : null,
    currency: sum !== undefined && sums.size === 1 ? sum[0] : null,
    cycle: days > 0 ? days : null,
  };
  return { amounts: { sums, unknown: won - known }, pipeline };
}

/** Days from opening to winning, on average; null where none was won. */
const CYCLE = `(avg(extract(epoch FROM d.closed_at - d.opened_at)) FILTER (WHERE d.outcome = 'won') / 86400)::float8`;
