import { seededRandom, shuffled } from './random.ts';

/** One round of a test: fit on some rows, judge others that the fit has not seen. */
export type Round = { fit: Int32Array; test: Int32Array };

export const FOLDS = 5;
const OLDER = 0.7;

/**
 * Row → its fold. Equal rows stay together, and each fold gets its share of the leads and of the won ones.
 *
 * @param groupOf row → the row that stands for its group
 */
export function dealFolds(won: Uint8Array, groupOf: Int32Array, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const size = new Int32Array(won.length);
  const wins = new Int32Array(won.length);
  groupOf.forEach((head, row) => {
    size[head]!++;
    wins[head]! += won[row]!;
  });
  const heads = shuffled(
    groupOf.filter((head, row) => head === row),
    random,
  );
  const groups = heads.filter((head) => size[head]! > 1).sort((a, b) => size[b]! - size[a]!);
  const singles = heads.filter((head) => size[head] === 1);
  const foldOf = new Uint8Array(won.length);
  const held = new Float64Array(FOLDS);
  /** Each to the fold that has least of what is weighed, the largest groups first. */
  const deal = (among: (head: number) => boolean, weight: Int32Array): void => {
    for (const dealt of [groups, singles]) {
      for (const head of dealt) {
        if (!among(head)) continue;
        const fold = leastOf(held);
        foldOf[head] = fold;
        held[fold]! += weight[head]!;
      }
    }
  };
  deal((head) => wins[head]! > 0, wins);
  held.fill(0);
  for (const head of heads) if (wins[head]! > 0) held[foldOf[head]!]! += size[head]!;
  deal((head) => wins[head] === 0, size);
  groupOf.forEach((head, row) => {
    foldOf[row] = foldOf[head]!;
  });
  return foldOf;
}

/** Rounds of a cross-validation: every row is tested once, by a fit that has seen none of its fold. */
export function crossValidated(won: Uint8Array, groupOf: Int32Array, seed: number): Round[] {
  const foldOf = dealFolds(won, groupOf, seed);
  const all = Int32Array.from(won, (_, row) => row);
  return Array.from({ length: FOLDS }, (_, fold) => ({
    fit: all.filter((row) => foldOf[row] !== fold),
    test: all.filter((row) => foldOf[row] === fold),
  }));
}

function leastOf(held: Float64Array): number {
  let least = 0;
  for (let fold = 1; fold < held.length; fold++) if (held[fold]! < held[least]!) least = fold;
  return least;
}

/**
 * One round by time: fit on the oldest 70 %, test on the rest. Leads of one instant stay together; a newer lead that
 * equals an older one is not tested; leads without a date are only fitted on. Null when time does not part them.
 */
export function timeOrdered(createdAt: Float64Array, groupOf: Int32Array): Round | null {
  const dated = Int32Array.from(createdAt, (_, row) => row).filter((row) => !Number.isNaN(createdAt[row]!));
  const order = dated.toSorted((a, b) => createdAt[a]! - createdAt[b]! || a - b);
  const last = order[Math.floor(OLDER * order.length) - 1];
  if (last === undefined) return null;
  const isNewer = (row: number): boolean => createdAt[row]! > createdAt[last]!;
  const fit = Int32Array.from(createdAt, (_, row) => row).filter((row) => !isNewer(row));
  const fitted = new Set(fit.map((row) => groupOf[row]!));
  const test = order.filter((row) => isNewer(row) && !fitted.has(groupOf[row]!));
  return test.length === 0 ? null : { fit, test };
}
