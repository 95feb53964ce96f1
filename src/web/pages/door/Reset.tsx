import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { askForReset, resetPassword } from '#contract/door.ts';
import { knock } from '../../app/api/call.ts';
import { Door } from './Door.tsx';
import { Fault } from './Fault.tsx';
import { tokenOf, useDoor } from './useDoor.ts';

/** A new password: asked for by mail, or set by the link of that mail. */
export function Reset() {
  const [token] = useState(() => tokenOf(location.hash));
  return token === '' ? <AskForOne /> : <SetOne token={token} />;
}

function AskForOne() {
  const [isAsked, setAsked] = useState(false);
  const { fault, attempt } = useDoor();
  const form = useForm({ initialValues: { email: '' } });
  return (
    <Door title="A new password">
      <Fault words={fault} />
      {isAsked ? (
        <Text>
          If somebody here has this address, a mail with a link is on its way. It is good for an hour. Where
          no mail is sent, whoever runs this Leadpact can make a link.
        </Text>
      ) : (
        <form
          onSubmit={form.onSubmit((given) =>
            attempt(async () => {
              await knock(askForReset, given);
              setAsked(true);
            }),
          )}
        >
          <Stack>
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              autoFocus
              required
              {...form.getInputProps('email')}
            />
            <Button type="submit" loading={form.submitting} fullWidth>
              Send a link
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/sign-in" size="sm" mt="md" display="block" ta="center">
        Sign in
      </Anchor>
    </Door>
  );
}

function SetOne({ token }: { token: string }) {
  const router = useRouter();
  const { fault, attempt } = useDoor();
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (text) => (text.length >= 10 ? null : 'At least ten characters.') },
  });
  return (
    <Door title="A new password">
      <Fault words={fault} />
      <form
        onSubmit={form.onSubmit(({ password }) =>
          attempt(async () => {
            await knock(resetPassword, { token, password });
            await router.navigate({ to: '/sign-in', replace: true });
          }),
        )}
      >
        <Stack>
          <PasswordInput
            label="New password"
            description="You are signed out everywhere else."
            autoComplete="new-password"
            autoFocus
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={form.submitting} fullWidth>
            Set it
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
