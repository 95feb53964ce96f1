import type { Owner } from '#engine/pact/pact.ts';

/** One difference between two pacts, as a sentence and as data. */
export type Change = {
  kind: 'added' | 'removed' | 'changed';
  /** Where, by ids: `profile.size.points`. */
  path: string;
  /** The part of the pact it belongs to: `profile`, `mql`, `handoff`, … */
  clause: string;
  /** Who may change that clause. */
  owner: Owner;
  /** In words: "Fit for size: 20 → 25 points". */
  text: string;
  /** The value before and after; absent where there was none. */
  before?: unknown;
  after?: unknown;
};

export type Place = Pick<Change, 'path' | 'clause' | 'owner'>;

/** A place within a place. */
export const within = (place: Place, key: string): Place => ({ ...place, path: `${place.path}.${key}` });

/** A change from one value to another, either of which may be absent. */
export function change(place: Place, before: unknown, after: unknown, text: string): Change {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return {
    ...{ kind, ...place, text },
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Equal as JSON: both come from the normal form, which has one order of keys. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How a change of each key reads; every key must be spoken for. */
export type Sayers<T> = { [K in keyof T]-?: (before: T[K], after: T[K]) => string };

/** The keys of two values that differ, in the order of the table. */
export function compareKeys<T extends object>(
  place: Place,
  before: T,
  after: T,
  sayers: Partial<Sayers<T>>,
): Change[] {
  return (Object.keys(sayers) as (keyof T & string)[]).flatMap((key) => {
    if (same(before[key], after[key])) return [];
    return [change(within(place, key), before[key], after[key], sayers[key]!(before[key], after[key]))];
  });
}

/** How one kind of named thing is compared. */
export type Comparison<T> = {
  place: (item: T) => Place;
  added: (item: T) => string;
  removed: (item: T) => string;
  changed: (before: T, after: T, place: Place) => Change[];
  /** What of it stands in the pact; the whole of it when not said. */
  value?: (item: T) => unknown;
};

/** Things matched by name: gone, changed, new; each in the order of its list. */
export function compareNamed<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  { place, added, removed, changed, value = (item) => item }: Comparison<T>,
): Change[] {
  const gone = [...before].filter(([name]) => !after.has(name));
  const kept = [...after].filter(([name]) => before.has(name));
  const fresh = [...after].filter(([name]) => !before.has(name));
  return [
    ...gone.map(([, item]) => change(place(item), value(item), undefined, removed(item))),
    ...kept.flatMap(([name, item]) => changed(before.get(name)!, item, place(item))),
    ...fresh.map(([, item]) => change(place(item), undefined, value(item), added(item))),
  ];
}

/** Things with ids, and the order in which those stand that both lists have. */
export function compareListed<T extends { id: string }>(
  place: Place,
  name: string,
  before: readonly T[],
  after: readonly T[],
  comparison: Comparison<T>,
): Change[] {
  const [old, now] = [byId(before), byId(after)];
  const changes = compareNamed(old, now, comparison);
  const oldOrder = [...old.keys()].filter((id) => now.has(id));
  const newOrder = [...now.keys()].filter((id) => old.has(id));
  if (same(oldOrder, newOrder)) return changes;
  const text = `Order of the ${name}: ${oldOrder.join(', ')} → ${newOrder.join(', ')}`;
  return [...changes, change(place, oldOrder, newOrder, text)];
}

const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));
