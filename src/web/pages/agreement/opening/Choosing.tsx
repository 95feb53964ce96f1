import { Button, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type Difference, type Opening, settleOpening, showDifferences } from '#contract/openings.ts';
import { useAct } from '../../../app/api/acts.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { useMe } from '../../../app/session.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { openingChanges } from './changes.ts';
import { DifferingLeads } from './DifferingLeads.tsx';
import { OneDifference } from './OneDifference.tsx';
import classes from './Opening.module.css';

const kinds: [kind: Difference['kind'], title: string][] = [
  ['stages', 'Stages'],
  ['thresholds', 'Thresholds'],
  ['criteria', 'Criteria'],
  ['qualifies', 'Who qualifies'],
  ['expectations', 'What is expected'],
  ['other', 'The rest'],
];

/** Both are open: where they differ, choice by choice, and what hangs on it. */
export function Choosing({ opening }: { opening: Opening }) {
  const me = useMe();
  const navigate = useNavigate();
  const params = { opening: opening.id };
  const differences = useAsk(showDifferences, { params });
  const settle = useAct(settleOpening, {
    changes: openingChanges,
    said: () => 'One draft of both is made.',
    done: ({ version }) => void navigate({ href: `/pact/drafts/${version.number}` }),
  });
  const mayChoose = me.rank !== 'member';
  return (
    <div className={classes.columns}>
      <Asked of={differences}>
        {({ items }) => {
          const chosen = items.filter((one) => one.chosen !== null).length;
          return (
            <div className={classes.stack}>
              <Card>
                <Group gap={12} justify="space-between">
                  <Text size="sm">
                    {items.length === 0
                      ? 'Both sides wrote the same.'
                      : `${chosen} of ${items.length} differences are chosen.${mayChoose ? '' : ' A lead or manager chooses.'}`}
                  </Text>
                  {mayChoose && (
                    <Button
                      disabled={chosen < items.length}
                      loading={settle.isPending}
                      onClick={() => settle.mutate({ params })}
                    >
                      Make one draft of both
                    </Button>
                  )}
                </Group>
              </Card>
              {items.length === 0 && <Empty title="No difference">The two definitions mean the same.</Empty>}
              {kinds.map(([kind, title]) => {
                const of = items.filter((one) => one.kind === kind);
                return of.length === 0 ? null : (
                  <Card key={kind} title={title} flush>
                    {of.map((one) => (
                      <OneDifference
                        key={one.clause}
                        opening={opening.id}
                        difference={one}
                        mayChoose={mayChoose}
                      />
                    ))}
                  </Card>
                );
              })}
            </div>
          );
        }}
      </Asked>
      <DifferingLeads opening={opening} />
    </div>
  );
}
