import { Anchor } from '@mantine/core';
import type { AgendaItem } from '#contract/reviews.ts';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { GoTo } from '../../../parts/GoTo.tsx';
import { Mark, type Tone } from '../../../parts/Mark.tsx';
import classes from './Reviews.module.css';

const kinds: Record<AgendaItem['kind'], [tone: Tone, word: string]> = {
  term_missed: ['bad', 'Promise missed'],
  clause_accused: ['warn', 'Clause accused'],
  dispute: ['warn', 'Dispute'],
  exception: ['neutral', 'Exceptions'],
  open_decision: ['accent', 'Still open'],
  amendment: ['warn', 'Amendment'],
  agreement: ['neutral', 'Agreement'],
  drift: ['warn', 'Drift'],
  suggestion: ['accent', 'Suggestion'],
};

/** What there is to talk about, the weightiest first, each with the number that put it there. */
export const Agenda = ({ items }: { items: readonly AgendaItem[] }) => (
  <Card title="Agenda" flush>
    {items.length === 0 ? (
      <Empty title="The numbers ask for nothing">
        No promise was missed and no clause accused in this time. Decide what is to change, or leave it as it
        is.
      </Empty>
    ) : (
      <ol className={classes.list}>
        {items.map((item) => (
          <li key={`${item.kind} ${item.said}`} className={classes.item}>
            <Mark tone={kinds[item.kind][0]}>{kinds[item.kind][1]}</Mark>
            <span>
              {item.said}
              <Rows of={item} />
            </span>
          </li>
        ))}
      </ol>
    )}
  </Card>
);

/** Where the rows behind a number are, and the clause it is about. */
function Rows({ of: { rows, clause } }: { of: AgendaItem }) {
  const screen = rows === null ? null : screenOf(rows);
  return (
    <span className={classes.links}>
      {screen !== null && (
        <Anchor component={GoTo} href={screen} size="xs">
          Show them
        </Anchor>
      )}
      {clause !== null && (
        <Anchor component={GoTo} href={`/pact#${clause}`} size="xs">
          {clause}
        </Anchor>
      )}
    </span>
  );
}

/** The screen that shows what a path of the API lists; null where there is none. */
function screenOf(rows: string): string | null {
  const path = rows.replace(/^\/api/, '');
  return /^\/(handoffs|leads|reviews|pact)\b/.test(path) ? path : null;
}
