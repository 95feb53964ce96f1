/** A disk of a few megabytes, in memory. Only root may mount one, and not in every container. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '#platform/errors.ts';

const MIB = 1024 * 1024;

export class SmallDisk {
  readonly path = mkdtempSync(join(tmpdir(), 'leadpact-disk-'));

  private constructor(megabytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', this.path], {
      stdio: 'pipe',
    });
  }

  /** Null where none can be mounted. */
  static mount(megabytes: number): SmallDisk | null {
    try {
      return new SmallDisk(megabytes);
    } catch {
      return null;
    }
  }

  /** Megabytes that are free. */
  free(): number {
    const { bavail, bsize } = statfsSync(this.path);
    return (bavail * bsize) / MIB;
  }

  /** Fills it until so many megabytes are left; to the last byte for 0. */
  fill(left: number): void {
    const file = openSync(join(this.path, 'filler'), 'a');
    const block = Buffer.alloc(MIB / 16, 1);
    try {
      while (left === 0 || this.free() > left) writeSync(file, block);
    } catch (error) {
      if (systemCode(error) !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(join(this.path, 'filler'), { force: true });
  }

  unmount(): void {
    execFileSync('umount', [this.path], { stdio: 'pipe' });
    rmdirSync(this.path);
  }
}
