import { Button, CopyButton, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { inviteMember } from '#contract/people.ts';
import { useAct } from '../../app/api/acts.ts';
import classes from './Start.module.css';

export const parties = [
  { value: 'marketing', label: 'Marketing' },
  { value: 'sales', label: 'Sales' },
  { value: 'neither', label: 'Facilitator' },
];
export const ranks = [
  { value: 'member', label: 'Member' },
  { value: 'lead', label: 'Lead' },
  { value: 'manager', label: 'Manager' },
];

/** Asks somebody in. */
export function Invite() {
  const [link, setLink] = useState<Handed | null>(null);
  const form = useForm({
    initialValues: { name: '', email: '', party: 'marketing', rank: 'member' },
    validate: {
      name: (name) => (name.trim() === '' ? 'A name.' : null),
      email: (email) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : 'An address.'),
    },
  });
  const invite = useAct(inviteMember, {
    changes: ['/api/members'],
    said: ({ body }) => `${body?.name} is invited.`,
    done: ({ member, link: given }) => {
      setLink(given === null ? null : { name: member.name, link: given });
      form.reset();
    },
  });
  return (
    <>
      <form
        className={classes.invite}
        onSubmit={form.onSubmit(({ name, email, party, rank }) =>
          invite.mutate({
            body: {
              name: name.trim(),
              email: email.trim(),
              party: party === 'neither' ? null : (party as 'marketing' | 'sales'),
              rank: rank as 'member' | 'lead' | 'manager',
            },
          }),
        )}
      >
        <TextInput label="Name" {...form.getInputProps('name')} />
        <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
        <Select label="Team" data={parties} allowDeselect={false} {...form.getInputProps('party')} />
        <Select label="Rank" data={ranks} allowDeselect={false} {...form.getInputProps('rank')} />
        <Button type="submit" loading={invite.isPending}>
          Invite
        </Button>
      </form>
      <Handed handed={link} />
    </>
  );
}

export type Handed = { name: string; link: string };

/** Where no mail is sent, the link of an invitation is handed over by hand. */
export const Handed = ({ handed }: { handed: Handed | null }) =>
  handed === null ? null : (
    <div className={classes.link} role="status">
      No mail is sent from here yet. Give {handed.name} this link: <b>{handed.link}</b>{' '}
      <CopyButton value={handed.link}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
