import { allocate } from '../columns/memory.ts';

/** Lists of numbers in flat memory: list `i` is `items[starts[i]]` up to `items[starts[i + 1]]`. */
export type Lists = { starts: Uint32Array; items: Uint32Array };

export function listsOf(lists: readonly (readonly number[])[], shared = false): Lists {
  const starts = allocate(Uint32Array, lists.length + 1, shared);
  lists.forEach((list, i) => {
    starts[i + 1] = starts[i]! + list.length;
  });
  const items = allocate(Uint32Array, starts[lists.length]!, shared);
  lists.forEach((list, i) => {
    items.set(list, starts[i]);
  });
  return { starts, items };
}

const listAt = ({ starts, items }: Lists, i: number): Uint32Array => items.subarray(starts[i], starts[i + 1]);

export const lists = (of: Lists): Uint32Array[] =>
  Array.from({ length: of.starts.length - 1 }, (_, i) => listAt(of, i));
