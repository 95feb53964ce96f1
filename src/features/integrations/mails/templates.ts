/** The mails there are, in words. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Term } from '#engine/handoff/deadlines.ts';
import type { Letter } from '#platform/mail/letter.ts';

/** Whom a mail goes to, and in which zone they read times. */
export type Recipient = { name: string; email: string; zone: string };

const to = ({ name, email }: Recipient): Letter['to'] => ({ name, address: email });

/** `Mon, 2 Mar 2026, 14:00 GMT+1` */
const timeIn = (zone: string, at: Instant): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);

export const invitation = (
  recipient: Recipient,
  { workspace, url }: { workspace: string; url: string },
): Letter => ({
  to: to(recipient),
  subject: `You are invited to ${workspace}`,
  parts: [
    { kind: 'text', text: `${recipient.name}, you are invited to join ${workspace} in Leadpact.` },
    { kind: 'action', label: 'Join', url },
    { kind: 'text', text: 'If you did not expect this, there is nothing to do.' },
  ],
});

export const passwordReset = (recipient: Recipient, { url }: { url: string }): Letter => ({
  to: to(recipient),
  subject: 'Set a new password',
  parts: [
    { kind: 'text', text: 'Somebody, likely you, asked for a new password. The link holds for an hour.' },
    { kind: 'action', label: 'Set a new password', url },
    { kind: 'text', text: 'If it was not you, there is nothing to do: the old password stays.' },
  ],
});

/** What a mail says of a handoff. */
export type Offered = {
  /** What the lead is called. */
  lead: string;
  tier: string;
  whyNow: readonly string[];
  known: readonly (readonly [attribute: string, value: string])[];
  url: string;
};

export const handoffOffered = (recipient: Recipient, offered: Offered, acceptBy: Instant): Letter => ({
  to: to(recipient),
  subject: `${offered.lead}: a ${offered.tier} lead for you`,
  parts: [
    {
      kind: 'text',
      text: `${offered.lead} is handed over to you. Please accept or return it by ${timeIn(recipient.zone, acceptBy)}.`,
    },
    ...(offered.whyNow.length > 0
      ? [{ kind: 'text', text: 'Why now:' } as const, { kind: 'list', items: offered.whyNow } as const]
      : []),
    { kind: 'list', items: offered.known.map(([attribute, value]) => `${attribute}: ${value}`) },
    { kind: 'action', label: 'Open the handoff', url: offered.url },
  ],
});

/** What each term asks for. */
const ASKED: Record<Term, string> = {
  accept: 'to be accepted or returned',
  first_touch: 'a first touch',
  decide: 'a decision',
};

export const reminder = (
  recipient: Recipient,
  offered: Offered,
  { term, due, isLate }: { term: Term; due: Instant; isLate: boolean },
): Letter => {
  const asked = ASKED[term];
  const when = timeIn(recipient.zone, due);
  return {
    to: to(recipient),
    subject: `${offered.lead} ${isLate ? 'has waited too long for' : 'waits for'} ${asked}`,
    parts: [
      {
        kind: 'text',
        text: isLate
          ? `${offered.lead} needed ${asked} by ${when}. That has passed.`
          : `${offered.lead} needs ${asked} by ${when}.`,
      },
      { kind: 'action', label: 'Open the handoff', url: offered.url },
    ],
  };
};
