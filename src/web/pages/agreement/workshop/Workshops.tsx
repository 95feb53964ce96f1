import { Anchor, Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { beginWorkshop, listWorkshops, type WorkshopSummary } from '#contract/workshops.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { many, percent } from '../../../app/format/numbers.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { Page } from '../../../parts/Page.tsx';
import { workshopChanges } from './changes.ts';
import { Trend } from './Trend.tsx';
import classes from './Workshop.module.css';

/** Both teams label the same leads blind: whether they mean the same by the same words. */
export function Workshops() {
  const me = useMe();
  const workshops = useAsk(listWorkshops);
  const [isNew, begin] = useDisclosure(false);
  const mayBegin = me.rank !== 'member';
  return (
    <Page
      title="Workshops"
      about="Both teams label the same leads without seeing each other's answers. How far they agree says whether the words of the pact are clear."
      actions={mayBegin && <Button onClick={begin.open}>New workshop</Button>}
    >
      <Asked of={workshops}>
        {({ items }) => (
          <div className={classes.stack}>
            <Trend of={items} />
            <Card flush>
              {items.length === 0 ? (
                <Empty
                  title="No workshop was held yet"
                  action={
                    mayBegin && (
                      <Button variant="default" onClick={begin.open}>
                        Pick the leads
                      </Button>
                    )
                  }
                >
                  Twenty leads and half an hour for each team show where the two disagree. Hold one each
                  quarter.
                </Empty>
              ) : (
                <ul className={classes.list}>
                  {items.map((one) => (
                    <Row key={one.id} workshop={one} />
                  ))}
                </ul>
              )}
            </Card>
          </div>
        )}
      </Asked>
      <Modal opened={isNew} onClose={begin.close} title="New workshop">
        <Begin />
      </Modal>
    </Page>
  );
}

const Row = ({ workshop }: { workshop: WorkshopSummary }) => {
  const { id, name, opened_at, leads, agreement } = workshop;
  return (
    <li className={classes.row}>
      <Anchor component={Link} to={`/pact/workshop/${id}`} fw={600}>
        {name}
      </Anchor>
      {agreement === null ? (
        <Mark tone="accent">Being labelled</Mark>
      ) : (
        <Mark tone={agreement.unclear ? 'warn' : 'good'}>{percent(agreement.agreement)} alike</Mark>
      )}
      <span className={classes.quiet}>
        {many(leads, 'lead')}, {dateOf(opened_at)}
        {agreement === null &&
          (['marketing', 'sales'] as const)
            .map((party) => `; ${party} ${workshop[party].finished_at === null ? 'labels' : 'has finished'}`)
            .join('')}
      </span>
    </li>
  );
};

function Begin() {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [leads, setLeads] = useState(20);
  const act = useAct(beginWorkshop, {
    changes: workshopChanges,
    done: ({ id }) => void navigate({ href: `/pact/workshop/${id}` }),
  });
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ body: { name: name.trim(), leads } });
      }}
    >
      <TextInput
        label="What is it called"
        placeholder="Fourth quarter"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <NumberInput
        label="How many leads"
        description="Picked across the score range, disputed ones among them."
        min={5}
        max={200}
        value={leads}
        onChange={(next) => typeof next === 'number' && setLeads(next)}
      />
      <Button type="submit" disabled={name.trim() === ''} loading={act.isPending}>
        Pick the leads
      </Button>
    </form>
  );
}
