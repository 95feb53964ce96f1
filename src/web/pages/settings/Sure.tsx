import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  opened: boolean;
  title: string;
  /** What the button says. */
  does: string;
  busy: boolean;
  onSure: () => void;
  onClose: () => void;
  /** What will happen. */
  children: ReactNode;
};

/** Asks once more before something that is not undone. */
export const Sure = ({ opened, title, does, busy, onSure, onClose, children }: Props) => (
  <Modal opened={opened} onClose={onClose} title={title} transitionProps={{ duration: 0 }}>
    <Stack>
      <div>{children}</div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={busy} onClick={onSure}>
          {does}
        </Button>
      </Group>
    </Stack>
  </Modal>
);
