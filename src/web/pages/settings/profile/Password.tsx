import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { changePassword } from '#contract/door.ts';
import { knock } from '../../../app/api/call.ts';
import { Fault } from '../../door/Fault.tsx';
import { useDoor } from '../../door/useDoor.ts';
import classes from '../Settings.module.css';

export function Password() {
  const { fault, attempt } = useDoor();
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: { password: (text) => (text.length >= 10 ? null : 'At least ten characters.') },
  });
  const change = (body: typeof form.values): Promise<void> =>
    attempt(async () => {
      await knock(changePassword, body);
      form.reset();
      notifications.show({ message: 'The password is changed. Every other session has ended.' });
    });
  return (
    <form onSubmit={form.onSubmit(change)}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          You stay signed in here. Every other session of yours ends.
        </Text>
        <Fault words={fault} />
        <div className={classes.fields}>
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <Button type="submit" variant="default" w="fit-content" loading={form.submitting}>
            Change the password
          </Button>
        </div>
      </Stack>
    </form>
  );
}
