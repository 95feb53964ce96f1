/** From a draft to what holds, by two people in two browsers. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meet } from '#tests/journeys/verdicts-support.ts';
import { withDatabase } from '#tests/support/db.ts';
import { type House, openHouseOf } from './handoffs-house.ts';

const db = withDatabase();
const WAIT = { timeout: 20_000 };
/** A lead that read the prices once: 8 points of interest. */
const READER = 500;

const GOLDEN = `golden:
  - text: Read the prices twice.
    lead: { email: gold@buyer.example, account.employees: 200 }
    activities: [{ type: page, path: /pricing, ago: 1d }, { type: page, path: /pricing, ago: 2d }]
    expect: mql
`;

let house: House;
beforeAll(async () => {
  house = await openHouseOf(db.database, await db.newWorkspace(), (text) =>
    text
      .replace(
        '{ fit: { gte: 40 } }, { interest: { gte: 30 } }',
        '{ fit: { gte: 15 } }, { interest: { gte: 12 } }',
      )
      .replace(/golden: \[\][^\n]*\n/, GOLDEN),
  );
});
afterAll(() => house?.close());

const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor(WAIT);
const does = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click(WAIT);

test('a threshold is changed, tried, mended, signed by both, and judges leads anew', async () => {
  const { acme } = house;
  const [reader] = await meet(acme.database, acme.workspace, 1, acme.now - 60_000, READER);
  await acme.take(
    {
      lead: READER,
      at: acme.now - 60_000,
      values: { email: 'reader@buyer.example', 'account.employees': 200 },
    },
    { lead: READER, at: acme.now - 30_000, type: 'page', properties: { path: '/pricing' } },
  );
  await acme.work();
  expect(await acme.stage(READER)).toBe('prospect 1');

  const anna = await house.enter('anna', '/pact/drafts');
  await does(anna, 'New draft');
  await anna.getByRole('textbox', { name: 'What is it for' }).fill('Fewer views before a hand-over');
  await does(anna, 'Begin the draft');
  await anna.waitForURL('**/pact/drafts/2', WAIT);

  // By its card: too high for the golden lead.
  const text = anna.getByRole('textbox', { name: 'The text of the pact' });
  const mql = anna.getByRole('article', { name: 'mql' });
  const propose = anna.getByRole('button', { name: 'Propose for signing' });
  await mql.getByRole('button', { name: 'Change' }).click(WAIT);
  await mql.getByRole('textbox', { name: 'What interest is compared with' }).fill('21');
  await mql.getByRole('button', { name: 'Put into the draft' }).click();
  await sees(anna, '0 of 1 golden lead as agreed');
  await expect.poll(() => text.inputValue(), WAIT).toContain('gte: 21');
  await sees(anna, /wanted mql, found/);
  expect(await propose.isDisabled()).toBe(true);

  // What is typed survives the page; then it is mended in the text, and the card follows.
  await anna.reload();
  await sees(anna, '0 of 1 golden lead as agreed');
  await text.fill((await text.inputValue()).replace('gte: 21', 'gte: 6'));
  await sees(anna, '1 of 1 golden lead as agreed');
  await mql.getByText('interest is at least 6').waitFor(WAIT);
  await does(anna, 'Save');
  await expect.poll(() => propose.isEnabled(), WAIT).toBe(true);
  await propose.click();
  await does(anna, 'Propose');
  await anna.waitForURL('**/pact?version=2', WAIT);
  await does(anna, 'Sign for marketing');
  await sees(anna, 'It waits for the signature of sales.');

  const sam = await house.enter('sam', '/pact?version=2');
  await does(sam, 'Sign for sales');
  await does(sam, 'Bring into force now');
  await sees(sam, 'In force. Open leads are judged anew.');
  await anna.getByRole('heading', { level: 1 }).getByText('In force').waitFor(WAIT);

  acme.now = Date.now();
  await acme.work();
  expect(await acme.stage(READER)).toBe('mql 1');
  const moves = await acme.rows<{ cause: string; version: number }>(
    `SELECT cause, version FROM moves WHERE workspace_id = $1 AND lead = $2 AND to_stage = 'mql'`,
    READER,
  );
  expect(moves).toEqual([{ cause: 'pact', version: 2 }]);
  await sam.goto(`/leads/${reader}`);
  await sees(sam, /version 2/);
  await Promise.all([anna, sam].map((page) => page.context().close()));
}, 120_000);
