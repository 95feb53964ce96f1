/** A change of one part of a pact, and what it makes of the pact as plain values. */

/** The way to a part from the top: keys, ids of what has an id, else places from 0. */
export type Way = readonly string[];

/** `after`: behind which neighbour, by id or place; null: first; last when left out. */
export type Edit =
  | { do: 'set'; at: Way; value?: unknown }
  | { do: 'remove'; at: Way }
  | { do: 'add'; at: Way; value?: unknown; after?: string | null | undefined }
  | { do: 'move'; at: Way; after?: string | null | undefined };

/** A change that cannot be made of this text, in words. */
export class EditError extends Error {
  override readonly name = 'EditError';
}

type Plain = Record<string, unknown> | unknown[];

/** Where in a list an id or a place is; -1 when it is not. */
export const placeIn = (ids: readonly (string | null)[], step: string): number => {
  const named = ids.indexOf(step);
  if (named >= 0) return named;
  return /^\d{1,6}$/.test(step) && Number(step) < ids.length && ids[Number(step)] === null
    ? Number(step)
    : -1;
};

/** The ids of a list's items; null for one without. */
export const idsOf = (items: readonly unknown[]): (string | null)[] =>
  items.map((item) =>
    typeof item === 'object' && item !== null && 'id' in item ? String((item as { id: unknown }).id) : null,
  );

/** A copy that shares nothing; for plain values, as JSON has them. */
export const copyOf = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);

/** What a way leads to; undefined when there is nothing. */
export function partAt(top: unknown, way: Way): unknown {
  let value = top;
  for (const step of way) {
    if (Array.isArray(value)) value = value[placeIn(idsOf(value), step)];
    else if (typeof value === 'object' && value !== null && Object.hasOwn(value, step))
      value = (value as Record<string, unknown>)[step];
    else return undefined;
  }
  return value;
}

/**
 * Makes a change in place.
 * @throws EditError when there is nothing where it points
 */
export function applyEdit(top: Plain, edit: Edit): void {
  const [way, last] = [edit.at.slice(0, -1), edit.at.at(-1)!];
  switch (edit.do) {
    case 'set': {
      const holder = heldAt(top, way);
      if (Array.isArray(holder)) holder[within(holder, last, edit.at)] = copyOf(edit.value);
      else holder[last] = copyOf(edit.value);
      return;
    }
    case 'remove': {
      const holder = heldAt(top, way);
      if (Array.isArray(holder)) holder.splice(within(holder, last, edit.at), 1);
      else if (Object.hasOwn(holder, last)) delete holder[last];
      else throw nothingAt(edit.at);
      return;
    }
    case 'add': {
      const list = listAt(top, edit.at);
      list.splice(behind(list, edit.after, edit.at), 0, copyOf(edit.value));
      return;
    }
    case 'move': {
      const list = listAt(top, way);
      const [item] = list.splice(within(list, last, edit.at), 1);
      list.splice(behind(list, edit.after, way), 0, item);
    }
  }
}

function heldAt(top: Plain, way: Way): Plain {
  let value: unknown = top;
  for (const [i, step] of way.entries()) {
    if (!Array.isArray(value) && typeof value === 'object' && value !== null && !Object.hasOwn(value, step)) {
      (value as Record<string, unknown>)[step] = {};
    }
    value = partAt(value, [step]);
    if (typeof value !== 'object' || value === null) throw nothingAt(way.slice(0, i + 1));
  }
  return value as Plain;
}

function listAt(top: Plain, way: Way): unknown[] {
  const holder = heldAt(top, way.slice(0, -1));
  const last = way.at(-1)!;
  if (!Array.isArray(holder)) holder[last] ??= [];
  const list = partAt(holder, [last]);
  if (Array.isArray(list)) return list;
  throw new EditError(`${sayWay(way)} is no list: nothing can be added to it.`);
}

function within(list: readonly unknown[], step: string, way: Way): number {
  const place = placeIn(idsOf(list), step);
  if (place < 0) throw nothingAt(way);
  return place;
}

/** Where something goes that is put behind a neighbour. */
function behind(list: readonly unknown[], after: string | null | undefined, way: Way): number {
  if (after === undefined) return list.length;
  return after === null ? 0 : within(list, after, [...way, after]) + 1;
}

const nothingAt = (way: Way): EditError =>
  new EditError(`There is no ${sayWay(way)} in this text: it may have been removed, or be called otherwise.`);

const sayWay = (way: Way): string => way.join('.');
