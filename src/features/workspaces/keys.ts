/** Keys by which programs come in. Made and revoked by managers here, and by whoever runs the house with `leadpact key`. */
import type { Selectable } from 'kysely';
import type { ApiKey, WriteKey } from '#contract/workspaces.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import type { ApiKeys, WriteKeys } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { type Actor, record } from '#platform/journal/journal.ts';
import { drawApiKey, drawWriteKey } from './secrets.ts';

/** Who does it, and where. */
export type Hand = { workspace: string; actor: Actor };

export type NewApiKey = {
  name: string;
  scopes: readonly string[];
  party: PartyName | null;
  /** Whom it acts for: then the party is theirs. */
  member?: string | null;
  expiresAt: Instant | null;
};

/** @returns the key, and its secret, which nobody can show again. */
export async function makeApiKey(
  tx: Tx,
  hand: Hand,
  { name, scopes, party, member = null, expiresAt }: NewApiKey,
  now: Instant,
): Promise<{ key: ApiKey; secret: string }> {
  if (expiresAt !== null && expiresAt <= now) {
    throw new HttpProblem(
      400,
      'already_expired',
      'The key would be over before it begins: give a later expiry.',
    );
  }
  const side = member === null ? party : await partyOf(tx, hand.workspace, member, party);
  const { secret, digest, prefix } = drawApiKey();
  const row = await tx
    .insertInto('api_keys')
    .values({
      workspace_id: hand.workspace,
      id: newId(now),
      name,
      prefix,
      secret_hash: digest,
      scopes: [...new Set(scopes)],
      party: side,
      member_id: member,
      created_at: new Date(now),
      created_by: makerOf(hand),
      expires_at: expiresAt === null ? null : new Date(expiresAt),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(tx, hand, 'api_key.made', row.id, now, { scopes: row.scopes, party: side, member });
  return { key: showApiKey(row), secret };
}

/** The party of a member who is there. @throws HttpProblem when they are not, or of another party than was said. */
async function partyOf(
  tx: Tx,
  workspace: string,
  id: string,
  said: PartyName | null,
): Promise<PartyName | null> {
  const member = await tx
    .selectFrom('members')
    .select('party')
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (!member) throw new HttpProblem(422, 'no_such_member', 'A key is made for a member who has not left.');
  if (said === null || said === member.party) return member.party;
  throw new HttpProblem(
    422,
    'other_party',
    `This member is of ${member.party ?? 'neither party'}, not of ${said}: leave the party out.`,
  );
}

/** A member leaves: what acted for them does so no more. */
export const revokeKeysOf = (tx: Tx, workspace: string, member: string, now: Instant): Promise<unknown> =>
  tx
    .updateTable('api_keys')
    .set({ revoked_at: new Date(now) })
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('revoked_at', 'is', null)
    .execute();

export async function listApiKeys(tx: Tx, workspace: string): Promise<ApiKey[]> {
  const rows = await tx
    .selectFrom('api_keys')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('id')
    .execute();
  return rows.map(showApiKey);
}

/** Revoked once: doing it again changes nothing. */
export async function revokeApiKey(tx: Tx, hand: Hand, id: string, now: Instant): Promise<ApiKey> {
  const key = tx
    .selectFrom('api_keys')
    .selectAll()
    .where('workspace_id', '=', hand.workspace)
    .where('id', '=', id);
  const before = await key.forUpdate().executeTakeFirst();
  if (!before) throw noSuchKey();
  if (before.revoked_at) return showApiKey(before);
  const row = await tx
    .updateTable('api_keys')
    .set({ revoked_at: new Date(now) })
    .where('workspace_id', '=', hand.workspace)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(tx, hand, 'api_key.revoked', id, now);
  return showApiKey(row);
}

export async function makeWriteKey(
  tx: Tx,
  hand: Hand,
  { name, trust }: Pick<WriteKey, 'name' | 'trust'>,
  now: Instant,
): Promise<WriteKey> {
  const row = await tx
    .insertInto('write_keys')
    .values({
      workspace_id: hand.workspace,
      id: newId(now),
      key: drawWriteKey(),
      name,
      trust,
      created_at: new Date(now),
      created_by: makerOf(hand),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(tx, hand, 'write_key.made', row.id, now, { trust });
  return showWriteKey(row);
}

export async function listWriteKeys(tx: Tx, workspace: string): Promise<WriteKey[]> {
  const rows = await tx
    .selectFrom('write_keys')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('id')
    .execute();
  return rows.map(showWriteKey);
}

/** Revoked once: doing it again changes nothing. */
export async function revokeWriteKey(tx: Tx, hand: Hand, id: string, now: Instant): Promise<WriteKey> {
  const key = tx
    .selectFrom('write_keys')
    .selectAll()
    .where('workspace_id', '=', hand.workspace)
    .where('id', '=', id);
  const before = await key.forUpdate().executeTakeFirst();
  if (!before) throw noSuchKey();
  if (before.revoked_at) return showWriteKey(before);
  const row = await tx
    .updateTable('write_keys')
    .set({ revoked_at: new Date(now) })
    .where('workspace_id', '=', hand.workspace)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(tx, hand, 'write_key.revoked', id, now);
  return showWriteKey(row);
}

const makerOf = ({ actor }: Hand): string | null => (actor.kind === 'member' ? actor.id : null);

const noSuchKey = (): HttpProblem =>
  new HttpProblem(404, 'not_found', 'There is no key of that id in this workspace.');

const tell = (
  tx: Tx,
  { workspace, actor }: Hand,
  what: string,
  id: string,
  at: Instant,
  data: Record<string, unknown> = {},
): Promise<void> => {
  const kind = what.split('.', 1)[0]!;
  return record(tx, workspace, [{ at, actor, what, subject: { kind, id }, data }]);
};

const showApiKey = (row: Selectable<ApiKeys>): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  party: row.party,
  member: row.member_id,
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
  used_at: row.used_at?.toISOString() ?? null,
});

const showWriteKey = ({ id, name, key, trust, created_at, revoked_at }: Selectable<WriteKeys>): WriteKey => ({
  id,
  name,
  key,
  trust,
  created_at: created_at.toISOString(),
  revoked_at: revoked_at?.toISOString() ?? null,
});
