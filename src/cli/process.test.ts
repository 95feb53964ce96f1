/** The command line as a process of its own: threads, closed pipes, the folder it was called from. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openShell } from '#tests/support/shell.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const LEADS = 60_000;
const shell = openShell({
  'acme.yaml': 'pact: Acme\nlanguage: 1\nmql: { when: { attribute: n, matches: "7$" } }\n',
  'leads.csv': `id,n,note\n${Array.from({ length: LEADS }, (_, i) => `${i},${i},${'x'.repeat(60)}${i % 10_000 === 5 ? ',' : ''}\n`).join('')}`,
});
afterAll(() => shell.remove());

const call = (words: string[], env: Record<string, string> = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [MAIN, ...words], {
    cwd: shell.folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });

test('a long file is judged by several threads, and printed in its order', async () => {
  const { status, stdout, stderr } = call([
    'score',
    'acme.yaml',
    '--leads',
    'leads.csv',
    '--at',
    '2026-01-01',
  ]);
  const here = await shell.run('score acme.yaml --leads leads.csv --at 2026-01-01');
  expect(stdout).toBe(here.out);
  expect(stderr).toContain('leads.csv: 6 rows were rejected');
  expect(status).toBe(1);
  expect(JSON.parse(stdout).leads).toHaveLength(LEADS - 6);
});

test('nothing is said when nobody reads on', () => {
  const line = `"${process.execPath}" "${MAIN}" score acme.yaml --leads leads.csv --format csv | (sleep 1; head -n 2)`;
  const { stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: shell.folder, encoding: 'utf8' });
  expect(stdout.split('\n')[0]).toBe('id,verdict,grade,fit,interest,stage');
  expect(stderr).not.toMatch(/EPIPE|at .*\.ts:/);
});

test('paths are relative to where npm run was called', () => {
  const { status, stdout } = spawnSync(process.execPath, [MAIN, 'check', 'acme.yaml'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, npm_lifecycle_event: 'leadpact', INIT_CWD: shell.folder },
  });
  expect(JSON.parse(stdout).pact).toBe('Acme');
  expect([0, 1]).toContain(status);
});

test('the launcher passes words, answers and the exit status through', () => {
  const launcher = join(import.meta.dirname, '../../bin/leadpact.js');
  const { status, stderr } = spawnSync(process.execPath, [launcher, 'chek'], { encoding: 'utf8' });
  expect(stderr).toContain('did you mean `leadpact check`?');
  expect(status).toBe(2);
});
