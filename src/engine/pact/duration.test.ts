import { describe, expect, test } from 'vitest';
import { DurationError, formatElapsed, formatWorking, parseElapsed, parseWorking } from './duration.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  ['15m', 15 * MINUTE, '15m'],
  ['60m', HOUR, '1h'],
  ['90m', 90 * MINUTE, '90m'],
  ['4h', 4 * HOUR, '4h'],
  ['24h', DAY, '1d'],
  ['7d', 7 * DAY, '1w'],
  ['14d', 14 * DAY, '2w'],
  ['336h', 14 * DAY, '2w'],
  ['90d', 90 * DAY, '90d'],
  ['007d', 7 * DAY, '1w'],
  ['5218w', 5_218 * 7 * DAY, '5218w'],
])('%s elapsed', (text, ms, shortest) => {
  expect(parseElapsed(text)).toBe(ms);
  expect(formatElapsed(ms)).toBe(shortest);
  expect(parseElapsed(shortest)).toBe(ms);
});

test.each([
  ['15m', { days: 0, minutes: 15 }, '15m'],
  ['60m', { days: 0, minutes: 60 }, '1h'],
  ['24h', { days: 0, minutes: 1_440 }, '24h'],
  ['1d', { days: 1, minutes: 0 }, '1d'],
  ['5d', { days: 5, minutes: 0 }, '5d'],
  ['1w', { days: 5, minutes: 0 }, '5d'],
])('%s of working time', (text, working, shortest) => {
  expect(parseWorking(text)).toEqual(working);
  expect(formatWorking(working)).toBe(shortest);
});

describe('what is not a duration', () => {
  test.each([
    ['', 'wanted a whole number and a unit, such as 15m, 4h, 14d or 8w'],
    ['14', 'a unit is missing: 14m, 14h, 14d or 14w'],
    ['d', 'wanted a whole number and a unit'],
    ['0h', 'wanted a duration above zero'],
    ['-1d', 'a duration is never negative'],
    ['1.5h', 'whole numbers only'],
    ['1,5h', 'whole numbers only'],
    ['1h30m', 'one number and one unit'],
    ['15 m', 'without a space: 15m'],
    ['15 min', 'write 15m'],
    ['2 Weeks', 'write 2w'],
    ['3mo', 'months and years differ in length'],
    ['1y', 'months and years differ in length'],
    ['15M', 'units are small letters: 15m'],
    ['1e3d', 'wanted a whole number and a unit'],
    ['99999999999999999999w', 'wanted at most a hundred years'],
    ['5219w', 'wanted at most a hundred years'],
    ['１４d', 'wanted a whole number and a unit'],
  ])('%s', (text, says) => {
    expect(() => parseElapsed(text)).toThrow(DurationError);
    expect(() => parseWorking(text)).toThrow(says);
  });

  test('milliseconds that are no whole minutes', () => {
    expect(() => formatElapsed(1)).toThrow('found 1 milliseconds, wanted a positive number of whole minutes');
    expect(() => formatElapsed(-MINUTE)).toThrow(RangeError);
    expect(() => formatElapsed(Number.NaN)).toThrow(RangeError);
  });
});
