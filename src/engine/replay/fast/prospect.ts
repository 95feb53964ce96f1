/** What can become of a lead as it stands, before its interest is worked out. */
import { holds, type Node, type Rules, type World } from '#engine/criterion/compile.ts';
import { type Known, LETTERS, Needs } from './need.ts';
import { asks } from './plan.ts';
import type { States } from './states.ts';
import { BAD_LEAD, NOT_MQL, VISITOR } from './tracks.ts';
import { toTruth } from './truth.ts';

export type Prospect = {
  /** The interest below which its verdict cannot be `mql`; Infinity when it cannot be in any case. */
  need: number;
  /** The interest from which it is `mql` in any case; Infinity when that cannot be said. */
  sure: number;
  /** The code of its verdict while it is not `mql`; null when that depends on interest too. */
  otherwise: number | null;
};

/** Less than rounding can take from a sum of millions of terms: needs are held against bounds that were added up. */
const MARGIN = 1 - 1e-9;

/** How many prospects are remembered at most. */
const MEMORY = 4096;

/** In place of the code of a verdict: it is not settled; and nobody has asked yet. */
export const OPEN = 254;
const UNASKED = 255;

/** The prospects of leads, each worked out once for each way in which a lead can stand where these are not too many. */
export class Prospects {
  readonly #rules: Rules;
  readonly #states: States;
  readonly #needs: Needs;
  readonly #need: (known: Known) => number;
  readonly #sure: (known: Known) => number;
  /** Whether the verdict of whoever is no MQL hangs on attributes and behaviour alone. */
  readonly #decided: boolean;
  /** What ways differ by: statics, and `did` tests. */
  readonly #statics: readonly number[];
  readonly #dids: readonly number[];
  /** By way; null when there are too many. */
  readonly #memory: (Prospect | undefined)[] | null;
  /** For each place of the window on states the part of its way that these decide. */
  #ways = new Uint16Array(0);
  /** By way: what `settled` says, as far as it was asked; and how ways differ by `did` tests, and that of nothing done. */
  readonly #settled: Uint8Array;
  readonly #didWays: number;
  readonly #nothing: number;

  constructor(rules: Rules, states: States) {
    this.#rules = rules;
    this.#states = states;
    this.#needs = new Needs(rules, 'can');
    this.#need = this.#needs.ofMql();
    this.#sure = new Needs(rules, 'is').ofMql();
    const asked = [rules.lead, ...rules.badLeads].flatMap(asks);
    this.#decided = asked.every(isDecided);
    // What the need can do without, the verdict without an MQL may still ask for.
    this.#statics = leavesOf('attribute', this.#needs.statics, asked);
    this.#dids = leavesOf('did', this.#needs.dids, asked);
    this.#didWays = 2 ** this.#dids.length;
    this.#nothing = this.#dids.reduce((way, leaf) => way * 2 + (rules.dids[leaf]!.times(0) ? 1 : 0), 0);
    const ways = 3 ** this.#statics.length * this.#didWays * LETTERS;
    this.#memory = ways > MEMORY ? null : Array.from({ length: ways });
    this.#settled = new Uint8Array(ways > MEMORY ? 0 : ways).fill(UNASKED);
  }

  /** Follows the window on states, which has moved. */
  look(): void {
    if (this.#memory === null) return;
    const { fit, truths, places } = this.#states;
    const ways = this.#ways.length < places ? new Uint16Array(2 * places) : this.#ways;
    this.#ways = ways;
    for (let i = 0; i < places; i++) ways[i] = this.#needs.letter(fit === null ? null : fit[i]!);
    for (const leaf of this.#statics) {
      const answers = truths[leaf]!;
      for (let i = 0; i < places; i++) ways[i] = ways[i]! * 3 + answers[i]!;
    }
  }

  /** The prospect of a lead whose state has a place in the window. */
  of(known: Known, place: number): Prospect {
    if (this.#memory === null) return this.#workOut(known);
    let way = this.#ways[place]!;
    for (const leaf of this.#dids) way = way * 2 + (known.did(leaf) ? 1 : 0);
    const before = this.#memory[way];
    if (before !== undefined) return before;
    const prospect = this.#workOut(known);
    this.#memory[way] = prospect;
    return prospect;
  }

  /**
   * The code of the verdict of whoever is in the state of a place and has done nothing that a `did` test counts; OPEN
   * where that hangs on interest, or where interest could make it an MQL.
   */
  settled(place: number): number {
    if (this.#memory === null) return OPEN;
    const way = this.#ways[place]! * this.#didWays + this.#nothing;
    const before = this.#settled[way]!;
    if (before !== UNASKED) return before;
    const { need, otherwise } = this.#workOut(this.#idle(place));
    const settled = need === Number.POSITIVE_INFINITY && otherwise !== null ? otherwise : OPEN;
    this.#settled[way] = settled;
    return settled;
  }

  /** What is known of whoever is in a state and has done nothing. */
  #idle(place: number): Known {
    const { truths, fit } = this.#states;
    return {
      static: (leaf) => truths[leaf]![place]!,
      did: (leaf) => this.#rules.dids[leaf]!.times(0),
      fit: () => fit?.[place] ?? null,
    };
  }

  #workOut(known: Known): Prospect {
    return {
      need: this.#need(known) * MARGIN,
      sure: this.#sure(known),
      otherwise: this.#decided ? verdictWithout(this.#rules, known) : null,
    };
  }
}

const leavesOf = (kind: 'attribute' | 'did', needed: Iterable<number>, asked: readonly Node[]): number[] => [
  ...new Set([...needed, ...asked.flatMap((node) => (node.kind === kind ? [node.leaf] : []))]),
];

const isDecided = ({ kind }: Node): boolean => kind === 'attribute' || kind === 'did';

/** The verdict of a lead that is not an MQL, where conditions ask for attributes and behaviour alone. */
function verdictWithout({ lead, badLeads }: Rules, known: Known): number {
  const world: World = {
    attribute: (leaf) => toTruth(known.static(leaf)),
    did: (leaf) => known.did(leaf),
    ...openQuestions,
  };
  if (holds(lead, world) !== true) return VISITOR;
  return badLeads.some((bad) => holds(bad, world) === true) ? BAD_LEAD : NOT_MQL;
}

const refuse = () => {
  throw new TypeError('interest has not been worked out');
};
const openQuestions = { fit: refuse, interest: refuse, grade: refuse, stage: refuse };
