/**
 * Answers a pact's leaves for row after row of a table. Columns repeat themselves (countries, industries, titles):
 * each distinct cell is read and asked once. What is decided from the answers is decided where `judge` does it.
 */
import { compilePact, type Rules } from '#engine/criterion/compile.ts';
import type { CompiledTest } from '#engine/criterion/test.ts';
import { readValue } from '#engine/criterion/value.ts';
import type { Activity, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { type Answers, decide } from '#engine/verdict/decide.ts';
import { PlainAnswers } from '#engine/verdict/judge.ts';
import type { Truth, Verdict } from '#engine/verdict/verdict.ts';
import { detached } from '#platform/files/detached.ts';

export class QuickAnswers implements Answers {
  readonly at: Instant;
  readonly #rules: Rules;
  readonly #attributes = new Map<string, AttributeAnswers>();
  /** For each attribute leaf the attribute it asks for, and its place among that attribute's leaves. */
  readonly #askedOf: { answers: AttributeAnswers; place: number }[];
  readonly #nothingDone: PlainAnswers;
  #behaviour: PlainAnswers;

  constructor(pact: Pact, at: Instant) {
    this.at = at;
    this.#rules = compilePact(pact);
    this.#askedOf = this.#rules.attributes.map(({ attribute, test }) => {
      const answers = this.of(attribute);
      return { answers, place: answers.ask(test) };
    });
    this.#nothingDone = this.#doing([]);
    this.#behaviour = this.#nothingDone;
  }

  /** The answers for one attribute, by its folded name: to be told the cell of each row. */
  of(attribute: string): AttributeAnswers {
    const answers = this.#attributes.get(attribute) ?? new AttributeAnswers();
    this.#attributes.set(attribute, answers);
    return answers;
  }

  /** The verdict on the row whose cells have been told. */
  decide(activities: Activity[]): Verdict {
    this.#behaviour = activities.length === 0 ? this.#nothingDone : this.#doing(activities);
    return decide(this.#rules, this);
  }

  attribute(leaf: number): Truth {
    const { answers, place } = this.#askedOf[leaf]!;
    return answers.now[place]!;
  }

  did(leaf: number): boolean {
    return this.#behaviour.did(leaf);
  }

  interestPoints(index: number): number {
    return this.#behaviour.interestPoints(index);
  }

  #doing(activities: Activity[]): PlainAnswers {
    return new PlainAnswers(this.#rules, { id: '', changes: [], activities }, this.at);
  }
}

/** Answers are remembered for so many distinct cells of a column. */
const MOST_CELLS = 16_384;
/** So many cells in a row that were new, and the column (e-mail addresses, telephones) is not one that repeats itself. */
const ALL_NEW = 4_096;

/** What is asked of one attribute, and what each cell met so far has answered. */
export class AttributeAnswers {
  /** The answers to all questions for the cell told last; at first for none. */
  now: Truth[] = [];
  readonly #questions: CompiledTest[] = [];
  readonly #met = new Map<string, Truth[]>();
  #newInARow = 0;

  /** Takes one more question; returns its place among the answers. */
  ask(question: CompiledTest): number {
    this.now.push(question(null));
    return this.#questions.push(question) - 1;
  }

  /** @param cell empty when it is missing or cannot be seen yet */
  tell(cell: string): void {
    this.now = this.#newInARow < ALL_NEW ? this.#remembered(cell) : this.#asked(cell);
  }

  #remembered(cell: string): Truth[] {
    let answers = this.#met.get(cell);
    if (answers !== undefined) {
      this.#newInARow = 0;
      return answers;
    }
    this.#newInARow++;
    answers = this.#asked(cell);
    if (this.#met.size < MOST_CELLS) this.#met.set(detached(cell), answers);
    return answers;
  }

  #asked(cell: string): Truth[] {
    const value = readValue(cell);
    return this.#questions.map((question) => question(value));
  }
}
