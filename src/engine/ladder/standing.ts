/** Where a lead stands. */
import type { Instant } from '#engine/facts/facts.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import type { Verdict } from '#engine/verdict/verdict.ts';

/** Whose turn it is. */
export type Phase =
  /** Marketing's: it stands where the verdict says. */
  | 'nurture'
  /** Marketing's, and given back: not offered again before something happens. */
  | 'waiting'
  /** Sales': an MQL, offered and not yet answered. */
  | 'offered'
  /** Sales': taken. */
  | 'working'
  /** Nobody's: won, lost or disqualified. */
  | 'ended';

/** What brought a recycled lead back: the date agreed, what it did, or a better fit. */
export type Waking = 'date' | 'signal' | 'fit';

export type Handoff = {
  at: Instant;
  tier: string;
  /** The fast lane that brought it there. */
  fast_lane: string | null;
  /** Who handed it over outside the definition. */
  exception: PartyName | null;
  /** Digest of the version it was offered under. */
  pact: string;
};

type Waiting = {
  /** When it was given back: what it did up to then has had its chance. */
  since: Instant;
  /** The date agreed, if one was. */
  until: Instant | null;
  /** The letter of its grade then. */
  fit: string;
};

export type Standing = {
  /** When it was last looked at. */
  at: Instant;
  /** `visitor`, `conversion`, a stage of the pact, `bad_lead`, `mql`, `sal`, `sql`, `opportunity`, `won`, `lost`,
   * `recycled` or `disqualified`. */
  stage: string;
  /** Since when it has stood there. */
  since: Instant;
  phase: Phase;
  /** From 1. A pass ends as recycled, disqualified, won or lost; what comes after is the next. At most one handoff a pass. */
  pass: number;
  /** The handoff of this pass, open while the phase is `offered`. */
  handoff: Handoff | null;
  waiting: Waiting | null;
  /** Why it was given back, when that is how it came here. */
  reason: string | null;
  /** What brought it back, when this is not its first pass. */
  woken: Waking | null;
  held: PartyName | null;
  /** The rungs it has stood on in this pass, as they came. */
  stood: string[];
  /** What the pact says of it, whoever's turn it is. */
  verdict: Verdict;
};
