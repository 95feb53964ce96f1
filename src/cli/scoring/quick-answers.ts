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
    for (const answers of this.#attributes.values()) answers.tellMissing();
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

/** Answers are remembered for so many cells of a column at a time; a power of two. */
const REMEMBERED = 32_768;
/** Longer cells seldom come again. */
const LONGEST = 64;
/** So many cells in a row that were new, and the column (e-mail addresses, telephones) is not one that repeats itself. */
const ALL_NEW = 16_384;

/** What is asked of one attribute, and what each cell met lately has answered. */
export class AttributeAnswers {
  /** The answers to all questions for the cell told last. */
  now: Truth[] = [];
  readonly #questions: CompiledTest[] = [];
  /** Where a cell is remembered follows from its characters, so that it need not be cut out to be known again. */
  readonly #cells = new Array<string>(REMEMBERED).fill('');
  readonly #answers = new Array<Truth[]>(REMEMBERED).fill([]);
  #newInARow = 0;

  /** Takes one more question; returns its place among the answers. */
  ask(question: CompiledTest): number {
    return this.#questions.push(question) - 1;
  }

  /** Tells that there is none, or that it cannot be seen yet. */
  tellMissing(): void {
    this.now = this.#asked('');
  }

  /** Tells the cell that stands between two places of a text. */
  tell(text: string, start: number, end: number): void {
    if (end - start > LONGEST || this.#newInARow > ALL_NEW) this.now = this.#asked(text.slice(start, end));
    else this.now = this.#remembered(text, start, end);
  }

  #remembered(text: string, start: number, end: number): Truth[] {
    const place = placeOf(text, start, end);
    if (isAt(this.#cells[place]!, text, start, end)) {
      this.#newInARow = 0;
      return this.#answers[place]!;
    }
    this.#newInARow++;
    const cell = text.slice(start, end);
    this.#cells[place] = detached(cell);
    this.#answers[place] = this.#asked(cell);
    return this.#answers[place]!;
  }

  #asked(cell: string): Truth[] {
    const value = readValue(cell);
    return this.#questions.map((question) => question(value));
  }
}

function placeOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return (hash ^ (hash >>> 15)) & (REMEMBERED - 1);
}

function isAt(cell: string, text: string, start: number, end: number): boolean {
  if (cell.length !== end - start || cell === '') return false;
  for (let i = 0; i < cell.length; i++) if (cell.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}
