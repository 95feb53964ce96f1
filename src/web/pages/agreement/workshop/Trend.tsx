import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { WorkshopSummary } from '#contract/workshops.ts';
import { dateOf } from '../../../app/format/dates.ts';
import { Card } from '../../../parts/Card.tsx';
import { sayInterval, sayKappa } from './kappa.ts';
import classes from './Workshop.module.css';

/** Below it the words are unclear. */
const CLEAR = 0.6;

/** How far both agreed beyond chance, from one workshop to the next. */
export function Trend({ of }: { of: readonly WorkshopSummary[] }) {
  const held = of
    .flatMap(({ id, name, opened_at, agreement }) =>
      agreement === null ? [] : [{ id, name, opened_at, agreement }],
    )
    .toSorted((a, b) => a.opened_at.localeCompare(b.opened_at));
  if (held.length < 2) return null;
  return (
    <Card title="Agreement beyond chance, workshop by workshop" aside="Cohen's kappa; .6 and more is clear">
      <ol className={classes.trend}>
        {held.map(({ id, name, opened_at, agreement }) => (
          <li key={id}>
            <Anchor component={Link} to={`/pact/workshop/${id}`} size="sm">
              {name}
            </Anchor>
            <span className={classes.track} aria-hidden>
              <span
                data-clear={(agreement.kappa ?? 0) >= CLEAR}
                style={{ width: `${Math.max(0, agreement.kappa ?? 0) * 100}%` }}
              />
            </span>
            <span className={classes.quiet}>
              <b>{sayKappa(agreement)}</b> ({sayInterval(agreement)}), {dateOf(opened_at)}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
