/** What `npx leadpact` gets: the packed tarball, installed in an empty directory, used as a newcomer would. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'leadpact-package-'));

const leadpact = (...args: string[]) => {
  // npx as people run it: their Node, not the one this project's scripts put first on the path.
  const path = (process.env.PATH ?? '').split(':').filter((part) => !part.includes('node_modules'));
  const { status, stdout, stderr } = spawnSync('npx', ['--no', '--', 'leadpact', ...args], {
    cwd: home,
    env: { PATH: path.join(':'), HOME: process.env.HOME ?? home },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

beforeAll(() => {
  execFileSync('npm', ['pack', '--pack-destination', home], { cwd: root, stdio: 'ignore' });
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(home, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(home, tarball)], {
    cwd: home,
    stdio: 'ignore',
  });
  for (const file of ['pact.yaml', 'leads.csv', 'activities.csv', 'deals.csv']) {
    cpSync(join(root, 'examples/acme-industrial', file), join(home, file));
  }
}, 300_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test('the package holds what runs, and none of its sources or examples', () => {
  const files = readdirSync(join(home, 'node_modules/leadpact'));
  expect(files.toSorted()).toEqual([
    'LICENSE',
    'NOTICE',
    'README.md',
    'bin',
    'dist',
    'package.json',
    'schema',
  ]);
  expect(existsSync(join(home, 'node_modules/leadpact/dist/migrations/0001_house.sql'))).toBe(true);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(leadpact('--version').stdout.trim()).toContain(version);
});

test('the example company is checked, scored, backtested and calibrated', () => {
  expect(leadpact('check', 'pact.yaml')).toMatchObject({ status: 0 });

  const scored = leadpact('score', 'pact.yaml', '--leads', 'leads.csv', '--activities', 'activities.csv');
  expect(scored.status).toBe(0);
  expect(JSON.parse(scored.stdout).leads).toHaveLength(3000);

  const files = ['--leads', 'leads.csv', '--activities', 'activities.csv', '--deals', 'deals.csv'];
  const backtest = leadpact('backtest', 'pact.yaml', ...files);
  expect(JSON.parse(backtest.stdout)).toMatchObject({ leads: 3000, deals: { won: 270 } });

  const calibrated = leadpact(
    'calibrate',
    '--leads',
    'leads.csv',
    '--deals',
    'deals.csv',
    '--out',
    'draft.yaml',
  );
  expect(JSON.parse(calibrated.stdout)).toMatchObject({ enough: true });
  expect(leadpact('check', 'draft.yaml')).toMatchObject({ status: 0 });
});

test('a wrong call is told what is right, with status 2', () => {
  const { status, stdout, stderr } = leadpact('scroe');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('score');
});
