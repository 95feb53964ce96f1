/** What is to be done when a lead's standing changes, as data; nothing is done here. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact, PartyName } from '#engine/pact/pact.ts';
import type { Occurrence, OccurrenceKind } from './occurrence.ts';
import { skippedRungs } from './rungs.ts';
import type { Standing, Waking } from './standing.ts';

/** The occurrence that brought it about. */
type Cause = { kind: OccurrenceKind; at: Instant | null; id?: string; type?: string };

type Common = {
  /** When it became so. */
  at: Instant;
  pass: number;
  cause: Cause;
  /** Digest of the version then in force. */
  pact: string;
  /** News of the past: something that happened earlier was learned only now. No clock started back then. */
  late: boolean;
};

/** A passage from one place on the ladder to another; `from` is null when it comes onto it. */
export type Moved = Common & {
  kind: 'moved';
  from: string | null;
  to: string;
  /** How long it stood at `from`, in milliseconds; null when it comes onto the ladder, or by late news. */
  stood: number | null;
  /** The rungs it went past without standing on them. */
  skipped: string[];
};
/** Hand it over to sales. The pass is the handoff's number: one withdrawn in the same pass is opened again. */
type Offered = Common & {
  kind: 'offered';
  tier: string;
  fast_lane: string | null;
  exception: PartyName | null;
  grade: string;
  fit: number;
  interest: number;
};
/** Take back the open handoff of this pass: a bad lead, no lead at all, or by late news not an MQL back then. */
type Withdrawn = Common & { kind: 'withdrawn' };
/** Back to nurture. `reason` is null when sales did not answer. */
type Recycled = Common & { kind: 'recycled'; reason: string | null; until: Instant | null };
type Disqualified = Common & { kind: 'disqualified'; reason: string | null };
/** What had to happen before it returns has happened. */
type Woken = Common & { kind: 'woken'; by: Waking };
/** Ask again at this instant, and no longer at the one said before; null: no need to. */
type Wake = { kind: 'wake'; at: Instant | null };

export type Effect = Moved | Offered | Withdrawn | Recycled | Disqualified | Woken | Wake;

/** What brought a change about, and under which version. */
export type Reckoning = { by: Occurrence; pact: Pact; digest: string; late: boolean };

/** What lies between the standing that was told and the one it is now. */
export function effectsBetween(told: Standing | null, now: Standing, reckoning: Reckoning): Effect[] {
  const { by, pact, digest, late } = reckoning;
  const common = (at: Instant, pass = now.pass): Common => ({
    at,
    pass,
    cause: causeOf(by),
    pact: digest,
    late,
  });
  const effects: Effect[] = [];
  const before = told?.phase;

  if (told?.phase === 'offered' && isUndone(told, now)) {
    effects.push({ kind: 'withdrawn', ...common(now.at, told.pass) });
  }
  if (now.phase !== 'waiting' && before === 'waiting' && now.woken !== null) {
    effects.push({ kind: 'woken', ...common(now.at), by: now.woken });
  }
  if (told?.stage !== now.stage) {
    const stood = told === null || late ? null : now.since - told.since;
    const before = told?.pass === now.pass ? skippedRungs(told, pact) : [];
    const skipped = skippedRungs(now, pact).filter((rung) => !before.includes(rung));
    const from = told?.stage ?? null;
    effects.push({ kind: 'moved', ...common(now.since), from, to: now.stage, stood, skipped });
  }
  if (now.phase === 'waiting' && before !== 'waiting') {
    const until = now.waiting?.until ?? null;
    effects.push({ kind: 'recycled', ...common(now.at), reason: now.reason, until });
  }
  if (now.stage === 'disqualified' && told?.stage !== 'disqualified') {
    effects.push({ kind: 'disqualified', ...common(now.at), reason: now.reason });
  }
  if (now.phase === 'offered' && now.handoff !== null && !(before === 'offered' && told?.pass === now.pass)) {
    const { at, tier, fast_lane, exception } = now.handoff;
    const { grade, fit, interest } = now.verdict;
    effects.push({ kind: 'offered', ...common(at), tier, fast_lane, exception, grade, fit, interest });
  }
  return effects;
}

/** An open handoff is undone when it is no longer offered, and nobody's answer closed it. */
const isUndone = (told: Standing, now: Standing): boolean =>
  now.pass !== told.pass || now.phase === 'nurture';

function causeOf(by: Occurrence): Cause {
  const { kind, at, id } = by;
  return { kind, at, ...(id !== undefined && { id }), ...(kind === 'activity' && { type: by.type }) };
}
