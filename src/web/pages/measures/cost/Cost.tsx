import { Button } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { showMisalignment } from '#contract/leaks.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { money } from '../../../app/format/numbers.ts';
import { Card } from '../../../parts/Card.tsx';
import { opened } from '../cells.tsx';
import classes from '../Measures.module.css';
import { Report } from '../Report.tsx';
import { Opens } from '../rows/Opens.tsx';
import { assumptionNames, type MeasuresSearch } from '../search.ts';
import { useMeasures } from '../useMeasures.ts';
import { AssumptionField } from './AssumptionField.tsx';
import { assumptions } from './assumptions.ts';
import own from './Cost.module.css';
import { CostFigure } from './CostFigure.tsx';

const given = (search: MeasuresSearch): MeasuresSearch =>
  Object.fromEntries(
    assumptionNames.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  );

/** What misalignment cost in the period. Every assumption stands beside it and can be replaced; the address keeps them. */
export function Cost() {
  const { search, scope, change, rowsOf } = useMeasures();
  const replaced = given(search);
  const cost = useAsk(showMisalignment, { query: { ...scope, ...replaced } as never }, { keep: true });
  const assume = useDebouncedCallback(change, 400);
  const asBefore = Object.fromEntries(assumptionNames.map((name) => [name, '']));
  return (
    <Report
      title="Cost of misalignment"
      about="What it cost that leads were not touched, touched late, given back, or not taken up again."
      of={cost}
    >
      {({ says, lines, rows: all, total, currency, assumed, caveats }) => (
        <>
          <CostFigure
            title={says}
            lines={lines}
            currency={currency}
            addressOf={({ rows, name }) => rowsOf(rows!, name)}
            leadsOf={({ rows, name }) => opened(rows!, name)}
            sumOf={({ rows, name }, shown) => (
              <Opens of={rows!} what={`${name}: cost`}>
                {shown}
              </Opens>
            )}
          />
          <div className={classes.counts}>
            <span>
              In all{' '}
              <Opens of={all} what="Everything that cost something">
                {money(total, currency)}
              </Opens>
            </span>
            {lines.map(({ bucket, name, rows }) => (
              <span key={bucket}>
                {name} <Opens of={rows} what={name} />
              </span>
            ))}
          </div>
          <Card
            title="What is assumed"
            aside={
              Object.keys(replaced).length > 0 && (
                <Button variant="subtle" size="compact-sm" onClick={() => change(asBefore)}>
                  As counted and agreed
                </Button>
              )
            }
          >
            <div className={own.fields}>
              {assumptions.map((assumption) => {
                const found = assumed.find(({ name }) => name === assumption.name);
                if (found === undefined) return null;
                return (
                  <AssumptionField
                    // Taken back, it is shown anew.
                    key={`${assumption.name} ${found.from}`}
                    of={assumption}
                    value={found.value}
                    currency={currency}
                    about={found.says}
                    onChange={(value) => assume({ [assumption.name]: String(value) })}
                  />
                );
              })}
            </div>
          </Card>
          <Card title="To be kept in mind">
            <ul className={classes.list2}>
              {caveats.map((caveat) => (
                <li key={caveat}>{caveat}</li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </Report>
  );
}
