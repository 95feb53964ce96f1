import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from '#platform/db/embedded/binaries.ts';
import type { Home } from '#platform/db/embedded/home.ts';
import { messageOf, OutsideError } from '#platform/errors.ts';

/** The cluster's own administrator, who owns the tables, and the database. */
export const OWNER = 'leadpact';
export const DATABASE = 'leadpact';

/** What opens the cluster. Kept inside it, in a file for its owner alone. */
export type Access = { owner: string; app: string };

const clusterPath = (home: Home): string => join(home.path, 'data');
const accessPath = (cluster: string): string => join(cluster, 'leadpact-access.json');

/**
 * The path of the cluster, made when there is none. It is made beside its place and renamed into it when whole, so
 * that a start that was killed half way leaves nothing that could be taken for a database.
 * @param sync whether it is to be on the disk before it is used.
 * @param meanwhile done while it is being made
 * @throws OutsideError when it cannot be made, or was made by another major version of PostgreSQL.
 */
export async function openCluster(
  home: Home,
  binaries: Binaries,
  sync: boolean,
  meanwhile: () => Promise<unknown>,
): Promise<string> {
  const cluster = clusterPath(home);
  if (!existsSync(join(cluster, 'PG_VERSION')))
    await Promise.all([makeCluster(home, binaries, cluster, sync), meanwhile()]);
  const made = Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'));
  if (made === binaries.major) return cluster;
  throw new OutsideError(
    `${cluster} was made by PostgreSQL ${made}, and this Leadpact brings PostgreSQL ${binaries.major}. Start the Leadpact that made it, write a backup with "leadpact backup FILE", and restore that into a new data directory with this one.`,
  );
}

async function makeCluster(home: Home, binaries: Binaries, cluster: string, sync: boolean): Promise<void> {
  const mark = randomBytes(6).toString('hex');
  const [draft, passwordFile] = [`data.new-${mark}`, `password-${mark}`];
  const access: Access = { owner: newPassword(), app: newPassword() };
  try {
    writePrivately(home, join(home.path, passwordFile), access.owner);
    await initdb(home, binaries, [
      `--pgdata=${home.served}/${draft}`,
      `--pwfile=${home.served}/${passwordFile}`,
      sync ? '--sync-method=fsync' : '--no-sync',
    ]);
    writePrivately(home, join(home.path, draft, 'leadpact-access.json'), JSON.stringify(access));
    await rename(join(home.path, draft), cluster).catch((error) => {
      if (!existsSync(join(cluster, 'PG_VERSION'))) throw error; // else another process of ours was quicker
    });
  } catch (error) {
    if (error instanceof OutsideError) throw error;
    throw new OutsideError(
      `The database cannot be made in ${home.path}: ${messageOf(error)}. Free space there, or choose another directory with --data or LEADPACT_DATA.`,
      { cause: error },
    );
  } finally {
    await rm(join(home.path, passwordFile), { force: true });
    await rm(join(home.path, draft), { recursive: true, force: true });
  }
}

async function initdb(home: Home, { initdb }: Binaries, where: string[]): Promise<void> {
  const parameters = [
    ...where,
    `--username=${OWNER}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin', // compares the same on every machine, whatever its C library
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(initdb, parameters, spawnOptions(home, 'pipe'));
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`initdb ended with status ${status}: ${said.trim()}`);
}

/** How every program of PostgreSQL is run: as the account, in a plain environment, with the home's handle as 3. */
export function spawnOptions(home: Home, errors: 'pipe' | number) {
  const { account, handle } = home;
  return {
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } as Record<string, string>,
    stdio: ['ignore' as const, 'ignore' as const, errors, ...(handle === null ? [] : [handle])],
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}

/** @throws OutsideError when the file is gone. */
export function readAccess(cluster: string): Access {
  try {
    return JSON.parse(readFileSync(accessPath(cluster), 'utf8')) as Access;
  } catch (error) {
    throw new OutsideError(
      `The database's passwords cannot be read from ${accessPath(cluster)}: ${messageOf(error)}. Restore the file from a backup of the data directory.`,
      { cause: error },
    );
  }
}

/** The number PostgreSQL gave the cluster when it was made: the first eight bytes of its control file. */
export function systemIdentifier(cluster: string): string {
  return readFileSync(join(cluster, 'global', 'pg_control'))
    .readBigUInt64LE(0)
    .toString();
}

const newPassword = (): string => randomBytes(24).toString('base64url');

function writePrivately({ account }: Home, path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  if (account) chownSync(path, account.uid, account.gid);
}
