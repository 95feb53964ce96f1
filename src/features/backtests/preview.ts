/** What a text would do, answered while a slider moves: from a sample of the leads where all are too many. */
import type { Estimate, PreviewSide } from '#contract/backtests.ts';
import { backtest, type Deal, type Ends } from '#engine/backtest/backtest.ts';
import { wilson } from '#engine/calibration/interval.ts';
import { digestPact } from '#engine/pact/digest.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Desk, Loaded } from './desk.ts';
import { monthsOf, ratesOf } from './effect.ts';
import { HEAPS } from './history/people.ts';

/** As many activities as are replayed while a hand moves. */
const AT_ONCE = 4_000_000;

type Sample = { share: number; leads: number; of: number };

/** The first so many leads: a share that is asked for, or else as many as are answered at once. */
function sampleOf({ history }: Loaded, share: number | undefined): Sample {
  const of = history.leads.length;
  const { starts } = history.columns.activities;
  const wanted = share ?? AT_ONCE / Math.max(1, starts[of]!);
  const whole = Math.min(HEAPS, Math.max(1, Math.round(wanted * HEAPS)));
  const leads = Math.min(of, Math.ceil((of * whole) / HEAPS));
  return { share: of === 0 ? 1 : leads / of, leads, of };
}

export type Preview = {
  sample: Sample;
  before: PreviewSide | null;
  after: PreviewSide;
  gained: Estimate;
  lost: Estimate;
};

/** @param inForce what it is held against; null while no version is in force */
export async function preview(
  desk: Desk,
  loaded: Loaded,
  inForce: Pact | null,
  pact: Pact,
  share: number | undefined,
): Promise<Preview> {
  const sample = sampleOf(loaded, share);
  const was = inForce && (await desk.replayKept(loaded, digestPact(inForce), inForce, sample.leads));
  const is = await desk.replay(loaded, pact, sample.leads);
  const isMql = (ends: Ends | null, lead: number): boolean =>
    ends !== null && !Number.isNaN(ends.mqlAt[lead]);
  let [gained, lost] = [0, 0];
  for (let lead = 0; lead < sample.leads; lead++) {
    if (isMql(is, lead) && !isMql(was, lead)) gained++;
    if (isMql(was, lead) && !isMql(is, lead)) lost++;
  }
  const deals = loaded.deals.filter(({ lead }) => lead < sample.leads);
  return {
    sample,
    before: inForce && was && sideOf(inForce, was, deals, sample),
    after: sideOf(pact, is, deals, sample),
    gained: estimate(gained, sample),
    lost: estimate(lost, sample),
  };
}

function sideOf(pact: Pact, { mqlAt, verdict }: Ends, deals: readonly Deal[], sample: Sample): PreviewSide {
  const ends = { mqlAt: mqlAt.subarray(0, sample.leads), verdict: verdict.subarray(0, sample.leads) };
  const figures = backtest(ends, deals, pact.calendar.zone);
  return {
    digest: digestPact(pact),
    mqls: estimate(figures.mqls, sample),
    mqls_by_month: monthsOf(figures.mqls_by_month).map(([month, mqls]) => ({
      month,
      mqls: estimate(mqls, sample),
    })),
    ...ratesOf(figures),
  };
}

/** Of all leads, from a count among those of the sample. */
function estimate(count: number, { leads, of }: Sample): Estimate {
  if (leads === of) return { n: count, interval: [count, count] };
  const [low, high] = wilson({ n: leads, won: count });
  // What was counted is there, and what was not asked may be.
  const bounds: [number, number] = [
    Math.max(count, Math.floor(low * of)),
    Math.min(count + of - leads, Math.ceil(high * of)),
  ];
  return { n: Math.round((count / leads) * of), interval: bounds };
}
