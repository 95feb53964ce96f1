import { showMissedWins } from '#contract/leaks.ts';
import type { Answer } from '../../../app/api/call.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { GoTo } from '../../../parts/GoTo.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { cellOf, opened } from '../cells.tsx';
import classes from '../Measures.module.css';
import { Opens } from '../rows/Opens.tsx';

type Told = Answer<typeof showMissedWins>;

/** Deals that were won of leads the definition did not see, by the clause that kept them out. */
export function MissedWins({ scope }: { scope: object }) {
  const missed = useAsk(showMissedWins, { query: scope as never }, { keep: true });
  return (
    <Card title="Missed wins" aside="won past the definition">
      <Asked of={missed}>{(told) => <Told told={told} />}</Asked>
    </Card>
  );
}

function Told({ told: { says, missed, amount, found_by_sales, unhindered, mqls, clauses } }: { told: Told }) {
  if ((missed.numerator ?? 0) === 0) return <p className={classes.says}>{says}</p>;
  return (
    <>
      <p className={classes.says}>{says}</p>
      <div className={classes.counts}>
        <span>
          Missed <Opens of={missed.rows.numerator} what="Missed wins" /> of{' '}
          <Opens of={missed.rows.denominator} what="Won deals" /> won
        </span>
        {amount.value !== null && <span>{amount.says}</span>}
        <span>
          Found by sales itself <Opens of={found_by_sales} what="Missed wins that sales found itself" />
        </span>
        <span>
          Nothing kept them out, nobody had handed them over{' '}
          <Opens of={unhindered} what="Missed wins that nothing kept out" />
        </span>
      </div>
      <DataTable
        name="What kept them out"
        table={{
          head: ['What kept them out', 'Clause', 'Won past it', 'By this alone', 'Won of those closed', ''],
          rows: [
            ...clauses.map(
              ({ clause, condition, about, wins, alone, close_rate, too_strict, says: words }) => [
                { raw: condition, shown: <span title={words}>{condition}</span> },
                { raw: clause, shown: <GoTo href={`/pact#${clause}`}>{clause}</GoTo> },
                opened(wins, `Won past “${condition}”`),
                opened(alone, `Kept out by “${condition}” alone`),
                cellOf(close_rate),
                {
                  raw: too_strict ? 'may be too strict' : about === 'did' ? 'not seen, or too little' : '',
                  shown: too_strict ? (
                    <Mark tone="warn">May be too strict</Mark>
                  ) : about === 'did' ? (
                    'not seen, or too little of it'
                  ) : (
                    ''
                  ),
                },
              ],
            ),
            ['Deals of MQLs, beside them', null, null, null, cellOf(mqls), ''],
          ],
        }}
      />
      <p className={classes.quiet}>
        Each lead is judged as of the day its deal was opened, by the version then in force. One that several
        conditions kept out stands under each. “Alone” means that nothing else about who they are was missing.
        Deals that sales found itself are often written down only once they look good: read their share with
        that in mind.
      </p>
    </>
  );
}
