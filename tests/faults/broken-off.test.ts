/**
 * Bodies of which we read no more than we want (F53, F54): the sender is told why, however much of them was still to
 * come, and what they send next over the same connection pool is heard.
 */
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWriteKey } from '#features/workspaces/keys.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';

const MIB = 1024 * 1024;
const db = withDatabase();
const app = withApp(() => db.database);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let key = '';

beforeAll(async () => {
  const workspace = await db.newWorkspace();
  const hand = { workspace, actor: { kind: 'system' } } as const;
  const made = await db.database.inWorkspace(workspace, (tx) =>
    makeWriteKey(tx, hand, { name: 'Server', trust: 'server' }, Date.now()),
  );
  key = made.key;
});
afterAll(() => agent.destroy());

/** Sends a body in chunks, so that nobody knows beforehand how long it is. */
const send = (path: string, body: Iterable<string | Buffer>, type: string) =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    const headers = { authorization, 'content-type': type };
    const sending = request(`${app.origin}${path}`, { method: 'POST', agent, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      reply.on('end', () => resolve({ status: reply.statusCode, body: text }));
    });
    sending.on('error', reject);
    for (const piece of body) sending.write(piece);
    sending.end();
  });

const large = Array.from({ length: 6 }, () => Buffer.alloc(MIB, 0x20));
const event = [JSON.stringify({ type: 'track', event: 'Page Read', userId: 'u1' })];

it('events whose body is too large are refused as such, and the next are taken', async () => {
  for (let times = 0; times < 3; times++) {
    expect(await send('/v1/batch', large, 'application/json')).toMatchObject({
      status: 413,
      body: expect.stringContaining('4 MiB'),
    });
    expect(await send('/v1/track', event, 'application/json')).toMatchObject({ status: 200 });
  }
});

it('a request of the API whose body is too large is refused as such, and the next is answered', async () => {
  for (let times = 0; times < 3; times++) {
    expect(await send('/api/session', large, 'application/json')).toMatchObject({ status: 413 });
    expect(await send('/v1/track', event, 'application/json')).toMatchObject({ status: 200 });
  }
});

it('a file of somebody who may send none is refused, and the next is answered', async () => {
  for (let times = 0; times < 3; times++) {
    expect(await send('/api/imports?kind=leads', large, 'text/csv')).toMatchObject({ status: 401 });
    expect(await send('/v1/track', event, 'application/json')).toMatchObject({ status: 200 });
  }
});
