/** Keys as whoever runs the house makes them: from outside of any workspace, by its name or id. */
import type { Member } from '#contract/people.ts';
import type { ApiKey } from '#contract/workspaces.ts';
import { setupLink } from '#features/people/joining.ts';
import { type Letters, openLetters } from '#features/people/letters.ts';
import { invitationLink, inviteMember, listMembers } from '#features/people/members.ts';
import { plainEmail } from '#features/people/persons.ts';
import type { Rank } from '#features/people/policy.ts';
import {
  type Hand,
  listApiKeys,
  listWriteKeys,
  makeApiKey,
  makeWriteKey,
  revokeApiKey,
  revokeWriteKey,
} from '#features/workspaces/keys.ts';
import { listWorkspaces } from '#features/workspaces/workspaces.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { InputError } from '#platform/errors.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { contracts } from '#server/routes.ts';

/** A key as the command line shows it. `secret` is there when it was just made. */
export type KeyLine = {
  id: string;
  kind: 'api' | 'write';
  name: string;
  key: string;
  scopes: string;
  party: string | null;
  /** The address of the member whom it acts for. */
  member: string | null;
  expires_at: string | null;
  revoked_at: string | null;
};

export type Wanted = {
  name: string;
  /** Null: an API key; else what its events are trusted as. */
  trust: 'browser' | 'server' | null;
  /** Empty: all there are. */
  scopes: readonly string[];
  party: 'marketing' | 'sales' | null;
  /** The address of the member whom an API key is to act for. */
  member: string | null;
  expiresAt: number | null;
};

/** A member as the command line shows them, with where they come in while they have not joined. */
export type MemberLine = {
  id: string;
  email: string;
  name: string;
  party: string | null;
  rank: string;
  joined_at: string | null;
  link: string | null;
};
export type Hired = { email: string; name: string; party: 'marketing' | 'sales' | null; rank: Rank };

export class Keyring {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #hand: Hand;

  constructor(database: Database, clock: Clock, workspace: string) {
    this.#database = database;
    this.#clock = clock;
    this.#hand = { workspace, actor: { kind: 'system' } };
  }

  /** @throws InputError for a scope that no route knows, or a member who is not there. */
  async make({ name, trust, scopes, party, member, expiresAt }: Wanted): Promise<KeyLine> {
    const known = [...new Set<string>(contracts.map(({ scope }) => scope))].sort();
    const odd = scopes.find((scope) => !known.includes(scope));
    if (odd !== undefined) {
      throw new InputError(`There is no scope ${JSON.stringify(odd)}; wanted one of ${known.join(', ')}.`);
    }
    const { workspace } = this.#hand;
    return this.#database.inWorkspace(workspace, async (tx) => {
      const now = this.#clock();
      if (trust !== null) return writeLine(await makeWriteKey(tx, this.#hand, { name, trust }, now));
      const found = member === null ? null : await memberBy(tx, workspace, member);
      const all = scopes.length > 0 ? scopes : known;
      const wanted = { name, scopes: all, party, member: found?.id ?? null, expiresAt };
      const { key, secret } = await makeApiKey(tx, this.#hand, wanted, now);
      return { ...apiLine(key, found ? [found] : []), key: secret };
    });
  }

  /**
   * Makes a member, who may join by the link that comes with it; a key can act for them at once.
   * @throws HttpProblem when there is one of that address
   */
  async hire(hired: Hired, letters: Letters): Promise<MemberLine> {
    const { workspace } = this.#hand;
    return this.#database.inWorkspace(workspace, async (tx) => {
      const member = await inviteMember(tx, this.#hand, { ...hired, zone: null }, this.#clock());
      return memberLine(member, workspace, letters);
    });
  }

  /** Who is in the workspace and has not left. */
  async members(letters: Letters): Promise<MemberLine[]> {
    const { workspace } = this.#hand;
    const present = await this.#database.inWorkspace(workspace, (tx) => presentMembers(tx, workspace));
    return present.map((member) => memberLine(member, workspace, letters));
  }

