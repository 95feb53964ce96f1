/**
 * Bodies of which we read no more than we want (F53, F54): the sender is told why, however much of them was still to
 * come, and what they send next over the same connection is answered.
 */
import { connect } from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { makeKey } from '#tests/support/intake.ts';

const db = withDatabase();
const app = withApp(() => db.database);
let authorization = '';

beforeAll(async () => {
  const { key } = await makeKey(db.database, await db.newWorkspace(), 'server');
  authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
});

/** Sent in chunks, so that nobody knows beforehand how long they are. */
const post = (path: string, type: string, ...chunks: string[]): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n${[
    ...chunks,
    '',
  ]
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    .join('')}`;

/** @returns the statuses of the answers to requests that are sent one after the other over one connection */
async function exchange(requests: readonly string[]): Promise<number[]> {
  const socket = connect(app.port, '127.0.0.1');
  let heard = '';
  const statuses = (): number[] =>
    [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const answered = new Promise<void>((resolve, reject) => {
    socket.setEncoding('utf8').on('data', (text) => {
      heard += text;
      if (statuses().length === requests.length) resolve();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`It was closed after: ${heard}`)));
  });
  for (const request of requests) socket.write(request);
  await answered.finally(() => socket.destroy());
  return statuses();
}

const large = Array.from({ length: 6 }, () => ' '.repeat(1024 * 1024));
const event = JSON.stringify({ type: 'track', event: 'Page Read', userId: 'u1' });

it.each([
  ['events', '/v1/batch', 'text/plain', 413],
  ['a request of the API', '/api/session', 'application/json', 413],
  ['a file of somebody who may send none', '/api/imports?kind=leads', 'text/csv', 401],
])('%s: refused in words, and the next is answered', async (_, path, type, status) => {
  const requests = [1, 2, 3].flatMap(() => [
    post(path, type, ...large),
    post('/v1/track', 'application/json', event),
  ]);
  expect(await exchange(requests)).toEqual([status, 200, status, 200, status, 200]);
});
