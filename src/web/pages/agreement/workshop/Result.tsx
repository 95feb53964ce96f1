import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { showWorkshopResult, type WorkshopResult } from '#contract/workshops.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { count, percent, points } from '../../../app/format/numbers.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Stage } from '../../../parts/Stage.tsx';
import { Stat, Stats } from '../../../parts/Stat.tsx';
import { sayInterval, sayKappa } from './kappa.ts';
import classes from './Workshop.module.css';

/** How far both teams agree, and on what they do not. */
export function Result({ workshop }: { workshop: string }) {
  const result = useAsk(showWorkshopResult, { params: { workshop } });
  return (
    <Asked of={result}>
      {({ agreement, attributes, leads }) => (
        <div className={classes.stack}>
          <Text className={agreement.unclear ? classes.unclear : classes.clear}>{agreement.said}</Text>
          <Stats>
            <Stat
              name="Labelled alike"
              value={percent(agreement.agreement)}
              about={`${count(agreement.both_good + agreement.both_not)} of ${count(agreement.n)} leads`}
            />
            <Stat
              name="Agreement beyond chance"
              value={sayKappa(agreement)}
              about={sayInterval(agreement)}
              {...(agreement.unclear && { tone: 'warn' as const })}
            />
            <Stat name="Good to marketing alone" value={count(agreement.marketing_only)} />
            <Stat name="Good to sales alone" value={count(agreement.sales_only)} />
          </Stats>
          <Where of={attributes} />
          <Leads of={leads} />
        </div>
      )}
    </Asked>
  );
}

const Where = ({ of }: { of: WorkshopResult['attributes'] }) =>
  of.length === 0 ? null : (
    <Card title="Where they disagree" flush>
      <ul className={classes.list}>
        {of.map(({ attribute, value, n, disagreed, marketing_only: only }) => (
          <li key={`${attribute} ${value}`} className={classes.row}>
            <b>
              {attribute}: {value}
            </b>
            <span className={classes.quiet}>
              {count(disagreed)} of {count(n)} labelled otherwise, {count(only)} of them good to marketing
              alone
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );

const Leads = ({ of }: { of: WorkshopResult['leads'] }) => (
  <Card title="Lead by lead" flush>
    <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="region" aria-label="Lead by lead">
      <Table className={classes.table} verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Lead</Table.Th>
            <Table.Th>Marketing</Table.Th>
            <Table.Th>Sales</Table.Th>
            <Table.Th>The pact then</Table.Th>
            <Table.Th>Fit, interest</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of
            .toSorted((a, b) => Number(a.marketing === a.sales) - Number(b.marketing === b.sales))
            .map(
              ({
                place,
                lead,
                why,
                marketing,
                sales,
                marketing_note,
                sales_note,
                verdict,
                fit,
                interest,
              }) => (
                <Table.Tr key={place} data-differs={marketing !== sales}>
                  <Table.Td>
                    <Anchor component={Link} to={`/leads/${lead}`} size="sm">
                      Lead {place}
                    </Anchor>
                    {why === 'disputed' && <span className={classes.quiet}> disputed</span>}
                  </Table.Td>
                  <Table.Td>
                    <Labelled label={marketing} note={marketing_note} />
                  </Table.Td>
                  <Table.Td>
                    <Labelled label={sales} note={sales_note} />
                  </Table.Td>
                  <Table.Td>{verdict === null ? '–' : <Stage stage={verdict} />}</Table.Td>
                  <Table.Td>
                    {fit === null ? '–' : points(fit)}, {interest === null ? '–' : points(interest)}
                  </Table.Td>
                </Table.Tr>
              ),
            )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  </Card>
);

const Labelled = ({ label, note }: { label: 'good' | 'not_good'; note: string | null }) => (
  <>
    <Mark tone={label === 'good' ? 'good' : 'bad'}>{label === 'good' ? 'Good' : 'Not good'}</Mark>
    {note !== null && <span className={classes.note}>{note}</span>}
  </>
);
