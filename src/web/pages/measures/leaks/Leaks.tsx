import { showLeaks } from '#contract/leaks.ts';
import type { Answer } from '../../../app/api/call.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { money, percent } from '../../../app/format/numbers.ts';
import { type Bar, Bars } from '../../../parts/chart/Bars.tsx';
import { Figure } from '../../../parts/chart/Figure.tsx';
import { cellOf, opened } from '../cells.tsx';
import { horizonField } from '../funnel/fields.ts';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { Opens } from '../rows/Opens.tsx';
import { useMeasures } from '../useMeasures.ts';
import { Leak } from './Leak.tsx';
import { MissedWins } from './MissedWins.tsx';

type Told = Answer<typeof showLeaks>;
const defaults = { horizon: '90' };

/** Where the gap between what was expected and what came is from: by step and clause. */
export function Leaks() {
  const { search, scope } = useMeasures();
  const { horizon } = { ...defaults, ...search };
  const leaks = useAsk(showLeaks, { query: { ...scope, horizon } }, { keep: true });
  return (
    <Report
      title="Leaks"
      about="Where the gap between what was expected and what came is from: by step and clause."
      of={leaks}
      fields={[horizonField]}
      defaults={defaults}
    >
      {(told) => (
        <>
          {told.gap === null ? (
            <p className={classes.says}>
              {told.says} MQLs looked at: <Opens of={told.mqls} what="MQLs" />.
            </p>
          ) : (
            <Gap told={told} />
          )}
          {told.leaks.map((leak) => (
            <Leak key={leak.step} leak={leak} currency={told.currency} />
          ))}
          <MissedWins scope={scope} />
        </>
      )}
    </Report>
  );
}

function Gap({ told: { says, mqls, average_deal, currency, gap, leaks } }: { told: Told }) {
  const { rowsOf } = useMeasures();
  const bars: Bar[] = leaks.map(({ step, name, amount, lost }) => ({
    id: step,
    label: name,
    value: amount,
    words: amount === null ? 'cannot be said' : money(amount, currency),
    tone: amount !== null && amount < 0 ? 'good' : 'warn',
    href: rowsOf(lost, `Lost: ${name}`),
  }));
  return (
    <Figure
      title={says}
      about={
        <>
          The parts add up to {money(gap!, currency)}, exactly. From <Opens of={mqls} what="MQLs" /> MQLs
          {average_deal !== null && `, at ${money(average_deal, currency)} a deal`}. To the left: did better
          than agreed.
        </>
      }
      name="leaks"
      table={{
        head: ['Step', 'Agreed', 'Came', 'Part of the gap', 'Amount', 'Lost here'],
        rows: leaks.map(({ name, agreed, actual, share, amount, lost }) => [
          name,
          { raw: agreed, shown: percent(agreed) },
          cellOf({ ...actual, name }),
          share === null ? null : { raw: share, shown: percent(share) },
          amount === null ? null : { raw: amount, shown: money(amount, currency) },
          opened(lost, `Lost: ${name}`),
        ]),
      }}
    >
      {(width) => <Bars name={says} bars={bars} width={width} />}
    </Figure>
  );
}
