import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { showDemo } from '#contract/demo.ts';
import { setUp, showSetup, signIn } from '#contract/door.ts';
import { knock } from '../../app/api/call.ts';
import { whoIsHere } from '../../app/session.tsx';
import { Asked } from '../../parts/Asked.tsx';
import { Door } from './Door.tsx';
import { Fault } from './Fault.tsx';
import { Found, type Founding } from './Found.tsx';
import { Tour } from './Tour.tsx';
import { tokenOf, useDoor } from './useDoor.ts';

/** The first screen of all: look around in a company that is full of life, or begin with one's own. */
export function Setup() {
  const [token] = useState(() => tokenOf(location.hash));
  const [isOwn, setOwn] = useState(false);
  const setup = useQuery({ queryKey: [showSetup.path], queryFn: () => knock(showSetup) });
  const demo = useQuery({
    queryKey: [showDemo.path],
    queryFn: () => knock(showDemo),
    refetchInterval: ({ state }) => (state.data?.state === 'building' ? 700 : false),
  });
  const router = useRouter();
  const queries = useQueryClient();
  const { fault, attempt } = useDoor();

  const found = ({ workspace, zone, name, email, password }: Founding): Promise<void> =>
    attempt(async () => {
      await knock(setUp, { token, workspace: { name: workspace, zone }, person: { name, email, password } });
      await knock(signIn, { email, password });
      queries.removeQueries({ queryKey: whoIsHere.queryKey });
      await router.navigate({ href: '/start', replace: true });
    });

  return (
    <Asked of={setup}>
      {({ open }) => {
        if (!open) {
          return (
            <Door title="This Leadpact is set up">
              <Text mb="md">Somebody founded its workspace. Sign in, or ask them for an invitation.</Text>
              <Button component={Link} to="/sign-in" fullWidth>
                Sign in
              </Button>
            </Door>
          );
        }
        if (isOwn) {
          return (
            <Door title="Start with your own">
              <Fault words={fault} />
              <Found isLinked={token !== ''} onFound={found} />
              <Anchor component="button" type="button" size="sm" mt="md" onClick={() => setOwn(false)}>
                Back
              </Anchor>
            </Door>
          );
        }
        return (
          <Door title="Welcome to Leadpact">
            <Stack gap="lg">
              <Text>
                One definition of a lead, signed by marketing and by sales. Look around in a company that
                works with it, or begin with your own.
              </Text>
              <Asked of={demo}>{(answer) => <Tour demo={answer} token={token} />}</Asked>
              <Stack gap={4}>
                <Button variant="default" size="md" onClick={() => setOwn(true)}>
                  Start with my own
                </Button>
                <Text size="xs" c="dimmed">
                  Name it, invite both teams, choose a template, bring your leads. About five minutes.
                </Text>
              </Stack>
            </Stack>
          </Door>
        );
      }}
    </Asked>
  );
}
