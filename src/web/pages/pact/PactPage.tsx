import { Button, Group, Select } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { showClauses } from '#contract/pact-page.ts';
import { useAsk } from '../../app/api/queries.ts';
import { Failed } from '../../app/Failed.tsx';
import { Opening } from '../../app/Opening.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Page } from '../../parts/Page.tsx';
import { EmergencyBanner } from '../agreement/emergency/Banner.tsx';
import { Ways } from '../agreement/Ways.tsx';
import { Document } from './Document.tsx';
import { History } from './History.tsx';
import classes from './Pact.module.css';
import { Signatures } from './Signatures.tsx';
import { Signing } from './Signing.tsx';
import { Standing } from './standings.tsx';
import { type Known, usePact } from './usePact.ts';

/** The pact as a document: one text that both teams can read aloud. */
export function PactPage() {
  const { version } = useSearch({ from: '/inside/pact' });
  const pact = usePact(version === undefined ? undefined : Number(version));
  if (pact.known === undefined) {
    return pact.error === null ? (
      <Opening />
    ) : (
      <Failed error={pact.error} reset={() => void pact.refetch()} />
    );
  }
  if (pact.known === null) {
    return (
      <Page title="Pact">
        <Empty
          title="No pact yet"
          action={
            <Group gap={8} justify="center">
              <Button component={Link} to="/start">
                Choose a template
              </Button>
              <Button component={Link} to="/pact/opening" variant="default">
                Let both teams write
              </Button>
            </Group>
          }
        >
          The pact says what a lead is, when one is an MQL, and what each team owes the other. Begin with a
          template, or let both teams write their own first and see where they differ.
        </Empty>
      </Page>
    );
  }
  return <Read known={pact.known} />;
}

const periods = [
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
  { value: '365', label: 'Last year' },
];
const DAY = 24 * 60 * 60 * 1_000;

function Read({ known: { pact, version, inForce } }: { known: Known }) {
  const navigate = useNavigate();
  const [days, setDays] = useState('90');
  // On the day, so that the same question is asked all day.
  const from = new Date(Math.floor(Date.now() / DAY) * DAY - Number(days) * DAY).toISOString();
  const clauses = useAsk(
    showClauses,
    { params: { pact: pact.id, number: version.number }, query: { from } },
    { keep: true },
  );
  return (
    <Page
      title={pact.name}
      marks={<Standing of={version} />}
      about={`Version ${version.number}${version.note === null ? '' : `: ${version.note}`}`}
      actions={
        <>
          <Select
            aria-label="Version"
            w={190}
            allowDeselect={false}
            value={String(version.number)}
            onChange={(number) =>
              number !== null && void navigate({ to: '/pact', search: { version: number } })
            }
            data={pact.versions
              .toSorted((a, b) => b.number - a.number)
              .map(({ number, standing }) => ({
                value: String(number),
                label: `Version ${number}, ${standing.replace('_', ' ')}`,
              }))}
          />
          <Select
            aria-label="Period"
            w={140}
            allowDeselect={false}
            value={days}
            onChange={(value) => setDays(value ?? '90')}
            data={periods}
          />
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => print()}
          >
            Print
          </Button>
        </>
      }
    >
      <EmergencyBanner pact={pact} />
      <div className={classes.columns}>
        <div className={classes.next}>
          <Signing pact={pact.id} version={version} inForce={inForce} />
        </div>
        <div className={classes.body}>
          <Asked of={clauses}>{(answer) => <Document of={answer} />}</Asked>
        </div>
        <aside className={classes.side}>
          <Signatures of={version} />
          <History pact={pact} shown={version.number} />
          <div className="no-print">
            <Ways />
          </div>
        </aside>
      </div>
    </Page>
  );
}
