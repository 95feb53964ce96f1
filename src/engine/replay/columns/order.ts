import { allocate, type Growing } from './memory.ts';

/** Where things that came in any order go, so that each lead's lie together: a counting sort by lead number. */
export type Order = {
  /** Lead `i` has the places from `starts[i]` up to `starts[i + 1]`. */
  starts: Uint32Array;
  /** Names every place once; things of one lead keep the order in which they came. */
  place(put: (from: number, to: number) => void): void;
};

export function byLead(leadOf: Growing<Uint32Array>, leads: number, shared: boolean): Order {
  const starts = allocate(Uint32Array, leads + 1, shared);
  for (let i = 0; i < leadOf.length; i++) starts[leadOf.at(i) + 1]!++;
  for (let lead = 0; lead < leads; lead++) starts[lead + 1]! += starts[lead]!;
  return {
    starts,
    place(put) {
      const next = starts.slice();
      for (let from = 0; from < leadOf.length; from++) put(from, next[leadOf.at(from)]!++);
    },
  };
}

/** Sorts a run by instant, and what goes with it; equal instants keep their order. A sorted run costs one look. */
export function sortWithin(instants: Float64Array, payload: Uint32Array, from: number, to: number): void {
  let sorted = from + 1;
  while (sorted < to && instants[sorted - 1]! <= instants[sorted]!) sorted++;
  if (sorted >= to) return;
  const order = Array.from({ length: to - from }, (_, i) => i);
  const times = instants.slice(from, to);
  const things = payload.slice(from, to);
  order.sort((a, b) => times[a]! - times[b]!);
  order.forEach((was, i) => {
    instants[from + i] = times[was]!;
    payload[from + i] = things[was]!;
  });
}
