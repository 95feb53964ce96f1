import { expect, it } from 'vitest';
import { absenceOf } from './absence.ts';

it.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['Select', 'placeholder'],
  ['-- None --', 'placeholder'],
  ['--None--', 'placeholder'],
  ['Please select', 'placeholder'],
  ['- Select -', 'placeholder'],
  ['<Select>', 'placeholder'],
  ['Choose…', 'placeholder'],
  ['N/A', 'placeholder'],
  ['-', 'placeholder'],
  ['unknown', 'unknown'],
  ['Not provided', 'unknown'],
  ['(not set)', 'unknown'],
  ['NaN', 'unknown'],
  ['NULL', 'unknown'],
  ['None', null],
  ['NA', null],
  ['Selected partner', null],
  ['Unknown Pleasures Ltd', null],
  ['0', null],
  ['no', null],
])('%j is %s', (text, absence) => {
  expect(absenceOf(text)).toBe(absence);
});
