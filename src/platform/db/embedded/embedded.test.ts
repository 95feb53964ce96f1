import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries, linkLibraries } from '#platform/db/embedded/binaries.ts';
import type { Home } from '#platform/db/embedded/home.ts';
import { holderOf, isRunning, readLock } from '#platform/db/embedded/lock.ts';
import { closedAbove } from '#platform/db/embedded/reach.ts';
import { dropBallast, loadBallast, measureSpace } from '#platform/db/embedded/reserve.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadpact-embedded-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the programs', () => {
  it('are found with their version', async () => {
    const { initdb, postgres, major } = await findBinaries(null);
    for (const program of [initdb, postgres]) expect(statSync(program).mode & 0o111).toBeGreaterThan(0);
    expect(major).toBe(18);
  });

  it('get the library links that a blocked install script did not make', () => {
    const library = join(directory, 'native', 'lib');
    mkdirSync(library, { recursive: true });
    writeFileSync(join(library, 'libpq.so.5.18'), 'x');
    symlinkSync('elsewhere', join(library, 'libold.so'));
    const links = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libold.so' },
    ];
    writeFileSync(join(directory, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    for (let times = 0; times < 2; times++) linkLibraries(directory);
    expect(readFileSync(join(library, 'libpq.so.5'), 'utf8')).toBe('x');
    expect(readlinkSync(join(library, 'libold.so'))).toBe('elsewhere');
  });

  it('say which link is missing where it cannot be made', () => {
    mkdirSync(join(directory, 'native'));
    const links = [{ source: 'native/lib/a', target: 'native/lib/b' }]; // there is no native/lib
    writeFileSync(join(directory, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    expect(() => linkLibraries(directory)).toThrow(
      /native\/lib\/b is missing and cannot be made.*npm rebuild/,
    );
  });
});

describe('the lock', () => {
  const write = (...lines: (string | number)[]) =>
    writeFileSync(join(directory, 'postmaster.pid'), lines.join('\n'));

  it('is read as PostgreSQL writes it', () => {
    expect(readLock(directory)).toBeNull();
    write('');
    expect(readLock(directory)).toBeNull();
    write(4242, '/data', 1795294321, 25432, '', '127.0.0.1', '  2146308        12', 'starting');
    expect(readLock(directory)).toEqual({ pid: 4242, port: 25432, ready: false });
    write(4242, '/data', 1795294321, 25432, '', '127.0.0.1', '  2146308        12', 'ready   ', '');
    expect(readLock(directory)).toEqual({ pid: 4242, port: 25432, ready: true });
  });

  it('is held by a process that works in the directory, and by no other', () => {
    expect(holderOf({ pid: 2 ** 22 + 1, port: 1, ready: true }, directory)).toBe('nobody');
    expect(holderOf({ pid: process.pid, port: 1, ready: true }, directory)).toBe('stranger');
    expect(holderOf({ pid: process.pid, port: 1, ready: true }, process.cwd())).toBe('server');
    expect([isRunning(process.pid), isRunning(2 ** 22 + 1)]).toEqual([true, false]);
  });
});

it.each([
  [0o755, 0o755, null],
  [0o711, 0o755, null],
  [0o700, 0o755, 'outer'],
  [0o755, 0o750, 'inner'],
  [0o700, 0o700, 'outer'],
])('below directories of mode %o and %o another account is kept out by %s', (outer, inner, closed) => {
  const path = join(directory, 'outer', 'inner', 'home');
  mkdirSync(path, { recursive: true });
  chmodSync(directory, 0o755);
  chmodSync(join(directory, 'outer', 'inner'), inner);
  chmodSync(join(directory, 'outer'), outer);
  const found = closedAbove(path, { uid: 65_533, gid: 65_533, name: 'other' });
  expect(found?.split('/').at(-1) ?? null).toBe(closed);
  expect(closedAbove(path, { uid: statSync(path).uid, gid: 65_533, name: 'owner' })).toBeNull();
});

describe('the reserve', () => {
  const home = (): Home => ({ path: directory, account: null, served: directory, handle: null });
  const ballast = () =>
    existsSync(join(directory, 'ballast')) ? statSync(join(directory, 'ballast')).size : 0;

  it('is measured by the disk', async () => {
    expect(await measureSpace(home(), 0)).toMatchObject({ reserve: 0, short: false });
    expect(await measureSpace(home(), 2 ** 60)).toMatchObject({ reserve: 2 ** 60, short: true });
    const { free, reserve } = await measureSpace(home(), null);
    expect(free).toBeGreaterThan(0);
    expect(reserve).toBeLessThanOrEqual(512 * 2 ** 20);
  });

  it('keeps a ballast while there is plenty, and drops it', () => {
    loadBallast(home(), { free: 5_000_000, reserve: 3_000_000, short: false });
    expect(ballast()).toBe(0);
    loadBallast(home(), { free: 8_000_000, reserve: 3_000_000, short: false });
    expect(ballast()).toBe(1_000_000);
    dropBallast(home());
    dropBallast(home());
    expect(ballast()).toBe(0);
  });
});
