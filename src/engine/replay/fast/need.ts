/**
 * How much interest a lead must have, as it stands, before its verdict can be `mql` at all; and from how much on it is.
 *
 * These are bounds, not verdicts: under the one nothing needs working out, from the other on nothing needs asking, and in
 * between the pact is asked in full. Attributes and behaviour given, only interest is open; where nothing can be said of
 * a condition, it can be so with no interest at all, and is sure with none however large.
 */
import type { Node, Rules } from '#engine/criterion/compile.ts';
import type { NumberTest } from '#engine/pact/pact.ts';
import { cellOf, GRADES } from '#engine/verdict/grade.ts';
import { FALSE, TRUE } from './truth.ts';

/** What is known of a lead before its interest is. */
export type Known = {
  /** The truth of a static, as a byte. */
  static(leaf: number): number;
  did(leaf: number): boolean;
  /** Null when fit depends on behaviour. */
  fit(): number | null;
};

/** The least interest from which something can be so, or is: 0 when that is in any case, Infinity when in none. */
type Need = (known: Known) => number;

const NEVER = Number.POSITIVE_INFINITY;
const when = (possible: boolean): number => (possible ? 0 : NEVER);

/** The letters that fit gives, and one more for fit that is not known. */
export const LETTERS = 5;

/** Works out from where on something `can` be so, or `is`, by rules whose attribute leaves are statics. */
export class Needs {
  /** What has been asked for so far. */
  readonly statics = new Set<number>();
  readonly dids = new Set<number>();
  #grades = false;

  readonly #rules: Rules;
  readonly #sure: boolean;
  /** What is needed where nothing can be said. */
  readonly #open: Need;

  constructor(rules: Rules, so: 'can' | 'is') {
    this.#rules = rules;
    this.#sure = so === 'is';
    this.#open = always(this.#sure ? NEVER : 0);
  }

  /** For the verdict to be `mql`. */
  ofMql(): Need {
    const { lead, mql, badLeads } = this.#rules;
    return greatest([this.toHold(lead), this.toHold(mql), ...badLeads.map((bad) => this.toMiss(bad))]);
  }

  /** To be true. */
  toHold(node: Node): Need {
    this.#note(node);
    switch (node.kind) {
      case 'all':
        return greatest(node.of.map((part) => this.toHold(part)));
      case 'any':
        return least(node.of.map((part) => this.toHold(part)));
      case 'not':
        return this.toFail(node.of);
      case 'attribute':
        return (known) => when(known.static(node.leaf) === TRUE);
      case 'did':
        return (known) => when(known.did(node.leaf));
      case 'interest':
        return this.#toReach(node.test);
      case 'grade':
        return this.#toGrade(node.holds);
      case 'stage':
        return this.#toStand(node.holds);
      case 'fit':
        return this.#open;
    }
  }

  /** To be false. */
  toFail(node: Node): Need {
    this.#note(node);
    switch (node.kind) {
      case 'all':
        return least(node.of.map((part) => this.toFail(part)));
      case 'any':
        return greatest(node.of.map((part) => this.toFail(part)));
      case 'not':
        return this.toHold(node.of);
      case 'attribute':
        return (known) => when(known.static(node.leaf) === FALSE);
      case 'did':
        return (known) => when(!known.did(node.leaf));
      default:
        return this.#open;
    }
  }

  /** To be false or unknown. */
  toMiss(node: Node): Need {
    this.#note(node);
    switch (node.kind) {
      case 'all':
        return least(node.of.map((part) => this.toMiss(part)));
      case 'any':
        return greatest(node.of.map((part) => this.toMiss(part)));
      case 'attribute':
        return (known) => when(known.static(node.leaf) !== TRUE);
      case 'did':
        return (known) => when(!known.did(node.leaf));
      default:
        return this.#open;
    }
  }

  /** The place of the letter that fit gives, where a grade has been asked for. */
  letter(fit: number | null): number {
    return fit === null || !this.#grades ? LETTERS - 1 : cellOf(this.#rules.pact.grades, fit, 0) >> 2;
  }

  #note(node: Node): void {
    if (node.kind === 'attribute') this.statics.add(node.leaf);
    if (node.kind === 'did') this.dids.add(node.leaf);
    if (node.kind === 'grade') this.#grades = true;
  }

  /** To pass a test. */
  #toReach(test: NumberTest): Need {
    if (!this.#sure) return always(leastInterest(test));
    const { gte, ...others } = test;
    const alone = Object.values(others).every((operand) => operand === undefined);
    return gte === undefined || !alone ? this.#open : always(Number(gte));
  }

  /** To have one of the grades that hold: the digit asks for interest, the letter is given with fit. */
  #toGrade(holds: (grade: string) => boolean): Need {
    const { interest: digits } = this.#rules.pact.grades;
    const bounds = [digits[1], digits[2], digits[3], 0];
    const needs = [0, 1, 2, 3].map((letter) => {
      const held = bounds.map((_, digit) => holds(GRADES[letter * 4 + digit]!));
      // The more interest, the lower the digit: it is sure down to the first that does not hold.
      const missing = held.indexOf(false);
      const wanted = bounds.filter((_, digit) =>
        this.#sure ? missing === -1 || digit < missing : held[digit],
      );
      return Math.min(NEVER, ...wanted);
    });
    needs.push(this.#sure ? Math.max(...needs) : Math.min(...needs));
    return (known) => needs[this.letter(known.fit())]!;
  }

  /** To stand on one of the stages that hold, of which each has a condition of its own. */
  #toStand(holds: (stage: string) => boolean): Need {
    if (this.#sure || holds('conversion')) return this.#open;
    const { stages } = this.#rules;
    const names = ({ id, levels }: Rules['stages'][number]) => [
      id,
      ...levels.map(({ name }) => `${id}/${name}`),
    ];
    return least(stages.filter((stage) => names(stage).some(holds)).map((stage) => this.toHold(stage.when)));
  }
}

/** The least number that passes a test, or less. */
function leastInterest({ is, gt, gte, between, in: among }: NumberTest): number {
  const bounds = [is, gt, gte, between?.[0]].filter((bound) => bound !== undefined).map(Number);
  if (among !== undefined) bounds.push(Math.min(...among.map(Number)));
  return Math.max(0, ...bounds);
}

const always =
  (need: number): Need =>
  () =>
    need;

const greatest = (needs: readonly Need[]): Need => {
  if (needs.length === 1) return needs[0]!;
  return (known) => {
    let most = 0;
    for (const need of needs) {
      const one = need(known);
      if (one > most) most = one;
      if (most === NEVER) break;
    }
    return most;
  };
};

const least = (needs: readonly Need[]): Need => {
  if (needs.length === 1) return needs[0]!;
  return (known) => {
    let fewest = NEVER;
    for (const need of needs) {
      const one = need(known);
      if (one < fewest) fewest = one;
      if (fewest === 0) break;
    }
    return fewest;
  };
};
