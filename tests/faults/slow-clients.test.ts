/**
 * Clients that send slowly, read nothing, or send what two servers in a row would take for different requests (F56).
 * Patience is a second here; with `npm run test:faults` it is what everybody gets.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeWriteKey } from '#features/workspaces/keys.ts';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { isLong } from '#tests/support/long.ts';

const SOCKETS = 500;

const db = withDatabase();
const app = withApp(
  () => db.database,
  isLong ? {} : { patience: { head: 1_000, request: 1_000, silence: 1_500 } },
);
let key = '';
beforeAll(async () => {
  const workspace = await db.newWorkspace();
  const hand = { workspace, actor: { kind: 'system' } } as const;
  const made = await db.database.inWorkspace(workspace, (tx) =>
    makeWriteKey(tx, hand, { name: 'Server', trust: 'server' }, Date.now()),
  );
  key = made.key;
});

const open = new Set<Socket>();
afterEach(() => {
  for (const socket of open) socket.destroy();
  open.clear();
});

type Line = { socket: Socket; heard: () => string; ended: Promise<void> };

function dial(): Line {
  const socket = connect(app.port, '127.0.0.1');
  open.add(socket);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined); // it is ended all the same
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { socket, heard: () => text, ended };
}

const HEAD = 'POST /v1/track HTTP/1.1\r\nHost: x\r\n';

/** What a client sends, and then goes on sending; nothing where it falls silent. */
type Slow = { first: string; drip: string };
const slow: Record<string, Slow> = {
  'says nothing': { first: '', drip: '' },
  'stops in the head': { first: HEAD, drip: '' },
  'sends the head letter by letter': { first: `${HEAD}X-Slow: `, drip: 'x' },
  'stops in the body': { first: `${HEAD}Content-Length: 1000\r\n\r\n{`, drip: '' },
  'sends the body letter by letter': { first: `${HEAD}Content-Length: 1000\r\n\r\n{`, drip: ' ' },
  'sends chunk by chunk': { first: `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, drip: '1\r\n \r\n' },
};

async function trickle({ first, drip }: Slow): Promise<string> {
  const { socket, heard, ended } = dial();
  socket.write(first);
  const timer = setInterval(() => drip !== '' && socket.writable && socket.write(drip), 200);
  await ended;
  clearInterval(timer);
  return heard();
}

let sent = 0;
const post = (): Promise<Response> =>
  fetch(`${app.origin}/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, connection: 'close' },
    body: JSON.stringify({ type: 'track', event: 'Page Read', userId: 'u1', messageId: `slow-${sent++}` }),
  });

const livez = (): Promise<Response> => fetch(`${app.origin}/livez`, { headers: { connection: 'close' } });

it(`${SOCKETS} who send slowly hold nobody up, and all are let go, and told why while they send`, async () => {
  const ways = Object.values(slow);
  const all = Promise.all(Array.from({ length: SOCKETS }, (_, i) => trickle(ways[i % ways.length]!)));
  while ((await app.connections()) < SOCKETS) await pause(10);
  const [alive, stored] = await Promise.all([livez(), post()]);
  expect([alive.status, stored.status]).toEqual([200, 200]);
  for (const [i, heard] of (await all).entries())
    if (ways[i % ways.length]!.drip !== '' || heard !== '') expect(heard).toMatch(/^HTTP\/1\.1 408 /);
}, 60_000);

it('one who asks for much and reads nothing of it is let go', async () => {
  const settle = async (count: number): Promise<void> => {
    while ((await app.connections()) !== count) await pause(20);
  };
  await settle(0);
  const { socket, heard, ended } = dial();
  socket.pause();
  socket.write('GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(100));
  await settle(1);
  expect((await livez()).status).toBe(200);
  await settle(0);
  socket.resume();
  await ended;
  expect(heard()).toMatch(/^HTTP\/1\.1 200 /);
  expect(heard().match(/HTTP\/1\.1 200 /g)!.length).toBeLessThan(100);
}, 60_000);

describe('what could be read as two different requests', () => {
  const NEXT = 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n';
  const chunked = `0\r\n\r\n${NEXT}`;
  it.each([
    ['a length and chunks', `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`],
    ['chunks and a length', `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${chunked}`],
    ['two lengths', `${HEAD}Content-Length: 0\r\nContent-Length: 33\r\n\r\n${NEXT}`],
    ['a list of lengths', `${HEAD}Content-Length: 0, 33\r\n\r\n${NEXT}`],
    ['a length with a sign', `${HEAD}Content-Length: +0\r\n\r\n${NEXT}`],
    ['a length that is no number', `${HEAD}Content-Length: 0x0\r\n\r\n${NEXT}`],
    ['another coding', `${HEAD}Transfer-Encoding: xchunked\r\n\r\n${chunked}`],
    ['a coding after chunks', `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n${chunked}`],
    ['a space before the colon', `${HEAD}Transfer-Encoding : chunked\r\n\r\n${chunked}`],
    [
      'a header that goes on in the next line',
      `${HEAD}X: y\r\n Transfer-Encoding: chunked\r\n\r\n${chunked}`,
    ],
    ['a chunk whose size is no number', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n${chunked}`],
    ['lines that end otherwise', `${HEAD}X: y\nTransfer-Encoding: chunked\r\n\r\n${chunked}`],
  ])('%s: refused, and nothing that follows is answered', async (_, bytes) => {
    const { socket, heard, ended } = dial();
    socket.write(bytes);
    await ended;
    expect(heard()).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard().match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
  });
});
