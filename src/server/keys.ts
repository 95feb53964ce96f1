/** Keys as whoever runs the house makes them: from outside of any workspace, by its name or id. */
import { setupLink } from '#features/people/joining.ts';
import { openLetters } from '#features/people/letters.ts';
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
  expiresAt: number | null;
};

export class Keyring {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #hand: Hand;

  constructor(database: Database, clock: Clock, workspace: string) {
    this.#database = database;
    this.#clock = clock;
    this.#hand = { workspace, actor: { kind: 'system' } };
  }

  /** @throws InputError for a scope that no route knows. */
  async make({ name, trust, scopes, party, expiresAt }: Wanted): Promise<KeyLine> {
    const known = [...new Set<string>(contracts.map(({ scope }) => scope))].sort();
    const odd = scopes.find((scope) => !known.includes(scope));
    if (odd !== undefined) {
      throw new InputError(`There is no scope ${JSON.stringify(odd)}; wanted one of ${known.join(', ')}.`);
    }
    const { workspace } = this.#hand;
    return this.#database.inWorkspace(workspace, async (tx) => {
      const now = this.#clock();
      if (trust !== null) return writeLine(await makeWriteKey(tx, this.#hand, { name, trust }, now));
      const wanted = { name, scopes: scopes.length > 0 ? scopes : known, party, expiresAt };
      const { key, secret } = await makeApiKey(tx, this.#hand, wanted, now);
      return { ...apiLine(key), key: secret };
    });
  }

  list(): Promise<KeyLine[]> {
    const { workspace } = this.#hand;
    return this.#database.inWorkspace(workspace, async (tx) => [
      ...(await listApiKeys(tx, workspace)).map(apiLine),
      ...(await listWriteKeys(tx, workspace)).map(writeLine),
    ]);
  }

  /** Revokes a key of either kind. @throws InputError when there is none of that id. */
  async revoke(id: string): Promise<KeyLine> {
    const lines = await this.list();
    const line = lines.find((one) => one.id === id);
    if (!line) throw new InputError(`There is no key ${JSON.stringify(id)}; leadpact key list shows them.`);
    return this.#database.inWorkspace(this.#hand.workspace, async (tx) => {
      const now = this.#clock();
      return line.kind === 'api'
        ? apiLine(await revokeApiKey(tx, this.#hand, id, now))
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
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length === 1) return found[0]!.id;
  if (all.length === 0)
    throw new InputError('There is no workspace yet: leadpact start makes the first one.');
  const names = all.map(({ id, name }) => `${name} (${id})`).join(', ');
  throw new InputError(
    `${wanted === undefined ? 'There are several workspaces' : `${found.length} workspaces are called ${JSON.stringify(wanted)}`}; say which with --workspace: ${names}.`,
  );
}

/** Where the first member comes in, while there is none. */
export const firstLink = (secret: string, publicUrl: string): string =>
  setupLink(openLetters(secret, publicUrl, false));

/** What a route would refuse, told on the command line. */
export const inputFault = (error: unknown): unknown =>
  error instanceof HttpProblem && error.status < 500 ? new InputError(error.message) : error;

const apiLine = (key: Awaited<ReturnType<typeof listApiKeys>>[number]): KeyLine => ({
  id: key.id,
  kind: 'api',
  name: key.name,
  key: `${key.prefix}…`,
  scopes: key.scopes.join(' '),
  party: key.party,
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
  expires_at: null,
  revoked_at: key.revoked_at,
});
