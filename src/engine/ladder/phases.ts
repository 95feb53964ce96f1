/** What the judge's word means for a lead, by whose turn it is. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Verdict } from '#engine/verdict/verdict.ts';
import { rungOf } from './rungs.ts';
import type { Handoff, Phase, Standing, Waking } from './standing.ts';

/** A lead as the pact in force sees it at an instant. */
export type Seen = {
  at: Instant;
  pact: Pact;
  digest: string;
  verdict: Verdict;
  /** The same, had it done nothing up to the instant it was given back. */
  since(instant: Instant): Verdict;
  /** The same, had it done nothing at all. */
  idle(): Verdict;
};

/** What becomes of a lead when it is looked at. Sales' part of the ladder is left to what sales says. */
export const phases: Record<Phase, (standing: Standing, seen: Seen) => Standing> = {
  nurture: (standing, seen) => {
    const { verdict } = seen;
    if (verdict.verdict !== 'mql' || standing.held !== null) return stand(standing, verdict.stage, seen.at);
    const lane = seen.pact.fast_lanes.find(({ id }) => id === verdict.fast_lane);
    return offer(standing, seen, { tier: lane?.tier ?? 'standard', fast_lane: verdict.fast_lane });
  },
  waiting: (standing, seen) => {
    if (seen.verdict.verdict === 'bad_lead') return stand(standing, 'bad_lead', seen.at);
    const woken = wakingOf(standing, seen);
    if (woken === null) return stand(standing, 'recycled', seen.at);
    return phases.nurture({ ...nextPass(standing), phase: 'nurture', woken }, seen);
  },
  offered: (standing, seen) => {
    const name = seen.verdict.verdict;
    const stays = standing.handoff?.exception !== null || (name !== 'bad_lead' && name !== 'visitor');
    if (stays) return standing;
    return phases.nurture({ ...standing, phase: 'nurture', handoff: null }, seen);
  },
  working: (standing) => standing,
  ended: (standing) => standing,
};

/**
 * What has to happen before a lead that was given back returns: the date agreed has come; or what it did since makes
 * it an MQL by itself; or its fit is a better letter than it was. So it is never handed over again for what sales
 * has already seen.
 */
function wakingOf({ waiting }: Standing, seen: Seen): Waking | null {
  if (waiting === null) return null;
  if (waiting.until !== null && seen.at >= waiting.until) return 'date';
  if (seen.verdict.verdict === 'mql' && isSignal(seen.since(waiting.since), seen.idle)) return 'signal';
  return seen.verdict.grade.charAt(0) < waiting.fit ? 'fit' : null;
}

/** Whether it is what it did that makes it an MQL: a lead that is one by fit alone gives no signal by that. */
function isSignal(fresh: Verdict, idle: () => Verdict): boolean {
  if (fresh.verdict !== 'mql') return false;
  const without = idle();
  return without.verdict !== 'mql' || without.fast_lane !== fresh.fast_lane;
}

/** At another place on the ladder, or still where it was. */
export function stand(standing: Standing, stage: string, at: Instant): Standing {
  if (standing.stage === stage) return standing;
  const rung = rungOf(stage);
  const stood = standing.stood.includes(rung) ? standing.stood : [...standing.stood, rung];
  return { ...standing, stage, since: at, stood };
}

/** Handed over to sales, and open until answered. */
export function offer(
  standing: Standing,
  { at, digest }: Seen,
  how: Pick<Handoff, 'tier'> & Partial<Handoff>,
): Standing {
  const handoff = { at, fast_lane: null, exception: null, pact: digest, ...how };
  return { ...stand(standing, 'mql', at), phase: 'offered', handoff };
}

/** A new run through the ladder. */
export const nextPass = (standing: Standing): Standing => ({
  ...standing,
  pass: standing.pass + 1,
  handoff: null,
  waiting: null,
  reason: null,
  woken: null,
  stood: [],
});
