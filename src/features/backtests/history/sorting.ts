/** Leads whose activities came from several places are put in order, part by part. */
import { sortWithin } from '#engine/replay/columns/order.ts';

/** `several` is 1 for each lead whose activities may not be in order; parts begin and end at `bounds`. */
export type Sorting = {
  starts: Uint32Array;
  instants: Float64Array;
  codes: Uint32Array;
  several: Uint8Array;
  bounds: Uint32Array;
};

export function sortPart({ starts, instants, codes, several, bounds }: Sorting, part: number): void {
  for (let lead = bounds[part]!; lead < bounds[part + 1]!; lead++) {
    if (several[lead] === 1) sortWithin(instants, codes, starts[lead]!, starts[lead + 1]!);
  }
}
