import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, cutLoosely, type Fault, RecordCutter } from './records.ts';

const rowsOf = (block: Block): string[][] =>
  Array.from({ length: block.rows }, (_, row) =>
    Array.from({ length: block.width }, (_, column) => block.cell(row, column)),
  );

/** Cuts text that comes in pieces. */
function cut(pieces: readonly string[], width: number, delimiter = ',') {
  const cutter = new RecordCutter('t.csv', delimiter, width, 1);
  const cuts = [...pieces.map((piece) => cutter.push(piece)), cutter.end()];
  return {
    rows: cuts.flatMap(({ block }) => rowsOf(block)),
    lines: cuts.flatMap(({ block }) => Array.from({ length: block.rows }, (_, row) => block.line(row))),
    raw: cuts.flatMap(({ block }) => Array.from({ length: block.rows }, (_, row) => block.raw(row))),
    faults: cuts.flatMap(({ faults }) => faults),
    empty: cuts.reduce((sum, { empty }) => sum + empty, 0),
  };
}

/** A text in pieces, cut anywhere. */
const pieces = (text: string, cuts: readonly number[]): string[] => {
  const places = [...new Set(cuts.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => text.slice(from, places[i] ?? text.length));
};

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '東', ' ', ',', ';', '"', '\n', '\r', '\r\n', '1'),
});
const written = (text: string, always: boolean): string =>
  always || /[",;\r\n]/.test(text) || text.startsWith(' ') ? `"${text.replaceAll('"', '""')}"` : text;

describe('cutting records', () => {
  test('what was written is read, wherever the text is cut in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, fc.boolean()), { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(',', ';'),
        fc.array(fc.nat(), { maxLength: 6 }),
        (rows, end, delimiter, cuts) => {
          const filled = rows.map(([a, b, always]) => [`x${a}`, b, always] as const);
          const text = filled
            .map(([a, b, always]) => `${written(a, always)}${delimiter}${written(b, always)}${end}`)
            .join('');
          const read = cut(pieces(text, cuts), 2, delimiter);
          expect(read.faults).toEqual([]);
          expect(read.rows).toEqual(filled.map(([a, b]) => [a, b]));
        },
      ),
    );
  });

  test('pieces make no difference, even to what is broken', () => {
    const odd = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '\0', 'é') });
    fc.assert(
      fc.property(odd, fc.array(fc.nat(), { maxLength: 6 }), (text, cuts) => {
        expect(cut(pieces(text, cuts), 2)).toEqual(cut([text], 2));
      }),
      { numRuns: 500 },
    );
  });

  test('reads what another reader reads', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '""', '\n', '"a",', '"b\nc",') });
    fc.assert(
      fc.property(plain, (text) => {
        let wanted: string[][];
        try {
          wanted = parse(text, { relax_column_count: true, relax_quotes: false });
        } catch {
          return; // broken by its lights, and then ours to judge
        }
        if (/[^",\n]"/.test(text.replaceAll(/"(?:[^"]|"")*"/g, 'q'))) return; // quotes within plain cells
        const filled = wanted.filter(
          (row) => row.some((one) => one !== '' && row.length > 1) || row[0] !== '',
        );
        for (const width of new Set(filled.map((row) => row.length))) {
          expect(cut([text], width).rows).toEqual(filled.filter((row) => row.length === width));
        }
      }),
      { numRuns: 500 },
    );
  });

  const faults: [
    name: string,
    text: string,
    line: number,
    cell: number | null,
    found: string,
    row: string,
  ][] = [
    ['too few cells', 'a,b\nc\nd,e', 2, null, '1 cell', 'c'],
    ['too many cells', 'a,b\nc,d,e\n', 2, null, '3 cells', 'c,d,e'],
    ['a quote that stays open', 'a,b\nc,"d\ne,f\n', 2, 1, 'a quote that is never closed', 'c,"d'],
    [
      'one that opens lines into a record',
      'a,"b\nc"\n"x\ny","z',
      4,
      1,
      'a quote that is never closed',
      '"x\ny","z',
    ],
    ['text after a quote', 'a,"b"c\nd,e', 1, 1, '"c" after a closing quote', 'a,"b"c'],
    ['a NUL', 'a,b\r\nc,d\0\r\ne,f', 2, 1, 'a NUL byte', 'c,d\0'],
    ['half a character', 'a,b\n\udc80,d\n', 2, 0, 'bytes that do not fit the encoding', '\udc80,d'],
  ];
  test.each(faults)('%s', (_, text, line, cell, found, row) => {
    const { faults } = cut([text], 2);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ line, cell, found, row } satisfies Partial<Fault>);
  });

  test('lines are those of the file, whatever ends them', () => {
    const { lines, raw, empty } = cut(['a,b\r\n"c\nd\re",f\r\n\r\n\n"g", h \r', 'i,j'], 2);
    expect(lines).toEqual([1, 2, 7, 8]);
    expect(raw).toEqual(['a,b', '"c\nd\re",f', '"g", h ', 'i,j']);
    expect(empty).toBe(2);
  });

  test('a file in which no quote is ever right is given up', () => {
    const cutter = new RecordCutter('t.csv', ',', 1, 1);
    expect(() => cutter.push('"a"b\n'.repeat(2000))).toThrow(
      't.csv, line 1001: found "b" after a closing quote, as in 1000 records before it',
    );
  });

  test('the first records are cut whatever their width', () => {
    const text = '\n\nh1,h2\n1,"2\n3"\n4\n5';
    expect(cutLoosely(text, ',', true, 9)).toMatchObject({
      records: [['h1', 'h2'], ['1', '2\n3'], ['4'], ['5']],
      firstLine: 3,
    });
    expect(cutLoosely(text, ',', true, 1)).toMatchObject({ rest: '1,"2\n3"\n4\n5', line: 4 });
  });
});
