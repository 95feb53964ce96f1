import { expect, test } from 'vitest';
import { safeCell } from './safe-cell.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30 1', "'+49 30 1"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' \u00a0=HYPERLINK("http://x")', '\' \u00a0=HYPERLINK("http://x")'],
  ['\t=1', "'\t=1"],
  ['Ada\n=1', "Ada\n'=1"],
  ['Ada\r\n\uff1d1', "Ada\r\n'\uff1d1"],
  ['Ada = Lovelace', 'Ada = Lovelace'],
  ['ada@acme.example', 'ada@acme.example'],
  ['', ''],
])('%j is written as %j', (text, safe) => {
  expect(safeCell(text)).toBe(safe);
});
