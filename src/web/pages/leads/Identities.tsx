import { Anchor, Button, Group, Modal, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Identities as Known, mergeLead, showIdentities, undoMerge } from '#contract/lead-page.ts';
import { useAct } from '../../app/api/acts.ts';
import { useAsk } from '../../app/api/queries.ts';
import { Asked } from '../../parts/Asked.tsx';
import { Card } from '../../parts/Card.tsx';
import { When } from '../../parts/When.tsx';
import classes from './Lead.module.css';
import { nameOf } from './nameOf.ts';

const kinds: Record<Known['items'][number]['kind'], string> = {
  anonymous: 'A browser',
  user: 'A user id',
  email: 'An address',
  external: 'An id elsewhere',
};

const changes = ['/api/leads'];

/** By what it is recognised, who was merged into it, who might be the same person. */
export function Identities({ lead }: { lead: string }) {
  const identities = useAsk(showIdentities, { params: { id: lead } });
  return (
    <Card title="Identity">
      <Asked of={identities}>
        {({ items, merges, duplicates }) => (
          <>
            <ul className={classes.list}>
              {items.map(({ kind, value, first_seen_at: at }) => (
                <li key={`${kind}:${value}`} className={classes.line}>
                  <span>
                    {value}
                    <br />
                    <span className={classes.quiet}>
                      {kinds[kind]}, since <When at={at} as="date" />
                    </span>
                  </span>
                </li>
              ))}
            </ul>
            <Merges lead={lead} merges={merges} />
            <Duplicates lead={lead} duplicates={duplicates} />
          </>
        )}
      </Asked>
    </Card>
  );
}

function Merges({ lead, merges }: { lead: string; merges: Known['merges'] }) {
  const part = useAct(undoMerge, { changes, said: () => 'They are two leads again.' });
  const believed = merges.filter((merge) => merge.believed);
  if (believed.length === 0) return null;
  return (
    <>
      <Text size="sm" fw={600} mt="md" mb={6}>
        Merged
      </Text>
      <ul className={classes.list}>
        {believed.map((merge) => (
          <li key={merge.id} className={classes.line}>
            <span>
              <Anchor component={Link} to={`/leads/${merge.from}`} size="sm">
                Another lead
              </Anchor>
              , <When at={merge.at} as="date" />
            </span>
            <Button
              size="compact-xs"
              variant="default"
              loading={part.isPending}
              onClick={() => part.mutate({ params: { id: lead }, body: { merge: merge.id } })}
            >
              Part them
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Duplicates({ lead, duplicates }: { lead: string; duplicates: Known['duplicates'] }) {
  const [asked, setAsked] = useState<Known['duplicates'][number] | null>(null);
  const part = useAct(undoMerge, { changes });
  const merge = useAct(mergeLead, {
    changes,
    said: () => 'They are one lead now.',
    undo: ({ params }, answer) =>
      part.mutateAsync({ params: { id: (params as { id: string }).id }, body: { merge: answer.merge } }),
    done: () => setAsked(null),
  });
  if (duplicates.length === 0) return null;
  return (
    <>
      <Text size="sm" fw={600} mt="md" mb={6}>
        May be the same person
      </Text>
      <ul className={classes.list}>
        {duplicates.map((one) => (
          <li key={one.lead.id} className={classes.line}>
            <span>
              <Anchor component={Link} to={`/leads/${one.lead.id}`} size="sm">
                {nameOf(one.lead)}
              </Anchor>
              <br />
              <span className={classes.quiet}>{one.why}</span>
            </span>
            <Button size="compact-xs" variant="default" onClick={() => setAsked(one)}>
              Merge
            </Button>
          </li>
        ))}
      </ul>
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title="Merge the two leads">
        <Text size="sm">
          {asked !== null && nameOf(asked.lead)} becomes part of this lead: activities, handoffs and deals
          stand in one history, which is judged anew. Nothing is lost, and you can part them again.
        </Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsked(null)}>
            Cancel
          </Button>
          <Button
            loading={merge.isPending}
            onClick={() => asked && merge.mutate({ params: { id: lead }, body: { lead: asked.lead.id } })}
          >
            Merge
          </Button>
        </Group>
      </Modal>
    </>
  );
}
