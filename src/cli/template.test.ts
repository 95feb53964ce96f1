import { afterAll, expect, test } from 'vitest';
import { openShell } from '#tests/support/shell.ts';

const shell = openShell({});
afterAll(() => shell.remove());

test('lists the templates, for people and for machines', async () => {
  const { status, out } = await shell.run('template');
  expect(status).toBe(0);
  expect(JSON.parse(out).map(({ name }: { name: string }) => name)).toEqual([
    'saas',
    'industrial',
    'services',
    'agency',
    'education',
  ]);
  expect((await shell.run('template --format table')).out).toContain('saas        B2B SaaS');
});

test('a template is a pact that passes', async () => {
  const { out } = await shell.run('template SaaS');
  const checked = await shell.run('check -', [out]);
  expect(checked.status).toBe(0);
  expect(JSON.parse(checked.out)).toMatchObject({ ok: true, findings: [] });
});

test('a name that there is not is a wrong call', async () => {
  const { status, err } = await shell.run('template sass');
  expect(status).toBe(2);
  expect(err).toContain('there are saas, industrial');
});
