/**
 * A plan met with the dictionaries of some columns: every distinct value and every distinct signature is asked once,
 * here, and never again. What comes out is numbers only, so that worker threads need neither texts nor patterns.
 */
import { type DidLeaf, holds, type World } from '#engine/criterion/compile.ts';
import { readValue, type Value } from '#engine/criterion/value.ts';
import type { Truth } from '#engine/verdict/verdict.ts';
import { allocate } from '../columns/memory.ts';
import type { Signature } from '../columns/signatures.ts';
import type { LeadColumns } from '../columns.ts';
import { type Lists, listsOf } from './lists.ts';
import type { Plan } from './plan.ts';
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

/** Binds a plan to columns; with `shared`, into memory that threads share. */
export function bind(plan: Plan, { states, activities }: LeadColumns, shared = false): Binding {
  const columnOf = new Map(states.attributes.map(({ name }, column) => [name, column]));
  const truths: Truths[] = [];
  for (const attribute of new Set(plan.tables.map((table) => table.attribute))) {
    const column = columnOf.get(attribute);
    askValues(
      plan,
      attribute,
      column === undefined ? [null] : states.attributes[column]!.texts,
      truths,
      shared,
    );
  }
  return {
    ...classify(plan.rules.dids, activities.signatures, shared),
    truths,
    points: pointTables(plan, truths, shared),
    columnOf,
  };
}

/** Asks every distinct value of one attribute whatever the plan wants to know of it. */
function askValues(
  { rules, tables }: Plan,
  attribute: string,
  texts: readonly (string | null)[],
  truths: Truths[],
  shared: boolean,
): void {
  const mine = [...tables.keys()].filter((table) => tables[table]!.attribute === attribute);
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
}

const refuse = () => {
  throw new TypeError('a table answers for one attribute alone');
};
const nothingElse = { did: refuse, fit: refuse, interest: refuse, grade: refuse, stage: refuse };

function pointTables(plan: Plan, truths: readonly Truths[], shared: boolean): Float64Array[] {
  const steps = (plan.fit ?? []).filter((step) => step.kind === 'points');
  return steps.map(({ parts }) => {
    const sums = allocate(Float64Array, truths[parts[0]!.table]!.length, shared);
    for (const { table, points } of parts) {
      truths[table]!.forEach((truth, code) => {
        if (truth === TRUE) sums[code]! += points;
      });
    }
    return sums;
  });
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
    const asked = byType.get(signature.type) ?? [];
    const matched = asked.length === 0 ? [] : matching(dids, asked, signature);
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

function matching(dids: readonly DidLeaf[], asked: readonly number[], { properties }: Signature): number[] {
  const values = new Map<string, Value | null>(properties.map(([name, text]) => [name, readValue(text)]));
  return asked.filter((leaf) =>
    dids[leaf]!.where.every(({ property, test }) => test(values.get(property) ?? null) === true),
  );
}
