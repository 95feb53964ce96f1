/** Rows under a header, aligned; wide columns give way on a narrow terminal. */
import { type Align, padded, shortened, widthOf } from './text.ts';

export type TableColumn = {
  head: string;
  align?: Align /** Gives way when there is too little room. */;
  gives?: boolean;
};

const GAP = '  ';

/** How wide each column is: as wide as its widest cell, those that give way sharing what room is left. */
export function columnWidths(
  columns: readonly TableColumn[],
  rows: readonly string[][],
  room: number,
): number[] {
  const widths = columns.map(({ head }, i) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  const giving = columns.flatMap(({ gives }, i) => (gives ? [i] : []));
  const taken = widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1));
  let over = taken - room;
  while (over > 0) {
    const widest = giving.toSorted((a, b) => widths[b]! - widths[a]!)[0];
    if (widest === undefined || widths[widest]! <= 8) break;
    widths[widest]!--;
    over--;
  }
  return widths;
}

export function tableLine(
  columns: readonly TableColumn[],
  cells: readonly string[],
  widths: readonly number[],
): string {
  return columns
    .map(({ align }, i) => padded(shortened(cells[i] ?? '', widths[i]!), widths[i]!, align))
    .join(GAP)
    .trimEnd();
}
