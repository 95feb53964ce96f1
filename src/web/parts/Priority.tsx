import { Popover, Text } from '@mantine/core';
import type { HandoffSummary } from '#contract/handoffs.ts';
import { money, percent, points } from '../app/format/numbers.ts';
import classes from './Priority.module.css';

type Factors = NonNullable<HandoffSummary['priority']>;

/** Why a clock makes it as urgent as it is. */
const urgencies: Record<number, string> = {
  1: 'time is left',
  2: 'came in within the hour',
  3: 'under a quarter of its time is left',
};

/** What a handoff is likely to bring, by how urgent it is; opened, the product itself. */
export function Priority({ priority }: { priority: Factors | null }) {
  if (priority === null) return null;
  const { chance, amount, currency, urgency, product } = priority;
  const whole = product === null ? `Urgency ${points(urgency)}` : money(product, currency);
  return (
    <Popover position="bottom-end" width={270} withArrow shadow="sm">
      <Popover.Target>
        <button type="button" className={classes.shown} aria-label={`Priority ${whole}: how it comes about`}>
          {whole}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={classes.factors}>
          <dt>Chance of a deal</dt>
          <dd>{chance === null ? 'not known' : percent(chance)}</dd>
          <dt>× amount</dt>
          <dd>{amount === null ? 'not known' : money(amount, currency)}</dd>
          <dt>× urgency{urgencies[urgency] === undefined ? '' : ` (${urgencies[urgency]})`}</dt>
          <dd>{points(urgency)}</dd>
          {product !== null && (
            <>
              <dt className={classes.whole}>Priority</dt>
              <dd className={classes.whole}>{money(product, currency)}</dd>
            </>
          )}
        </dl>
        {product === null && (
          <Text size="xs" c="dimmed" mt={8}>
            The pact does not name every rate it expects, or no average deal: what is urgent comes first.
          </Text>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
