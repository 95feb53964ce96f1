import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Account } from '#platform/db/embedded/account.ts';

/**
 * The nearest directory above a path that an account may not pass through, or null when it can be reached. Root
 * often starts us below a directory that is closed to everybody else (`/root`, a `mktemp -d`).
 */
export function closedAbove(path: string, account: Account): string | null {
  let directory = realpathSync(path);
  let closed: string | null = null;
  while (directory !== dirname(directory)) {
    directory = dirname(directory);
    const { uid, gid, mode } = statSync(directory);
    const passing = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & passing) === 0) closed = directory;
  }
  return closed;
}
