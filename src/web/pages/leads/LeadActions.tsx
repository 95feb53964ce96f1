import { Button, Group, Menu, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { exceptLead } from '#contract/handoffs.ts';
import type { Lead } from '#contract/leads.ts';
import { eraseLead, exportPerson } from '#contract/personal-data.ts';
import { useAct } from '../../app/api/acts.ts';
import { urlOf } from '../../app/api/call.ts';
import { useKept } from '../../app/keep.ts';
import { useMe } from '../../app/session.tsx';

/** What can be done with a lead outside its handoff. */
export function LeadActions({ lead }: { lead: Lead }) {
  const me = useMe();
  const [excepting, except] = useDisclosure(false);
  const [erasing, erase] = useDisclosure(false);
  return (
    <>
      {lead.handoff !== null && (
        <Button component={Link} to={`/handoffs/${lead.handoff.id}`}>
          Open the handoff
        </Button>
      )}
      {lead.handoff === null && me.party !== null && (
        <Button variant="default" onClick={except.open}>
          Hand over as an exception
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More to do with this lead">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={urlOf(exportPerson, { params: { id: lead.id } })}
            download={`lead-${lead.id}.json`}
          >
            Everything held of this person, as a file
          </Menu.Item>
          {me.rank === 'manager' && (
            <Menu.Item color="red" onClick={erase.open}>
              Erase this person
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={excepting} onClose={except.close} title="Hand over outside the definition">
        <Except lead={lead.id} onDone={except.close} />
      </Modal>
      <Modal opened={erasing} onClose={erase.close} title="Erase this person for good">
        <Erase lead={lead.id} onDone={erase.close} />
      </Modal>
    </>
  );
}

function Except({ lead, onDone }: { lead: string; onDone: () => void }) {
  const [reason, setReason, sent] = useKept(`exception.${lead}`);
  const form = useForm({
    initialValues: { day: '' },
    validate: { day: (day) => (day === '' ? 'An exception has an end.' : null) },
  });
  const act = useAct(exceptLead, {
    changes: ['/api/leads', '/api/handoffs', '/api/today'],
    said: () => 'Handed over as an exception: both teams see it, and what comes of it is counted.',
    done: () => {
      sent();
      onDone();
    },
  });
  return (
    <form
      onSubmit={form.onSubmit(({ day }) =>
        act.mutate({
          params: { id: lead },
          body: { reason, ends_at: new Date(`${day}T23:59:59`).toISOString() },
        }),
      )}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          You sponsor it. It is shown to both teams, ends by itself, and its outcome is counted with the other
          exceptions.
        </Text>
        <TextInput
          label="Why this lead"
          required
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          data-autofocus
        />
        <TextInput label="Ends on" type="date" {...form.getInputProps('day')} />
        <Button type="submit" loading={act.isPending}>
          Hand over
        </Button>
      </Stack>
    </form>
  );
}

const reasons = [
  { value: 'asked', label: 'They asked for it' },
  { value: 'consent_withdrawn', label: 'They withdrew their consent' },
  { value: 'not_needed', label: 'It is not needed any more' },
  { value: 'unlawful', label: 'It should not have been kept' },
] as const;

function Erase({ lead, onDone }: { lead: string; onDone: () => void }) {
  const form = useForm<{ reason: (typeof reasons)[number]['value'] | ''; word: string }>({
    initialValues: { reason: '', word: '' },
    validate: {
      reason: (reason) => (reason === '' ? 'Say why.' : null),
      word: (word) =>
        word.trim().toLowerCase() === 'erase' ? null : 'Type erase, so that nobody does it by a slip.',
    },
  });
  const act = useAct(eraseLead, {
    changes: ['/api/leads', '/api/accounts'],
    said: () => 'Erased. That something happened stays; who it was is gone.',
    done: onDone,
  });
  return (
    <form
      onSubmit={form.onSubmit(({ reason }) => {
        if (reason !== '') act.mutate({ params: { id: lead }, body: { reason, confirm: lead } });
      })}
    >
      <Stack>
        <Text size="sm">
          Name, addresses, attributes and what was said of this person go, from here, from what waits to be
          sent, and from the quarantine. Counts stay as they were. This cannot be undone.
        </Text>
        <Radio.Group label="Why" {...form.getInputProps('reason')}>
          <Stack gap={6} mt={6}>
            {reasons.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput label="Type erase" {...form.getInputProps('word')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={act.isPending}>
            Erase for good
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
