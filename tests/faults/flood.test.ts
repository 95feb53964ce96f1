/**
 * One workspace sends, and has to be folded, far more than there is room for (F71): the others take turns with it, and
 * find room. What is held to are counts and turns, not times.
 */
import { beforeEach, expect, it } from 'vitest';
import { Overloaded } from '#features/intake/group-commit.ts';
import { tellers } from '#features/verdicts/handlers.ts';
import { openLog } from '#platform/log.ts';
import { workThrough } from '#server/worker.ts';
import { agree, hire, meet, takeIn, writable } from '#tests/journeys/verdicts-support.ts';
import { withApi } from '#tests/support/api.ts';
import { attribute, buildPact, clause, did, HOUR, interest, lane, profile } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { makeKey, openIntake } from '#tests/support/intake.ts';

const db = withDatabase();
/** How often a caller may ask. */
const QUOTA = 20;
const api = withApi(db, QUOTA);
let loud = '';
let quiet = '';

beforeEach(async () => {
  [loud, quiet] = [await db.newWorkspace(), await db.newWorkspace()];
});

const eventOf = (n: number) => ({ type: 'track', event: 'Page Read', userId: 'u1', messageId: `f${n}` });

it('events of another are taken, in their turn, while those of one that sends too much are put off', async () => {
  const intake = openIntake(db.database);
  const [loudKey, quietKey] = [
    await makeKey(db.database, loud, 'server'),
    await makeKey(db.database, quiet, 'server'),
  ];
  let sent = 0;
  const send = (key: typeof loudKey): Promise<'taken' | 'put off'> => {
    const body = eventOf(sent++);
    return intake.take(key, body, 'track', JSON.stringify(body).length).then(
      () => 'taken',
      (error) => {
        if (error instanceof Overloaded) return 'put off';
        throw error;
      },
    );
  };
  const settled = { taken: 0, 'put off': 0 };
  const flood = Array.from({ length: 12_000 }, async () => {
    settled[await send(loudKey)]++;
  });
  // Everything of the flood has knocked before the others come.
  while (settled['put off'] === 0) await new Promise((go) => setImmediate(go));
  const before = settled.taken;
  const others = await Promise.all(Array.from({ length: 50 }, () => send(quietKey)));
  expect(others).toEqual(others.map(() => 'taken'));
  // Two lots of 200 may have been under way when they came, and one of each writer comes in between.
  expect(settled.taken - before).toBeLessThanOrEqual(5 * 200);
  await Promise.all(flood);
  expect(settled.taken).toBeGreaterThan(5 * 200);
  expect(settled['put off']).toBeGreaterThan(0);
  await intake.drain();
  const { rows } = await db.owner.query(
    'SELECT workspace_id AS id, count(*)::int AS n FROM activities WHERE workspace_id IN ($1, $2) GROUP BY 1',
    [loud, quiet],
  );
  expect(new Map(rows.map(({ id, n }) => [id, n]))).toEqual(
    new Map([
      [loud, settled.taken],
      [quiet, 50],
    ]),
  );
}, 60_000);

it('leads of another are folded between two lots of one that has many', async () => {
  const begun = Date.now() - HOUR;
  const pact = writable(
    buildPact({
      profile: [profile('kind', 40, attribute('kind', { is: 'x' }))],
      interest: [interest('page', 10)],
      mql: clause({ interest: { gt: 65 } }),
      fast_lanes: [lane('form', did('form'))],
    }),
  );
  const page = (lead: number) => ({ lead, at: begun + 60_000, type: 'page', properties: {} });
  for (const [workspace, leads] of [
    [loud, 300],
    [quiet, 3],
  ] as const) {
    await agree(db.database, await hire(db.database, workspace), pact, begun);
    await meet(db.database, workspace, leads, begun);
    await takeIn(
      db.database,
      workspace,
      Array.from({ length: leads }, (_, n) => page(n + 1)),
    );
  }
  const waiting = async (workspace: string): Promise<number> => {
    const text = 'SELECT count(*)::int AS n FROM dirty_leads WHERE workspace_id = $1';
    return (await db.owner.query(text, [workspace])).rows[0].n;
  };
  expect([await waiting(loud), await waiting(quiet)]).toEqual([300, 3]);
  await workThrough({ database: db.database, log: openLog('silent'), handlers: tellers, most: 20 });
  expect([await waiting(loud), await waiting(quiet)]).toEqual([280, 0]);
});

it('who asks too often is put off, and nobody else', async () => {
  const [one, other] = [await api.key(loud, ['leads:read']), await api.key(quiet, ['leads:read'])];
  const ask = async (headers: typeof one) => (await api.as(headers)('GET', '/api/leads')).status;
  const flood = await Promise.all(Array.from({ length: 3 * QUOTA }, () => ask(one)));
  expect(flood.filter((status) => status === 200)).toHaveLength(QUOTA);
  expect(flood.filter((status) => status === 429)).toHaveLength(2 * QUOTA);
  expect(await ask(other)).toBe(200);
});
