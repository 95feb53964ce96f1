/** The order of a list that both sides may have changed. */
import { same } from '../diff/change.ts';
import { CONFLICT } from './values.ts';

type Sides<T> = { base: T; ours: T; theirs: T };

/**
 * The ids that stay, in one order: what one side moved is where it put it; what is new stands behind what it was put
 * behind. The sides count alike: changing them about changes nothing.
 *
 * @returns CONFLICT when both sides turned the order, each otherwise
 */
export function mergeOrder(
  sides: Sides<readonly string[]>,
  staying: ReadonlySet<string>,
): string[] | typeof CONFLICT {
  const known = new Set(
    sides.ours.filter((id) => staying.has(id) && sides.theirs.includes(id) && isOld(sides.base, id)),
  );
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map((ids) =>
    ids.filter((id) => known.has(id)),
  ) as [string[], string[], string[]];
  const frame = same(ours, base) || same(ours, theirs) ? theirs : same(theirs, base) ? ours : CONFLICT;
  if (frame === CONFLICT) return CONFLICT;
  const fresh = [sides.ours, sides.theirs].map((ids) =>
    behindWhat(
      ids.filter((id) => staying.has(id)),
      known,
    ),
  ) as [Map<string, string>, Map<string, string>];
  const ordered: string[] = [];
  for (const place of [FIRST, ...frame]) {
    if (place !== FIRST) ordered.push(place);
    const runs = fresh.map((side, i) =>
      [...side].flatMap(([id, behind]) => (behind === place && isHere(id, place, fresh[1 - i]!) ? [id] : [])),
    );
    runs.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    for (const id of runs.flat()) if (!ordered.includes(id)) ordered.push(id);
  }
  return ordered;
}

const FIRST = '';

/** Without a base, everything both sides have is old. */
const isOld = (base: readonly string[], id: string): boolean => base.length === 0 || base.includes(id);

/** What is new on a side, and the nearest thing before it that both know. */
function behindWhat(ids: readonly string[], known: ReadonlySet<string>): Map<string, string> {
  const fresh = new Map<string, string>();
  let behind = FIRST;
  for (const id of ids) {
    if (known.has(id)) behind = id;
    else fresh.set(id, behind);
  }
  return fresh;
}

/** What both sides added stands where the one puts it whose neighbour comes first by name. */
function isHere(id: string, place: string, other: ReadonlyMap<string, string>): boolean {
  const there = other.get(id);
  return there === undefined || place <= there;
}
