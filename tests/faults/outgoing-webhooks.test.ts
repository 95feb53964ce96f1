import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery, Endpoint } from '#contract/webhooks.ts';
import { carryOutward } from '#features/integrations/carriers.ts';
import { webhookQueue } from '#features/integrations/deliveries.ts';
import { forgetSent } from '#features/integrations/forgetting.ts';
import { webhookRoutes } from '#features/integrations/routes.ts';
import { openLetters } from '#features/people/letters.ts';
import type { Caller } from '#features/people/policy.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { type Outbound, openOutbound } from '#platform/outbound/outbound.ts';
import { outboxQueue, post } from '#platform/outbox/outbox.ts';
import { pumpOnce } from '#platform/outbox/pump.ts';
import { claim } from '#platform/outbox/queue.ts';
import { withDatabase } from '../support/db.ts';
import { answer, misbehave, type Received, withReceiver } from '../support/receiver.ts';

const db = withDatabase();
const receiver = withReceiver();
const log = openLog('silent');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let now = Date.now();
let outbound: Outbound;
let caller: Caller;
let paths = 0;

beforeAll(() => {
  outbound = openOutbound({ log, allow: [receiver.host], timeout: 300 });
});
afterAll(() => outbound.close());
beforeEach(async () => {
  await db.owner.query('DELETE FROM webhook_endpoints; DELETE FROM outbox');
  const workspace = await db.newWorkspace();
  caller = {
    workspace,
    kind: 'key',
    id: newId(now),
    party: null,
    scopes: ['webhooks:read', 'webhooks:write'],
  };
});

const call = <T>(
  method: string,
  path: string,
  given: { params?: object; query?: object; body?: object } = {},
) => {
  const route = webhookRoutes(outbound).find(
    (one) => one.method === method && one.path === `/api/webhooks${path}`,
  );
  const letters = openLetters('a secret of the house', receiver.origin, false);
  const house = { database: db.database, clock: () => now, letters };
  const asked = {
    params: given.params ?? {},
    query: given.query ?? {},
    body: given.body ?? {},
    ifMatch: null,
  };
  return route!.answer(house, caller, asked) as Promise<T>;
};

type Added = Endpoint & { secret: string; path: string };
const add = async (topics = ['*']): Promise<Added> => {
  const path = `/hook/${++paths}`;
  const endpoint = await call<Endpoint & { secret: string }>('POST', '', {
    body: { url: receiver.origin + path, topics },
  });
  return { ...endpoint, path };
};
const show = async ({ id }: { id: string }): Promise<Endpoint> =>
  (await call<{ items: Endpoint[] }>('GET', '')).items.find((one) => one.id === id)!;
const deliveriesOf = async ({ id }: { id: string }, query: object = {}): Promise<Delivery[]> =>
  (await call<{ items: Delivery[] }>('GET', '/:endpoint/deliveries', { params: { endpoint: id }, query }))
    .items;

const happen = async (topic: string, payload: Record<string, unknown> = { lead: 'x' }): Promise<string> => {
  const id = newId(now);
  const { workspace } = caller;
  await db.database.inWorkspace(workspace, (_, query) =>
    post(query, workspace, [{ id, topic, payload }], now),
  );
  return id;
};
const options = () => ({ database: db.database, log, now: async () => now });
const fanOut = () => pumpOnce(outboxQueue({}, carryOutward(db.database)), options());
const send = async () => {
  await fanOut();
  return pumpOnce(webhookQueue(db.database, outbound), options());
};
const verify = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: unknown };

