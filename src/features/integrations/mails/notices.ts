/** Who is told by mail of what happened: the other half of what becomes of it, beside webhooks. */
import type { Query } from '#platform/db/transaction.ts';
import { messageKey } from '#platform/ids.ts';
import type { Parcel, Posting } from '#platform/outbox/outbox.ts';

type Notice = {
  mail: 'mail.handoff_offered' | 'mail.reminder';
  /** What it is called where a member says what mail they want. */
  kind: 'handoff' | 'reminder';
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

const notices: Readonly<Record<string, Notice>> = {
  'handoff.offered': { mail: 'mail.handoff_offered', kind: 'handoff', to: owner },
  'sla.reminded': { mail: 'mail.reminder', kind: 'reminder', to: owner },
  'sla.late': { mail: 'mail.reminder', kind: 'reminder', to: leadsOfSales },
};

/** The mails that follow. Worked out again they are the same: their ids follow from the parcel they come of. */
export async function noticesOf(query: Query, parcel: Parcel): Promise<Posting[]> {
  const { id, topic, payload } = parcel;
  if (!Object.hasOwn(notices, topic)) return [];
  const { mail, kind, to } = notices[topic]!;
  const { handoff, term } = payload;
  const members = await wanting(query, parcel.workspace_id, kind, await to(query, parcel));
  return members.map((member) => ({
    id: messageKey(`${id} ${mail} ${member}`),
    topic: mail,
    payload: { member, handoff, term },
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
