/** Who is told by mail of what happened: the other half of what becomes of it, beside webhooks. */
import type { Query } from '#platform/db/transaction.ts';
import { messageKey } from '#platform/ids.ts';
import type { Parcel, Posting } from '#platform/outbox/outbox.ts';

type Notice = {
  mail: 'mail.handoff_offered' | 'mail.reminder' | 'mail.version';
  /** What it is called where a member says what mail they want. */
  kind: 'handoff' | 'reminder' | 'version';
  /** The members it goes to. */
  to: (query: Query, parcel: Parcel) => Promise<string[]>;
};

/** Whoever the handoff belongs to. One that waits in a queue belongs to nobody yet. */
const owner: Notice['to'] = async (_, { payload }) =>
  typeof payload.owner === 'string' ? [payload.owner] : [];

const leadsOfSales: Notice['to'] = async (query, { workspace_id }) => {
  const rows = await query<{ id: string }>(
    `SELECT id FROM members WHERE workspace_id = $1 AND party = 'sales' AND rank <> 'member'
       AND joined_at IS NOT NULL AND left_at IS NULL`,
    [workspace_id],
  );
  return rows.map(({ id }) => id);
};

/** Who signs and who is neutral, but not whoever did it: they know. */
const signers: Notice['to'] = (query, parcel) =>
  present(query, parcel, "AND (m.rank <> 'member' OR m.party IS NULL)");

/** What binds everybody from now on is told to everybody. */
const everybody: Notice['to'] = (query, parcel) => present(query, parcel, '');

async function present(
  query: Query,
  { workspace_id, topic, payload: { pact, version, party } }: Parcel,
  among: string,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT m.id FROM members m WHERE m.workspace_id = $1 AND m.joined_at IS NOT NULL AND m.left_at IS NULL ${among}
       AND m.id NOT IN (
         SELECT member_id FROM signatures WHERE workspace_id = $1 AND pact_id = $2 AND version = $3 AND party = $4
         UNION ALL SELECT member_id FROM declines WHERE workspace_id = $1 AND pact_id = $2 AND version = $3 AND party = $4
         UNION ALL SELECT proposed_by FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND number = $3
           AND proposed_by IS NOT NULL AND $5)
     ORDER BY m.id`,
    [workspace_id, pact, version, party ?? null, topic === 'pact.proposed'],
  );
  return rows.map(({ id }) => id);
}

/** What of a parcel its mail is written from. */
const subjects: Record<Notice['kind'], (parcel: Parcel) => Record<string, unknown>> = {
  handoff: ({ payload: { handoff, term } }) => ({ handoff, term }),
  reminder: ({ payload: { handoff, term } }) => ({ handoff, term }),
  version: ({ topic, payload: { pact, version, party } }) => ({
    pact,
    version,
    party: party ?? null,
    what: topic.slice('pact.'.length),
  }),
};

const notices: Readonly<Record<string, Notice>> = {
  'handoff.offered': { mail: 'mail.handoff_offered', kind: 'handoff', to: owner },
  'sla.reminded': { mail: 'mail.reminder', kind: 'reminder', to: owner },
  'sla.late': { mail: 'mail.reminder', kind: 'reminder', to: leadsOfSales },
  'pact.proposed': { mail: 'mail.version', kind: 'version', to: signers },
  'pact.signed': { mail: 'mail.version', kind: 'version', to: signers },
  'pact.declined': { mail: 'mail.version', kind: 'version', to: signers },
  'pact.amended': { mail: 'mail.version', kind: 'version', to: everybody },
  'pact.lapsed': { mail: 'mail.version', kind: 'version', to: everybody },
  'pact.in_force': { mail: 'mail.version', kind: 'version', to: everybody },
};

/** The mails that follow. Worked out again they are the same: their ids follow from the parcel they come of. */
export async function noticesOf(query: Query, parcel: Parcel): Promise<Posting[]> {
  const { id, topic } = parcel;
  if (!Object.hasOwn(notices, topic)) return [];
  const { mail, kind, to } = notices[topic]!;
  const members = await wanting(query, parcel.workspace_id, kind, await to(query, parcel));
  return members.map((member) => ({
    id: messageKey(`${id} ${mail} ${member}`),
    topic: mail,
    payload: { member, ...subjects[kind](parcel) },
  }));
}

/** Without those who said that they want no mail of the kind. */
async function wanting(query: Query, workspace: string, kind: string, members: string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT member_id AS id FROM preferences
     WHERE workspace_id = $1 AND member_id = ANY ($2::uuid[]) AND mail ->> $3 = 'false'`,
    [workspace, members, kind],
  );
  const unwanted = new Set(rows.map(({ id }) => id));
  return members.filter((id) => !unwanted.has(id));
}
