/**
 * A browser's write key in strange hands (F70): whoever read it off a page may add events, and can neither read
 * anything, nor undo what others vouch for, nor make one person of two.
 */
import { beforeAll, expect, it } from 'vitest';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { makeKey } from '#tests/support/intake.ts';

const db = withDatabase();
const app = withApp(() => db.database);
let workspace = '';
const keys = { browser: '', server: '' };

beforeAll(async () => {
  workspace = await db.newWorkspace();
  for (const trust of ['browser', 'server'] as const)
    keys[trust] = (await makeKey(db.database, workspace, trust)).key;
});

const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
let sent = 0;
async function send(trust: keyof typeof keys, event: Record<string, unknown>): Promise<void> {
  const reply = await fetch(`${app.origin}/v1/batch`, {
    method: 'POST',
    headers: { authorization: basic(keys[trust]) },
    body: JSON.stringify({ batch: [{ messageId: `w${sent++}`, ...event }] }),
  });
  expect(reply.status).toBe(200);
  expect(await reply.json()).toEqual({ success: true, rejected: [] });
}

/** Who is known, with what is known of them. */
const known = async () => {
  const { rows } = await db.owner.query(
    "SELECT email, attributes ->> 'title' AS title, merged_into IS NOT NULL AS merged FROM leads WHERE email IS NOT NULL ORDER BY number",
  );
  return rows;
};

it('joins nobody whom others vouch for, and overwrites nothing that they said', async () => {
  await send('server', {
    type: 'identify',
    userId: 'ada',
    traits: { email: 'ada@acme.example', title: 'CTO' },
  });
  await send('server', {
    type: 'identify',
    userId: 'bob',
    traits: { email: 'bob@rival.example', title: 'Buyer' },
  });
  const before = await known();
  expect(before).toHaveLength(2);

  await send('browser', {
    type: 'identify',
    anonymousId: 'v1',
    userId: 'ada',
    traits: { email: 'bob@rival.example' },
  });
  await send('browser', { type: 'alias', previousId: 'ada', userId: 'bob' });
  await send('browser', { type: 'identify', anonymousId: 'v2', userId: 'ada', traits: { title: 'Nobody' } });
  await send('browser', {
    type: 'identify',
    userId: 'bob',
    traits: { title: 'Nobody', email: 'x@evil.example' },
  });
  expect(await known()).toEqual(before);
});

it('says of each event by whom it came', async () => {
  await send('browser', { type: 'track', event: 'Contract Signed', userId: 'ada' });
  await send('server', { type: 'track', event: 'Contract Signed', userId: 'ada' });
  const { rows } = await db.owner.query(
    "SELECT trust FROM activities WHERE type = 'Contract Signed' ORDER BY id",
  );
  expect(rows).toEqual([{ trust: 'browser' }, { trust: 'server' }]);
});

it('opens nothing else, by whatever header', async () => {
  for (const authorization of [basic(keys.browser), `Bearer ${keys.browser}`]) {
    for (const path of ['/api/leads', '/api/events', '/api/workspace'])
      expect((await fetch(app.origin + path, { headers: { authorization } })).status, path).toBe(401);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
      expect((await fetch(`${app.origin}/v1/track`, { method, headers: { authorization } })).status).toBe(
        405,
      );
  }
});
