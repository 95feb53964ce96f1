/** A notice of what was done, with ten seconds to undo it: by button or by the key Z. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { wordsOf } from './queries.ts';

const SECONDS = 10;
let last: { undo: () => void; until: number } | null = null;

export function sayUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const run = (): void => {
    last = null;
    notifications.hide(id);
    undo().then(
      () => notifications.show({ message: 'Undone.', autoClose: 3_000 }),
      (error) => notifications.show({ color: 'red', title: 'Not undone', message: wordsOf(error) }),
    );
  };
  last = { undo: run, until: Date.now() + SECONDS * 1_000 };
  notifications.show({
    id,
    autoClose: SECONDS * 1_000,
    withCloseButton: false,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button variant="light" size="compact-sm" onClick={run}>
          Undo
        </Button>
      </Group>
    ),
  });
}

/** Undoes what was done last, where that is still possible; whether it was. */
export function undoLast(): boolean {
  if (last === null || Date.now() > last.until) return false;
  last.undo();
  return true;
}
