import { listExpectations } from '#contract/leaks.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { percent } from '../../../app/format/numbers.ts';
import { useMe } from '../../../app/session.tsx';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Party } from '../../../parts/Party.tsx';
import { cellOf } from '../cells.tsx';
import { horizonField } from '../funnel/fields.ts';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { useMeasures } from '../useMeasures.ts';
import { DropExpectation } from './DropExpectation.tsx';
import { ExpectationForm } from './ExpectationForm.tsx';
import { stepName } from './steps.ts';

const defaults = { horizon: '90' };

/** What each team says it expects of each step, beside what happened. */
export function Expected() {
  const { search, scope } = useMeasures();
  const me = useMe();
  const { horizon } = { ...defaults, ...search };
  const told = useAsk(listExpectations, { query: { ...scope, horizon } }, { keep: true });
  const may = me.rank !== 'member' || me.party === null;
  return (
    <Report
      title="Expected rates"
      about="What each team says it expects of each step, beside what happened."
      of={told}
      fields={[horizonField]}
      defaults={defaults}
    >
      {({ items, apart }) => (
        <>
          {apart.length > 0 && (
            <Card title="The teams expect different things">
              <ul className={classes.list2}>
                {apart.map(({ step, says }) => (
                  <li key={step}>{says}</li>
                ))}
              </ul>
            </Card>
          )}
          <Card title="Expected and come">
            {items.length === 0 ? (
              <Empty title="Nobody has said yet what is expected">
                A rate that is written down can be held against what happens, and changed.
              </Empty>
            ) : (
              <DataTable
                name="Expected and come"
                table={{
                  head: [
                    'Step',
                    'Who says so',
                    'Expected',
                    'Came',
                    'Beside it',
                    'Where it is from',
                    'Change',
                  ],
                  rows: items.map(({ step, of, party, rate, source, note, actual, within, says }) => [
                    `${stepName(step)}${of === null ? '' : `, ${of}`}`,
                    {
                      raw: party,
                      shown:
                        party === 'marketing' || party === 'sales' ? (
                          <Party party={party} />
                        ) : (
                          <Mark>{party === 'pact' ? 'Pact' : 'Articles'}</Mark>
                        ),
                    },
                    { raw: rate, shown: percent(rate) },
                    cellOf({ ...actual, name: stepName(step) }),
                    {
                      raw: says,
                      shown: (
                        <Mark tone={within === null ? 'neutral' : within ? 'good' : 'warn'} title={says}>
                          {within === null ? 'Too few to say' : within ? 'Within' : 'Outside'}
                        </Mark>
                      ),
                    },
                    [source ?? 'nobody knows', note].filter((one) => one !== null && one !== '').join('. '),
                    {
                      raw: '',
                      shown:
                        may && party !== 'pact' && (party === 'article' || party === me.party) ? (
                          <DropExpectation party={party} step={step} of={of} />
                        ) : null,
                    },
                  ]),
                }}
              />
            )}
          </Card>
          {may && <ExpectationForm party={me.party ?? 'article'} />}
        </>
      )}
    </Report>
  );
}
