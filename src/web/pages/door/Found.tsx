import { Alert, Autocomplete, Button, Code, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';

export type Founding = { workspace: string; zone: string; name: string; email: string; password: string };

const zones = Intl.supportedValuesOf('timeZone');

type Props = {
  /** Whether the address holds the token that was printed at start. */
  isLinked: boolean;
  onFound: (founding: Founding) => Promise<void>;
};

/** Names the workspace, and the first person in it. */
export function Found({ isLinked, onFound }: Props) {
  const form = useForm<Founding>({
    initialValues: {
      workspace: '',
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      name: '',
      email: '',
      password: '',
    },
    validate: {
      workspace: (text) => (text.trim() === '' ? 'What is your company called?' : null),
      zone: (text) => (zones.includes(text) || text === 'UTC' ? null : 'A zone such as Europe/Berlin.'),
      name: (text) => (text.trim() === '' ? 'What are you called?' : null),
      email: (text) => (/^\S+@\S+\.\S+$/.test(text.trim()) ? null : 'An address such as ada@acme.example.'),
      password: (text) => (text.length >= 10 ? null : 'At least ten characters. A short sentence is good.'),
    },
  });
  if (!isLinked) {
    return (
      <Alert color="yellow" title="One thing is missing">
        <Text size="sm">
          Whoever founds the workspace proves that this Leadpact is theirs: by the address printed when it
          first started. Print it again with
        </Text>
        <Code block mt={8}>
          npm run -s leadpact -- key setup
        </Code>
      </Alert>
    );
  }
  return (
    <form onSubmit={form.onSubmit(onFound)}>
      <Stack gap="sm">
        <TextInput label="Company" autoFocus maxLength={200} {...form.getInputProps('workspace')} />
        <Autocomplete
          label="Time zone"
          description="Clocks and months follow it."
          data={zones}
          limit={30}
          {...form.getInputProps('zone')}
        />
        <TextInput label="Your name" autoComplete="name" maxLength={200} {...form.getInputProps('name')} />
        <TextInput
          label="Your e-mail"
          type="email"
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          description="At least ten characters."
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Button type="submit" mt={4} loading={form.submitting}>
          Found the workspace
        </Button>
      </Stack>
    </form>
  );
}
