import { Button, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type Demo, makeDemo, showDemo, visitDemo } from '#contract/demo.ts';
import { knock } from '../../app/api/call.ts';
import { whoIsHere } from '../../app/session.tsx';
import { Party } from '../../parts/Party.tsx';
import { Fault } from './Fault.tsx';
import classes from './Tour.module.css';
import { useDoor } from './useDoor.ts';

/** The demo company: built in a moment, then entered as whom one likes. */
export function Tour({ demo, token }: { demo: Demo; token: string }) {
  const queries = useQueryClient();
  const router = useRouter();
  const { fault, attempt } = useDoor();
  const build = (): Promise<void> =>
    attempt(async () => {
      queries.setQueryData([showDemo.path], await knock(makeDemo, token === '' ? {} : { token }));
    });
  const visit = (member: string): Promise<void> =>
    attempt(async () => {
      await knock(visitDemo, { member });
      queries.removeQueries({ queryKey: whoIsHere.queryKey });
      await router.navigate({ href: '/', replace: true });
    });

  if (demo.state === 'building') {
    return (
      <Stack gap={6} role="status">
        <Text size="sm">
          Eighteen months of a company are being worked out, by the same engine that will run yours.
        </Text>
        <Progress value={demo.progress * 100} aria-label="The demo company" animated />
      </Stack>
    );
  }
  if (demo.state === 'ready') {
    return (
      <div>
        <Fault words={fault} />
        <Text size="sm" mb={8}>
          Enter the demo company as
        </Text>
        <ul className={classes.people}>
          {demo.members.map(({ id, name, party, about }) => (
            <li key={id}>
              <button type="button" className={classes.person} onClick={() => void visit(id)}>
                <span className={classes.name}>
                  {name} <Party party={party} />
                </span>
                <span className={classes.about}>{about}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <Stack gap={4}>
      <Fault words={fault ?? demo.error} />
      <Button size="md" onClick={() => void build()}>
        Tour the demo company
      </Button>
      <Text size="xs" c="dimmed">
        An industrial company with both teams, leads, handoffs and deals. Nothing to fill in.
      </Text>
    </Stack>
  );
}
