import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import {
  type Decision,
  decideInReview,
  draftFromDecision,
  finishDecision,
  type Review,
} from '#contract/reviews.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useKept } from '../../../app/keep.ts';
import { useMembers } from '../../../app/members.ts';
import { useMe } from '../../../app/session.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { reviewChanges } from './changes.ts';
import { dayIn, dayOf } from './days.ts';
import classes from './Reviews.module.css';

/** What was decided, by this review and before, and what became of it. */
export function Decisions({ review }: { review: Review }) {
  const me = useMe();
  const { made, open, standing } = review;
  const mayDecide = standing === 'due' && me.rank !== 'member';
  return (
    <>
      <Card title="Decisions" flush>
        {made.length === 0 && <p className={classes.none}>Nothing is decided yet.</p>}
        <ul className={classes.list}>
          {made.map((one) => (
            <One key={one.id} decision={one} />
          ))}
        </ul>
        {mayDecide && <Decide review={review.id} />}
      </Card>
      {open.length > 0 && (
        <Card title="Still open from before" flush>
          <ul className={classes.list}>
            {open.map((one) => (
              <One key={one.id} decision={one} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function One({ decision: { id, text, clause, owner, due_on, done_at, draft } }: { decision: Decision }) {
  const me = useMe();
  const { nameOf } = useMembers();
  const finish = useAct(finishDecision, { changes: reviewChanges, said: () => 'Done.' });
  const begin = useAct(draftFromDecision, {
    changes: reviewChanges,
    said: (_, { version }) => `Version ${version.number} is a draft of it.`,
  });
  const params = { decision: id };
  const isLate = done_at === null && due_on < dayIn(0);
  return (
    <li className={classes.decision}>
      <p>{text}</p>
      <div className={classes.about}>
        <Mark tone={done_at !== null ? 'good' : isLate ? 'bad' : 'neutral'}>
          {done_at !== null ? 'Done' : isLate ? `was due ${dayOf(due_on)}` : `by ${dayOf(due_on)}`}
        </Mark>
        <span className={classes.quiet}>
          {owner === me.member ? 'You see to it' : `${nameOf(owner)} sees to it`}
          {clause !== null && `; about ${clause}`}
        </span>
        {draft !== null ? (
          <Link to="/pact/drafts/$number" params={{ number: String(draft.number) }} className={classes.link}>
            Version {draft.number}
          </Link>
        ) : (
          done_at === null && (
            <Button
              variant="default"
              size="compact-sm"
              loading={begin.isPending}
              onClick={() => begin.mutate({ params, body: {} })}
            >
              Make a draft of it
            </Button>
          )
        )}
        {done_at === null && (owner === me.member || me.rank !== 'member') && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={finish.isPending}
            onClick={() => finish.mutate({ params })}
          >
            Done
          </Button>
        )}
      </div>
    </li>
  );
}

function Decide({ review }: { review: string }) {
  const me = useMe();
  const { present } = useMembers();
  const [text, setText, sent] = useKept(`decision.${review}`);
  const [owner, setOwner] = useState<string>(me.member);
  const [day, setDay] = useState(dayIn(14));
  const act = useAct(decideInReview, { changes: reviewChanges, done: sent });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ params: { review }, body: { text, owner, due_on: day } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Textarea
        label="Decide"
        placeholder="What was decided, in one sentence"
        autosize
        minRows={2}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className={classes.fields}>
        <Select
          label="Who sees to it"
          searchable
          allowDeselect={false}
          data={present.map(({ id, name }) => ({ value: id, label: name }))}
          value={owner}
          onChange={(next) => next !== null && setOwner(next)}
        />
        <TextInput
          type="date"
          label="By when"
          value={day}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
      </div>
      <Button type="submit" disabled={text.trim() === ''} loading={act.isPending}>
        Record it
      </Button>
    </form>
  );
}
