/**
 * A plan met with the dictionaries of some columns: every distinct value and every distinct signature is asked once,
 * here, and never again. What comes out is numbers only, so that worker threads need neither texts nor patterns.
 */
import { type DidLeaf, holds, type Node, type Rules, type World } from '#engine/criterion/compile.ts';
import { readValue, type Value } from '#engine/criterion/value.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { allocate } from '../columns/memory.ts';
import type { Signature } from '../columns/signatures.ts';
import type { LeadColumns } from '../columns.ts';
import { type Lists, listsOf } from './lists.ts';
import type { FitStep, Plan } from './plan.ts';
import { TRUE, type Truths, toByte } from './truth.ts';

export type Binding = {
  /** For each signature its class: activities of one class match the same `did` tests. Class 0 matches none. */
  classOf: Uint32Array;
  /** For each class the `did` leaves it matches. */
  classes: Lists;
  /** For each of the plan's tables the truth by value code. */
  truths: Truths[];
  /** For each of the plan's fit steps of kind `points` the points by value code. */
  points: Float64Array[];
  /** The place of an attribute among the columns; the columns may lack one that the pact reads. */
  columnOf: ReadonlyMap<string, number>;
};

/**
 * Binds a plan to columns; with `shared`, into memory that threads share. What a dictionary was asked before is not asked
 * again: of a definition that is being worked on most stays as it is from one try to the next.
 */
export function bind(plan: Plan, { states, activities }: LeadColumns, shared = false): Binding {
  const columnOf = new Map(states.attributes.map(({ name }, column) => [name, column]));
  const textsOf = (attribute: string): Texts => {
    const column = columnOf.get(attribute);
    return column === undefined ? NO_TEXTS : states.attributes[column]!.texts;
  };
  const truths: Truths[] = [];
  for (const attribute of new Set(plan.tables.map((table) => table.attribute)))
    askValues(plan, attribute, textsOf(attribute), truths, shared);
  const steps = (plan.fit ?? []).filter((step) => step.kind === 'points');
  return {
    ...classified(plan.rules.dids, activities.signatures, shared),
    truths,
    points: steps.map((step) => pointsOf(plan, step, textsOf(step.attribute), truths, shared)),
    columnOf,
  };
}

type Texts = readonly (string | null)[];
/** Of an attribute that the columns lack: only that it is missing. */
const NO_TEXTS: Texts = [null];

/** So many answers are remembered of one dictionary. */
const REMEMBERED = 256;

/** Answers by the dictionary they are of, for as long as it is held, and by what was asked. */
class Answers<T> {
  readonly #known = new WeakMap<object, Map<string, T>>();

  of(dictionary: object, question: string): T | undefined {
    return this.#known.get(dictionary)?.get(question);
  }

  keep(dictionary: object, question: string, answer: T): T {
    let known = this.#known.get(dictionary);
    if (known === undefined || known.size >= REMEMBERED) {
      known = new Map();
      this.#known.set(dictionary, known);
    }
    known.set(question, answer);
    return answer;
  }
}

const truthsKnown = new Answers<Truths>();
const pointsKnown = new Answers<Float64Array>();
const classesKnown = new Answers<Pick<Binding, 'classOf' | 'classes'>>();

/** A condition on one attribute in its own words. */
function wordsOf(node: Node, rules: Rules): unknown {
  if (node.kind === 'all' || node.kind === 'any')
    return { [node.kind]: node.of.map((part) => wordsOf(part, rules)) };
  if (node.kind === 'not') return { not: wordsOf(node.of, rules) };
  return node.kind === 'attribute' ? rules.attributes[node.leaf]!.source : refuse();
}

const asked = (words: unknown, shared: boolean): string => `${shared} ${JSON.stringify(words)}`;

