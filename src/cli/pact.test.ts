import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeApiKey } from '#features/workspaces/keys.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { openShell, type Shell } from '#tests/support/shell.ts';

const db = withDatabase();
const app = withApp(() => db.database);
let shell: Shell;

beforeAll(async () => {
  shell = openShell();
  const workspace = await db.newWorkspace();
  const hand = { workspace, actor: { kind: 'system' } } as const;
  const wanted = { name: 'CI', scopes: ['pacts:read', 'pacts:write'], party: null, expiresAt: null };
  const { secret } = await db.database.inWorkspace(workspace, (tx) =>
    makeApiKey(tx, hand, wanted, Date.now()),
  );
  vi.stubEnv('LEADPACT_URL', app.origin);
  vi.stubEnv('LEADPACT_API_KEY', secret);
});
afterAll(() => {
  vi.unstubAllEnvs();
  shell.remove();
});

const file = (name: string, text: string) => shell.write({ [name]: text });

it('has nothing to pull at first; what is pushed is pulled as it was, with the same digest on both sides', async () => {
  expect(await shell.run('pact pull')).toMatchObject({
    status: 1,
    err: expect.stringContaining('no pact to pull yet'),
  });
  file('acme.yaml', ACME);
  const pushed = await shell.run('pact push acme.yaml');
  const { digest } = JSON.parse((await shell.run('check acme.yaml --format json')).out) as { digest: string };
  expect(pushed.status, pushed.err).toBe(0);
  expect(JSON.parse(pushed.out)).toMatchObject({
    name: 'Acme Industrial',
    version: 1,
    standing: 'draft',
    digest,
    changed: true,
  });
  expect((await shell.run('pact pull')).out).toBe(ACME);
  const again = await shell.run('pact push acme.yaml');
  expect(JSON.parse(again.out)).toMatchObject({ version: 1, changed: false });
  const saved = await shell.run('pact pull copy.yaml --format table');
  expect([saved.status, saved.out]).toEqual([0, `Acme Industrial: version 1 (draft)\n${digest}\n`]);
});

it('drafts another version, or writes a draft anew', async () => {
  file('acme.yaml', ACME.replace('points: 20', 'points: 25'));
  const pushed = await shell.run(['pact', 'push', 'acme.yaml', '--note', 'Size counts for more']);
  expect(JSON.parse(pushed.out)).toMatchObject({ version: 2, standing: 'draft' });
  file('acme.yaml', ACME.replace('points: 20', 'points: 30'));
  expect(JSON.parse((await shell.run('pact push acme.yaml --version 2')).out)).toMatchObject({
    version: 2,
    changed: true,
  });
  expect((await shell.run('pact pull --version 2')).out).toContain('points: 30');
  expect((await shell.run('pact pull --version 1')).out).toBe(ACME);
});

it.each<[string, string, number, string]>([
  [
    'an error of lint',
    ACME.replace('tier: hot }', 'tier: hot }').replace(
      '{ id: influencer',
      '{ id: prospect2, text: x., when: { any: [] } }\n  - { id: influencer',
    ),
    1,
    'bad.yaml:',
  ],
  ['no pact', 'pact: [', 1, 'bad.yaml:1:'],
])('refuses %s before it is sent', async (_name, text, status, said) => {
  file('bad.yaml', text);
  const pushed = await shell.run('pact push bad.yaml');
  expect([pushed.status, pushed.out]).toEqual([status, '']);
  expect(pushed.err).toContain(said);
});

it.each<[string, string, number, RegExp]>([
  ['another verb', 'pact steal', 2, /wanted pull or push/],
  ['a version that is not there', 'pact pull --version 9', 1, /no version 9/],
  [
    'a pact that is not there',
    'pact pull --pact Nobody',
    2,
    /there is no pact "Nobody"; there are Acme Industrial/,
  ],
  ['a key that is none', 'pact pull --key lp_x', 2, /API key/],
  ['an address that is none', 'pact pull --url acme', 2, /wanted an address/],
  ['nobody there', 'pact pull --url http://127.0.0.1:1', 3, /could not be asked/],
  ['what only a member does', 'pact push acme.yaml --version 2 --propose', 2, /may not do this/],
])('%s is told, with its status', async (_name, line, status, said) => {
  const ended = await shell.run(line);
  expect([ended.status, ended.out]).toEqual([status, '']);
  expect(ended.err).toMatch(said);
});
