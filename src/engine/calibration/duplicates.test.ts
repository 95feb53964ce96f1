import { describe, expect, it } from 'vitest';
import { leadsWithTruths, type Row, tableOf } from '#tests/support/any-leads.ts';
import { studyColumn } from './attribute.ts';
import { findDuplicates } from './duplicates.ts';

const find = (rows: Row[], won: number[]) =>
  findDuplicates(tableOf(rows).columns.map(studyColumn), Uint8Array.from(won));

describe('duplicates', () => {
  const { rows, won } = leadsWithTruths(500);
  const copies = rows.slice(0, 40).map((row, i) => ({ ...row, id: `C${i}` }));

  it('are leads that equal another in all but the columns that name them', () => {
    const found = find([...rows, ...copies], [...won, ...won.slice(0, 40)]);
    expect(found).toMatchObject({ repeats: 40, grouped: true });
    expect([...found.groupOf.slice(500)]).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(found.warning!.message).toContain('40 leads repeat another');
  });

  it('keep equals of another outcome in one group, but do not count them', () => {
    const twisted = Array.from(won.slice(0, 40), (w) => 1 - w);
    expect(find([...rows, ...copies], [...won, ...twisted])).toMatchObject({ repeats: 0, warning: null });
    const again = copies.map((row, i) => ({ ...row, id: `D${i}` }));
    const both = find([...rows, ...copies, ...again], [...won, ...won.slice(0, 40), ...twisted]);
    expect(both.repeats).toBe(40);
    expect([...both.groupOf.slice(540)]).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it('are looked for without regard to case and space', () => {
    const shouted = { ...rows[0]!, id: 'X', colour: ` ${rows[0]!.colour!.toUpperCase()}` };
    expect(find([...rows, shouted], [...won, won[0]!]).repeats).toBe(1);
  });

  it('are told apart from people who look alike in a file of few columns', () => {
    const few = rows.map(({ id, colour, source }) => ({ id: id!, colour: colour!, source: source! }));
    const found = find(few, [...won]);
    expect(found.repeats).toBeGreaterThan(400);
    expect(found.grouped).toBe(false);
    expect([...found.groupOf]).toEqual(few.map((_, row) => row));
    expect(found.warning!.message).toContain('may be different people');
  });
});