/** Asks every distinct value of one attribute whatever the plan wants to know of it, and was not told yet. */
function askValues(
  { rules, tables }: Plan,
  attribute: string,
  texts: Texts,
  truths: Truths[],
  shared: boolean,
): void {
  const mine: number[] = [];
  tables.forEach(({ attribute: own, when }, table) => {
    if (own !== attribute) return;
    const known = truthsKnown.of(texts, asked(wordsOf(when, rules), shared));
    if (known?.length === texts.length) truths[table] = known;
    else mine.push(table);
  });
  if (mine.length === 0) return;
  const leaves = [...rules.attributes.keys()].filter(
    (leaf) => rules.attributes[leaf]!.attribute === attribute,
  );
  for (const table of mine) truths[table] = allocate(Uint8Array, texts.length, shared);
  const answers: Truth[] = [];
  const world: World = { ...nothingElse, attribute: (leaf) => answers[leaf]! };
  texts.forEach((text, code) => {
    const value = readValue(text);
    for (const leaf of leaves) answers[leaf] = rules.attributes[leaf]!.test(value);
    for (const table of mine) truths[table]![code] = toByte(holds(tables[table]!.when, world));
  });
  for (const table of mine)
    truthsKnown.keep(texts, asked(wordsOf(tables[table]!.when, rules), shared), truths[table]!);
}

const refuse = () => {
  throw new TypeError('a table answers for one attribute alone');
};
const nothingElse = { did: refuse, fit: refuse, interest: refuse, grade: refuse, stage: refuse };

/** What each value of one attribute gives in points. */
function pointsOf(
  { rules, tables }: Plan,
  { parts }: Extract<FitStep, { kind: 'points' }>,
  texts: Texts,
  truths: readonly Truths[],
  shared: boolean,
): Float64Array {
  const words = parts.map(({ table, points }) => [points, wordsOf(tables[table]!.when, rules)]);
  const known = pointsKnown.of(texts, asked(words, shared));
  if (known?.length === texts.length) return known;
  const sums = allocate(Float64Array, texts.length, shared);
  for (const { table, points } of parts) {
    truths[table]!.forEach((truth, code) => {
      if (truth === TRUE) sums[code]! += points;
    });
  }
  return pointsKnown.keep(texts, asked(words, shared), sums);
}

/** The classes of signatures; which they are does not depend on windows, and not on how often something must be done. */
function classified(
  dids: readonly DidLeaf[],
  signatures: readonly Signature[],
  shared: boolean,
): Pick<Binding, 'classOf' | 'classes'> {
  const question = asked(
    dids.map(({ source }) => [source.did, source.where]),
    shared,
  );
  const known = classesKnown.of(signatures, question);
  if (known?.classOf.length === signatures.length) return known;
  return classesKnown.keep(signatures, question, classify(dids, signatures, shared));
}

/** Matches every distinct signature once against the `did` tests that name its type. */
function classify(
  dids: readonly DidLeaf[],
  signatures: readonly Signature[],
  shared: boolean,
): Pick<Binding, 'classOf' | 'classes'> {
  const byType = Map.groupBy(dids.keys(), (leaf) => dids[leaf]!.type);
  const numbers = new Map<string, number>([['', 0]]);
  const classes: number[][] = [[]];
  const classOf = allocate(Uint32Array, signatures.length, shared);
  signatures.forEach((signature, code) => {
    const naming = byType.get(signature.type) ?? [];
    const matched = naming.length === 0 ? [] : matching(dids, naming, signature);
    const key = matched.join();
    let number = numbers.get(key);
    if (number === undefined) {
      number = classes.push(matched) - 1;
      numbers.set(key, number);
    }
    classOf[code] = number;
  });
  return { classOf, classes: listsOf(classes, shared) };
}

function matching(dids: readonly DidLeaf[], naming: readonly number[], { properties }: Signature): number[] {
  const values = new Map<string, Value | null>(properties.map(([name, text]) => [name, readValue(text)]));
  return naming.filter((leaf) =>
    dids[leaf]!.where.every(({ property, test }) => test(values.get(property) ?? null) === true),
  );
}
