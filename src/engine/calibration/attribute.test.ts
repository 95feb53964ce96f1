import { describe, expect, it } from 'vitest';
import { studyColumn } from './attribute.ts';
import { seededRandom } from './random.ts';
import { buildTable } from './table.ts';

const random = seededRandom(7);
const times = (n: number, of: (i: number) => string): string[] => Array.from({ length: n }, (_, i) => of(i));
const hex = () => Math.floor(random() * 2 ** 32).toString(16);

function columnOf(name: string, cells: string[]) {
  const builder = buildTable([name]);
  for (const cell of cells) builder.add([cell]);
  return builder.done().columns[0]!;
}

describe('what a column holds', () => {
  it.each<[string, string, string[]]>([
    ['empty', 'notes', times(50, () => '')],
    ['constant', 'magazine', times(50, () => 'No')],
    ['category', 'magazine', times(50, (i) => (i < 20 ? '' : 'No'))],
    ['category', 'city', times(60, (i) => ['Mumbai', 'Select', ''][i % 3]!)],
    ['identifier', 'Prospect ID', times(300, hex)],
    ['identifier', 'Lead Number', times(300, (i) => String(579_533 + i * 7))],
    ['identifier', 'row', times(300, (i) => String(1000 + i))],
    ['number', 'revenue', times(300, (i) => String(1_000_003 * (i + 1)))],
    ['number', 'Number of employees', times(300, (i) => String(i * 31))],
    ['number', 'score', times(300, () => (random() * 10).toFixed(3))],
    ['number', 'visits', times(300, (i) => (i < 10 ? 'n/a' : String(i % 7)))],
    ['category', 'tier', times(300, (i) => (i % 2 ? '1' : 'gold'))],
    ['date', 'signed', times(100, (i) => `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`)],
    ['date', 'signed', times(100, (i) => `${1 + (i % 28)}-02-2026 19:58`)],
    ['date', 'createdate', times(100, (i) => String(1_700_000_000_000 + i * 86_400_000))],
    ['free_text', 'message', times(100, () => `please tell me about ${hex()} and also ${hex()}`)],
    ['too_varied', 'company', times(300, (i) => `Company ${i % 120} of Ohio`)],
  ])('%s: %s', (kind, name, cells) => {
    expect(studyColumn(columnOf(name, cells)).kind).toBe(kind);
  });
});

it('texts that compare equal are one level, under the spelling most leads have', () => {
  const { levels } = studyColumn(columnOf('source', ['google', 'Google', 'Google ', 'GOOGLE', 'Google', '']));
  expect(levels.map(({ text }) => text)).toEqual(['', 'Google']);
});

it('numbers that are equal are one value', () => {
  const { values, valuePlace } = studyColumn(columnOf('visits', ['1', '1.0', '01', '2', 'many']));
  expect([...values]).toEqual([1, 2]);
  expect([...valuePlace]).toEqual([-1, 0, 0, 0, 1, -1]);
});
