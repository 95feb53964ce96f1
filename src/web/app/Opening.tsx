import { Skeleton, Stack } from '@mantine/core';

/** A page on its way: its outline, so that nothing jumps when it is there. */
export function Opening() {
  return (
    <Stack p="lg" gap="md" aria-busy="true" aria-label="Loading">
      <Skeleton height={26} width={220} />
      <Skeleton height={84} />
      <Skeleton height={220} />
    </Stack>
  );
}
