import { chownSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, chooseAccount } from '#platform/db/embedded/account.ts';
import { closedAbove } from '#platform/db/embedded/reach.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';

/**
 * The directory that holds the embedded server: `data` (the cluster), `postgres.log`, `ballast`. It belongs to the
 * account the server runs as, and to nobody else.
 */
export type Home = {
  path: string;
  account: Account | null;
  /**
   * The same directory as the server names it, and the open handle it inherits for that (as descriptor 3). Below a
   * directory that is closed to its account the server could not even enter its own; a handle needs no way in.
   */
  served: string;
  handle: number | null;
};

/** Makes the directory where it is missing, and opens it. @throws OutsideError that says what is in the way. */
export function openHome(dataDirectory: string): Home {
  const path = join(dataDirectory, 'postgres');
  const account = chooseAccount(path);
  try {
    mkdirSync(dataDirectory, { recursive: true });
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (account) chownSync(path, account.uid, account.gid);
  } catch (error) {
    throw new OutsideError(
      `The database cannot be kept in ${path}: ${messageOf(error)}. Choose a data directory that can be written, with --data or LEADPACT_DATA.`,
      { cause: error },
    );
  }
  const { uid } = statSync(path);
  if (!account && uid !== process.getuid?.()) {
    throw new OutsideError(
      `${path} belongs to user ${uid}, and you are user ${process.getuid?.()}. Start Leadpact as the user who made it, or choose another directory with --data or LEADPACT_DATA.`,
    );
  }
  const handle = account && closedAbove(path, account) ? openSync(path, 'r') : null;
  return { path, account, served: handle === null ? path : '/proc/self/fd/3', handle };
}

export function closeHome(home: Home): void {
  if (home.handle !== null) closeSync(home.handle);
}
