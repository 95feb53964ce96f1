/** The same replay in C, for the limit of what the processor gives: compiled here, fed with the engine's own tables. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pact } from '#engine/pact/pact.ts';
import type { Columns } from '#engine/replay/columns.ts';
import { bind } from '#engine/replay/fast/bind.ts';
import { listsOf } from '#engine/replay/fast/lists.ts';
import { plan } from '#engine/replay/fast/plan.ts';

const SOURCE = join(import.meta.dirname, 'replay.c');
const KINDS = { carried: 0, windowed: 1, gated: 2 };

export type Kernel = {
  /** Replays so many times; nanoseconds of processor time for each. */
  run(until: number, times: number): number[];
  /** What the last replay said. */
  results(): { mqlAt: Float64Array; interest: Float64Array; fit: Float64Array };
};

/** Compiles the kernel into a directory and writes the columns there; null where there is no C compiler. */
export function buildKernel(directory: string, columns: Columns, pact: Pact): Kernel | null {
  mkdirSync(directory, { recursive: true });
  const program = join(directory, 'replay');
  try {
    const flags = ['-O3', '-march=native', '-ffp-contract=off'];
    execFileSync('gcc', [...flags, '-o', program, SOURCE, '-lm'], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  for (const [name, array] of Object.entries(arrays(columns, pact))) {
    writeFileSync(join(directory, name), new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return {
    run(until, times) {
      const said = execFileSync(program, [directory, String(until), String(times)], { encoding: 'utf8' });
      return said.trim().split('\n').map(Number);
    },
    results() {
      const read = (name: string) =>
        new Float64Array(Uint8Array.from(readFileSync(join(directory, name))).buffer);
      return { mqlAt: read('mql_at'), interest: read('interest'), fit: read('fit') };
    },
  };
}

/** Everything that the kernel reads, by name. It knows the full definition's conditions; the numbers come from here. */
function arrays(columns: Columns, pact: Pact): Record<string, Uint32Array | Float64Array | Uint8Array> {
  const parts = plan(pact);
  const binding = bind(parts, columns);
  const { activities, states } = columns;
  const { dids, interest } = parts.rules;
  const codesOf = (attribute: string) => states.attributes[binding.columnOf.get(attribute)!]!.codes;
  const tableOf = (name: string, index = 0) =>
    parts.tables
      .map((table, i) => ({ ...table, truths: binding.truths[i]! }))
      .filter(({ attribute }) => attribute === name)[index]!.truths;

  const gateOf = interest.map((rule) => rule.dids.find((leaf) => Number(dids[leaf]!.source.times.gte) > 1));
  const within = interest.map((rule) =>
    Math.min(rule.within, ...rule.dids.map((leaf) => dids[leaf]!.within)),
  );
  const kinds = interest.map((_, k) =>
    gateOf[k] !== undefined
      ? KINDS.gated
      : within[k] === Number.POSITIVE_INFINITY
        ? KINDS.carried
        : KINDS.windowed,
  );
  const demo = dids.findIndex(({ source }) => 'form' in source.where);
  const counted = new Set([demo, ...gateOf.filter((leaf) => leaf !== undefined)]);
  const { starts: firsts, items } = binding.classes;
  const classes = Array.from(firsts.subarray(0, -1), (first, i) => [...items.subarray(first, firsts[i + 1])]);
  const criteria = classes.map((leaves) =>
    [...interest.keys()].filter((k) => interest[k]!.dids.some((leaf) => leaves.includes(leaf))),
  );
  const carried = listsOf(criteria.map((list) => list.filter((k) => kinds[k] === KINDS.carried)));
  const kept = listsOf(criteria.map((list) => list.filter((k) => kinds[k] !== KINDS.carried)));
  const counts = listsOf(classes.map((leaves) => leaves.filter((leaf) => counted.has(leaf))));

  const steps = (parts.fit ?? []).filter((step) => step.kind === 'points');
  const both = parts.fit?.find((step) => step.kind === 'criterion');
  if (both?.kind !== 'criterion' || both.when.kind !== 'all')
    throw new Error('the kernel expects one criterion on two attributes');
  const [a, b] = both.when.of.map((part) => {
    if (part.kind !== 'table') throw new Error('the kernel expects two plain tests');
    return { codes: codesOf(parts.tables[part.table]!.attribute), truths: binding.truths[part.table]! };
  });

  return {
    starts: activities.starts,
    instants: activities.instants,
    codes: activities.codes,
    class_of: binding.classOf,
    rows: states.starts,
    since: states.since,
    carried_starts: carried.starts,
    carried: carried.items,
    kept_starts: kept.starts,
    kept: kept.items,
    counted_starts: counts.starts,
    counted: counts.items,
    rise: Float64Array.from(criteria, (list) =>
      list.reduce((sum, k) => sum + Math.max(0, interest[k]!.points), 0),
    ),
    points: Float64Array.from(interest, ({ points }) => points),
    half_lives: Float64Array.from(interest, ({ halfLife }) => halfLife),
    caps: Float64Array.from(interest, ({ cap }) => cap),
    reaches: Float64Array.from(within),
    gates: Uint32Array.from(gateOf, (leaf) => leaf ?? 0),
    gate_times: Float64Array.from(gateOf, (leaf) =>
      leaf === undefined ? 0 : Number(dids[leaf]!.source.times.gte),
    ),
    kinds: Uint32Array.from(kinds),
    demo: Uint32Array.of(demo),
    fits: Uint32Array.of(steps.length),
    ...Object.fromEntries(
      steps.flatMap(({ attribute }, i) => [
        [`fit_codes_${i}`, codesOf(attribute)],
        [`fit_points_${i}`, binding.points[i]!],
      ]),
    ),
    email_codes: codesOf('email'),
    email_known: tableOf('email'),
    domain_codes: codesOf('account.domain'),
    domain_bad: tableOf('account.domain'),
    both_a_codes: a!.codes,
    both_a: a!.truths,
    both_b_codes: b!.codes,
    both_b: b!.truths,
    both_points: Float64Array.of(both.points),
  };
}
