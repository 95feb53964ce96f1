import { Alert, Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

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
export function Form({ does, fault, busy, whole, onSubmit, onCancel, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  // The dialog was there before what is asked in it.
  useEffect(() => {
    const find = (where: string) => form.current?.querySelector<HTMLElement>(where);
    (find('[data-autofocus] input') ?? find('[data-autofocus]'))?.focus();
  }, []);
  return (
    <form
      ref={form}
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
}
