/** The answer is lost after the commit (F2): whoever asks again is told yes, and nothing is there twice. */
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { makeWriteKey } from '#features/workspaces/keys.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const app = withApp(() => db.database);
let key = '';
beforeAll(async () => {
  const workspace = await db.newWorkspace();
  const hand = { workspace, actor: { kind: 'system' } } as const;
  const made = await db.database.inWorkspace(workspace, (tx) =>
    makeWriteKey(tx, hand, { name: 'Server', trust: 'server' }, Date.now()),
  );
  key = made.key;
});

const body = JSON.stringify({
  batch: Array.from({ length: 20 }, (_, i) => ({
    type: 'track',
    event: 'Page Read',
    userId: 'u1',
    messageId: `lost-${i}`,
    properties: { id: `lost-${i}` },
  })),
});
const stored = async (): Promise<number> =>
  (await db.owner.query("SELECT count(*)::int AS n FROM activities WHERE type = 'Page Read'")).rows[0].n;

it('stores what it was sent once, however often the answer is lost', async () => {
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  for (let times = 0; times < 3; times++) {
    const socket = connect(app.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    while ((await stored()) === 0) await pause(5);
    socket.destroy(); // committed; the answer reaches nobody
  }
  const answer = await fetch(`${app.origin}/v1/batch`, { method: 'POST', headers: { authorization }, body });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ success: true });
  expect(await stored()).toBe(20);
});
