/** What becomes of the agreement reaches those it concerns: by mail, as they want it, and in their day. */
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Today } from '#contract/today.ts';
import { carryOutward } from '#features/integrations/carriers.ts';
import { mailCarrier } from '#features/integrations/mails/carrier.ts';
import { openLog } from '#platform/log.ts';
import { type Letter, plainText } from '#platform/mail/letter.ts';
import { outboxQueue } from '#platform/outbox/outbox.ts';
import { pumpOnce } from '#platform/outbox/pump.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, type Name, Table, TEXT } from './agreement-support.ts';

const db = withDatabase();
const api = withApi(db);
let table: Table;

beforeAll(async () => {
  table = await Table.open(api, db);
});
beforeEach(async () => {
  api.now += DAY;
  await table.begin();
  await mailed();
});

const points = (n: number) => TEXT.replace('points: 20', `points: ${n}`);
const at = (number: number, what = '') => `/api/pacts/:pact/versions/${number}${what}`;
const today = async (who: Name) => (await table.does<Today>(who, 'GET /api/today')).agreement;

/** What is sent by now: who reads what. */
async function mailed(): Promise<{ to: string[]; subject: string; text: string }[]> {
  const letters: Letter[] = [];
  const postman = {
    send: async (letter: Letter) => {
      letters.push(letter);
      return { kind: 'done' } as const;
    },
    close: async () => undefined,
  };
  const house = { ...api.house, publicUrl: 'https://leads.example' };
  const queue = outboxQueue({ mail: mailCarrier(house, postman) }, carryOutward(db.database));
  const options = { database: db.database, log: openLog('silent'), now: async () => api.now + 1_000 };
  while ((await pumpOnce(queue, options)) > 0);
  return [...Map.groupBy(letters, ({ subject }) => subject)].map(([subject, of]) => ({
    subject,
    to: of.map(({ to }) => to.address.split('.')[0]!).toSorted(),
    text: plainText(of[0]!),
  }));
}

it('a proposal, its signatures, and from when it is in force', async () => {
  await table.does('anna', `POST ${at(1, '/proposal')}`, {});
  expect(await mailed()).toMatchObject([
    { subject: 'Acme Industrial, version 1 is proposed for signing', to: ['fay', 'lea', 'sam'] },
  ]);
  expect((await today('sam'))!.versions).toMatchObject([{ number: 1, waits_for: ['marketing', 'sales'] }]);
  expect(await today('mia')).toBeNull();
  await table.sign(1, 'anna');
  const [signed] = await mailed();
  expect(signed).toMatchObject({
    subject: 'Acme Industrial, version 1 is signed by marketing',
    to: ['fay', 'lea', 'sam'],
  });
  expect(signed!.text).toContain('It waits for the signature of sales.');
  expect(signed!.text).toContain('https://leads.example/pact?version=1');
  await table.sign(1, 'sam');
  expect(await mailed()).toMatchObject([
    { subject: 'Acme Industrial, version 1 is signed by both', to: ['anna', 'fay', 'lea'] },
  ]);
  await table.does('anna', `POST ${at(1, '/in-force')}`, {});
  await table.turns();
  const [inForce] = await mailed();
  expect(inForce!.to).toEqual(['anna', 'fay', 'lea', 'mia', 'sam']);
  expect(inForce!.text).toMatch(/signed by anna\S* for marketing and sam\S* for sales, is in force/);
  expect((await today('sam'))!.versions).toEqual([]);
});

it('what changes is listed, a decline says why, and nobody is written to of what is true no more', async () => {
  await table.agree(1);
  await table.turns();
  await mailed();
  await table.draft('anna', points(25));
  await table.does('anna', `POST ${at(2, '/proposal')}`, {});
  expect((await mailed())[0]!.text).toContain('- Fit for size: 20 → 25 points');
  const { digest } = await table.version(2);
  await table.does('sam', `POST ${at(2, '/declines')}`, { digest, reason: 'Need first.' });
  const [declined] = await mailed();
  expect(declined).toMatchObject({ to: ['anna', 'fay', 'lea'] });
  expect(declined!.text).toMatch(/declined version 2 of Acme Industrial for sales: Need first\./);
  expect(await today('anna')).toMatchObject({
    versions: [],
    declined: [{ number: 2, reason: 'Need first.' }],
  });
  await table.draft('anna', points(26));
  await table.does('anna', `POST ${at(3, '/proposal')}`, {});
  await table.does('anna', `POST ${at(3, '/withdrawal')}`, {});
  expect(await mailed()).toEqual([]);
});

it('an emergency amendment is loud, and its end is told; who wants no mail of it gets none', async () => {
  await table.agree(1);
  await table.turns();
  const wants = { locale: null, zone: null, theme: 'system', mail: { version: false } };
  await table.does('lea', 'PUT /api/preferences', wants);
  await mailed();
  const until = new Date(api.now + 3 * DAY).toISOString();
  await table.does('sam', 'POST /api/pacts/:pact/amendments', {
    text: points(30),
    reason: 'Flooded.',
    until,
  });
  await table.turns();
  const [amended, ...rest] = await mailed();
  expect([amended!.to, rest]).toEqual([['anna', 'fay', 'mia'], []]);
  expect(amended!.text).toContain('was put into force by sales alone: Flooded. It lapses on');
  expect(await today('anna')).toMatchObject({ amendments: [{ number: 2, by: 'sales', note: 'Flooded.' }] });
  api.now += 4 * DAY;
  await table.turns();
  expect(await mailed()).toMatchObject([
    { subject: 'Emergency amendment of Acme Industrial has lapsed', to: ['anna', 'fay', 'mia', 'sam'] },
  ]);
  expect((await today('anna'))!.amendments).toEqual([]);
});
