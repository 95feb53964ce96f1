/** A lead's ledger folded instant by instant: what has been taken in so far, and where that leaves the lead. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact, Reason } from '#engine/pact/pact.ts';
import { NEVER, nextChange } from '#engine/verdict/next.ts';
import { Tally } from '#engine/verdict/tally.ts';
import { afterAnswer } from './answers.ts';
import { type Effect, effectsBetween } from './effect.ts';
import { digestOf, type InForce } from './in-force.ts';
import { atInstant, momentsOf } from './ledger.ts';
import { type Fact, instantOf, isAnswer, isFact, isHold, type Occurrence } from './occurrence.ts';
import { phases, type Seen } from './phases.ts';
import type { Standing } from './standing.ts';

export class Fold {
  standing: Standing | null = null;
  /** As it was before the instant last taken in, so that more of the same instant can be taken in with it. */
  before: Standing | null = null;
  #ledger: readonly Occurrence[] = [];
  #tally: { of: Pact; tally: Tally } | null = null;
  /** What it did since it was given back, while it waits. */
  #fresh: { of: Pact; since: Instant; tally: Tally } | null = null;

  /** Takes in a whole ledger, up to an instant. */
  static of(ledger: readonly Occurrence[], inForce: InForce, until: Instant): Fold {
    const fold = new Fold();
    const known = ledger.filter((one) => instantOf(one) <= until);
    for (const moment of momentsOf(known)) fold.take(moment, ledger, inForce);
    return fold;
  }

  /** Goes on where a lead's state left off. */
  static resume(standing: Standing | null, before: Standing | null): Fold {
    const fold = new Fold();
    fold.standing = standing;
    fold.before = before;
    return fold;
  }

  /**
   * Takes in what happened at one instant, none earlier than the last, and says what follows from it. `ledger` is the
   * whole of it, with these and with what else there was at that instant.
   */
  take(news: readonly Occurrence[], ledger: readonly Occurrence[], inForce: InForce): Effect[] {
    const at = instantOf(news[0]!);
    this.#ledger = ledger;
    this.#add(news.filter(isFact));
    if (at === Number.NEGATIVE_INFINITY) return [];

    const pact = inForce.at(at);
    const told = this.standing;
    const again = told !== null && told.at === at;
    if (!again) this.before = told;
    const steps = this.#steps(again ? this.before : told, at, pact, inForce);
    this.standing = steps.at(-1)!.standing;

    const reckoning = { pact, digest: digestOf(pact), late: false };
    if (again) return effectsBetween(told, this.standing, { ...reckoning, by: news.at(-1)! });
    const effects: Effect[] = [];
    let last = told;
    for (const { standing, by } of steps) {
      effects.push(...effectsBetween(last, standing, { ...reckoning, by }));
      last = standing;
    }
    return effects;
  }

  /**
   * When to look again, if nothing happens; Infinity when there is no need to.
   * @param until what is later need not be worked out: then it is this instant.
   */
  next(inForce: InForce, until: Instant = NEVER): Instant {
    if (this.standing === null || this.standing.phase === 'ended') return NEVER;
    const { at, waiting } = this.standing;
    const pact = inForce.at(at);
    const limit = Math.min(inForce.nextAfter(at), until);
    const whole = nextChange(this.#tallyOf(pact, at), at, limit);
    if (waiting === null) return whole;
    const fresh = nextChange(this.#freshOf(pact, waiting.since, at), at, limit);
    return Math.min(whole, fresh, waiting.until !== null && waiting.until > at ? waiting.until : NEVER);
  }

  /** Where the lead stands after each thing at an instant: the facts together, then each word on them. */
  #steps(
    from: Standing | null,
    at: Instant,
    pact: Pact,
    inForce: InForce,
  ): { standing: Standing; by: Occurrence }[] {
    const moment = atInstant(this.#ledger, at);
    const verdict = this.#tallyOf(pact, at).judge(at);
    const digest = digestOf(pact);
    const since = (instant: Instant) => this.#freshOf(pact, instant, at).judge(at);
    const idle = () => tallied(pact, this.#ledger, at, NEVER).judge(at);
    const seen: Seen = { at, pact, digest, verdict, since, idle };

    const start = { ...(from ?? ONTO_THE_LADDER), at, verdict };
    const hold = moment.findLast(isHold);
    const held = hold === undefined ? start.held : hold.kind === 'held' ? hold.by : null;
    let standing = phases[start.phase]({ ...start, held }, seen);
    const by = moment.findLast((one) => !isAnswer(one)) ?? moment[0]!;
    const steps = [{ standing, by }];
    for (const answer of moment.filter(isAnswer)) {
      standing = afterAnswer(standing, answer, seen, reasonsFor(standing, pact, inForce));
      steps.push({ standing, by: answer });
      standing = phases[standing.phase](standing, seen);
      steps.push({ standing, by: answer });
    }
    return steps;
  }

  #add(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (this.#tally !== null) addTo(this.#tally.tally, fact);
      if (this.#fresh !== null) addTo(this.#fresh.tally, fact, this.#fresh.since);
    }
  }

  #tallyOf(pact: Pact, at: Instant): Tally {
    if (this.#tally?.of !== pact) this.#tally = { of: pact, tally: tallied(pact, this.#ledger, at) };
    return this.#tally.tally;
  }

  #freshOf(pact: Pact, since: Instant, at: Instant): Tally {
    if (this.#fresh?.of !== pact || this.#fresh.since !== since) {
      this.#fresh = { of: pact, since, tally: tallied(pact, this.#ledger, at, since) };
    }
    return this.#fresh.tally;
  }
}

/** The facts of a ledger up to an instant; of what the lead did only what came after `since`. */
function tallied(
  pact: Pact,
  ledger: readonly Occurrence[],
  at: Instant,
  since: Instant = Number.NEGATIVE_INFINITY,
): Tally {
  const tally = new Tally(pact);
  for (const one of ledger) {
    if (instantOf(one) > at) break;
    if (isFact(one)) addTo(tally, one, since);
  }
  return tally;
}

function addTo(tally: Tally, fact: Fact, since: Instant = Number.NEGATIVE_INFINITY): void {
  if (fact.kind === 'attributes') tally.change(fact);
  else if (fact.at > since) tally.add(fact);
}

/** The reasons a lead may be given back for: those it was handed over with, and those now in force. */
function reasonsFor({ handoff }: Standing, pact: Pact, inForce: InForce): readonly Reason[] {
  const agreed = handoff === null ? pact : inForce.at(handoff.at);
  return agreed === pact ? pact.reasons : [...agreed.reasons, ...pact.reasons];
}

/** A lead before anybody looked at it. */
const ONTO_THE_LADDER: Omit<Standing, 'at' | 'verdict'> = {
  stage: '',
  since: 0,
  phase: 'nurture',
  pass: 1,
  handoff: null,
  waiting: null,
  reason: null,
  woken: null,
  held: null,
  stood: [],
};
