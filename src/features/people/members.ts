/** Members of a workspace: invited, changed, gone. */
import type { Selectable } from 'kysely';
import type { Member } from '#contract/people.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import { pageOf, readCursor } from '#features/cursor.ts';
import { requireMatch } from '#features/etag.ts';
import { revokeKeysOf } from '#features/workspaces/keys.ts';
import { knownZone } from '#features/zone.ts';
import type { Members } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { type Actor, record } from '#platform/journal/journal.ts';
import type { Letters } from './letters.ts';
import { plainEmail } from './persons.ts';
import type { Rank } from './policy.ts';

type Hand = { workspace: string; actor: Actor };
type Row = Selectable<Members>;

const DAY = 24 * 60 * 60 * 1_000;
const INVITED_FOR = 7 * DAY;

export async function listMembers(
  tx: Tx,
  workspace: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ items: Member[]; next: string | null }> {
  let query = tx.selectFrom('members').selectAll().where('workspace_id', '=', workspace);
  if (cursor !== undefined) {
    const [id] = readCursor<[string]>(cursor, ['']);
    query = query.where((e) => e(e.cast<string>('id', 'text'), '>', id));
  }
  const rows = await query
    .orderBy((e) => e.cast<string>('id', 'text'))
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, { item: shown, place: ({ id }) => [id] });
}

/** @throws HttpProblem 404 when there is none of that id here. */
export async function showMember(tx: Tx, workspace: string, id: string): Promise<Member> {
  return shown(there(await one(tx, workspace, id).executeTakeFirst()));
}

export type Invitation = {
  name: string;
  email: string;
  party: PartyName | null;
  rank: Rank;
  zone: string | null;
};

/** Makes a member who has yet to join, and has them told by mail. */
export async function inviteMember(
  tx: Tx,
  hand: Hand,
  { name, email, party, rank, zone }: Invitation,
  now: Instant,
): Promise<Member> {
  const row = await tx
    .insertInto('members')
    .values({
      workspace_id: hand.workspace,
      id: newId(now),
      name,
      email: plainEmail(email),
      party,
      rank,
      zone: zone === null ? null : knownZone(zone),
      invited_at: new Date(now),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'email']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) {
    throw new HttpProblem(
      409,
      'member_already',
      'There is a member of that address already: invite them again.',
    );
  }
  await sendInvitation(tx, hand, row, now);
  await tell(tx, hand, 'member.invited', row.id, now, { party, rank });
  return shown(row);
}

/** Invites anew somebody who has not joined, or who has left. */
export async function inviteAgain(tx: Tx, hand: Hand, id: string, now: Instant): Promise<Member> {
  const before = await lock(tx, hand.workspace, id);
  if (before.joined_at && !before.left_at) {
    throw new HttpProblem(409, 'joined_already', 'This member has joined already.');
  }
  const row = await update(tx, before, { invited_at: new Date(now), joined_at: null, left_at: null });
  await sendInvitation(tx, hand, row, now);
  await tell(tx, hand, 'member.invited', id, now, { party: row.party, rank: row.rank });
  return shown(row);
}

const sendInvitation = async (tx: Tx, { workspace }: Hand, { id }: Row, now: Instant): Promise<void> => {
  const at = new Date(now);
  const payload = JSON.stringify({ member: id });
  await tx
    .insertInto('outbox')
    .values({
      workspace_id: workspace,
      id: newId(now),
      topic: 'mail.invitation',
      payload,
      created_at: at,
      due_at: at,
    })
    .execute();
};

/** Where an invited member joins. Written anew whenever it is wanted: a token is nowhere kept. */
export function invitationLink(
  letters: Letters,
  workspace: string,
  { id, invited_at }: Pick<Member, 'id' | 'invited_at'>,
): string {
  const moment = Date.parse(invited_at);
  const token = letters.write('invitation', { ids: [workspace, id], moment }, moment + INVITED_FOR);
  return letters.link('invitation', token);
}

export type MemberChange = { name?: string; party?: PartyName | null; rank?: Rank; zone?: string | null };

/** @throws HttpProblem 412 when the caller read another state of it. */
export async function changeMember(
  tx: Tx,
  hand: Hand,
  id: string,
  { name, party, rank, zone }: MemberChange,
  ifMatch: string | null,
  now: Instant,
): Promise<Member> {
  const before = await lock(tx, hand.workspace, id);
  requireMatch(ifMatch, shown(before));
  if (rank !== undefined && rank !== 'manager') await keepAManager(tx, before);
  const row = await update(tx, before, {
    ...(name !== undefined && { name }),
    ...(party !== undefined && { party }),
    ...(rank !== undefined && { rank }),
    ...(zone !== undefined && { zone: zone === null ? null : knownZone(zone) }),
  });
  await tell(tx, hand, 'member.changed', id, now, { party: row.party, rank: row.rank });
  return shown(row);
}

/** From now on they see nothing here and get no handoffs. Doing it again changes nothing. */
export async function removeMember(tx: Tx, hand: Hand, id: string, now: Instant): Promise<Member> {
  const before = await lock(tx, hand.workspace, id);
  if (before.left_at) return shown(before);
  await keepAManager(tx, before);
  const row = await update(tx, before, { left_at: new Date(now) });
  await revokeKeysOf(tx, hand.workspace, id, now);
  await tell(tx, hand, 'member.left', id, now);
  return shown(row);
}

/** A workspace without a manager could never be changed again. */
async function keepAManager(tx: Tx, { workspace_id, id, rank }: Row): Promise<void> {
  if (rank !== 'manager') return;
  const others = await tx
    .selectFrom('members')
    .select('id')
    .where('workspace_id', '=', workspace_id)
    .where('id', '<>', id)
    .where('rank', '=', 'manager')
    .where('joined_at', 'is not', null)
    .where('left_at', 'is', null)
    .forUpdate()
    .limit(1)
    .executeTakeFirst();
  if (others) return;
  throw new HttpProblem(
    409,
    'last_manager',
    'This is the only manager of the workspace who has joined: make somebody else a manager first.',
  );
}

const one = (tx: Tx, workspace: string, id: string) =>
  tx.selectFrom('members').selectAll().where('workspace_id', '=', workspace).where('id', '=', id);

/** For a member who is about to be changed: nobody else changes them meanwhile. */
const lock = async (tx: Tx, workspace: string, id: string): Promise<Row> =>
  there(await one(tx, workspace, id).forUpdate().executeTakeFirst());

function there(row: Row | undefined): Row {
  if (row) return row;
  throw new HttpProblem(404, 'not_found', 'There is no member of that id in this workspace.');
}

const update = (
  tx: Tx,
  { workspace_id, id }: Row,
  change: Partial<Omit<Row, 'workspace_id' | 'id'>>,
): Promise<Row> =>
  tx
    .updateTable('members')
    .set({ id, ...change })
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

const tell = (
  tx: Tx,
  { workspace, actor }: Hand,
  what: string,
  id: string,
  at: Instant,
  data: Record<string, unknown> = {},
): Promise<void> => record(tx, workspace, [{ at, actor, what, subject: { kind: 'member', id }, data }]);

const shown = (row: Row): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  party: row.party,
  rank: row.rank,
  zone: row.zone,
  invited_at: row.invited_at.toISOString(),
  joined_at: row.joined_at?.toISOString() ?? null,
  left_at: row.left_at?.toISOString() ?? null,
});