describe('a message', () => {
  test('goes to every endpoint that asked for its topic, signed by the standard', async () => {
    const [all, family, other] = [
      await add(),
      await add(['handoff.*', 'lead.mql']),
      await add(['lead.moved']),
    ];
    const id = await happen('handoff.offered', { handoff: 'h', lead: 'l' });
    expect(await send()).toBe(2);
    for (const { path, secret } of [all, family]) {
      const [received] = receiver.received(path);
      expect(received!.headers).toMatchObject({ 'webhook-id': id, 'content-type': 'application/json' });
      expect(verify(secret, received!)).toEqual({
        type: 'handoff.offered',
        timestamp: new Date(now).toISOString(),
        data: { handoff: 'h', lead: 'l' },
      });
      expect(() => verify(secret, { ...received!, body: `${received!.body} ` })).toThrow();
    }
    expect(receiver.received(other.path)).toEqual([]);
    expect(await deliveriesOf(all)).toMatchObject([{ standing: 'delivered', attempts: 1, status: 200 }]);
  });

  test('is fanned out once, however often that is tried', async () => {
    const endpoint = await add();
    await happen('lead.moved');
    const due = { workspace: caller.workspace, line: 'lead' };
    const queue = outboxQueue({}, carryOutward(db.database));
    const [parcel] = await claim(db.database, queue, due, 1, MINUTE, async () => now);
    await queue.carry(parcel!); // … and the process ends before it can say so
    now += MINUTE;
    await send();
    expect(receiver.received(endpoint.path)).toHaveLength(1);
  });

  test('that was sent but not recorded goes out again by the same id, with a timestamp of its own', async () => {
    const { id, path, secret } = await add();
    const message = await happen('lead.moved');
    await fanOut();
    const queue = webhookQueue(db.database, outbound);
    const [row] = await claim(
      db.database,
      queue,
      { workspace: caller.workspace, line: id },
      1,
      MINUTE,
      async () => now,
    );
    await queue.carry(row!); // … and the process ends before it can say so
    now += 2 * MINUTE;
    await send();
    const [first, second] = receiver.received(path);
    expect([first!.headers['webhook-id'], second!.headers['webhook-id']]).toEqual([message, message]);
    expect(Number(second!.headers['webhook-timestamp']) - Number(first!.headers['webhook-timestamp'])).toBe(
      120,
    );
    expect(first!.headers['webhook-signature']).not.toBe(second!.headers['webhook-signature']);
    expect(verify(secret, second!).type).toBe('lead.moved');
    now -= 3 * MINUTE;
  });

  test('is signed by both secrets for a day after a rotation, then by the new one', async () => {
    const { id, path, secret: former } = await add();
    const { secret } = await call<{ secret: string }>('POST', '/:endpoint/secrets', {
      params: { endpoint: id },
    });
    const before = now;
    await happen('lead.moved');
    await send();
    now += 24 * HOUR;
    await happen('lead.moved');
    await send();
    const [during, after] = receiver.received(path);
    now = before;
    expect(verify(former, during!)).toEqual(verify(secret, during!));
    const signatures = (one: Received) => String(one.headers['webhook-signature']).split(' ').length;
    expect([signatures(during!), signatures(after!)]).toEqual([2, 1]);
  });
});

