import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Pact } from '#contract/pacts.ts';
import { dateOf } from '../../app/format/dates.ts';
import { Card } from '../../parts/Card.tsx';
import classes from './Pact.module.css';
import { Standing } from './standings.tsx';

/** Every version there was, the latest first. */
export const History = ({ pact: { versions }, shown }: { pact: Pact; shown: number }) => (
  <Card title="History">
    <ul className={classes.list}>
      {versions
        .toSorted((a, b) => b.number - a.number)
        .map((version) => (
          <li key={version.number}>
            <div className={classes.version}>
              <Anchor
                component={Link}
                to={`/pact?version=${version.number}`}
                size="sm"
                aria-current={version.number === shown ? 'true' : undefined}
              >
                Version {version.number}
              </Anchor>
              <Standing of={version} />
            </div>
            <span className={classes.quiet}>
              {version.in_force_from === null
                ? `drafted ${dateOf(version.drafted_at)}`
                : `in force from ${dateOf(version.in_force_from)}${version.in_force_until === null ? '' : ` to ${dateOf(version.in_force_until)}`}`}
            </span>
            {version.base !== null && (
              <>
                {' · '}
                <Anchor component={Link} to={`/pact/difference/${version.base}/${version.number}`} size="xs">
                  what changed
                </Anchor>
              </>
            )}
          </li>
        ))}
    </ul>
  </Card>
);
