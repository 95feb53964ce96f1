/** From a write key to the first event, what is refused, and a file, as a manager does it in a real browser. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhookQueue } from '#features/integrations/deliveries.ts';
import { openLog } from '#platform/log.ts';
import { openOutbound } from '#platform/outbound/outbound.ts';
import { pumpOnce } from '#platform/outbox/pump.ts';
import { withDatabase } from '#tests/support/db.ts';
import { answer, withReceiver } from '#tests/support/receiver.ts';
import { type House, openHouseOf } from './handoffs-house.ts';

const db = withDatabase();
const receiver = withReceiver();
const WAIT = { timeout: 20_000 };

let house: House;
beforeAll(async () => {
  house = await openHouseOf(db.database, await db.newWorkspace());
});
afterAll(() => house?.close());

const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor(WAIT);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

/** Sends an event as a client does. */
async function send(page: Page, key: string, event: object): Promise<number> {
  const answer = await fetch(new URL('/v1/batch', page.url()), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:`)}` },
    body: JSON.stringify({ batch: [event] }),
  });
  return answer.status;
}

test('a manager makes a write key, watches events arrive, and says what becomes of a bad one', async () => {
  const page = await house.enter('fay', '/settings/keys');
  await page.getByRole('textbox', { name: 'What it is for' }).first().fill('Shop');
  await page.getByRole('radio', { name: 'For a server' }).check();
  await press(page, 'Make the write key');
  const key = /writeKey: '([^']+)'/.exec(
    (await page.getByRole('status').locator('pre').textContent(WAIT))!,
  )![1]!;

  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await sees(page, 'Nothing has arrived yet');
  const jane = { userId: 'u1', messageId: 'm1' };
  expect(
    await send(page, key, {
      ...jane,
      type: 'identify',
      traits: { email: 'jane@buyer.example', name: 'Jane Doe' },
    }),
  ).toBe(200);
  const arriving = page.getByRole('list', { name: 'Arriving now' });
  const taken = arriving.getByRole('listitem').filter({ hasText: 'identify' });
  await taken.getByText('Accepted').waitFor(WAIT);
  await taken.getByText('Shop').waitFor(WAIT);

  expect(
    await send(page, key, { userId: 'u1', messageId: 'm2', type: 'track', properties: { a: '<b>x</b>' } }),
  ).toBe(200);
  await arriving.getByText(/a track event carries its name/).waitFor(WAIT);
  const waiting = page.getByRole('list', { name: 'Quarantine' }).getByRole('listitem');
  await waiting.getByText('No event name').waitFor(WAIT);
  await waiting.getByRole('button', { name: 'Open' }).click();
  // What somebody sent is text, and nothing else.
  await waiting.getByText('"a": "<b>x</b>"').waitFor(WAIT);
  await waiting.getByRole('button', { name: 'Replay' }).click();
  await sees(page, 'Refused again');
  await waiting.getByRole('button', { name: 'Give up' }).click();
  await page.getByRole('textbox', { name: /Why/ }).fill('Sent by a test of ours.');
  await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click();
  await sees(page, 'Nothing waits');
  await page.getByText('Given up', { exact: true }).click();
  await sees(page, /Given up by fay.*Sent by a test of ours/);

  await taken.getByRole('link', { name: 'Its lead' }).click();
  await page.getByRole('heading', { level: 1, name: 'Jane Doe' }).waitFor(WAIT);
  await page.context().close();
});

test('a file goes in, and the rows that could not be taken come back with the reason', async () => {
  const page = await house.enter('fay', '/settings/data');
  await sees(page, 'Nothing was imported yet');
  const text = 'id,email,industry\n1,ada@mill.example,Steel\n2,bob@mill.example,Glass\n,,Oil\n';
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'contacts.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('textbox', { name: 'System whose ids it has' }).fill('crm');
  await press(page, 'Import');
  const line = page.getByRole('list', { name: 'Imports' }).getByRole('listitem');
  await line.getByText('Done').waitFor(WAIT);
  await line.getByText('3 rows: 2 taken, 1 refused').waitFor(WAIT);
  const [rejects] = await Promise.all([
    page.waitForEvent('download', WAIT),
    line.getByRole('link', { name: 'Refused rows' }).click(),
  ]);
  expect(rejects.suggestedFilename()).toBe('rejects.csv');
  const answer = await page.request.get(rejects.url());
  expect(await answer.text()).toContain('Oil');
  await page.context().close();
});

test('people are invited by a link where no mail is sent, and who may not change them is told who can', async () => {
  const page = await house.enter('fay', '/settings/people');
  await page.getByRole('textbox', { name: 'Name' }).fill('Nia New');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('nia@acme.example');
  await press(page, 'Invite');
  await sees(page, /\/invitation#/);
  const nia = page.getByRole('listitem').filter({ hasText: 'nia@acme.example' });
  await nia.getByText('Invited', { exact: true }).waitFor(WAIT);
  await page.getByRole('button', { name: 'More to do with ann', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Leaves the workspace' }).click();
  await sees(page, 'No handoff is open with them.');
  await page.context().close();

  const rep = await house.enter('bo', '/settings/people');
  await sees(rep, 'Managers invite people and change where they stand.');
  expect(await rep.getByRole('button', { name: /More to do/ }).count()).toBe(0);
  await rep.goto('/settings/keys');
  await sees(rep, 'Leads and managers of either party see which keys there are.');
  await rep.context().close();
});

test('a webhook is tried out, and what becomes of it is seen without asking', async () => {
  receiver.behave('/hooks', answer(500, {}, 'not now'), answer(200));
  const log = openLog('silent');
  const queue = webhookQueue(db.database, openOutbound({ log, allow: ['127.0.0.1'] }));
  const carry = (later: number) =>
    pumpOnce(queue, { database: db.database, now: async () => Date.now() + later, log });
  const page = await house.enter('fay', '/settings/webhooks');
  await sees(page, 'Nothing is sent anywhere yet');
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill('http://10.0.0.1/hooks');
  await press(page, 'Add');
  await page.getByText('Webhooks cannot go there', { exact: false }).waitFor(WAIT);
  expect(await page.getByText(/wanted a URL/).textContent()).toBe(
    'Webhooks cannot go there: wanted a URL that begins with https://.',
  );
  await address.fill(`${receiver.origin}/hooks`);
  await press(page, 'Add');
  await sees(page, /^whsec_/);
  await press(page, 'Test');
  const line = page.getByRole('list', { name: 'Deliveries' }).getByRole('listitem');
  await line.getByText('On its way').waitFor(WAIT);
  expect(await carry(0)).toBe(1);
  await line.getByText('It answered 500: not now').waitFor(WAIT);
  expect(await carry(60_000)).toBe(1);
  await line.getByText('Delivered').waitFor(WAIT);
  await line.getByText('2 attempts, answered 200').waitFor(WAIT);
  expect(receiver.received('/hooks')).toHaveLength(2);
  await page.context().close();
});

test('routing is tried without anything being written', async () => {
  const page = await house.enter('sam', '/settings/routing');
  await page.getByText('A made-up one').click();
  await page.getByRole('textbox', { name: 'What is known of it' }).fill('account.employees: 5000');
  await press(page, 'Who would get it');
  await page.getByText('Gets it', { exact: true }).waitFor(WAIT);
  await page.context().close();
});
