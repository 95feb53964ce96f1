import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from '#platform/db/embedded/home.ts';
import { systemCode } from '#platform/errors.ts';

/** How much room the disk of the data directory has left, in bytes. */
export type Space = {
  free: number;
  /** Below this nothing more may be taken in: PostgreSQL needs room to finish what it has begun. */
  reserve: number;
  short: boolean;
};

const MIB = 1024 * 1024;
const ballastPath = (home: Home): string => join(home.path, 'ballast');

/** The reserve is a twentieth of the disk within 256 and 512 MiB, and never more than a fifth of a small disk. */
export async function measureSpace(home: Home, reserve: number | null): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(home.path);
  const total = blocks * bsize;
  const wanted = reserve ?? Math.min(Math.max(total / 20, 256 * MIB), 512 * MIB, total / 5);
  return { free: bavail * bsize, reserve: Math.floor(wanted), short: bavail * bsize < wanted };
}

/**
 * A file that holds a third of the reserve, to be thrown overboard when a full disk brought the server down: without
 * room it cannot even recover. Written while there is plenty, and left alone otherwise.
 */
export function loadBallast(home: Home, space: Space): void {
  const size = Math.floor(Math.min(space.reserve / 3, 64 * MIB));
  const aboard = statSync(ballastPath(home), { throwIfNoEntry: false })?.size ?? 0;
  if (aboard === size || space.free < 2 * space.reserve + size) return;
  const block = randomFillSync(Buffer.allocUnsafe(MIB)); // a file system may keep no room for zeros
  const file = openSync(ballastPath(home), 'w', 0o600);
  try {
    for (let left = size; left > 0; left -= block.length)
      writeSync(file, block, 0, Math.min(left, block.length));
  } catch (error) {
    if (systemCode(error) !== 'ENOSPC') throw error;
    rmSync(ballastPath(home));
  } finally {
    closeSync(file);
  }
}

export function dropBallast(home: Home): void {
  rmSync(ballastPath(home), { force: true });
}
