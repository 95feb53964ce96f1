import classes from './DataTable.module.css';
import type { Cell, ChartTable } from './table.ts';

const shown = (cell: Cell) => (typeof cell === 'object' && cell !== null ? cell.shown : (cell ?? '–'));
const isNumber = (cell: Cell | undefined): boolean =>
  typeof (typeof cell === 'object' && cell !== null ? cell.raw : cell) === 'number';

/** A table that is read, not scrolled through: numbers to the right, and it moves inside its card on a small screen. */
export function DataTable({ name, table: { head, rows } }: { name: string; table: ChartTable }) {
  const isNumeric = head.map((_, column) => column > 0 && rows.some((row) => isNumber(row[column])));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <div className={classes.scroll} role="region" aria-label={name} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {head.map((word, column) => (
              <th key={word} scope="col" data-end={isNumeric[column]}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a table is drawn as a whole
            <tr key={at}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={head[column]} scope="row">
                    {shown(cell)}
                  </th>
                ) : (
                  <td key={head[column]} data-end={isNumeric[column]}>
                    {shown(cell)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