describe('a receiver that', () => {
  const refusing: [what: string, ...Parameters<typeof answer>][] = [
    ['answers 500', 500],
    ['answers 404', 404],
    ['redirects', 301, { location: '/hook/elsewhere' }],
    ['redirects and keeps the method', 308, { location: '/hook/elsewhere' }],
  ];
  test.each(refusing)('%s is tried again on schedule', async (_, status, headers) => {
    const endpoint = await add();
    receiver.behave(endpoint.path, answer(status, headers, 'sorry\0'), answer(204));
    await happen('lead.moved');
    await send();
    expect(await deliveriesOf(endpoint)).toMatchObject([{ standing: 'waiting', attempts: 1, status }]);
    expect((await show(endpoint)).failing_since).not.toBeNull();
    now += 6_000;
    await send();
    expect(await deliveriesOf(endpoint)).toMatchObject([{ standing: 'delivered', attempts: 2, status: 204 }]);
    expect((await show(endpoint)).failing_since).toBeNull();
    expect(receiver.received('/hook/elsewhere')).toEqual([]);
  });

  test.each(['reset', 'dripHead'] as const)('gives no answer (%s) is left after the cap', async (how) => {
    const endpoint = await add();
    receiver.behave(endpoint.path, misbehave[how]);
    await happen('lead.moved');
    await send();
    const [delivery] = await deliveriesOf(endpoint);
    expect(delivery).toMatchObject({ standing: 'waiting', status: null });
    expect(delivery!.last_error).toMatch(/^No reply/);
  });

  test.each(['dripBody', 'gigabyte'] as const)(
    'says yes and does not stop talking (%s) has said yes',
    async (how) => {
      const endpoint = await add();
      receiver.behave(endpoint.path, misbehave[how]);
      await happen('lead.moved');
      const before = process.memoryUsage().rss;
      await send();
      expect(await deliveriesOf(endpoint)).toMatchObject([{ standing: 'delivered', status: 200 }]);
      expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
    },
  );

  test('is stuck holds up no other', async () => {
    const [stuck, well] = [await add(), await add()];
    receiver.behave(stuck.path, misbehave.dripHead);
    for (let i = 0; i < 6; i++) await happen('lead.moved');
    await send();
    expect(receiver.received(well.path)).toHaveLength(6);
    expect(await deliveriesOf(well, { standing: 'delivered' })).toHaveLength(6);
    expect(await deliveriesOf(stuck, { standing: 'waiting' })).toHaveLength(6);
  });

  test('is gone is sent nothing any more, until somebody enables it and asks again', async () => {
    const endpoint = await add();
    receiver.behave(endpoint.path, answer(410), answer(200));
    const from = now;
    await happen('lead.moved');
    await send();
    await happen('lead.mql');
    await send();
    expect(receiver.received(endpoint.path)).toHaveLength(1);
    expect(await show(endpoint)).toMatchObject({ disabled_why: 'It answered 410 Gone.' });
    const { rows } = await db.owner.query(
      "SELECT what, actor_kind FROM journal WHERE what LIKE '%disabled' AND workspace_id = $1",
      [caller.workspace],
    );
    expect(rows).toEqual([{ what: 'webhook_endpoint.disabled', actor_kind: 'system' }]);

    const params = { endpoint: endpoint.id };
    await expect(call('POST', '/:endpoint/tests', { params })).rejects.toMatchObject({ status: 409 });
    await call('PATCH', '/:endpoint', { params, body: { enabled: true } });
    const span = { from: new Date(from).toISOString(), until: new Date(now + 1).toISOString() };
    expect(await call('POST', '/:endpoint/replays', { params, body: span })).toEqual({ replayed: 1 });
    await send();
    const ids = receiver.received(endpoint.path).map(({ headers }) => headers['webhook-id']);
    expect(ids[1]).toBe(ids[0]);
    expect(await deliveriesOf(endpoint)).toMatchObject([{ standing: 'delivered', attempts: 1 }]);
  });

  test('fails for five days is disabled, and what waits for it is kept as failed', async () => {
    const endpoint = await add();
    receiver.behave(endpoint.path, answer(500));
    const before = now;
    await happen('lead.moved');
    await send();
    now += 5 * DAY - 1;
    await happen('lead.moved');
    await send();
    expect((await show(endpoint)).disabled_at).toBeNull();
    now += MINUTE;
    await send();
    expect(await show(endpoint)).toMatchObject({ disabled_why: 'Every try of the last 5 days failed.' });
    expect(await deliveriesOf(endpoint, { standing: 'waiting' })).toEqual([]);
    now = before;
  });

  const waits: [status: number, header: () => string, wait: number][] = [
    [429, () => '120', 120_000],
    [503, () => '7200', 7_200_000],
    [503, () => '0', 1_000],
    [429, () => '999999', DAY],
    [429, () => new Date(now + 90_000).toUTCString(), 90_000],
    [429, () => 'soon', 5_000],
    [500, () => '7200', 5_000],
  ];
  test.each(waits)('answers %i with Retry-After is heeded (%#)', async (status, header, wait) => {
    now = Math.floor(now / 1_000) * 1_000;
    const endpoint = await add();
    receiver.behave(endpoint.path, answer(status, { 'retry-after': header() }));
    await happen('lead.moved');
    await send();
    const [delivery] = await deliveriesOf(endpoint);
    const waited = Date.parse(delivery!.due_at!) - now;
    expect(waited).toBeGreaterThanOrEqual(wait);
    expect(waited).toBeLessThanOrEqual(wait * 1.1);
  });
});

