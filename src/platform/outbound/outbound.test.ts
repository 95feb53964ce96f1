import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '#platform/log.ts';
import { readAllowed } from './allowed.ts';
import { guardedConnector, type Resolve } from './connector.ts';
import { type Outbound, openOutbound } from './outbound.ts';

let server: Server;
let port = 0;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((question, answer) => {
    asked.push(question.url!);
    answer.writeHead(question.url === '/away' ? 301 : 200, { location: '/elsewhere' }).end('hello');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.2', ready));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const using = async <T>(
  options: { allow?: string[]; resolve?: Resolve },
  work: (o: Outbound) => Promise<T>,
) => {
  const outbound = openOutbound({ log: openLog('silent'), ...options });
  try {
    return await work(outbound);
  } finally {
    await outbound.close();
  }
};

const refused = [
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.1:5432/',
  'http://example.com/',
  'https://user:secret@example.com/',
  'ftp://example.com/',
  'no url',
];
test.each(refused)('does not call %s', async (url) => {
  await expect(using({}, ({ post }) => post(url, {}, ''))).rejects.toMatchObject({ name: 'OutboundRefused' });
});

const answers: [what: string, addresses: string[]][] = [
  ['a private address', ['10.0.0.1']],
  ['loopback among others', ['93.184.216.34', '127.0.0.1']],
  ['an IPv4 address in IPv6', ['::ffff:10.0.0.1']],
  ['metadata', ['169.254.169.254']],
];
test.each(answers)('does not call a name that stands for %s', async (_, addresses) => {
  const call = using({ resolve: async () => addresses }, ({ post }) =>
    post('https://hooks.example/', {}, ''),
  );
  await expect(call).rejects.toThrow(/^hooks\.example is not called: /);
});

test('goes to the address it looked at, whatever the name answers next', async () => {
  const flipping = ['127.0.0.2', '127.0.0.1', '127.0.0.1'];
  const resolve: Resolve = async () => [flipping.shift()!];
  const agent = new Agent({ connect: guardedConnector(readAllowed(['127.0.0.2/32']), resolve, 1_000) });
  const url = `http://rebinding.example:${port}/checked`;
  expect((await request(url, { dispatcher: agent })).statusCode).toBe(200);
  expect(flipping).toHaveLength(2);
  await agent.close();

  const later = new Agent({ connect: guardedConnector(readAllowed(['127.0.0.2/32']), resolve, 1_000) });
  await expect(request(url, { dispatcher: later })).rejects.toThrow('127.0.0.1 is loopback');
  await later.close();
});

test('tries the next address when one does not answer', async () => {
  const resolve: Resolve = async () => ['127.0.0.3', '127.0.0.2'];
  const allow = [`hooks.internal:${port}`];
  const reply = await using({ allow, resolve }, ({ post }) =>
    post(`http://hooks.internal:${port}/next`, {}, 'x'),
  );
  expect(reply).toMatchObject({ status: 200, body: 'hello' });
});

test('a redirect is a reply, and nothing is asked of where it points', async () => {
  const allow = ['127.0.0.2'];
  const reply = await using({ allow }, ({ post }) => post(`http://127.0.0.2:${port}/away`, {}, 'x'));
  expect(reply.status).toBe(301);
  expect(asked).not.toContain('/elsewhere');
});
