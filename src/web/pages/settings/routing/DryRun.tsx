import { Button, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dryRunRouting } from '#contract/handoffs.ts';
import { type Answer, call } from '../../../app/api/call.ts';
import { wordsOf } from '../../../app/api/queries.ts';
import { useKept } from '../../../app/keep.ts';
import { useMembers } from '../../../app/members.ts';
import { Mark } from '../../../parts/Mark.tsx';
import { Fault } from '../../door/Fault.tsx';
import { FindLead, type Found } from '../FindLead.tsx';
import classes from '../Settings.module.css';
import { attributesOf } from './attributes.ts';

/** Says who would get a lead at this moment, and why each other would not. Nothing is written. */
export function DryRun() {
  const [kind, setKind] = useState<'lead' | 'made'>('lead');
  const [lead, setLead] = useState<Found | null>(null);
  const [typed, setTyped] = useKept('routing.attributes', 'country: Germany\naccount.employees: 500');
  const read = attributesOf(typed);
  const run = useMutation({
    mutationFn: () =>
      call(dryRunRouting, {
        body:
          kind === 'lead' ? { lead: lead!.id } : { attributes: 'attributes' in read ? read.attributes : {} },
      }),
  });
  const fault = kind === 'made' && 'fault' in read ? read.fault : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
    >
      <Stack gap="sm">
        <SegmentedControl
          w="fit-content"
          aria-label="For which lead"
          value={kind}
          onChange={(value) => {
            setKind(value as typeof kind);
            run.reset();
          }}
          data={[
            { value: 'lead', label: 'A lead that is here' },
            { value: 'made', label: 'A made-up one' },
          ]}
        />
        {kind === 'lead' ? (
          <FindLead
            lead={lead}
            onFound={(found) => {
              setLead(found);
              run.reset();
            }}
          />
        ) : (
          <Textarea
            label="What is known of it"
            description="One attribute a line, as the pact names them."
            autosize
            minRows={3}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            error={fault}
          />
        )}
        <Button
          type="submit"
          w="fit-content"
          loading={run.isPending}
          disabled={kind === 'lead' ? lead === null : fault !== null}
        >
          Who would get it
        </Button>
        <Fault words={run.error === null ? null : wordsOf(run.error)} />
        {run.data !== undefined && <Decision of={run.data} />}
      </Stack>
    </form>
  );
}

function Decision({ of: { reason, candidates, member } }: { of: Answer<typeof dryRunRouting> }) {
  const { nameOf } = useMembers();
  return (
    <div role="status">
      <Text fw={600}>{member === null ? 'Nobody yet' : nameOf(member)}</Text>
      <Text size="sm" mb="xs">
        {reason}
      </Text>
      {candidates.length > 0 && (
        <ul className={classes.rows}>
          {candidates.map(({ person, member: id, chosen, why }) => (
            <li key={person} className={classes.row}>
              <span className={classes.name}>
                {id === null ? person : nameOf(id)} {chosen && <Mark tone="good">Gets it</Mark>}
              </span>
              <span className={classes.quiet}>{why}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
