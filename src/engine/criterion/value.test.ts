import { describe, expect, test } from 'vitest';
import { fold, readInstant, readNumber, readValue, sameValue } from './value.ts';

const at = (year: number, month: number, day: number, ...time: number[]) =>
  Date.UTC(year, month - 1, day, ...time);

describe('what a raw value reads as', () => {
  test.each<[raw: unknown, text: string | null, number: number | null, instant: number | null]>([
    // text
    ['Acme', 'Acme', null, null],
    ['  Acme  ', 'Acme', null, null],
    [' Acme ', 'Acme', null, null],
    ['a b', 'a b', null, null],
    ['a\u0000b', 'a\u0000b', null, null],
    ['\ud800', '\ud800', null, null],
    ['Select', 'Select', null, null],
    ['N/A', 'N/A', null, null],
    // missing
    ['', null, null, null],
    ['   ', null, null, null],
    ['\u00a0\t\n', null, null, null],
    [null, null, null, null],
    [undefined, null, null, null],
    [Number.NaN, null, null, null],
    [[], null, null, null],
    // numbers
    ['42', '42', 42, null],
    [' 42 ', '42', 42, null],
    [42, '42', 42, null],
    ['-0.5', '-0.5', -0.5, null],
    ['+7', '+7', 7, null],
    ['.5', '.5', 0.5, null],
    ['5.', '5.', 5, null],
    ['007', '007', 7, null],
    ['1e3', '1e3', 1000, null],
    ['1E-3', '1E-3', 0.001, null],
    [0, '0', 0, null],
    [-0, '0', -0, null],
    // not numbers
    ['1,000', '1,000', null, null],
    ['1 000', '1 000', null, null],
    ['$5', '$5', null, null],
    ['50%', '50%', null, null],
    ['0x10', '0x10', null, null],
    ['1e400', '1e400', null, null],
    ['Infinity', 'Infinity', null, null],
    [Number.POSITIVE_INFINITY, 'Infinity', null, null],
    ['--5', '--5', null, null],
    ['5-', '5-', null, null],
    ['1e', '1e', null, null],
    ['.', '.', null, null],
    ['-', '-', null, null],
    ['٣', '٣', null, null],
    // dates
    ['2026-03-01', '2026-03-01', null, at(2026, 3, 1)],
    ['2026-03-01T09:30', '2026-03-01T09:30', null, at(2026, 3, 1, 9, 30)],
    ['2026-03-01 09:30:15', '2026-03-01 09:30:15', null, at(2026, 3, 1, 9, 30, 15)],
    ['2026-03-01T09:30:15.250Z', '2026-03-01T09:30:15.250Z', null, at(2026, 3, 1, 9, 30, 15, 250)],
    ['2026-03-01T09:30:15,25z', '2026-03-01T09:30:15,25z', null, at(2026, 3, 1, 9, 30, 15, 250)],
    ['2026-03-01T09:30+02:00', '2026-03-01T09:30+02:00', null, at(2026, 3, 1, 7, 30)],
    ['2026-03-01T09:30-0530', '2026-03-01T09:30-0530', null, at(2026, 3, 1, 15, 0)],
    ['2026-03-01 09:30 +02', '2026-03-01 09:30 +02', null, at(2026, 3, 1, 7, 30)],
    ['2024-02-29', '2024-02-29', null, at(2024, 2, 29)],
    ['2026-12-31T24:00', '2026-12-31T24:00', null, at(2027, 1, 1)],
    ['0001-01-01', '0001-01-01', null, -62_135_596_800_000],
    [new Date(at(2026, 3, 1)), '2026-03-01T00:00:00.000Z', null, at(2026, 3, 1)],
    // not dates
    ['2026-02-29', '2026-02-29', null, null],
    ['2026-02-30', '2026-02-30', null, null],
    ['2026-13-01', '2026-13-01', null, null],
    ['2026-00-01', '2026-00-01', null, null],
    ['2026-01-00', '2026-01-00', null, null],
    ['2026-3-1', '2026-3-1', null, null],
    ['01/03/2026', '01/03/2026', null, null],
    ['2026-03-01T25:00', '2026-03-01T25:00', null, null],
    ['2026-03-01T24:01', '2026-03-01T24:01', null, null],
    ['2026-03-01T09:60', '2026-03-01T09:60', null, null],
    ['2026-03-01T09:30+19:00', '2026-03-01T09:30+19:00', null, null],
    ['2026-03', '2026-03', null, null],
    ['2026', '2026', 2026, null],
    // what JSON brings
    [true, 'true', null, null],
    [false, 'false', null, null],
    [['a', 'b'], 'a, b', null, null],
    [['5'], '5', 5, null],
    [{ a: 1 }, '{"a":1}', null, null],
  ])('%j', (raw, text, number, instant) => {
    const value = readValue(raw);
    expect(value === null ? null : [value.text, value.number, value.instant]).toEqual(
      text === null ? null : [text, number, instant],
    );
  });

  test('a big integer reads as its digits do', () => {
    expect(readValue(10n)).toEqual(readValue('10'));
  });

  test('every millisecond of a second reads as itself', () => {
    for (let ms = 0; ms < 1000; ms++) {
      expect(readInstant(`1970-01-01T00:00:00.${String(ms).padStart(3, '0')}Z`)).toBe(ms);
    }
  });

  test('numbers read as JavaScript reads decimal literals, to the last bit', () => {
    expect(readNumber('0.1')).toBe(0.1);
    expect(readNumber('5e-324')).toBe(5e-324);
  });
});

