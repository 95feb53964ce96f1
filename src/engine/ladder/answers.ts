/** What people's words mean for a lead. One that does not fit where the lead stands changes nothing. */
import type { Reason } from '#engine/pact/pact.ts';
import type { Answer } from './occurrence.ts';
import { nextPass, offer, type Seen, stand } from './phases.ts';
import { salesRank } from './rungs.ts';
import type { Phase, Standing } from './standing.ts';

type Answers = {
  [K in Answer['kind']]: (
    standing: Standing,
    answer: Extract<Answer, { kind: K }>,
    seen: Seen,
    reasons: readonly Reason[],
  ) => Standing;
};

const answers: Answers = {
  accepted: (standing, _, seen) => (standing.phase === 'ended' ? standing : work(standing, 'sal', seen)),
  qualified: (standing, _, seen) => (standing.phase === 'ended' ? standing : work(standing, 'sql', seen)),
  opened: (standing, _, seen) => work(standing, 'opportunity', seen),
  won: (standing, _, seen) => (standing.stage === 'won' ? standing : end(standing, 'won', seen)),
  // A lead is won when any of its deals is.
  lost: (standing, _, seen) => (standing.phase === 'ended' ? standing : end(standing, 'lost', seen)),

  returned: (standing, { reason: id, until = null }, seen, reasons) => {
    const reason = reasons.find((one) => one.id === id);
    if (reason === undefined) throw unknownReason(id, reasons);
    if (standing.phase === 'waiting' || (standing.phase === 'ended' && standing.stage !== 'lost'))
      return standing;
    if (reason.next === 'disqualify') return { ...end(standing, 'disqualified', seen), reason: id };
    return recycle({ ...standing, reason: id }, seen, until);
  },
  lapsed: (standing, _, seen) => (standing.phase === 'offered' ? recycle(standing, seen, null) : standing),

  exception: (standing, { by, tier = 'standard' }, seen) => {
    if (standing.phase === 'offered' || standing.phase === 'working') return standing;
    return offer(open(standing), seen, { tier, exception: by });
  },
};

/** The lead's standing after somebody's word. */
export function afterAnswer(
  standing: Standing,
  answer: Answer,
  seen: Seen,
  reasons: readonly Reason[],
): Standing {
  const after = answers[answer.kind] as (
    standing: Standing,
    answer: Answer,
    seen: Seen,
    reasons: readonly Reason[],
  ) => Standing;
  return after(standing, answer, seen, reasons);
}

/** Out of a pass that has come to its end, into the next. */
const closed: readonly Phase[] = ['waiting', 'ended'];
const open = (standing: Standing): Standing =>
  closed.includes(standing.phase) ? nextPass(standing) : standing;

/** With sales, and never back down its part of the ladder. */
function work(standing: Standing, stage: 'sal' | 'sql' | 'opportunity', seen: Seen): Standing {
  const own = open(standing);
  const further = own.phase === 'working' && salesRank(own.stage) >= salesRank(stage);
  return further ? own : { ...stand(own, stage, seen.at), phase: 'working' };
}

function end(standing: Standing, stage: 'won' | 'lost' | 'disqualified', seen: Seen): Standing {
  return { ...stand(standing, stage, seen.at), phase: 'ended', waiting: null };
}

function recycle(standing: Standing, seen: Seen, until: number | null): Standing {
  const waiting = { since: seen.at, until, fit: seen.verdict.grade.charAt(0) };
  return { ...stand(standing, 'recycled', seen.at), phase: 'waiting', handoff: null, waiting };
}

const unknownReason = (id: string, reasons: readonly Reason[]): RangeError =>
  new RangeError(
    `found the reason ${JSON.stringify(id)} for giving a lead back, wanted one of the pact's: ${reasons
      .map((reason) => reason.id)
      .join(', ')}`,
  );
