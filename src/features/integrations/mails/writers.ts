/**
 * From a parcel to a letter. The outbox holds ids alone: who is written to, and what, is looked up when the mail is
 * made. What is no longer true by then is not sent.
 */

import type { Term } from '#engine/handoff/deadlines.ts';
import { type VersionNews, versionLetter } from '#features/pacts/letter.ts';
import type { DoorHouse } from '#features/people/door.ts';
import { invitationLink } from '#features/people/members.ts';
import { resetLink } from '#features/people/resetting.ts';
import { reviewLetter } from '#features/reviews/letter.ts';
import { digestLetter } from '#features/scorecards/digest-mail.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { Letter } from '#platform/mail/letter.ts';
import type { Parcel } from '#platform/outbox/outbox.ts';
import {
  handoffOffered,
  invitation,
  type Offered,
  passwordReset,
  type Recipient,
  reminder,
} from './templates.ts';

/** What writers work with. */
export type WritingHouse = DoorHouse & {
  /** The public origin, without a slash at its end. */
  publicUrl: string;
};

/** The letter; null when there is nothing to be said any more. */
type Writer = (house: WritingHouse, parcel: Parcel) => Promise<Letter | null>;

/** By the second word of the topic: `mail.invitation`. */
export const writers: Readonly<Record<string, Writer>> = {
  invitation: async (house, parcel) => {
    const found = await looking(house, parcel, async (query) => {
      const [row] = await query<MemberRow>(`${MEMBER} AND m.joined_at IS NULL`, memberOf(parcel));
      return row ?? null;
    });
    if (found === null) return null;
    const member = { id: found.id, invited_at: found.invited_at.toISOString() };
    const url = invitationLink(house.letters, parcel.workspace_id, member);
    return invitation(found, { workspace: found.workspace, url });
  },

  password: async (house, parcel) => {
    const id = idIn(parcel, 'person');
    const [person] = await house.database.atTheDoor((_, query) =>
      query<Recipient>("SELECT name, email, 'UTC' AS zone FROM people.persons WHERE id = $1", [id]),
    );
    const url = person === undefined ? null : await resetLink(house, id);
    return url === null ? null : passwordReset(person!, { url });
  },

  handoff_offered: (house, parcel) =>
    looking(house, parcel, async (query) => {
      const found = await readHandoff(query, house, parcel);
      if (found === null || found.isAnswered) return null;
      return handoffOffered(found.recipient, found.offered, found.acceptBy);
    }),

  reminder: (house, parcel) =>
    looking(house, parcel, async (query) => {
      const found = await readHandoff(query, house, parcel);
      const [deadline] = await query<{ term: Term; due_at: Date }>(
        `SELECT term, due_at FROM deadlines
         WHERE workspace_id = $1 AND handoff_id = $2 AND term = $3 AND met_at IS NULL AND void_at IS NULL`,
        [parcel.workspace_id, idIn(parcel, 'handoff'), parcel.payload.term],
      );
      if (found === null || deadline === undefined) return null;
      const due = deadline.due_at.getTime();
      const isLate = parcel.claimed_at.getTime() > due;
      return reminder(found.recipient, found.offered, { term: deadline.term, due, isLate });
    }),

  digest: (house, parcel) =>
    looking(house, parcel, async (query) => {
      const [reader] = await query<MemberRow>(MEMBER, memberOf(parcel));
      if (reader === undefined) return null;
      const asked = { reader, week: idIn(parcel, 'week'), now: house.clock(), publicUrl: house.publicUrl };
      return digestLetter(query, parcel.workspace_id, asked);
    }),

  version: (house, parcel) =>
    looking(house, parcel, async (query) => {
      const [reader] = await query<MemberRow>(MEMBER, memberOf(parcel));
      if (reader === undefined) return null;
      const { version, what, party } = parcel.payload;
      const news = { pact: idIn(parcel, 'pact'), version: Number(version), what: String(what), party };
      return versionLetter(query, parcel.workspace_id, news as VersionNews, {
        reader,
        publicUrl: house.publicUrl,
      });
    }),

  review: (house, parcel) =>
    looking(house, parcel, async (query) => {
      const [reader] = await query<MemberRow>(MEMBER, memberOf(parcel));
      if (reader === undefined) return null;
      const to = { name: reader.name, address: reader.email };
      const said = { to, publicUrl: house.publicUrl };
      return reviewLetter(query, parcel.workspace_id, idIn(parcel, 'review'), said);
    }),
};

const looking = <T>(house: WritingHouse, parcel: Parcel, work: (query: Query) => Promise<T>): Promise<T> =>
  house.database.inWorkspace(parcel.workspace_id, (_, query) => work(query), { readOnly: true });

type MemberRow = Recipient & { id: string; invited_at: Date; workspace: string };

/** A member who has not left, as a recipient. */
const MEMBER = `SELECT m.id, m.name, m.email, coalesce(m.zone, w.zone) AS zone, m.invited_at, w.name AS workspace
  FROM members m JOIN workspaces w ON w.workspace_id = m.workspace_id
  WHERE m.workspace_id = $1 AND m.id = $2 AND m.left_at IS NULL`;

const memberOf = (parcel: Parcel): unknown[] => [parcel.workspace_id, idIn(parcel, 'member')];

/** @throws TypeError when whoever posted it left the id out: a fault of ours */
function idIn({ topic, payload }: Parcel, name: string): string {
  const id = payload[name];
  if (typeof id === 'string') return id;
  throw new TypeError(`A parcel ${topic} names a ${name}; found ${JSON.stringify(id)}.`);
}

type HandoffRow = {
  tier: string;
  packet: { why_now?: string[]; lead?: Record<string, string> };
  accept_by: Date;
  answered_at: Date | null;
};
type FoundHandoff = { recipient: Recipient; offered: Offered; acceptBy: number; isAnswered: boolean };

async function readHandoff(query: Query, house: WritingHouse, parcel: Parcel): Promise<FoundHandoff | null> {
  const handoff = idIn(parcel, 'handoff');
  const [recipient] = await query<MemberRow>(MEMBER, memberOf(parcel));
  const [row] = await query<HandoffRow>(
    'SELECT tier, packet, accept_by, answered_at FROM handoffs WHERE workspace_id = $1 AND id = $2',
    [parcel.workspace_id, handoff],
  );
  if (recipient === undefined || row === undefined) return null;
  const { why_now = [], lead = {} } = row.packet;
  const known = Object.entries(lead);
  const offered: Offered = {
    lead: nameOf(lead),
    tier: row.tier,
    whyNow: why_now,
    known,
    url: `${house.publicUrl}/handoffs/${handoff}`,
  };
  return { recipient, offered, acceptBy: row.accept_by.getTime(), isAnswered: row.answered_at !== null };
}

/** What a lead is called, from what its packet tells of it. */
function nameOf(lead: Record<string, string>): string {
  const name = lead.name ?? [lead.first_name, lead.last_name].filter((part) => part !== undefined).join(' ');
  return name || (lead.email ?? lead['account.name'] ?? 'A lead');
}
