import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useListedKeys } from './keys.tsx';

/** Every key that does something here and now. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const keys = useListedKeys(opened);
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="md">
      <Stack gap={8}>
        {keys.map(({ key, does }) => (
          <Group key={key} justify="space-between" wrap="nowrap">
            <Text size="sm">{does}</Text>
            <Group gap={4} wrap="nowrap">
              {key.split(' ').map((one) => (
                <Kbd key={one}>{one === ' ' ? 'Space' : one}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
