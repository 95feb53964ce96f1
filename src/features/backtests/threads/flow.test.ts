import { expect, it } from 'vitest';
import type { Sorting } from '../history/sorting.ts';
import { Flow, type Helper } from './flow.ts';

/** Sorting the activities of one lead: work whose being done can be seen. */
const unsorted = (...instants: number[]): Sorting => ({
  starts: Uint32Array.of(0, instants.length),
  instants: Float64Array.from(instants),
  codes: Uint32Array.from(instants.keys()),
  several: Uint8Array.of(1),
  bounds: Uint32Array.of(0, 1),
});

/** Somebody who does nothing until told to. */
function idler() {
  const given: { work: Sorting; done: () => void; failed: (error: Error) => void }[] = [];
  const helper: Helper<'sort'> = (_, work) =>
    new Promise((done, failed) => given.push({ work: work as Sorting, done, failed }));
  return { given, helper };
}

it('is done at once where there is nobody else', async () => {
  const flow = new Flow('sort', [], false);
  const work = unsorted(3, 1, 2);
  await flow.push(work);
  expect([...work.instants]).toEqual([1, 2, 3]);
  await flow.end();
});

it('is handed out a little ahead, and the rest as it is done', async () => {
  const [one, other] = [idler(), idler()];
  const flow = new Flow('sort', [one.helper, other.helper], false);
  const works = Array.from({ length: 6 }, (_, i) => unsorted(i));
  const pushed = works.map((work) => flow.push(work));
  expect([one.given.length, other.given.length]).toEqual([2, 2]);
  other.given[0]!.done();
  await pushed[works.indexOf(other.given[0]!.work)];
  await new Promise(setImmediate);
  expect([one.given.length, other.given.length]).toEqual([2, 3]);
  let ended = false;
  const end = flow.end().then(() => {
    ended = true;
  });
  for (const { done } of [...one.given, ...other.given.slice(1)]) done();
  await new Promise(setImmediate);
  expect(ended).toBe(false); // the last has been handed out, and is not done
  for (const { done } of [...one.given, ...other.given]) done();
  await end;
  expect([...one.given, ...other.given].map(({ work }) => works.indexOf(work)).sort()).toEqual([
    0, 1, 2, 3, 4, 5,
  ]);
});

it('is shared with whoever asks, when others have enough in hand', async () => {
  const { given, helper } = idler();
  const flow = new Flow('sort', [helper], true);
  const works = Array.from({ length: 4 }, () => unsorted(2, 1));
  for (const work of works) flow.push(work);
  expect(works.map(({ instants }) => instants[0])).toEqual([2, 2, 1, 1]);
  for (const { done } of given) done();
  await flow.end();
});

it('tells what a part of it failed with, to whoever waits for that part and for all', async () => {
  const { given, helper } = idler();
  const flow = new Flow('sort', [helper], false);
  const [failing, fine] = [flow.push(unsorted(1)), flow.push(unsorted(2))];
  given[0]!.failed(new Error('out of luck'));
  given[1]!.done();
  await expect(failing).rejects.toThrow('out of luck');
  await fine;
  await expect(flow.end()).rejects.toThrow('out of luck');
});
