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
  /** The code of its verdict while it is not `mql`; null when that depends on interest too. */
  otherwise: number | null;
};

/** Less than rounding can take from a sum of millions of terms: needs are held against bounds that were added up. */
const MARGIN = 1 - 1e-9;

/** How many prospects are remembered at most. */
const MEMORY = 4096;

/** The prospects of leads, each worked out once for each way in which a lead can stand where these are not too many. */
export class Prospects {
  readonly #rules: Rules;
  readonly #states: States;
  readonly #needs: Needs;
  readonly #need: (known: Known) => number;
  /** Whether the verdict of whoever is no MQL hangs on attributes and behaviour alone. */
  readonly #decided: boolean;
  /** What ways differ by: statics, and `did` tests. */
  readonly #statics: readonly number[];
  readonly #dids: readonly number[];
  /** By way; null when there are too many. */
  readonly #memory: (Prospect | undefined)[] | null;
  /** For each place of the window on states the part of its way that these decide. */
  #ways = new Uint16Array(0);

  constructor(rules: Rules, states: States) {
    this.#rules = rules;
    this.#states = states;
    this.#needs = new Needs(rules);
    this.#need = this.#needs.ofMql();
    const asked = [rules.lead, ...rules.badLeads].flatMap(asks);
    this.#decided = asked.every(isDecided);
    // What the need can do without, the verdict without an MQL may still ask for.
    this.#statics = leavesOf('attribute', this.#needs.statics, asked);
    this.#dids = leavesOf('did', this.#needs.dids, asked);
    const ways = 3 ** this.#statics.length * 2 ** this.#dids.length * LETTERS;
    this.#memory = ways > MEMORY ? null : Array.from({ length: ways });
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

  #workOut(known: Known): Prospect {
    return {
      need: this.#need(known) * MARGIN,
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
