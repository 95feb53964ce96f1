/**
 * Folding a lead's ledger up to now, from where its state left off. Pure: what comes out depends on the ledger, the
 * versions and the instant alone, not on when or in which order anything arrived.
 *
 * What time alone changes is part of it: wherever the engine asks to look again before the next thing happens, it is
 * looked again, at that very instant, be it that a worker does so on the day or a late activity has it worked out anew.
 */
import type { Instant } from '#engine/facts/facts.ts';
import { type Effect, effectsBetween, type Moved } from '#engine/ladder/effect.ts';
import { Fold } from '#engine/ladder/fold.ts';
import { digestOf, InForce, type Version } from '#engine/ladder/in-force.ts';
import { inOrder, instantOf, isFact, type Occurrence } from '#engine/ladder/occurrence.ts';
import type { Standing } from '#engine/ladder/standing.ts';
import { NEVER } from '#engine/verdict/next.ts';
import type { Verdict } from '#engine/verdict/verdict.ts';
import { type Mark, markOf, sameMark } from './mark.ts';

/** What is carried from one fold to the next. Plain data. */
export type Carried = {
  standing: Standing | null;
  before: Standing | null;
  /** When the engine wants to look again; null when it need not. */
  next: Instant | null;
  /** The first instant at which the verdict was `mql`. */
  mql_at: Instant | null;
  /** What had been taken in, so that anything that came in late, or went, is noticed. */
  taken: Mark;
};

/** A passage, with the verdict it was made on. */
type Passage = { move: Moved; verdict: Verdict };
export type Folded = {
  carried: Carried;
  /** What follows and has not been told yet. */
  effects: Effect[];
  /** The passages since the last fold; or when `again`, all there are: they take the place of those told before. */
  passages: Passage[];
  /** Whether the ledger was folded again from its beginning, because the past has changed. */
  again: boolean;
  /** When to look again: the engine's own wish, or what is dated later than now. */
  next: Instant | null;
};

const nothingYet = (): Carried => ({
  standing: null,
  before: null,
  next: null,
  mql_at: null,
  taken: markOf([]),
});

/**
 * Takes in what the ledger has beyond what was carried, up to `now`.
 * @param ledger in order of time.
 * @param versions those in force and those to come, in order of their dates.
 * @returns null when there is nothing to take in.
 * @throws RangeError for a return whose reason the pact does not know.
 */
export function foldUp(
  carried: Carried | null,
  ledger: readonly Occurrence[],
  versions: readonly Version[],
  now: Instant,
): Folded | null {
  const inForce = new InForce(versions);
  const whole = withVersions(ledger, versions);
  const known = whole.filter((one) => instantOf(one) <= now);
  const later = whole.length > known.length ? instantOf(whole[known.length]!) : NEVER;
  const told = carried?.standing ?? null;
  const behind = told === null ? [] : known.slice(0, countUntil(known, told.at));

  if (carried === null || told === null || sameMark(markOf(behind), carried.taken)) {
    const walk = new Walk(carried ?? nothingYet(), known, behind.length, inForce);
    const effects = walk.until(now);
    return walk.steps === 0 ? null : walk.result(effects, false, later);
  }

  const walk = new Walk(nothingYet(), known, 0, inForce);
  walk.until(Math.max(told.at, instantOf(known.find((one) => instantOf(one) > Number.NEGATIVE_INFINITY)!)));
  const news = newsOfThePast(told, walk.standing!, lastToArrive(behind), inForce);
  return walk.result([...news, ...walk.until(now)], true, later);
}

/** A walk along a ledger, from instant to instant, wakings included. */
class Walk {
  /** How many instants were looked at. */
  steps = 0;
  readonly #ledger: Occurrence[];
  readonly #inForce: InForce;
  readonly #fold: Fold;
  readonly #passages: Passage[] = [];
  #place: number;
  #next: Instant | null;
  #mqlAt: Instant | null;
  /** How many of the ledger's own entries are behind: wakings come and go. */
  #taken: Occurrence[];

  constructor(carried: Carried, known: readonly Occurrence[], place: number, inForce: InForce) {
    this.#ledger = [...known];
    this.#taken = known.slice(0, place);
    this.#place = place;
    this.#inForce = inForce;
    this.#fold = Fold.resume(carried.standing, carried.before);
    this.#next = carried.next;
    this.#mqlAt = carried.mql_at;
  }

  get standing(): Standing | null {
    return this.#fold.standing;
  }

  /** Goes on to an instant, and says what follows from what was on the way. */
  until(end: Instant): Effect[] {
    const effects: Effect[] = [];
    for (;;) {
      const happens = this.#place < this.#ledger.length ? instantOf(this.#ledger[this.#place]!) : NEVER;
      const wakes = this.#next ?? NEVER;
      if (Math.min(happens, wakes) > end) return effects;
      if (wakes < happens) this.#ledger.splice(this.#place, 0, { kind: 'time', at: wakes });
      effects.push(...this.#step(wakes < happens));
    }
  }

  #step(waking: boolean): Effect[] {
    const at = instantOf(this.#ledger[this.#place]!);
    let end = this.#place + 1;
    while (end < this.#ledger.length && instantOf(this.#ledger[end]!) === at) end++;
    const moment = this.#ledger.slice(this.#place, end);
    if (!waking) this.#taken.push(...moment);
    this.#place = end;
    this.steps++;

    const effects = this.#fold.take(moment, this.#ledger, this.#inForce);
    const next = this.#fold.next(this.#inForce);
    this.#next = next === NEVER ? null : next;
    const { standing } = this.#fold;
    if (standing === null) return effects;
    const { verdict } = standing;
    if (verdict.verdict === 'mql') this.#mqlAt ??= verdict.at;
    for (const effect of effects) if (effect.kind === 'moved') this.#passages.push({ move: effect, verdict });
    return effects;
  }

  result(effects: Effect[], again: boolean, later: Instant): Folded {
    const { standing, before } = this.#fold;
    const first = Math.min(this.#next ?? NEVER, later);
    return {
      carried: { standing, before, next: this.#next, mql_at: this.#mqlAt, taken: markOf(this.#taken) },
      effects,
      passages: this.#passages,
      again,
      next: first === NEVER ? null : first,
    };
  }
}

/** The ledger with the days on which another version came into force, from the lead's own first day on. */
function withVersions(ledger: readonly Occurrence[], versions: readonly Version[]): readonly Occurrence[] {
  const first = ledger.find(({ at }) => at !== null)?.at ?? NEVER;
  const days = versions.slice(1).filter(({ from }) => from > first);
  if (days.length === 0) return ledger;
  return [...ledger, ...days.map(({ from }) => ({ kind: 'pact' as const, at: from }))].sort(inOrder);
}

/** How many entries of a ledger are not later than an instant. */
function countUntil(ledger: readonly Occurrence[], at: Instant): number {
  let [low, high] = [0, ledger.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantOf(ledger[middle]!) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ids of facts grow with their receipt: the last of them is what brought the news. */
function lastToArrive(behind: readonly Occurrence[]): Occurrence {
  const facts = behind.filter(isFact);
  return facts.reduce(
    (last, one) => ((one.id ?? '') > (last.id ?? '') ? one : last),
    facts[0] ?? behind.at(-1)!,
  );
}

function newsOfThePast(told: Standing, now: Standing, by: Occurrence, inForce: InForce): Effect[] {
  const pact = inForce.at(told.at);
  return effectsBetween(told, now, { by, pact, digest: digestOf(pact), late: instantOf(by) < told.at });
}
