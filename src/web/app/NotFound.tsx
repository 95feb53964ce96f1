import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';

export function NotFound() {
  return (
    <Stack p="lg" gap="sm" maw={560}>
      <Title order={2}>There is nothing here</Title>
      <Text>The address may be mistyped, or what stood here was removed.</Text>
      <Button component={Link} to="/" variant="default" w="fit-content">
        Go to Today
      </Button>
    </Stack>
  );
}
