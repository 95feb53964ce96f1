import { afterAll, expect, test } from 'vitest';
import { openShell } from '#tests/support/shell.ts';

const pact = (golden: string): string => `
pact: Acme
language: 1
profile:
  - { id: german, text: In Germany., when: { attribute: country, is: Germany }, points: 50 }
mql: { when: { fit: { gte: 40 } } }
golden:
  - { lead: { country: Germany, email: a@b.example }, expect: ${golden} }
`;

const shell = openShell({
  'good.yaml': pact('mql'),
  'golden.yaml': pact('not_mql'),
  'lint.yaml': `${pact('mql')}sql: { owner: marketing }\n`,
  'broken.yaml': 'pact: Acme\nlanguage: 1\nmqls: {}\n',
});
afterAll(() => shell.remove());

test('says what it read', async () => {
  const { status, out, err } = await shell.run('check good.yaml');
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const checked = JSON.parse(out);
  expect(checked).toMatchObject({ pact: 'Acme', ok: true, counts: { profile: 1, golden: 1 } });
  expect(checked.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(checked.golden).toMatchObject([{ expect: 'mql', got: 'mql', ok: true }]);
  const table = await shell.run('check good.yaml --format table');
  expect(table.out).toContain('     1  profile criteria\n');
  expect(table.out).toContain('1 of 1 golden lead as agreed.');
});

test('a golden lead that does not hold is a fault', async () => {
  const { status, out } = await shell.run('check golden.yaml --format table');
  expect(status).toBe(1);
  expect(out).toContain('broken golden[0]: wanted not_mql, found mql: ');
});

test('what must not be signed as it is is a fault, with its place', async () => {
  const { status, out } = await shell.run('check lint.yaml --format table');
  expect(status).toBe(1);
  expect(out).toMatch(/lint\.yaml:\d+:\d+: error: /);
  const csv = await shell.run('check lint.yaml --format csv');
  expect(csv.out).toMatch(/^level,code,file,line,column,path,message,hint\nerror,/);
});

test('a file that is no pact is told to people and machines', async () => {
  const { status, out, err } = await shell.run('check broken.yaml --format json');
  expect(status).toBe(1);
  expect(err).toMatch(/^broken\.yaml:3:1: /);
  expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ line: 3, column: 1 }] });
});

test('a pact may come from standard input', async () => {
  const { status, out } = await shell.run('check -', [pact('mql')]);
  expect(status).toBe(0);
  expect(JSON.parse(out).ok).toBe(true);
});

test('holidays are looked up: a region nobody knows is a fault, with its place and what is near', async () => {
  const written = (region: string) =>
    `${pact('mql')}calendar: { zone: Europe/Berlin, holidays: [${region}] }\n`;
  const { status, out } = await shell.run('check -', [written('UK')]);
  expect(status).toBe(1);
  const [finding] = JSON.parse(out).findings;
  expect(finding).toMatchObject({ level: 'error', code: 'calendar', path: 'calendar.holidays[0]', line: 9 });
  expect(finding.hint).toContain('GB');
  expect((await shell.run('check -', [written('DE-BY-KATH')])).status).toBe(0);
});
