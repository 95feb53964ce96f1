import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Card } from '../../parts/Card.tsx';
import classes from './Ways.module.css';

const ways: readonly { to: string; name: string; about: string }[] = [
  { to: '/pact/drafts', name: 'Drafts', about: 'Change it, and try the change on history.' },
  { to: '/pact/opening', name: 'Two private drafts', about: 'Each team writes its own first, unseen.' },
  { to: '/pact/workshop', name: 'Workshops', about: 'Label the same leads blind.' },
  { to: '/reviews', name: 'Reviews', about: 'What the numbers say of it.' },
];

/** How both teams come to agree. */
export const Ways = () => (
  <Card title="Agreeing">
    <ul className={classes.ways}>
      {ways.map(({ to, name, about }) => (
        <li key={to}>
          <Anchor component={Link} to={to} size="sm">
            {name}
          </Anchor>
          <span>{about}</span>
        </li>
      ))}
    </ul>
  </Card>
);
