import type { Figure as Measured } from '#contract/measures.ts';
import { showTrust } from '#contract/scorecards.ts';
import type { Answer } from '../../../app/api/call.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { percent } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { Lines } from '../../../parts/chart/Lines.tsx';
import { GoTo } from '../../../parts/GoTo.tsx';
import { When } from '../../../parts/When.tsx';
import { cellOf } from '../cells.tsx';
import classes from '../Measures.module.css';
import { Opens } from '../rows/Opens.tsx';
import { useMeasures } from '../useMeasures.ts';

type Told = Answer<typeof showTrust>;

/** Whether the two teams trust each other more, and what they won together. */
export function Trust() {
  const { scope } = useMeasures();
  return (
    <Asked of={useAsk(showTrust, { query: scope }, { keep: true })}>{(told) => <Parts told={told} />}</Asked>
  );
}

const sure = ({ value, enough }: Measured): number | null => (enough ? value : null);

function Parts({ told: { months, says, shared_wins } }: { told: Told }) {
  const names = months.map(({ month }) => month);
  const isDrawn = months.some(({ acceptance, attainment }) => acceptance.enough || attainment.enough);
  return (
    <>
      {!isDrawn && (
        <Card title="Trust by month">
          <p className={classes.quiet}>{says}</p>
        </Card>
      )}
      {isDrawn && (
        <Figure
          title={says}
          about="By month. A month with fewer than 30 is left out of the lines; the table has it."
          name="trust"
          table={{
            head: ['Month', 'Acceptance', 'Clocks kept', 'Returns disputed'],
            rows: months.map((one) => [
              one.month,
              ...[one.acceptance, one.attainment, one.disputes].map(cellOf),
            ]),
          }}
        >
          {(width) => (
            <Lines
              name={says}
              width={width}
              most={1}
              ends={[names[0] ?? '', names.at(-1) ?? '']}
              said={percent}
              lines={[
                {
                  name: 'Acceptance',
                  tone: 'marketing',
                  values: months.map(({ acceptance }) => sure(acceptance)),
                },
                {
                  name: 'Clocks kept',
                  tone: 'sales',
                  values: months.map(({ attainment }) => sure(attainment)),
                },
                {
                  name: 'Disputed',
                  tone: 'quiet',
                  dashed: true,
                  values: months.map(({ disputes }) => sure(disputes)),
                },
              ]}
            />
          )}
        </Figure>
      )}
      <Card title="Shared wins" aside={<Opens of={shared_wins.rows} what="Shared wins" />}>
        {shared_wins.latest.length === 0 ? (
          <p className={classes.quiet}>
            None in this time yet: deals that marketing handed over and sales touched in time stand here.
          </p>
        ) : (
          <ul className={classes.list2}>
            {shared_wins.latest.slice(0, 5).map(({ deal, lead, name, says: words, won_at }) => (
              <li key={deal}>
                <GoTo href={`/leads/${lead}`}>{name ?? 'A lead without a name'}</GoTo>, <When at={won_at} />.{' '}
                {words}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
