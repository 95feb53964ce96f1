import type { showSpeed } from '#contract/funnels.ts';
import type { Answer } from '../../../app/api/call.ts';
import { count, percent } from '../../../app/format/numbers.ts';
import { type Bar, Bars } from '../../../parts/chart/Bars.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { cellOf, opened } from '../cells.tsx';
import { useMeasures } from '../useMeasures.ts';

export type Group = Answer<typeof showSpeed>['all'];

/** How many were touched how soon, and how many of each became SQLs. */
export function Buckets({ group }: { group: Group }) {
  const { rowsOf } = useMeasures();
  const bars: Bar[] = group.buckets.map(({ bucket, label, rows, qualified }) => ({
    id: bucket,
    label: bucket === 'never' ? 'never touched' : label,
    value: rows.count,
    words: `${count(rows.count)}${qualified.enough && qualified.value !== null ? `; ${percent(qualified.value)} became SQLs` : ''}`,
    tone: bucket === 'never' ? 'warn' : 'sales',
    href: rowsOf(rows, `Touched: ${label}`),
  }));
  return (
    <Figure
      title={group.says}
      about="Handoffs by how soon they were first touched. The share that became SQLs stands where 30 or more are old enough to tell."
      name="speed-to-lead"
      table={{
        head: ['Touched', 'Handoffs', 'Became SQLs', 'Won'],
        rows: group.buckets.map(({ label, rows, qualified, won }) => [
          label,
          opened(rows, `Touched: ${label}`),
          cellOf({ ...qualified, name: `Became SQLs, touched ${label}` }),
          cellOf({ ...won, name: `Won, touched ${label}` }),
        ]),
      }}
    >
      {(width) => <Bars name={group.says} bars={bars} width={width} />}
    </Figure>
  );
}
