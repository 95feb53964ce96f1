import { Anchor } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { compareVersions } from '#contract/pact-page.ts';
import { useAsk } from '../../app/api/queries.ts';
import { Failed } from '../../app/Failed.tsx';
import { many } from '../../app/format/numbers.ts';
import { Opening } from '../../app/Opening.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Page } from '../../parts/Page.tsx';
import classes from './Pact.module.css';
import { usePact } from './usePact.ts';

const kinds = {
  added: ['good', 'Added'],
  removed: ['bad', 'Removed'],
  changed: ['accent', 'Changed'],
} as const;
const owners = { marketing: 'marketing', sales: 'sales', both: 'neutral' } as const;

/** What changes from one version to another, in sentences. */
export function Difference() {
  const { from, to } = useParams({ from: '/inside/pact/difference/$from/$to' });
  const pact = usePact();
  const { known } = pact;
  const difference = useAsk(
    compareVersions,
    { params: { pact: known?.pact.id ?? '', number: Number(from), other: Number(to) } },
    { enabled: known !== undefined && known !== null },
  );
  if (pact.known === undefined && pact.error !== null) {
    return <Failed error={pact.error} reset={() => void pact.refetch()} />;
  }
  if (known === undefined) return <Opening />;
  if (known === null) {
    return (
      <Page title="What changes">
        <Empty title="No pact yet">There are no versions to compare.</Empty>
      </Page>
    );
  }
  return (
    <Page
      title={`From version ${from} to version ${to}`}
      about={
        <Anchor component={Link} to={`/pact?version=${to}`} size="sm">
          Read version {to}
        </Anchor>
      }
    >
      <Asked of={difference}>
        {({ changes }) =>
          changes.length === 0 ? (
            <Empty title="They mean the same">Only order or comments differ.</Empty>
          ) : (
            <Card title={many(changes.length, 'change')} flush>
              {changes.map(({ kind, path, clause, owner, text }) => (
                <div key={`${kind}:${path}`} className={classes.change}>
                  <span>
                    <Mark tone={kinds[kind][0]}>{kinds[kind][1]}</Mark>
                  </span>
                  <span>
                    {text}
                    <br />
                    <span className={classes.quiet}>{clause}</span>
                  </span>
                  <span>
                    <Mark tone={owners[owner]}>{owner}</Mark>
                  </span>
                </div>
              ))}
            </Card>
          )
        }
      </Asked>
    </Page>
  );
}