describe('the routes', () => {
  test('a test message arrives whatever the topics', async () => {
    const { id, path, secret } = await add(['pact.agreed']);
    const sent = await call<Delivery>('POST', '/:endpoint/tests', { params: { endpoint: id } });
    expect(sent).toMatchObject({ topic: 'test.ping', standing: 'waiting' });
    await send();
    expect(verify(secret, receiver.received(path)[0]!).type).toBe('test.ping');
  });

  const urls = [
    'http://example.com/hook',
    'https://user:password@example.com/',
    'ftp://example.com/',
    'javascript:alert(1)',
    'nonsense',
  ];
  test.each(urls)('refuse to send to %s', async (url) => {
    await expect(call('POST', '', { body: { url, topics: ['*'] } })).rejects.toMatchObject({ status: 400 });
  });

  test.each(['leads.moved', 'lead', 'lead.', 'mail.*', 'Lead.moved', '**', ''])(
    'refuse the topic %j',
    async (topic) => {
      const body = { url: 'https://example.com/hook', topics: [topic] };
      await expect(call('POST', '', { body })).rejects.toMatchObject({ status: 400 });
    },
  );

  test('an address of our own network is refused when it is called', async () => {
    const body = { url: 'https://localhost:5432/', topics: ['*'] };
    const endpoint = await call<Endpoint>('POST', '', { body });
    await happen('lead.moved');
    await send();
    const [delivery] = await deliveriesOf(endpoint);
    expect(delivery).toMatchObject({ standing: 'failed', status: null });
    expect(delivery!.last_error).toContain('loopback');
  });

  test('show deliveries by pages, and secrets never again', async () => {
    const endpoint = await add();
    for (let i = 0; i < 5; i++) await happen('lead.moved', { i });
    await send();
    const params = { endpoint: endpoint.id };
    type Page = { items: Delivery[]; next: string | null };
    const first = await call<Page>('GET', '/:endpoint/deliveries', { params, query: { limit: '3' } });
    const rest = await call<Page>('GET', '/:endpoint/deliveries', { params, query: { cursor: first.next } });
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 2, null]);
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
    expect(JSON.stringify(await call('GET', ''))).not.toContain('whsec_');
  });

  test('know nothing of other workspaces, and let only seniors change anything', async () => {
    const endpoint = await add();
    const params = { endpoint: endpoint.id };
    caller = { ...caller, workspace: await db.newWorkspace() };
    await expect(call('DELETE', '/:endpoint', { params })).rejects.toMatchObject({ status: 404 });
    await expect(call('POST', '/:endpoint/secrets', { params })).rejects.toMatchObject({ status: 404 });
    await expect(call('POST', '/:endpoint/tests', { params })).rejects.toMatchObject({ status: 404 });
    const { workspace, id } = caller;
    caller = { workspace, kind: 'member', id, party: 'sales', rank: 'member' };
    await expect(call('DELETE', '/:endpoint', { params })).rejects.toMatchObject({ status: 403 });
    expect(await call('GET', '')).toEqual({ items: [] });
  });

  test('a webhook that is removed takes its log along', async () => {
    const endpoint = await add();
    await happen('lead.moved');
    await send();
    await call('DELETE', '/:endpoint', { params: { endpoint: endpoint.id } });
    const { rows } = await db.owner.query('SELECT FROM webhook_deliveries');
    expect(rows).toEqual([]);
  });
});

test('what went out is forgotten after 30 days; what waits is not', async () => {
  const [well, slow] = [await add(), await add()];
  receiver.behave(slow.path, answer(500));
  await happen('lead.moved');
  await send();
  await forgetSent(db.database, now + 29 * DAY);
  expect(await deliveriesOf(well)).toHaveLength(1);
  await forgetSent(db.database, now + 31 * DAY);
  expect(await deliveriesOf(well)).toEqual([]);
  expect(await deliveriesOf(slow)).toHaveLength(1);
});
