/**
 * The fast path: a pact over the histories of many leads, held as columns.
 *
 * One result with the plain interpreter (`replay`, `judge`), bit for bit; property tests hold it to that. Every
 * distinct signature and value is asked once (`bind`), what attributes decide is worked out many leads at a time
 * (`states`), each lead is walked once (`search`), and interest is worked out only where it could matter (`prospect`).
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { LeadColumns } from './columns.ts';
import { type Binding, bind } from './fast/bind.ts';
import { Judging } from './fast/judging.ts';
import { plan } from './fast/plan.ts';
import type { ActivityNumbers, Numbers } from './fast/present.ts';
import { Search } from './fast/search.ts';
import { emptyStandings, emptyTracks, type Standings, type Tracks } from './fast/tracks.ts';

export { BLOCK } from './fast/standing.ts';

/** Replays every lead of the columns under a pact, up to an instant. */
export function replayColumns(columns: LeadColumns, pact: Pact, until: Instant): Tracks {
  const work = replayWork(columns, pact, until, false);
  replayer(work)(0, leadsOf(columns));
  return work.tracks;
}

/** A replay laid out so that any thread can do any part of it: numbers alone, and room for the answers. */
export type ReplayWork = {
  pact: Pact;
  until: Instant;
  binding: Binding;
  numbers: Numbers;
  tracks: Tracks;
};

/** Lays a replay out; with `shared` (over columns that are), in memory that threads share. */
export function replayWork(columns: LeadColumns, pact: Pact, until: Instant, shared: boolean): ReplayWork {
  return {
    pact,
    until,
    binding: bind(plan(pact), columns, shared),
    numbers: numbersOf(columns),
    tracks: emptyTracks(leadsOf(columns), shared),
  };
}

/** Replays the leads from one number up to another, into the tracks of its work. */
export type Replayer = (from: number, to: number) => void;

/** What a thread needs to do parts of a work, made ready once. */
export function replayer({ pact, until, binding, numbers, tracks }: ReplayWork): Replayer {
  const search = new Search(plan(pact), binding, numbers, until);
  return (from, to) => search.replay(from, to, tracks);
}

/** Replays some leads at a time, which are looked at before what they did is there. */
export class BlockReplayer {
  readonly #search: Search;
  readonly #tracks: Tracks;

  /** @param activities where what the leads of a block did will lie */
  constructor({ pact, until, binding, numbers, tracks }: ReplayWork, activities: ActivityNumbers) {
    this.#search = new Search(plan(pact), binding, { ...numbers, activities }, until);
    this.#tracks = tracks;
  }

  /** Looks at the leads of a block, from one number up to another: BLOCK of them at most. */
  look(from: number, to: number): void {
    this.#search.look(from, to);
  }

  /** Whether anything that a lead of the block did may matter. Of all others only what is counted does. */
  isOpen(lead: number): boolean {
    return this.#search.isOpen(lead);
  }

  /** For each code of an activity 1 when it is counted. */
  get counted(): Uint8Array {
    return this.#search.counted;
  }

  /** Replays leads of the block, whose activities are there as far as they may matter, into the tracks of the work. */
  walk(from: number, to: number): void {
    this.#search.walk(from, to, this.#tracks);
  }
}

/**
 * Cuts the leads from one up to another into so many parts with about as many activities in each: the lead numbers at
 * which they begin and end.
 */
export function evenParts(
  { activities: { starts } }: Numbers,
  parts: number,
  from = 0,
  to = starts.length - 1,
): number[] {
  // A lead without activities costs about as much as one.
  const cost = (lead: number): number => starts[lead]! - starts[from]! + lead - from;
  const bounds = Array.from({ length: parts + 1 }, (_, part) => {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cost(middle) * parts < cost(to) * part) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return bounds;
}

/** Judges every lead of the columns under a pact at one instant. */
export function judgeColumns(columns: LeadColumns, pact: Pact, at: Instant): Standings {
  const parts = plan(pact);
  const standings = emptyStandings(pact, leadsOf(columns));
  new Judging(parts, bind(parts, columns), numbersOf(columns), at).judge(0, leadsOf(columns), standings);
  return standings;
}

const leadsOf = ({ activities: { starts } }: LeadColumns): number => starts.length - 1;

/** The numbers of columns, without their texts. */
function numbersOf({ activities: { starts, instants, codes }, states }: LeadColumns): Numbers {
  return {
    activities: { starts, instants, codes },
    states: {
      starts: states.starts,
      since: states.since,
      codes: states.attributes.map((attribute) => attribute.codes),
    },
  };
}
