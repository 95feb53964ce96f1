/** The ledger of a lead: occurrences in order of time, whenever they arrived. */
import type { Instant } from '#engine/facts/facts.ts';
import { inOrder, instantOf, isSame, type Occurrence } from './occurrence.ts';

/** The occurrences that the ledger does not have yet, in order. */
export function newTo(ledger: readonly Occurrence[], occurrences: readonly Occurrence[]): Occurrence[] {
  const sorted = occurrences.toSorted(inOrder);
  return sorted.filter((one, i) => {
    const last = sorted[i - 1];
    return !(last !== undefined && isSame(last, one)) && !has(ledger, one);
  });
}

function has(ledger: readonly Occurrence[], one: Occurrence): boolean {
  const place = firstFrom(ledger, (entry) => inOrder(entry, one) >= 0);
  for (let i = place; i < ledger.length && inOrder(ledger[i]!, one) === 0; i++) {
    if (isSame(ledger[i]!, one)) return true;
  }
  return false;
}

/** The place of the first entry for which `reached` holds, when it then holds for all that follow. */
function firstFrom(ledger: readonly Occurrence[], reached: (entry: Occurrence) => boolean): number {
  let [low, high] = [0, ledger.length];
  // Most of what comes is new: look at the end first.
  if (high > 0 && !reached(ledger[high - 1]!)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(ledger[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A ledger with what is new in its place. */
export function entered(ledger: readonly Occurrence[], news: readonly Occurrence[]): readonly Occurrence[] {
  const all = [...ledger, ...news];
  const last = ledger.at(-1);
  return last === undefined || inOrder(last, news[0]!) <= 0 ? all : all.sort(inOrder);
}

/** What happened at each instant, in order. */
export function momentsOf(occurrences: readonly Occurrence[]): Occurrence[][] {
  const moments: Occurrence[][] = [];
  for (const one of occurrences) {
    const last = moments.at(-1);
    if (last !== undefined && instantOf(last[0]!) === instantOf(one)) last.push(one);
    else moments.push([one]);
  }
  return moments;
}

/** What a ledger has of an instant. */
export function atInstant(ledger: readonly Occurrence[], at: Instant): Occurrence[] {
  const start = firstFrom(ledger, (entry) => instantOf(entry) >= at);
  let end = start;
  while (end < ledger.length && instantOf(ledger[end]!) === at) end++;
  return ledger.slice(start, end);
}
