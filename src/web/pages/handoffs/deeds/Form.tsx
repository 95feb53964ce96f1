import { Alert, Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  /** What the button says. */
  does: string;
  fault: string | null;
  busy: boolean;
  /** Whether everything that is wanted is there. */
  whole: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
};

/** A form in a dialog: what is asked, what is wrong with it, and the way out. */
export const Form = ({ does, fault, busy, whole, onSubmit, onCancel, children }: Props) => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      if (whole && !busy) onSubmit();
    }}
  >
    <Stack gap="md">
      {children}
      {fault !== null && (
        <Alert color="red" variant="light" role="alert" style={{ whiteSpace: 'pre-line' }}>
          {fault}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={!whole}>
          {does}
        </Button>
      </Group>
    </Stack>
  </form>
);
