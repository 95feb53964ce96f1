import { expect, it } from 'vitest';
import { type ActivityLog, countBehaviour } from './behaviour.ts';

const DAY = 86_400_000;
type Done = [row: number, day: number, type: 'Form' | 'page' | 'rare'];

function logOf(done: Done[]): ActivityLog {
  const types = ['Form', 'page', 'rare'];
  return {
    row: Int32Array.from(done, ([row]) => row),
    at: Float64Array.from(done, ([, day]) => day * DAY),
    type: Int32Array.from(done, ([, , type]) => types.indexOf(type)),
    types,
  };
}
/** Thirty-one leads that each did something on day 1, so that it is told of. */
const crowd: Done[] = Array.from({ length: 31 }, (_, i): Done => [i + 4, 1, 'Form']);
const countsOf = (log: ActivityLog, created: number[] | null, closed: number[] | null) => {
  const days = (all: number[] | null) =>
    all && Float64Array.from({ length: 40 }, (_, row) => (all[row] ?? Number.NaN) * DAY);
  const found = countBehaviour(log, 40, days(created), days(closed));
  return found.map(({ activity, column }) => ({
    activity,
    name: column.name,
    counts: Array.from(column.codes.slice(0, 4), (code) => column.texts[code]),
  }));
};

it('counts what a lead did up to 30 days after it came in, and before its deal closed', () => {
  const done: Done[] = [
    [0, -5, 'Form'], // before it was known
    [0, 30, 'Form'], // the last day
    [0, 31, 'Form'], // too late
    [1, 3, 'Form'],
    [1, 7, 'Form'], // at the close
    [1, 9, 'Form'], // after it
    [-1, 1, 'Form'], // not among the leads
    [2, 2, 'page'],
  ];
  expect(countsOf(logOf([...done, ...crowd]), [0, 0, 0, 0], [Number.NaN, 7, Number.NaN, Number.NaN])).toEqual(
    [{ activity: 'Form', name: 'did Form', counts: ['2', '1', '0', '0'] }],
  );
});

it('counts from the first activity where it is not known when a lead came in', () => {
  const done: Done[] = [
    [0, 100, 'page'],
    [0, 120, 'Form'],
    [0, 131, 'Form'],
  ];
  expect(countsOf(logOf([...done, ...crowd]), null, null)[0]!.counts[0]).toBe('1');
});
