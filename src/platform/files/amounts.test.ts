import { describe, expect, test } from 'vitest';
import { type DecimalMark, decimalMark, readAmount } from './amounts.ts';

describe('amounts', () => {
  const read: [text: string, mark: DecimalMark, wanted: number | null][] = [
    ['1234', '.', 1234],
    ['$1,234,567', '.', 1234567],
    ['1.234,50', '.', 1234.5],
    ['1,234.50', ',', 1234.5],
    ['2,5', '.', 2.5],
    ['1,234', '.', 1234],
    ['1,234', ',', 1.234],
    ['1.234', ',', 1234],
    ['1.234.567', '.', 1234567],
    ['€ 1 234,50', '.', 1234.5],
    ["CHF 1'000.00", '.', 1000],
    ['1200 USD', '.', 1200],
    ['US$ 5', '.', 5],
    ['(500)', '.', -500],
    ['-$500', '.', -500],
    ['50%', '.', 50],
    ['', '.', null],
    ['TBD', '.', null],
    ['1e400', '.', null],
    ['12 apples', '.', null],
  ];
  test.each(read)('%s, %s being the decimal mark → %s', (text, mark, wanted) => {
    expect(readAmount(text, mark)).toBe(wanted);
  });

  test('a column tells what its commas are', () => {
    expect(decimalMark(['1,000', '2,5', '3,75'])).toBe(',');
    expect(decimalMark(['1,000', '2,000'])).toBe('.');
    expect(decimalMark(['1.000', '1,000.50'])).toBe('.');
    expect(decimalMark([])).toBe('.');
  });
});
