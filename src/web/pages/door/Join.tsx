import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { joinWorkspace } from '#contract/door.ts';
import { knock } from '../../app/api/call.ts';
import { Door } from './Door.tsx';
import { Fault } from './Fault.tsx';
import { tokenOf, useDoor } from './useDoor.ts';

/** Accepts an invitation. */
export function Join() {
  const [token] = useState(() => tokenOf(location.hash));
  const router = useRouter();
  const { fault, attempt } = useDoor();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: { password: (text) => (text.length >= 10 ? null : 'At least ten characters.') },
  });
  const join = ({ name, password }: typeof form.values): Promise<void> =>
    attempt(async () => {
      await knock(joinWorkspace, { token, password, ...(name.trim() !== '' && { name: name.trim() }) });
      await router.navigate({ to: '/sign-in', replace: true });
    });
  return (
    <Door title="Join the workspace">
      <Fault words={fault} />
      <form onSubmit={form.onSubmit(join)}>
        <Stack>
          <Text size="sm" c="dimmed">
            Choose a password. If you have one here already, give that one.
          </Text>
          <TextInput
            label="Your name"
            description="Left empty, you are called as in the invitation."
            autoComplete="name"
            autoFocus
            {...form.getInputProps('name')}
          />
          <PasswordInput label="Password" autoComplete="new-password" {...form.getInputProps('password')} />
          <Button type="submit" loading={form.submitting} fullWidth>
            Join
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
