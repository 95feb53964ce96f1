import { Anchor, Button, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { beginOpening, listOpenings, type OpeningSummary } from '#contract/openings.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import { When } from '../../../parts/When.tsx';
import { usePact } from '../../pact/usePact.ts';
import { openingChanges } from './changes.ts';
import classes from './Opening.module.css';
import { standings } from './standings.ts';

/** Where each team writes, or wrote, its own definition first. */
export function Openings() {
  const me = useMe();
  const openings = useAsk(listOpenings);
  const [isNew, begin] = useDisclosure(false);
  const mayBegin = me.rank !== 'member';
  return (
    <Page
      title="Two private drafts"
      about="Each team writes its own definition, unseen by the other. Once both are in, Leadpact shows where they differ, and on which leads."
      actions={mayBegin && <Button onClick={begin.open}>Begin</Button>}
    >
      <Asked of={openings}>
        {({ items }) => (
          <Card flush>
            {items.length === 0 ? (
              <Empty
                title="Nothing was begun yet"
                action={
                  mayBegin && (
                    <Button variant="default" onClick={begin.open}>
                      Let both teams write
                    </Button>
                  )
                }
              >
                Most quarrels are between two definitions that do not know of each other. A lead or manager
                begins; then each team writes what it means by a lead, an MQL and an SQL.
              </Empty>
            ) : (
              <ul className={classes.list}>
                {items.map((one) => (
                  <Row key={one.id} opening={one} />
                ))}
              </ul>
            )}
          </Card>
        )}
      </Asked>
      <Modal opened={isNew} onClose={begin.close} title="Let both teams write their own">
        <Begin />
      </Modal>
    </Page>
  );
}

const Row = ({
  opening: { id, name, standing, opened_at: at, marketing, sales },
}: {
  opening: OpeningSummary;
}) => (
  <li className={classes.row}>
    <Anchor component={Link} to={`/pact/opening/${id}`} fw={600}>
      {name}
    </Anchor>
    <Mark tone={standings[standing][0]}>{standings[standing][1]}</Mark>
    <span className={classes.quiet}>
      begun <When at={at} />; marketing {marketing.handed_in_at === null ? 'writes' : 'is in'}, sales{' '}
      {sales.handed_in_at === null ? 'writes' : 'is in'}
    </span>
  </li>
);

function Begin() {
  const navigate = useNavigate();
  const { known } = usePact();
  const [name, setName] = useState('');
  const act = useAct(beginOpening, {
    changes: openingChanges,
    done: ({ id }) => void navigate({ href: `/pact/opening/${id}` }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ body: { name: name.trim(), ...(known && { pact: known.pact.id }) } });
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label="What is it about"
        description={
          known
            ? `${known.pact.name} is negotiated anew; what is in force goes on until both sign.`
            : undefined
        }
        placeholder="Definition for the coming year"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" disabled={name.trim() === ''} loading={act.isPending}>
        Begin
      </Button>
    </form>
  );
}
