import type { ReactNode } from 'react';
import type { Opening } from '#contract/measures.ts';
import { money } from '../../../app/format/numbers.ts';
import { type Bar, Bars } from '../../../parts/chart/Bars.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import type { Cell } from '../../../parts/chart/table.ts';
import classes from '../Measures.module.css';

type CostLine = {
  bucket: string;
  name: string;
  leads: number;
  cost: number;
  low: number;
  high: number;
  formula: string;
  rows?: Opening;
};

type Props = {
  title: string;
  lines: readonly CostLine[];
  currency: string;
  /** Where its rows are opened, if there are any. */
  addressOf?: (line: CostLine) => string;
  /** How a sum is opened into the leads that cost it. */
  sumOf?: (line: CostLine, shown: string) => ReactNode;
  leadsOf?: (line: CostLine) => Cell;
};

/** What each kind of misalignment costs, with the arithmetic written out. */
export function CostFigure(props: Props) {
  const { title, lines, currency, addressOf } = props;
  const { leadsOf = ({ leads }) => leads, sumOf = (_, shown) => shown } = props;
  const bars: Bar[] = lines.map((line) => ({
    id: line.bucket,
    label: line.name,
    value: line.cost,
    words: money(line.cost, currency),
    interval: line.low < line.high ? [line.low, line.high] : null,
    tone: 'warn',
    ...(addressOf && { href: addressOf(line) }),
  }));
  return (
    <>
      <Figure
        title={title}
        about={`Each lead is counted once, in the first line that it fits.${lines.some(({ low, high }) => low < high) ? ' The strokes show low and high, as far as the rates are uncertain.' : ''}`}
        name="cost-of-misalignment"
        table={{
          head: ['What happened', 'Leads', 'Cost', 'Low', 'High', 'Arithmetic'],
          rows: lines.map((line) => [
            line.name,
            leadsOf(line),
            { raw: line.cost, shown: sumOf(line, money(line.cost, currency)) },
            ...[line.low, line.high].map((sum) => ({ raw: sum, shown: money(sum, currency) })),
            line.formula,
          ]),
        }}
      >
        {(width) => <Bars name={title} bars={bars} width={width} />}
      </Figure>
      <ul className={classes.list2}>
        {lines.map(({ bucket, name, formula }) => (
          <li key={bucket}>
            {name}: {formula}
          </li>
        ))}
      </ul>
    </>
  );
}
