import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aboveOf, lowOf, planes, planesOf, Room } from './planes.ts';

/** Numbers of up to so many bytes, in any number. */
const anyNumbers = fc
  .integer({ min: 1, max: 7 })
  .chain((width) => fc.array(fc.bigInt(0n, (1n << BigInt(Math.min(8 * width, 52))) - 1n), { maxLength: 40 }))
  .map((numbers) => numbers.map(Number));

const read = (numbers: readonly number[]): number[] => {
  const laid = planesOf(planes(numbers));
  const above = aboveOf(laid);
  return Array.from(lowOf(laid), (low, i) => low + (above?.[i] ?? 0) * 2 ** 32);
};

test('numbers are those that went in, however many and however large', () => {
  fc.assert(
    fc.property(anyNumbers, (numbers) => {
      expect(read(numbers)).toEqual(numbers);
    }),
    { numRuns: 500 },
  );
  for (const most of [0, 255, 256, 2 ** 16, 2 ** 24, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 48, 2 ** 52 - 1])
    expect(read([most, 0, 1, most, most])).toEqual([most, 0, 1, most, most]);
});

test('some numbers are joined without the others, wherever their bytes lie', () => {
  fc.assert(
    fc.property(anyNumbers, fc.nat(40), fc.nat(40), fc.nat(3), (numbers, one, other, shift) => {
      const [from, end] = [one, other].map((at) => Math.min(at, numbers.length)).sort((a, b) => a - b) as [
        number,
        number,
      ];
      const bytes = planes(numbers);
      const shifted = new Uint8Array(shift + bytes.length);
      shifted.set(bytes, shift);
      const room = new Room();
      const low = room.lay(planesOf(shifted.subarray(shift)));
      room.join(from, end);
      expect([...low.subarray(from, end)]).toEqual(numbers.slice(from, end).map((number) => number >>> 0));
    }),
    { numRuns: 500 },
  );
});

test('nothing of what was in a room before is left in what comes next', () => {
  fc.assert(
    fc.property(fc.array(anyNumbers, { minLength: 2, maxLength: 6 }), (lists) => {
      const room = new Room();
      for (const numbers of lists) {
        const laid = planesOf(planes(numbers));
        expect([...room.low(laid).subarray(0, laid.length)]).toEqual(numbers.map((number) => number >>> 0));
      }
    }),
  );
});
