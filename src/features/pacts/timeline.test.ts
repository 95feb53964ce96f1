import { expect, test } from 'vitest';
import { buildPact } from '#tests/support/build.ts';
import { Timeline, timelineOf } from './timeline.ts';

const pact = buildPact();
const span = (number: number, from: number, until: number | null = null) => ({
  pact_id: 'p',
  number,
  digest: `d${number}`,
  from,
  until,
});
const days = (...spans: ReturnType<typeof span>[]) =>
  timelineOf(spans, { get: () => pact }).map(({ from, number }) => [from, number]);

test.each<[string, number[][], number[][]]>([
  ['none at all', [], []],
  ['one', [[1, 10]], [[10, 1]]],
  [
    'one after the other',
    [
      [1, 10],
      [2, 20],
    ],
    [
      [10, 1],
      [20, 2],
    ],
  ],
  [
    'an amendment, after whose end the one before it holds again',
    [
      [1, 10],
      [2, 20, 30],
    ],
    [
      [10, 1],
      [20, 2],
      [30, 1],
    ],
  ],
  [
    'an amendment that the next one comes into',
    [
      [1, 10],
      [2, 20, 40],
      [3, 30],
    ],
    [
      [10, 1],
      [20, 2],
      [30, 3],
    ],
  ],
  ['one that ends with nothing after it holds on', [[1, 10, 20]], [[10, 1]]],
  [
    'two from the same day: the later one',
    [
      [1, 10],
      [2, 10],
    ],
    [[10, 2]],
  ],
])('%s', (_name, spans, wanted) => {
  expect(days(...spans.map(([number, from, until]) => span(number!, from!, until ?? null)))).toEqual(wanted);
});

test('an instant is judged by the version then in force, the first one also before its date', () => {
  const timeline = new Timeline(timelineOf([span(1, 10), span(2, 20)], { get: () => pact }));
  expect([5, 10, 19, 20, 99].map((at) => timeline.at(at)?.number)).toEqual([1, 1, 1, 2, 2]);
  expect([timeline.hasBegun(9), timeline.hasBegun(10)]).toEqual([false, true]);
  expect(new Timeline([]).at(5)).toBe(null);
});
