import { afterAll, expect, test } from 'vitest';
import { openShell } from '#tests/support/shell.ts';

const pact = (points: number): string =>
  `pact: Acme\nlanguage: 1\nprofile:\n  - { id: size, text: Large., when: { attribute: size, gt: 5 }, points: ${points} }\nmql: { when: { fit: { gte: 10 } } }\n`;
const shell = openShell({ 'a.yaml': pact(20), 'b.yaml': pact(25), 'same.yaml': `# the same\n${pact(20)}` });
afterAll(() => shell.remove());

test('says what changed, in words and as data', async () => {
  const { status, out } = await shell.run('diff a.yaml b.yaml');
  expect(status).toBe(0);
  const { before, after, same, changes } = JSON.parse(out);
  expect(same).toBe(false);
  expect(before.digest).not.toBe(after.digest);
  expect(changes).toMatchObject([{ kind: 'changed', clause: 'profile', before: 20, after: 25 }]);
  const table = (await shell.run('diff a.yaml b.yaml --format table')).out;
  expect(table).toContain(`profile\n  ~ ${changes[0].text}\n\n1 change.\n`);
  expect((await shell.run('diff a.yaml b.yaml --format csv')).out).toContain('changed,profile,');
});

test('says when nothing did', async () => {
  expect(JSON.parse((await shell.run('diff a.yaml same.yaml')).out)).toMatchObject({
    same: true,
    changes: [],
  });
  expect((await shell.run('diff a.yaml same.yaml --format table')).out).toContain('They say the same.');
});
