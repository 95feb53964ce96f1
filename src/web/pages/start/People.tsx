import { Button, CopyButton, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { inviteMember } from '#contract/people.ts';
import { useAct } from '../../app/api/acts.ts';
import { useMembers } from '../../app/members.ts';
import { useMe } from '../../app/session.tsx';
import { Party } from '../../parts/Party.tsx';
import classes from './Start.module.css';

const parties = [
  { value: 'marketing', label: 'Marketing' },
  { value: 'sales', label: 'Sales' },
  { value: 'neither', label: 'Facilitator' },
];
const ranks = [
  { value: 'member', label: 'Member' },
  { value: 'lead', label: 'Lead' },
  { value: 'manager', label: 'Manager' },
];

/** Who is here, and who else should be. Where no mail is sent, the link is handed over by hand. */
export function People() {
  const me = useMe();
  const { present } = useMembers();
  const [link, setLink] = useState<{ name: string; link: string } | null>(null);
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
      <ul className={classes.people}>
        {present.slice(0, 12).map(({ id, name, party, rank, joined_at }) => (
          <li key={id}>
            {name} <Party party={party} /> {rank}
            {joined_at === null && ', invited'}
          </li>
        ))}
      </ul>
      {me.rank === 'manager' ? (
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
      ) : (
        'A manager invites people.'
      )}
      {link !== null && (
        <div className={classes.link} role="status">
          No mail is sent from here yet. Give {link.name} this link: <b>{link.link}</b>{' '}
          <CopyButton value={link.link}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
    </>
  );
}
