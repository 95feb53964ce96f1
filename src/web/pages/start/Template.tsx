import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { beginPact, type Pact } from '#contract/pacts.ts';
import { useAct } from '../../app/api/acts.ts';
import classes from './Start.module.css';

const templates = [
  {
    id: 'saas',
    name: 'B2B software',
    about: 'Trials, demos, product pages; sign-ups at companies that fit.',
  },
  {
    id: 'industrial',
    name: 'Industrial',
    about: 'Machines and parts: data sheets, quotes, plants of the right size.',
  },
  {
    id: 'services',
    name: 'Professional services',
    about: 'Consultations, references, buyers with a deadline.',
  },
  { id: 'agency', name: 'Agency', about: 'Briefs and pitches; budgets that pay for the work.' },
  { id: 'education', name: 'Education', about: 'Courses and applications; those who may enrol.' },
] as const;

/** A template to begin with, in the trade's wording; every clause can be changed before anybody signs. */
export function Template({ pact }: { pact: Pact | undefined }) {
  const begin = useAct(beginPact, {
    changes: ['/api/pacts', '/api/today'],
    said: () => 'Drafted. Read it, change it, and propose it to both teams.',
  });
  if (pact !== undefined) {
    return (
      <Text size="sm">
        {pact.name} is begun.{' '}
        <Anchor component={Link} to="/pact" size="sm" underline="always">
          Read it and go on
        </Anchor>
      </Text>
    );
  }
  return (
    <div className={classes.choices}>
      {templates.map(({ id, name, about }) => (
        <button
          key={id}
          type="button"
          className={classes.choice}
          disabled={begin.isPending}
          onClick={() => begin.mutate({ body: { template: id } })}
        >
          <b>{name}</b>
          <span>{about}</span>
        </button>
      ))}
    </div>
  );
}
