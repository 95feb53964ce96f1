import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { GoTo } from '../../../parts/GoTo.tsx';
import { opened } from '../cells.tsx';
import classes from '../Measures.module.css';
import { groupWords } from '../words.ts';
import type { SourceLine } from './WinsFigure.tsx';

/** What sales gave back for what the definition says, by source and clause. */
export function Unwanted({ lines }: { lines: readonly SourceLine[] }) {
  const rows = lines.flatMap(({ source, unwanted }) =>
    unwanted.map(({ clause, text, rows: of }) => [
      groupWords(source),
      { raw: clause, shown: <GoTo href={`/pact#${clause}`}>{clause}</GoTo> },
      text,
      opened(of, `${groupWords(source)}: ${text}`),
    ]),
  );
  return (
    <Card title="Given back for what the definition says">
      {rows.length === 0 ? (
        <p className={classes.quiet}>Nothing was given back for a clause of the definition in this period.</p>
      ) : (
        <DataTable
          name="Given back by source and clause"
          table={{ head: ['Source', 'Clause', 'Reason', 'Leads'], rows }}
        />
      )}
    </Card>
  );
}
