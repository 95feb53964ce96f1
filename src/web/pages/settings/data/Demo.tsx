import { Button, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { showSetup, signOut } from '#contract/door.ts';
import { showWorkspace } from '#contract/workspaces.ts';
import { knock } from '../../../app/api/call.ts';
import { useAsk } from '../../../app/api/queries.ts';
import { Card } from '../../../parts/Card.tsx';
import { Fault } from '../../door/Fault.tsx';
import { useDoor } from '../../door/useDoor.ts';
import classes from '../Settings.module.css';

/** For whoever looks around in the demo company: how to begin with one's own, and how the demo goes. */
export function Demo() {
  const workspace = useAsk(showWorkspace);
  return workspace.data?.demo === true ? <Own /> : null;
}

function Own() {
  const setup = useQuery({ queryKey: [showSetup.path], queryFn: () => knock(showSetup) });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { fault, attempt } = useDoor();
  const begin = (): Promise<void> =>
    attempt(async () => {
      await knock(signOut);
      queries.clear();
      await navigate({ to: '/setup' });
    });
  return (
    <Card title="This is the demo company">
      <Fault words={fault} />
      <Text size="sm" mb="sm">
        Everything in it is made up.{' '}
        {setup.data?.open === true && 'As soon as you begin with your own, nobody comes in here any more.'}{' '}
        Whoever runs this Leadpact removes it with all its data by{' '}
        <code className={classes.code}>leadpact demo --remove</code>.
      </Text>
      {setup.data?.open === true && <Button onClick={() => void begin()}>Start with my own</Button>}
    </Card>
  );
}
