import { lasting } from '../../../app/format/dates.ts';
import { type Bar, Bars } from '../../../parts/chart/Bars.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { cellOf, opened } from '../cells.tsx';
import { useMeasures } from '../useMeasures.ts';
import { groupWords } from '../words.ts';
import type { Group } from './Buckets.tsx';

type Props = { groups: readonly Group[]; says: string; name: string };

/** Groups beside one another: half of those touched within the bar, nine in ten within the stroke. */
export function Groups({ groups, says, name }: Props) {
  const { rowsOf } = useMeasures();
  if (groups.length === 0) return null;
  const bars: Bar[] = groups.map(({ of, median, p90, handoffs }) => ({
    id: of,
    label: `${groupWords(of)}, ${handoffs.count}`,
    value: median,
    mark: p90,
    words:
      median === null
        ? 'nobody touched yet'
        : `half within ${lasting(median)}${p90 === null ? '' : `, nine in ten ${lasting(p90)}`}`,
    tone: 'sales',
    href: rowsOf(handoffs, `Handoffs: ${groupWords(of)}`),
  }));
  return (
    <Figure
      title={`By ${name}: ${says}`}
      about="The bar ends where half of those touched had been, the stroke where nine in ten had."
      name={`speed-by-${name.replaceAll(' ', '-')}`}
      table={{
        head: [groupWords(name), 'Handoffs', 'Half within', 'Nine in ten within', 'Never touched'],
        rows: groups.map(({ of, handoffs, median, p90, never }) => [
          groupWords(of),
          opened(handoffs, `Handoffs: ${groupWords(of)}`),
          { raw: median, shown: median === null ? '–' : lasting(median) },
          { raw: p90, shown: p90 === null ? '–' : lasting(p90) },
          cellOf({ ...never, name: `Never touched, ${groupWords(of)}` }),
        ]),
      }}
    >
      {(width) => <Bars name={says} bars={bars} width={width} />}
    </Figure>
  );
}
