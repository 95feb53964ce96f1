import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { OutsideError } from '#platform/errors.ts';

/** The system user PostgreSQL runs as; it refuses to run as root. */
export type Account = { uid: number; gid: number; name: string };

/** The dedicated user that is made for it when we are root. */
const NAME = 'leadpact';

/**
 * Who runs the server: ourselves (null), or, when we are root, whoever owns the directory already, else a system user
 * of its own. Where none can be made (a read-only `/etc`), `nobody` serves.
 * @param home the directory that holds the cluster; it need not exist.
 */
export function chooseAccount(home: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(home, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  const account = lookUp(NAME) ?? (create() ? lookUp(NAME) : null) ?? lookUp('nobody');
  if (account) return account;
  throw new OutsideError(
    `PostgreSQL does not run as root, and no system user could be made for it. Run "useradd --system ${NAME}" once, or start Leadpact as an ordinary user.`,
  );
}

function lookUp(name: string): Account | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => output('id', [flag, name]));
  return uid && gid ? { uid: Number(uid), gid: Number(gid), name } : null;
}

/** Debian, Fedora and their like have `useradd`; BusyBox has `adduser`. */
function create(): boolean {
  return (
    output('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]) !== null ||
    output('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', NAME]) !== null
  );
}

/** What a command prints; null when it is not there or fails. */
function output(command: string, parameters: string[]): string | null {
  try {
    return execFileSync(command, parameters, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
