import { Anchor, Button, PasswordInput, PinInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { giveSecondFactor, signIn } from '#contract/door.ts';
import { knock } from '../../app/api/call.ts';
import { whoIsHere } from '../../app/session.tsx';
import { Door } from './Door.tsx';
import { Fault } from './Fault.tsx';
import { useDoor } from './useDoor.ts';

export function SignIn() {
  const [step, setStep] = useState<'password' | 'code'>('password');
  const { fault, attempt } = useDoor();
  const { to } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queries = useQueryClient();

  const enter = async (): Promise<void> => {
    queries.removeQueries({ queryKey: whoIsHere.queryKey });
    await router.navigate({ href: to ?? '/', replace: true });
  };
  return (
    <Door title={step === 'password' ? 'Sign in' : 'Your second factor'}>
      <Fault words={fault} />
      {step === 'password' ? (
        <Password
          onGiven={(given) =>
            attempt(async () => {
              const { second_factor_wanted: wanted } = await knock(signIn, given);
              if (wanted) setStep('code');
              else await enter();
            })
          }
        />
      ) : (
        <Code
          onGiven={(given) =>
            attempt(async () => {
              await knock(giveSecondFactor, given);
              await enter();
            })
          }
        />
      )}
    </Door>
  );
}

function Password({ onGiven }: { onGiven: (given: { email: string; password: string }) => Promise<void> }) {
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (email.trim() === '' ? 'Your e-mail address is wanted here.' : null),
      password: (password) => (password === '' ? 'Your password is wanted here.' : null),
    },
  });
  return (
    <form onSubmit={form.onSubmit(onGiven)}>
      <Stack>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          data-autofocus
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
        <Button type="submit" loading={form.submitting} fullWidth>
          Sign in
        </Button>
        <Anchor href="/password" size="sm" ta="center">
          Forgot the password?
        </Anchor>
      </Stack>
    </form>
  );
}

function Code({
  onGiven,
}: {
  onGiven: (given: { code: string } | { backup_code: string }) => Promise<void>;
}) {
  const [isBackup, setBackup] = useState(false);
  const form = useForm({ initialValues: { code: '' } });
  return (
    <form onSubmit={form.onSubmit(({ code }) => onGiven(isBackup ? { backup_code: code.trim() } : { code }))}>
      <Stack>
        <Text size="sm" c="dimmed">
          {isBackup
            ? 'One of the codes you kept when you set this up.'
            : 'The six digits your authenticator shows.'}
        </Text>
        {isBackup ? (
          <TextInput aria-label="Backup code" autoFocus {...form.getInputProps('code')} />
        ) : (
          <PinInput
            length={6}
            type="number"
            oneTimeCode
            autoFocus
            aria-label="Code"
            getInputProps={(index) => ({ 'aria-label': `Digit ${index + 1} of 6` })}
            {...form.getInputProps('code')}
          />
        )}
        <Button type="submit" loading={form.submitting} fullWidth>
          Continue
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => setBackup(!isBackup)}>
          {isBackup ? 'Use the authenticator' : 'Use a backup code'}
        </Button>
      </Stack>
    </form>
  );
}
