/** What reps and marketers do with handoffs, in a real browser on the real thing. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withDatabase } from '#tests/support/db.ts';
import { type House, openHouseOf } from './handoffs-house.ts';

const db = withDatabase();
const WAIT = { timeout: 20_000 };
const ANNS = { 'account.employees': '5000' };

let house: House;
beforeAll(async () => {
  house = await openHouseOf(db.database, await db.newWorkspace());
});
afterAll(() => house?.close());
beforeEach(() => {
  house.acme.now = Date.now();
});

/** A lead of Ann's by name, handed over. @returns the handoff's id */
async function offered(name: string): Promise<string> {
  const { acme } = house;
  const { handoff, id } = await acme.offered(ANNS);
  // As the intake would have kept it.
  await acme.rows(
    "UPDATE leads SET attributes = jsonb_build_object('name', $3::text) WHERE workspace_id = $1 AND id = $2 RETURNING id",
    id,
    name,
  );
  return handoff;
}

const standingOf = async (handoff: string): Promise<unknown> =>
  (await house.acme.call('lea', `GET /api/handoffs/${handoff}`)).standing;
const becomes = (handoff: string, standing: string) =>
  expect.poll(() => standingOf(handoff), WAIT).toBe(standing);
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor(WAIT);

test('a rep answers ten handoffs by keyboard alone', async () => {
  const { acme } = house;
  for (let i = 0; i < 10; i++) await acme.arrive(ANNS);
  await acme.work();
  const page = await house.enter('ann', '/handoffs');
  const rows = page.getByRole('list', { name: 'Handoffs' }).getByRole('listitem');
  await expect.poll(() => rows.count(), WAIT).toBe(10);
  const chosen = page.locator('li[aria-current="true"]');
  const ids: string[] = [];
  for (let i = 0; i < 8; i++) {
    const id = (await chosen.getAttribute('data-id'))!;
    ids.push(id);
    await page.keyboard.press('a');
    await chosen.getByText('Accepted').waitFor(WAIT);
    await becomes(id, 'accepted');
    await page.keyboard.press('j');
  }
  expect(new Set(ids).size).toBe(8);
  for (let i = 0; i < 2; i++) {
    const id = (await chosen.getAttribute('data-id'))!;
    ids.push(id);
    await page.keyboard.press('r');
    await page.getByRole('radio', { name: 'Not our kind of company or person.' }).waitFor(WAIT);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('type')), WAIT)
      .toBe('radio');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await becomes(id, 'returned');
    await expect.poll(() => rows.count(), WAIT).toBe(9 - i);
  }
  expect(new Set(ids).size).toBe(10);
  await page.context().close();
});

test('what was done is undone by Z', async () => {
  const handoff = await offered('Una Doe');
  const page = await house.enter('ann', `/handoffs/${handoff}`);
  await page.getByRole('button', { name: 'Accept' }).waitFor(WAIT);
  await page.keyboard.press('a');
  await sees(page, 'Accepted: Una Doe.');
  await becomes(handoff, 'accepted');
  await page.keyboard.press('z');
  await sees(page, 'Undone.');
  await becomes(handoff, 'offered');
  await page.getByRole('button', { name: 'Accept' }).waitFor(WAIT);
  await page.context().close();
});

test('a marketer finds why a lead came back, and appeals', async () => {
  const { acme } = house;
  const handoff = await offered('Mary Poe');
  await acme.call('ann', `POST /api/handoffs/${handoff}/return`, {
    reason: 'not_fit',
    note: 'They sell what we sell.',
  });
  const page = await house.enter('mia', '/');
  const line = page.getByRole('listitem').filter({ hasText: 'Mary Poe' });
  await line.getByText('Not our kind of company or person.').waitFor(WAIT);
  await line.getByText('They sell what we sell.').waitFor(WAIT);
  await line.getByText('The profile of a perfect customer').waitFor(WAIT);
  await line.getByRole('button', { name: 'Appeal' }).click();
  await page.getByRole('textbox', { name: /Why the return/ }).fill('They make pumps, by every clause.');
  // What is typed is not lost with the page.
  await page.reload();
  await line.getByRole('button', { name: 'Appeal' }).click();
  const why = page.getByRole('textbox', { name: /Why the return/ });
  await expect.poll(() => why.inputValue(), WAIT).toBe('They make pumps, by every clause.');
  await page.getByRole('dialog').getByRole('button', { name: 'Appeal' }).click();
  await line.getByText('Appealed').waitFor(WAIT);
  expect(await acme.call('lea', `GET /api/handoffs/${handoff}`)).toMatchObject({
    answers: { dispute: { text: 'They make pumps, by every clause.' } },
  });
  await line.getByRole('link', { name: 'Mary Poe' }).click();
  await sees(page, 'Appealed by mia');
  await page.context().close();
});

test('what one does the other sees, without asking anew', async () => {
  const handoff = await offered('Sue Roe');
  const [ann, mia] = await Promise.all([
    house.enter('ann', `/handoffs/${handoff}`),
    house.enter('mia', `/handoffs/${handoff}`),
  ]);
  await sees(mia, 'Waits for an answer');
  await ann.getByRole('button', { name: 'Accept' }).click();
  await sees(mia, 'Accepted by ann');
  await mia.getByRole('textbox', { name: /Write a message/ }).fill('Well done.');
  await mia.getByRole('button', { name: 'Send' }).click();
  await sees(ann, 'Well done.');
  await Promise.all([ann, mia].map((page) => page.context().close()));
});

test('of two who accept at once one is first, and the other is told who', async () => {
  const { acme } = house;
  const handoff = await offered('Tom Low');
  const [ann, lea] = await Promise.all([
    house.enter('ann', `/handoffs/${handoff}`),
    house.enter('lea', `/handoffs/${handoff}`),
  ]);
  await Promise.all([ann, lea].map((page) => page.getByRole('button', { name: 'Accept' }).waitFor(WAIT)));
  await Promise.all([ann.keyboard.press('a'), lea.keyboard.press('a')]);
  await becomes(handoff, 'accepted');
  const { owner } = await acme.call('mia', `GET /api/handoffs/${handoff}`);
  const [second, first] = owner === acme.people.ann.id ? [lea, 'ann'] : [ann, 'lea'];
  await sees(second, new RegExp(`${first} accepted it`));
  await sees(second, `Accepted by ${first}`);
  await Promise.all([ann, lea].map((page) => page.context().close()));
});