  list(): Promise<KeyLine[]> {
    const { workspace } = this.#hand;
    return this.#database.inWorkspace(workspace, async (tx) => {
      const members = await everyMember(tx, workspace);
      return [
        ...(await listApiKeys(tx, workspace)).map((key) => apiLine(key, members)),
        ...(await listWriteKeys(tx, workspace)).map(writeLine),
      ];
    });
  }

  /** Revokes a key of either kind. @throws InputError when there is none of that id. */
  async revoke(id: string): Promise<KeyLine> {
    const lines = await this.list();
    const line = lines.find((one) => one.id === id);
    if (!line) throw new InputError(`There is no key ${JSON.stringify(id)}; leadpact key list shows them.`);
    return this.#database.inWorkspace(this.#hand.workspace, async (tx) => {
      const now = this.#clock();
      return line.kind === 'api'
        ? { ...apiLine(await revokeApiKey(tx, this.#hand, id, now), []), member: line.member }
        : writeLine(await revokeWriteKey(tx, this.#hand, id, now));
    });
  }
}

/**
 * The workspace of a name or id; without one, the only one there is.
 * @throws InputError that lists what there is.
 */
export async function findWorkspace(database: Database, wanted: string | undefined): Promise<string> {
  const all = await listWorkspaces(database);
  const found =
    wanted === undefined
      ? all.filter(({ demo }) => !demo || all.length === 1)
      : all.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length === 1) return found[0]!.id;
  if (all.length === 0)
    throw new InputError('There is no workspace yet: leadpact start makes the first one.');
  const names = all.map(({ id, name }) => `${name} (${id})`).join(', ');
  throw new InputError(
    `${wanted === undefined ? 'There are several workspaces' : `${found.length} workspaces are called ${JSON.stringify(wanted)}`}; say which with --workspace: ${names}.`,
  );
}

const everyMember = async (tx: Tx, workspace: string): Promise<Member[]> => {
  const members: Member[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMembers(tx, workspace, { limit: 200, ...(cursor !== undefined && { cursor }) });
    members.push(...page.items);
    if (page.next === null) return members;
    cursor = page.next;
  }
};

const presentMembers = async (tx: Tx, workspace: string): Promise<Member[]> =>
  (await everyMember(tx, workspace)).filter(({ left_at }) => left_at === null);

/** @throws InputError that says who there is. */
async function memberBy(tx: Tx, workspace: string, email: string): Promise<Member> {
  const present = await presentMembers(tx, workspace);
  const found = present.find((one) => one.email === plainEmail(email) || one.id === email);
  if (found) return found;
  const there = present.map((one) => one.email).join(', ') || 'nobody yet';
  throw new InputError(
    `There is no member ${JSON.stringify(email)}; leadpact key member makes one. There are: ${there}.`,
  );
}

const memberLine = (member: Member, workspace: string, letters: Letters): MemberLine => ({
  id: member.id,
  email: member.email,
  name: member.name,
  party: member.party,
  rank: member.rank,
  joined_at: member.joined_at,
  link: member.joined_at === null ? invitationLink(letters, workspace, member) : null,
});

/** By which members who were made here come in. */
export const lettersOf = (secret: string, publicUrl: string): Letters =>
  openLetters(secret, publicUrl, false);

/** Where the first member comes in, while there is none. */
export const firstLink = (secret: string, publicUrl: string): string =>
  setupLink(lettersOf(secret, publicUrl));

/** What a route would refuse, told on the command line. */
export const inputFault = (error: unknown): unknown =>
  error instanceof HttpProblem && error.status < 500 ? new InputError(error.message) : error;

const apiLine = (key: ApiKey, members: readonly Member[]): KeyLine => ({
  id: key.id,
  kind: 'api',
  name: key.name,
  key: `${key.prefix}…`,
  scopes: key.scopes.join(' '),
  party: key.party,
  member: members.find(({ id }) => id === key.member)?.email ?? key.member,
  expires_at: key.expires_at,
  revoked_at: key.revoked_at,
});

const writeLine = (key: Awaited<ReturnType<typeof listWriteKeys>>[number]): KeyLine => ({
  id: key.id,
  kind: 'write',
  name: key.name,
  key: key.key,
  scopes: `events:${key.trust}`,
  party: null,
  member: null,
  expires_at: null,
  revoked_at: key.revoked_at,
});
