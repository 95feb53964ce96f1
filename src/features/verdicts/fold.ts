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
import { newTo } from '#engine/ladder/ledger.ts';
import { inOrder, instantOf, isFact, type Occurrence } from '#engine/ladder/occurrence.ts';
import type { Standing } from '#engine/ladder/standing.ts';
import { NEVER } from '#engine/verdict/next.ts';
import type { Verdict } from '#engine/verdict/verdict.ts';
import { type Mark, markOf, NOTHING, sameMark } from './mark.ts';

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
  /** Where it left off, to go on from when more comes in. */
  walk: Walk;
};

const nothingYet = (): Carried => ({
  standing: null,
  before: null,
  next: null,
  mql_at: null,
  taken: NOTHING,
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
  const whole = withVersions(ledger, versions);
  const told = carried?.standing ?? null;
  const behind = told === null ? [] : whole.slice(0, countUntil(whole, Math.min(told.at, now)));

  if (carried === null || told === null || sameMark(markOf(behind), carried.taken))
    return new Walk(carried ?? nothingYet(), whole, behind.length, versions).on(now);

  const walk = new Walk(nothingYet(), whole, 0, versions, true);
  const first = instantOf(whole.find((one) => instantOf(one) > Number.NEGATIVE_INFINITY)!);
  walk.until(Math.max(told.at, first));
  return walk.on(now, newsOfThePast(told, walk.standing!, lastToArrive(behind), new InForce(versions)));
}

/** A walk along a ledger, from instant to instant, wakings included. Where it ended it can be gone on with. */
class Walk {
  readonly versions: readonly Version[];
  /** What it goes along, in order of time: what is dated later, days of versions and past wakings included. */
  readonly ledger: Occurrence[];
  readonly #inForce: InForce;
  readonly #fold: Fold;
  #passages: Passage[] = [];
  #place: number;
  #next: Instant | null;
  #mqlAt: Instant | null;
  /** What of the ledger's own entries is behind: wakings come and go. */
  #taken: Mark;
  /** How many instants were looked at. */
  #steps = 0;
  #again: boolean;

  constructor(
    carried: Carried,
    ledger: readonly Occurrence[],
    place: number,
    versions: readonly Version[],
    again = false,
  ) {
    this.#again = again;
    this.versions = versions;
    this.ledger = [...ledger];
    this.#taken = carried.taken;
    this.#place = place;
    this.#inForce = new InForce(versions);
    this.#fold = Fold.resume(carried.standing, carried.before);
    this.#next = carried.next;
    this.#mqlAt = carried.mql_at;
  }

  get standing(): Standing | null {
    return this.#fold.standing;
  }

  /**
   * Puts in what came in since; what the ledger has already is passed over.
   * @returns whether all of it lies ahead. When not, nothing was put in, and the ledger is to be folded again.
   */
  add(news: readonly Occurrence[]): boolean {
    const reached = this.standing?.at ?? Number.POSITIVE_INFINITY;
    const fresh = newTo(this.ledger, news);
    if (fresh.some((one) => instantOf(one) <= reached)) return false;
    if (fresh.length > 0) this.ledger.splice(this.#place, Number.POSITIVE_INFINITY, ...this.#ahead(fresh));
    return true;
  }

  #ahead(fresh: readonly Occurrence[]): readonly Occurrence[] {
    const ahead = this.ledger.slice(this.#place);
    return ahead.length === 0 ? fresh : [...ahead, ...fresh].sort(inOrder);
  }

  /** Goes on to an instant. @returns null when there was nothing on the way, and nothing lies ahead. */
  on(now: Instant, news: Effect[] = []): Folded | null {
    const effects = [...news, ...this.until(now)];
    const later = this.#place < this.ledger.length ? instantOf(this.ledger[this.#place]!) : NEVER;
    if (this.#steps === 0 && later === NEVER) return null;
    const { standing, before } = this.#fold;
    const first = Math.min(this.#next ?? NEVER, later);
    const folded: Folded = {
      carried: { standing, before, next: this.#next, mql_at: this.#mqlAt, taken: this.#taken },
      effects,
      passages: this.#passages,
      again: this.#again,
      next: first === NEVER ? null : first,
      walk: this,
    };
    this.#steps = 0;
    this.#passages = [];
    this.#again = false;
    return folded;
  }

  /** Goes on to an instant, and says what follows from what was on the way. */
  until(end: Instant): Effect[] {
    const effects: Effect[] = [];
    for (;;) {
      const happens = this.#place < this.ledger.length ? instantOf(this.ledger[this.#place]!) : NEVER;
      const wakes = this.#next ?? NEVER;
      if (Math.min(happens, wakes) > end) return effects;
      if (wakes < happens) this.ledger.splice(this.#place, 0, { kind: 'time', at: wakes });
      effects.push(...this.#step(wakes < happens, end));
    }
  }

  #step(waking: boolean, until: Instant): Effect[] {
    const at = instantOf(this.ledger[this.#place]!);
    let end = this.#place + 1;
    while (end < this.ledger.length && instantOf(this.ledger[end]!) === at) end++;
    const moment = this.ledger.slice(this.#place, end);
    if (!waking) this.#taken = markOf(moment, this.#taken);
    this.#place = end;
    this.#steps++;

    const effects = this.#fold.take(moment, this.ledger, this.#inForce);
    const happens = this.#place < this.ledger.length ? instantOf(this.ledger[this.#place]!) : NEVER;
    const next = this.#fold.next(this.#inForce, happens <= until ? happens : NEVER);
    this.#next = next === NEVER ? null : next;
    const { standing } = this.#fold;
    if (standing === null) return effects;
    const { verdict } = standing;
    if (verdict.verdict === 'mql') this.#mqlAt ??= verdict.at;
    for (const effect of effects) if (effect.kind === 'moved') this.#passages.push({ move: effect, verdict });
    return effects;
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