describe('when two values are the same', () => {
  test.each<[a: unknown, b: unknown, same: boolean]>([
    ['Acme', 'ACME', true],
    [' Acme ', 'acme', true],
    ['Acme Inc', 'Acme  Inc', false],
    ['5', 5, true],
    ['5.0', '5', true],
    ['1e1', '10', true],
    ['-0', 0, true],
    ['05', '5', true],
    ['5', '5 apples', false],
    ['true', true, true],
    ['TRUE', true, true],
    ['yes', true, false],
    [1, true, false],
    ['2026-03-01', '2026-03-01T00:00:00Z', true],
    ['2026-03-01T02:00+02:00', '2026-03-01', true],
    ['2026-03-01', '2026-03-02', false],
    ['2026-03-01', 20260301, false],
    // whole numbers that a double cannot tell apart
    ['9007199254740993', '9007199254740993', true],
    ['9007199254740993', '9007199254740992', false],
    ['123456789012345678', '123456789012345679', false],
    // accents, however they were typed
    ['Citroën', 'Citroe\u0308n', true],
    ['Nestlé', 'NESTLE\u0301', true],
    ['Nestlé', 'Nestle', false],
    ['한국', '\u1112\u1161\u11ab\u1100\u116e\u11a8', true],
    // case beyond A to Z
    ['Straße', 'STRASSE', true],
    ['ΟΔΟΣ', 'οδος', true],
    ['Ångström', 'ÅNGSTRÖM', true],
    ['\u212bngström', 'ångström', true],
    ['ﬁne', 'FINE', true],
    ['МОСКВА', 'москва', true],
    ['\u00a0Acme\u00a0', 'acme', true],
    ['a\u0000b', 'A\u0000B', true],
    ['a\u0000b', 'ab', false],
    ['\ud83d\ude00', '\ud83d\ude00', true],
    ['\ud800', '\ud800', true],
    ['\ud800', '\udc00', false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameValue(readValue(a)!, readValue(b)!)).toBe(same);
    expect(sameValue(readValue(b)!, readValue(a)!)).toBe(same);
  });
});

describe('folding', () => {
  const forms = (text: string) => [
    text.toUpperCase(),
    text.toLowerCase(),
    text.normalize('NFD'),
    text.normalize('NFC'),
    text.normalize('NFD').toUpperCase(),
    text.toUpperCase().normalize('NFD'),
  ];

  test('every character folds as its capitals, its small letters and its composed and decomposed forms do', () => {
    const wrong: string[] = [];
    for (let code = 1; code < 0x20000; code++) {
      const text = `a${String.fromCodePoint(code)}b`;
      const folded = fold(text);
      if (fold(folded) !== folded || forms(text).some((form) => fold(form) !== folded)) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  test('the end of a word is found inside another', () => {
    expect(fold('ΟΔΟΣΣΗΜΑ')).toContain(fold('ΟΔΟΣ'));
  });
});
