import { Select } from '@mantine/core';
import { listPacts } from '#contract/pacts.ts';
import { showBeforeAndAfter } from '#contract/scorecards.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { points } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { DataTable } from '../../../parts/chart/DataTable.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Page } from '../../../parts/Page.tsx';
import { cellOf } from '../cells.tsx';
import { Figures } from '../Figures.tsx';
import classes from '../Measures.module.css';
import { useMeasures } from '../useMeasures.ts';
import { UnderVersion } from './UnderVersion.tsx';

/** What changed when a version came into force: the same measures before and after it, and what it would have chosen. */
export function Versions() {
  const { search, change } = useMeasures();
  const pacts = useAsk(listPacts);
  return (
    <Page
      title="Before and after"
      about="The same measures before and after a version came into force, on as many days each."
    >
      <Asked of={pacts}>
        {({ items }) => {
          const began = items
            .flatMap(({ versions }) => versions)
            .filter(({ in_force_from }) => in_force_from !== null && new Date(in_force_from) <= new Date())
            .map(({ number }) => number)
            .sort((a, b) => b - a);
          const [latest] = began;
          if (latest === undefined) {
            return (
              <Empty title="No version has come into force yet">
                As soon as both sides have signed one, what it changes is measured here.
              </Empty>
            );
          }
          const version = search.judge === undefined ? latest : Number(search.judge);
          return (
            <div className={classes.parts}>
              <Select
                label="Version"
                w={200}
                value={String(version)}
                onChange={(chosen) => change({ judge: chosen ?? '' })}
                data={began.map((number) => ({ value: String(number), label: `Version ${number}` }))}
                allowDeselect={false}
              />
              <Sides version={version} />
              <UnderVersion version={version} />
            </div>
          );
        }}
      </Asked>
    </Page>
  );
}

function Sides({ version }: { version: number }) {
  const told = useAsk(showBeforeAndAfter, { query: { version } }, { keep: true });
  return (
    <Asked of={told}>
      {({ came_into_force, days, before, after, changes, notes }) => (
        <>
          {notes.length > 0 && <p className={classes.quiet}>{notes.join(' ')}</p>}
          <Card
            title={`What changed on ${dateOf(came_into_force)}`}
            aside={`${points(days)} days on each side`}
          >
            {changes.length === 0 ? (
              <p className={classes.quiet}>
                There is nothing to compare it with: no version was in force before.
              </p>
            ) : (
              <DataTable
                name="What changed"
                table={{
                  head: ['Measure', 'Before', 'After', 'What can be said'],
                  rows: changes.map(({ measure, name, says }) => [
                    name,
                    ...[before, after].map((side) => {
                      const figure = side?.figures.find((one) => one.measure === measure);
                      return figure === undefined ? null : cellOf(figure);
                    }),
                    says,
                  ]),
                }}
              />
            )}
          </Card>
          <div className={classes.pair}>
            {before !== null && (
              <Card title={`Before: version ${before.version}`}>
                <Figures of={before.figures} />
              </Card>
            )}
            <Card title={`After: version ${after.version}`}>
              <Figures of={after.figures} />
            </Card>
          </div>
        </>
      )}
    </Asked>
  );
}
