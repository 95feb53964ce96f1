import { Button } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Member } from '#contract/people.ts';
import { many } from '../../../app/format/numbers.ts';
import { useEverybody } from '../../../app/members.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Page } from '../../../parts/Page.tsx';
import { partyName } from '../../../parts/Party.tsx';
import { Invite } from '../../start/Invite.tsx';
import classes from '../Settings.module.css';
import { WhoMay } from '../Shown.tsx';
import { Person } from './Person.tsx';

/** So many who have left are shown without being asked for. */
const FEW = 5;
const parties = ['marketing', 'sales', null] as const;

/** Who is here, on which side, and who is away. */
export function People() {
  const me = useMe();
  const everybody = useEverybody();
  return (
    <Page
      title="People and parties"
      about="Each member stands on one side of the pact, or on neither as the facilitator."
    >
      <div className={classes.stack}>
        <Card title="Invite somebody">
          {me.rank === 'manager' ? (
            <Invite />
          ) : (
            <WhoMay>Managers invite people and change where they stand.</WhoMay>
          )}
        </Card>
        <Asked of={everybody}>{(all) => <ByParty all={all} />}</Asked>
      </div>
    </Page>
  );
}

function ByParty({ all }: { all: readonly Member[] }) {
  const here = useLocation({ select: ({ hash }) => hash });
  const gone = all.filter(({ left_at }) => left_at !== null);
  const [showsGone, setShowsGone] = useState(gone.length <= FEW);
  const isGoneHere = all.some(({ id, left_at }) => id === here && left_at !== null);
  useEffect(() => document.getElementById(here)?.scrollIntoView({ block: 'center' }), [here]);
  return (
    <>
      {parties.map((party) => (
        <Card key={party} title={partyName(party)} aside={asideOf(all, party)} flush>
          <List of={presentOf(all, party)} here={here} party={party} />
        </Card>
      ))}
      {gone.length > 0 && (
        <Card
          title="Left"
          flush
          aside={
            <Button size="compact-sm" variant="default" onClick={() => setShowsGone(!showsGone)}>
              {showsGone || isGoneHere ? 'Hide' : `Show ${many(gone.length, 'person', 'people')}`}
            </Button>
          }
        >
          {(showsGone || isGoneHere) && <List of={gone} here={here} party={null} />}
        </Card>
      )}
    </>
  );
}

type Party = (typeof parties)[number];

const presentOf = (all: readonly Member[], party: Party): Member[] =>
  all
    .filter((one) => one.party === party && one.left_at === null)
    .sort((a, b) => a.name.localeCompare(b.name, navigator.language));

const asideOf = (all: readonly Member[], party: Party): string =>
  many(presentOf(all, party).length, 'person', 'people');

const List = ({ of, here, party }: { of: readonly Member[]; here: string; party: Party }) =>
  of.length === 0 ? (
    <p className={classes.nobody}>
      {party === null
        ? 'Nobody yet. Disputes are ruled on by a facilitator who is of neither party.'
        : 'Nobody yet. The pact needs somebody of each party to sign it: invite them above.'}
    </p>
  ) : (
    <ul className={classes.rows}>
      {of.map((member) => (
        <Person key={member.id} member={member} isHere={member.id === here} />
      ))}
    </ul>
  );
