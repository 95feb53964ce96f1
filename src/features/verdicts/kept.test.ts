import { expect, it } from 'vitest';
import type { Occurrence } from '#engine/ladder/occurrence.ts';
import { buildPact } from '#tests/support/build.ts';
import { foldUp } from './fold.ts';
import { type KeptLead, KeptLeads } from './kept.ts';

const versions = [{ from: 0, pact: buildPact({}) }];

/** A lead of which so many things are known. */
function lead(size: number, revision = 1): KeptLead {
  const ledger = Array.from({ length: size }, (_, at): Occurrence => ({ kind: 'time', at }));
  const { carried, walk } = foldUp(null, ledger, versions, size)!;
  return { id: 'x', revision, folded: { carried, walk } };
}
const numbers = (taken: Map<number, KeptLead>): number[] => [...taken.keys()];

it('hands a lead out once, and of what is kept again the latest', () => {
  const kept = new KeptLeads();
  kept.keep('w', new Map([[1, lead(3)]]));
  kept.keep('w', new Map([[1, lead(3, 2)]]));
  expect(kept.take('other', [1]).size).toBe(0);
  expect(kept.take('w', [1, 2]).get(1)?.revision).toBe(2);
  expect(kept.take('w', [1]).size).toBe(0);
});

it('holds so much and no more: what was not used for the longest goes', () => {
  const kept = new KeptLeads(100);
  for (const one of [1, 2, 3]) kept.keep('w', new Map([[one, lead(20)]]));
  kept.keep('w', kept.take('w', [1]));
  kept.keep('w', new Map([[4, lead(20)]]));
  expect(numbers(kept.take('w', [1, 2, 3, 4]))).toEqual([1, 3, 4]);
  kept.keep('w', new Map([[5, lead(200)]]));
  expect(kept.take('w', [5]).size).toBe(0);
});
