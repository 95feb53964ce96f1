/** Lists as somebody wants to see them again: chosen, saved, shared. */
import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { deleteView, listViews, saveView, type View } from '#contract/views.ts';
import { useAct } from '../../app/api/acts.ts';
import { useAsk } from '../../app/api/queries.ts';
import { useMe } from '../../app/session.tsx';

type Search = Readonly<Record<string, string | undefined>>;
type Props = { noun: View['noun']; search: Search; onChoose: (search: Search) => void };

export function Views({ noun, search, onChoose }: Props) {
  const me = useMe();
  const { data } = useAsk(listViews, { query: { noun } });
  const [saving, dialog] = useDisclosure(false);
  const drop = useAct(deleteView, { changes: [listViews.path], said: () => 'The view is deleted.' });
  const views = data?.items ?? [];
  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            Views
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Group key={view.id} gap={4} wrap="nowrap">
              <Menu.Item onClick={() => onChoose(searchOf(view))}>
                {view.name}
                {view.shared && view.owner !== me.member ? ' (shared)' : ''}
              </Menu.Item>
              {view.owner === me.member && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Delete the view ${view.name}`}
                  onClick={() => drop.mutate({ params: { id: view.id } })}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              )}
            </Group>
          ))}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={dialog.open}>Save this list as a view</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={saving} onClose={dialog.close} title="Save this list as a view">
        <Save noun={noun} search={search} onDone={dialog.close} />
      </Modal>
    </>
  );
}

function Save({ noun, search, onDone }: Omit<Props, 'onChoose'> & { onDone: () => void }) {
  const form = useForm({
    initialValues: { name: '', shared: false },
    validate: { name: (name) => (name.trim() === '' ? 'Give it a name.' : null) },
  });
  const save = useAct(saveView, {
    changes: [listViews.path],
    said: ({ body }) => `Saved as ${body?.name}.`,
    done: onDone,
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name, shared }) =>
        save.mutate({ body: { name, shared, noun, ...partsOf(search) } }),
      )}
    >
      <Stack>
        <TextInput label="Name" data-autofocus maxLength={200} {...form.getInputProps('name')} />
        <Checkbox
          label="Everybody in the workspace sees it"
          {...form.getInputProps('shared', { type: 'checkbox' })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function partsOf({ sort, direction, ...filter }: Search) {
  const kept = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const up = direction === 'up' ? ('up' as const) : ('down' as const);
  return { filter: Object.fromEntries(kept), sort: sort === undefined ? null : { by: sort, direction: up } };
}

const searchOf = ({ filter, sort }: View): Search => ({
  ...filter,
  ...(sort !== null && { sort: sort.by, direction: sort.direction }),
});
