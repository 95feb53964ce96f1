/** What holds a pact together: names that are used are given, once each, and no test asks for itself. */

import type { Position } from '../problem.ts';
import type { Names } from '../shape/names.ts';
import { suggest } from '../shape/nearest.ts';
import { formatPath, type Path } from '../shape/path.ts';
import type { Reading } from '../shape/reading.ts';
import { CLAUSES } from './clauses.ts';

/** The names every pact has. */
export function nameOwn(names: Names): void {
  names.always('clause', CLAUSES);
  names.always('ladder', ['conversion']);
  names.always('tier', ['standard']);
}

/** Notes a problem for every name given twice, every name not given, and every circle of tests. */
export function checkLinks(reading: Reading, where: (offset: number) => Position): void {
  const { names } = reading;
  for (const { again, first } of names.repeated) {
    const { line } = where(first.at);
    const found = `found the id "${again.name}" again, wanted another`;
    reading.problem(again.at, again.path, found, `it is on line ${line} too, as ${formatPath(first.path)}`);
  }
  for (const { name, at, path, spaces, what } of names.references) {
    if (names.has(spaces, name)) continue;
    const hint = suggest(name, names.in(spaces), what);
    reading.problem(at, path, `found ${JSON.stringify(name)}, wanted one of the ${what} of this pact`, hint);
  }
  findCircles(reading);
}

/** A test on something derived, and where it stands. */
type Asking = { asks: string; at: number; path: Path };

/** What a derived value is worked out from: criteria of a section, or other derived values. */
const FROM: Record<string, { section?: string; values: readonly string[] }> = {
  fit: { section: 'profile', values: [] },
  interest: { section: 'interest', values: [] },
  grade: { values: ['fit', 'interest'] },
  stage: { section: 'stages', values: [] },
};

/** Circles told of in one file; each is another way through the same few tests. */
const MOST_CIRCLES = 20;

function findCircles(reading: Reading): void {
  const ids = criteriaByPlace(reading.names);
  const asked = new Map<string, Asking[]>();
  for (const { what, at, path } of reading.marks) {
    const asker = askerOf(formatPath(path), ids);
    if (asker === null) continue;
    const askings = asked.get(asker) ?? [];
    askings.push({ asks: what, at, path });
    asked.set(asker, askings);
  }
  const graph = dependencies(asked);
  const told = new Set<string>();
  for (const [asker, askings] of asked) {
    for (const { asks, at, path } of askings) {
      const way = wayBack(graph, asks, asker);
      const circle = way?.toSorted().join(' ');
      if (way === null || circle === undefined || told.has(circle)) continue;
      const named = [asker, ...way].join(' → ');
      reading.problem(at, path, `found a circle: ${named}, wanted a test that does not ask for itself`);
      told.add(circle);
      if (told.size === MOST_CIRCLES) return;
    }
  }
}

/** `profile[0]` → `profile.size`. */
function criteriaByPlace({ given }: Names): Map<string, string> {
  const ids = new Map<string, string>();
  for (const space of ['criterion', 'ladder']) {
    for (const { name, path } of given.get(space)?.values() ?? []) {
      const place = formatPath(path).replace(/\.id$/, '');
      ids.set(place, `${place.replace(/\[.*/, '')}.${name}`);
    }
  }
  return ids;
}

/** The criterion or stage that a test stands in; null for tests from which nothing else is worked out. */
function askerOf(path: string, ids: ReadonlyMap<string, string>): string | null {
  const place = /^(?:profile|stages)\[\d+\]/.exec(path)?.[0];
  return place === undefined ? null : (ids.get(place) ?? place);
}

/** Who asks for what: criteria for derived values, and derived values for the criteria that ask for something. */
function dependencies(asked: ReadonlyMap<string, Asking[]>): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const [derived, { section, values }] of Object.entries(FROM)) {
    const askers = [...asked.keys()].filter((asker) => section !== undefined && asker.startsWith(section));
    graph.set(derived, [...values, ...askers]);
  }
  for (const [asker, askings] of asked) {
    graph.set(
      asker,
      askings.map(({ asks }) => asks),
    );
  }
  return graph;
}

/** The shortest way from a derived value back to who asked for it, or null. */
function wayBack(graph: ReadonlyMap<string, string[]>, from: string, to: string): string[] | null {
  const before = new Map<string, string | null>([[from, null]]);
  for (const node of before.keys()) {
    if (node === to) return wayTo(node, before);
    for (const next of graph.get(node) ?? []) if (!before.has(next)) before.set(next, node);
  }
  return null;
}

function wayTo(end: string, before: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let at: string | null = end; at !== null; at = before.get(at) ?? null) way.unshift(at);
  return way;
}
