import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate as soon } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BulkSocket, CopiedAnswer } from './bulk.ts';

/** Says whatever it is told to. */
const server = createServer();
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function connected(): Promise<{ socket: BulkSocket; peer: Socket }> {
  const socket = new BulkSocket();
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [[peer]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')]);
  return { socket, peer: peer as Socket };
}

const message = (code: string, body: Uint8Array): Buffer => {
  const head = Buffer.alloc(5, code);
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
};

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.nat({ max: 600_000 }).map((n) => new Uint8Array(n).fill(n)),
);
const messages = fc.array(fc.tuple(fc.constantFrom('d', 'd', 'd', 'H', 'N', 'c', 'C'), bodies), {
  maxLength: 12,
});

test('copied data is taken whole, and everything else goes on to who listens, however it comes in', async () => {
  const { socket, peer } = await connected();
  let heard: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => heard.push(bytes));
  const ends = { 'as it was': Buffer.from('Z'), 'with what comes after': Buffer.from('afterwards') };
  await fc.assert(
    fc.asyncProperty(
      messages,
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.boolean(),
      async (sent, cuts, more) => {
        heard = [];
        const taken: Buffer[] = [];
        new CopiedAnswer(socket, (body) => taken.push(Buffer.from(body)));
        const after = more ? ends['with what comes after'] : Buffer.alloc(0);
        const all = Buffer.concat([
          ...sent.map(([code, body]) => message(code, body)),
          message('Z', ends['as it was']),
          after,
        ]);
        const others = sent.filter(([code]) => code !== 'd').map(([code, body]) => message(code, body));
        const wanted = Buffer.concat([...others, message('Z', ends['as it was']), after]);
        const places = [0, ...cuts.map((cut) => cut % all.length), all.length].toSorted((a, b) => a - b);
        for (let i = 1; i < places.length; i++) {
          peer.write(all.subarray(places[i - 1], places[i]));
          await soon();
        }
        while (heard.reduce((sum, { length }) => sum + length, 0) < wanted.length) await once(socket, 'data');
        expect(Buffer.concat(heard).equals(wanted)).toBe(true);
        const data = sent.filter(([code]) => code === 'd').map(([, body]) => body);
        expect(taken.map(({ length }) => length)).toEqual(data.map(({ length }) => length));
        expect(taken.every((body, i) => body.equals(data[i]!))).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
  socket.destroy();
});

test('with a message that is none of an answer to a COPY the connection ends', async () => {
  const { socket, peer } = await connected();
  let taken = 0;
  new CopiedAnswer(socket, () => taken++);
  peer.write(
    Buffer.concat([
      message('d', Buffer.alloc(3)),
      message('?', Buffer.alloc(3)),
      message('d', Buffer.alloc(3)),
    ]),
  );
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('answered a COPY with a message of the kind "?"');
  expect(taken).toBe(1);
});
