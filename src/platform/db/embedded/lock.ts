import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '#platform/errors.ts';

/** What PostgreSQL's own lock file (`postmaster.pid`) says. It is read here and never written or deleted. */
export type Lock = { pid: number; port: number; ready: boolean };

/**
 * Who the process named in the lock is: `nobody` (gone), `server` (it works in this very directory), or a `stranger`
 * that was given the number of a server killed earlier.
 */
export type Holder = 'nobody' | 'server' | 'stranger';

/** The lock, or null when there is none, or none yet that can be read. */
export function readLock(cluster: string): Lock | null {
  let text: string;
  try {
    text = readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  const [pid = '', , , port = '', , , , status = ''] = text.split('\n');
  if (!/^\d+$/.test(pid)) return null;
  return { pid: Number(pid), port: Number(port), ready: status.trim() === 'ready' };
}

export function holderOf(lock: Lock, cluster: string): Holder {
  if (!isAlive(lock.pid)) return 'nobody';
  // A postmaster's working directory is its cluster. That tells it from a recycled number, and from the server of
  // another directory that this one is a copy of. Without /proc (macOS) the number alone has to do.
  if (process.platform !== 'linux') return 'server';
  const here = statSync(cluster, { bigint: true });
  try {
    const there = statSync(`/proc/${lock.pid}/cwd`, { bigint: true });
    return there.ino === here.ino && there.dev === here.dev ? 'server' : 'stranger';
  } catch {
    return 'stranger'; // another user's process, or one that is dead and not yet buried: neither is our server
  }
}

/** Whether the number names a process at all, if only one that is dead and not yet buried by its parent. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Whether the process does anything. In a container without an init, orphans stay unburied for good. */
export function isRunning(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const [, state] = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}
