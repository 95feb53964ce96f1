import { describe, expect, it } from 'vitest';
import { OutcomeError, readOutcome } from './outcome.ts';
import { buildTable } from './table.ts';

function read(cells: string[], winner?: string): { of: number[]; open: number } {
  const builder = buildTable(['Stage']);
  for (const cell of cells) builder.add([cell]);
  const { of, open } = readOutcome(builder.done().columns[0]!, winner);
  return { of: [...of], open };
}

describe('an outcome', () => {
  it.each<[cells: string[], winner: string | undefined, outcomes: number[]]>([
    [['1', '0', '1'], undefined, [1, 0, 1]],
    [['TRUE', 'false'], undefined, [1, 0]],
    [['yes', 'No', ' YES '], undefined, [1, 0, 1]],
    [['won', 'lost', 'open', ''], undefined, [1, 0, -1, -1]],
    [['Closed Won', 'Closed Lost', 'Prospecting'], undefined, [1, 0, -1]],
    [['Closed - Converted', 'Closed - Not Converted'], undefined, [1, 0]],
    [['yes', 'nope'], undefined, [1, 0]],
    [['n', 'signed'], undefined, [0, 1]],
    [['customer', 'prospect'], 'customer', [1, 0]],
    [['A', 'B', 'C'], 'b', [0, 1, 0]],
    [['A', 'B', ''], 'A', [1, 0, -1]],
    [['x', '', 'x', ''], 'x', [1, 0, 1, 0]],
    [['Yes', 'No', 'unknown'], undefined, [1, 0, -1]],
  ])('%j, won when %j', (cells, winner, outcomes) => {
    expect(read(cells, winner)).toEqual({ of: outcomes, open: outcomes.filter((o) => o === -1).length });
  });

  it.each<[cells: string[], winner: string | undefined, says: RegExp]>([
    [
      ['A', 'B', 'C'],
      undefined,
      /does not say which leads won: it holds "A", "B" and "C"; name the winning value/,
    ],
    [['1', '0', '7'], undefined, /does not say which leads won/],
    [['A', 'B'], 'won', /no lead has "won" in column "Stage"; it holds "A" and "B"/],
    [['1', '1'], undefined, /one outcome only: 2 leads won, 0 leads lost/],
    [['', ''], undefined, /nothing but empty cells/],
    [['lost', 'lost', 'open'], undefined, /does not say which leads won/],
    [
      ['won', 'open'],
      undefined,
      /one outcome only: 1 lead won, 0 leads lost .* name the winning one, as in "Stage=won"/,
    ],
  ])('%j, won when %j, cannot be read', (cells, winner, says) => {
    expect(() => read(cells, winner)).toThrow(OutcomeError);
    expect(() => read(cells, winner)).toThrow(says);
  });
});
