import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Where there is nothing yet: why, and the next step. */
export const Empty = ({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) => (
  <Stack align="center" gap={6} py={36} px="md" ta="center">
    <Text fw={600}>{title}</Text>
    {children !== undefined && (
      <Text size="sm" c="dimmed" maw={460}>
        {children}
      </Text>
    )}
    {action !== undefined && <div style={{ marginTop: 8 }}>{action}</div>}
  </Stack>
);
