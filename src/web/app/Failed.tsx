import { Button, Code, Stack, Text, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Refusal } from './api/call.ts';
import { wordsOf } from './api/queries.ts';

/** A page that could not be shown: why, and what to do. */
export function Failed({ error, reset }: Pick<ErrorComponentProps, 'error'> & { reset?: () => void }) {
  const number = error instanceof Refusal ? error.requestId : null;
  return (
    <Stack p="lg" gap="sm" maw={560} role="alert">
      <Title order={2}>This could not be shown</Title>
      <Text style={{ whiteSpace: 'pre-line' }}>{wordsOf(error)}</Text>
      {number !== null && (
        <Text size="sm" c="dimmed">
          When asking for help, name <Code>{number}</Code>.
        </Text>
      )}
      <Button variant="default" w="fit-content" onClick={reset ?? (() => location.reload())}>
        Try again
      </Button>
    </Stack>
  );
}
