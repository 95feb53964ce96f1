import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { foundWorkspace } from '#features/workspaces/workspaces.ts';
import { readConfig } from '#platform/config/config.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#server/beside.ts';
import { withServer } from '#tests/support/db.ts';
import { openShell, type Shell } from '#tests/support/shell.ts';

const server = withServer();
let shell: Shell;

beforeAll(async () => {
  const { user, password, host, port, database } = (await server.newDatabase()).owner;
  vi.stubEnv(
    'DATABASE_URL',
    `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`,
  );
  vi.stubEnv('LEADPACT_SECRET', 's'.repeat(40));
  shell = openShell();
});
afterAll(() => {
  vi.unstubAllEnvs();
  shell.remove();
});

it('says what is missing while there is no workspace', async () => {
  expect(await shell.run('key list')).toMatchObject({
    status: 1,
    err: expect.stringContaining('leadpact start'),
  });
  expect((await shell.run('key setup')).out).toMatch(/^http:\/\/127\.0\.0\.1:4600\/setup#[\w-]+\.[\w-]+\n$/);
});

it('makes, lists and revokes keys', async () => {
  await withDatabase(readConfig(process.env, '/'), openLog('warn'), (database) =>
    foundWorkspace(database, { name: 'Acme Industrial', zone: 'UTC' }, Date.now()),
  );
  const made = await shell.run('key create --name CI --scopes leads:read --party sales --format json');
  expect(made).toMatchObject({ status: 0, err: '' });
  const [key] = JSON.parse(made.out);
  expect(key).toMatchObject({
    kind: 'api',
    name: 'CI',
    scopes: 'leads:read',
    party: 'sales',
    revoked_at: null,
  });
  expect(key.key).toMatch(/^lp_[\w-]{43}$/);
  await shell.run('key create --name Site --write browser');
  const listed = JSON.parse((await shell.run('key list --format json')).out);
  expect(listed).toMatchObject([
    { name: 'CI', key: `${key.key.slice(0, 9)}…` },
    { name: 'Site', scopes: 'events:browser' },
  ]);
  expect((await shell.run('key list --format csv')).out).not.toContain(key.key);
  const [revoked] = JSON.parse((await shell.run(`key revoke ${key.id} --format json`)).out);
  expect(revoked.revoked_at).toMatch(/^2026-06-30T12/);
});

it('makes members without a browser, and keys that act for them', async () => {
  const hired = await shell.run('key member Sam@acme.example --party sales --format json');
  expect(hired).toMatchObject({ status: 0, err: '' });
  const [sam] = JSON.parse(hired.out);
  expect(sam).toMatchObject({ email: 'sam@acme.example', name: 'Sam', party: 'sales', rank: 'manager' });
  expect(sam.link).toMatch(/#[\w-]+\.[\w-]+$/);
  await shell.run('key member fay@acme.example --name Fay');
  const members = JSON.parse((await shell.run('key members --format json')).out);
  const told = members.map(({ email, party }: { email: string; party: string | null }) => [email, party]);
  expect(told.toSorted()).toEqual([
    ['fay@acme.example', null],
    ['sam@acme.example', 'sales'],
  ]);
  expect((await shell.run('key member sam@acme.example --party sales')).err).toContain(
    'member of that address',
  );
  const made = await shell.run('key create --name Script --member sam@acme.example --format json');
  expect(JSON.parse(made.out)).toMatchObject([
    {
      name: 'Script',
      party: 'sales',
      member: 'sam@acme.example',
      scopes: expect.stringContaining('pacts:write'),
    },
  ]);
  expect((await shell.run('key list --format table')).out).toContain('Script (acts for sam@acme.example)');
});

it('says what it wanted', async () => {
  const faults: [line: string, status: number, told: string][] = [
    ['key', 2, 'create|list|revoke|setup'],
    ['key make', 2, 'wanted create, list, revoke, setup, member or members'],
    ['key member', 2, 'wants an e-mail address'],
    ['key member sam', 2, 'wants an e-mail address'],
    ['key member eva@acme.example --rank boss', 2, 'wanted member or lead or manager'],
    ['key create --member nobody@acme.example', 1, 'leadpact key member makes one. There are: '],
    ['key create --member sam@acme.example --party marketing', 1, 'is of sales, not of marketing'],
    ['key create --member sam@acme.example --write browser', 2, 'acts for nobody'],
    ['key revoke', 2, 'wants the id'],
    ['key revoke x', 1, 'leadpact key list'],
    ['key create --write nobody', 2, 'wanted browser or server'],
    ['key create --party both', 2, 'wanted marketing or sales'],
    ['key create --scopes leads:eat', 1, 'leads:read'],
    ['key create --expires 2020-01-01', 1, 'later expiry'],
    ['key list --workspace Nowhere', 1, 'Acme Industrial'],
  ];
  for (const [line, status, told] of faults) {
    expect(await shell.run(line), line).toMatchObject({
      status,
      out: '',
      err: expect.stringContaining(told),
    });
  }
});
