/** From two definitions that do not know of each other to what holds, by two people in two browsers. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meet } from '#tests/journeys/verdicts-support.ts';
import { withDatabase } from '#tests/support/db.ts';
import { type House, openHouseOf } from './handoffs-house.ts';

const db = withDatabase();
const WAIT = { timeout: 30_000 };
/** A lead that read the prices once: 8 points of interest. */
const READER = 500;
/** A lead that read them twice, and was handed over for it. */
const BUYER = 501;

/** What version 1 holds interest against. */
const AGREED = 'interest: { gte: 12 }';
const GOLDEN = `golden:
  - text: Read the prices twice.
    lead: { email: gold@buyer.example, account.employees: 200 }
    activities: [{ type: page, path: /pricing, ago: 1d }, { type: page, path: /pricing, ago: 2d }]
    expect: mql
`;
/** Words that stand nowhere but in what sales writes. */
const SECRET = 'has said what they need';

let house: House;
beforeAll(async () => {
  house = await openHouseOf(db.database, await db.newWorkspace(), (text) =>
    text
      .replace('{ fit: { gte: 40 } }, { interest: { gte: 30 } }', `{ fit: { gte: 15 } }, { ${AGREED} }`)
      .replace(/golden: \[\][^\n]*\n/, GOLDEN),
  );
});
afterAll(() => house?.close());

const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor(WAIT);
const does = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click(WAIT);
const textOf = (page: Page) => page.getByRole('textbox', { name: 'The text of the pact' });

/** Writes a side's definition: what is in force, with a few words of it put otherwise. */
async function writes(page: Page, otherwise: readonly (readonly [was: string, is: string])[]) {
  await does(page, 'Version 1, in force');
  await textOf(page).waitFor(WAIT);
  let text = await textOf(page).inputValue();
  for (const [was, is] of otherwise) {
    expect(text).toContain(was);
    text = text.replace(was, is);
  }
  await textOf(page).fill(text);
  await does(page, 'Save');
  await sees(page, 'Saved. Hand it in when your side agrees with itself.');
}

async function handsIn(page: Page) {
  await does(page, 'Hand in');
  await page.getByRole('dialog').getByRole('button', { name: 'Hand in' }).click(WAIT);
}

async function takes(page: Page, clause: string, party: 'Marketing' | 'Sales') {
  const choice = page
    .getByRole('radiogroup', { name: `Which ${clause} is to hold` })
    .getByRole('radio', { name: party });
  await choice.click(WAIT);
  await choice.and(page.locator(':checked')).waitFor(WAIT); // shown a moment after the click
}

/** What a replay says: how many leads are gained, and how many are lost. */
async function replayed(page: Page, gained: string, lost: string) {
  for (const label of [`${gained} gained`, `${lost} lost`])
    await page.getByText(label, { exact: true }).waitFor(WAIT);
}

test('two private drafts become one, which is tried, mended, signed by both, and judges leads anew', async () => {
  const { acme } = house;
  const [reader] = await meet(acme.database, acme.workspace, 2, acme.now - 60_000, READER);
  const known = { 'account.employees': 200, 'account.name': 'Buyer' };
  const read = (lead: number, ago: number) =>
    ({ lead, at: acme.now - ago, type: 'page', properties: { path: '/pricing' } }) as const;
  await acme.take(
    { lead: READER, at: acme.now - 60_000, values: { ...known, email: 'reader@buyer.example' } },
    { lead: BUYER, at: acme.now - 60_000, values: { ...known, email: 'buyer@buyer.example' } },
    ...[read(READER, 30_000), read(BUYER, 30_000), read(BUYER, 20_000)],
  );
  // As the intake would have kept it.
  await acme.rows(
    `UPDATE leads SET email = CASE number WHEN ${READER} THEN 'reader' ELSE 'buyer' END || '@buyer.example'
     WHERE workspace_id = $1 RETURNING id`,
  );
  await acme.rows(`UPDATE lead_counters SET last = ${BUYER} WHERE workspace_id = $1 RETURNING last`);
  await acme.work();
  expect([await acme.stage(READER), await acme.stage(BUYER)]).toEqual(['prospect 1', 'mql 1']);
  const [before] = await acme.rows<{ id: string }>(
    'SELECT id FROM handoffs WHERE workspace_id = $1 AND lead = $2',
    BUYER,
  );

  // Each side writes its own, and sees nothing of the other's.
  const anna = await house.enter('anna', '/pact/opening');
  await does(anna, 'Begin');
  await anna.getByRole('textbox', { name: 'What is it about' }).fill('What we mean by an MQL');
  await anna.getByRole('dialog').getByRole('button', { name: 'Begin' }).click(WAIT);
  await anna.waitForURL('**/pact/opening/*-*', WAIT);
  const opening = new URL(anna.url()).pathname;
  const sam = await house.enter('sam', opening);
  await writes(sam, [
    [AGREED, 'interest: { gte: 21 }'],
    ['has a potential need', SECRET],
    ['sql_to_won: 0.25', 'sql_to_won: 0.10'],
  ]);
  await handsIn(sam);
  await sees(sam, 'Your side is in: its text stays as it is.');
  await anna.getByText('in since').waitFor(WAIT);
  await writes(anna, [[AGREED, 'interest: { gte: 6 }']]);
  expect(await anna.content()).not.toContain(SECRET);
  expect(await sam.content()).not.toContain('gte: 6 }');
  await handsIn(anna);

  // Both are in: where they differ, in words, and on whom.
  for (const page of [anna, sam]) {
    await sees(page, '0 of 3 differences are chosen.');
    await sees(page, new RegExp(SECRET));
    await sees(page, 'Expected from SQL to won: 25 % → 10 %');
    await sees(page, 'The verdict differs on 2.');
  }
  await does(sam, 'Replay both over the whole history');
  await sees(sam, 'of which 1 are MQLs by what is in force');
  await sees(sam, '1 gained, 0 lost.');
  await sees(sam, '0 gained, 1 lost.');
  await sam.getByRole('link', { name: 'reader@buyer.example' }).click(WAIT);
  await sam.waitForURL(`**/leads/${reader}`, WAIT);
  await sam.goBack();

  // One draft grows from both; what is one side's, that side chooses.
  expect(await anna.getByRole('button', { name: 'Make one draft of both' }).isDisabled()).toBe(true);
  await takes(anna, 'mql', 'Sales');
  await takes(anna, 'economics', 'Marketing');
  await takes(sam, 'sql', 'Sales');
  await sees(anna, '3 of 3 differences are chosen.');
  await does(anna, 'Make one draft of both');
  await anna.waitForURL('**/pact/drafts/2', WAIT);

  // What sales wrote breaks a golden lead: it cannot be proposed.
  const propose = anna.getByRole('button', { name: 'Propose for signing' });
  await sees(anna, '0 of 1 golden lead as agreed');
  await sees(anna, /wanted mql, found/);
  expect(await textOf(anna).inputValue()).toContain(SECRET);
  expect(await propose.isDisabled()).toBe(true);

  // Its effect, by replay.
  const show = (what: string) => anna.getByText(what, { exact: true }).click(WAIT);
  await show('Effect by replay');
  await does(anna, 'Replay it over the history');
  await replayed(anna, '0', '1');
  await anna.getByText('1 lost', { exact: true }).click(WAIT);
  await anna.getByRole('link', { name: 'buyer@buyer.example' }).waitFor(WAIT);

  // What is typed survives the page; it is mended by its card, and the text follows.
  await show('Write');
  const mql = anna.getByRole('article', { name: 'mql' });
  await mql.getByRole('button', { name: 'Change' }).click(WAIT);
  await mql.getByRole('textbox', { name: 'What interest is compared with' }).fill('6');
  await mql.getByRole('button', { name: 'Put into the draft' }).click(WAIT);
  await sees(anna, '1 of 1 golden lead as agreed');
  await anna.reload();
  await sees(anna, '1 of 1 golden lead as agreed');
  expect(await textOf(anna).inputValue()).toContain('gte: 6 }');
  await does(anna, 'Save');
  await expect.poll(() => propose.isEnabled(), WAIT).toBe(true);
  await show('Effect by replay');
  await sees(anna, 'This is of the draft as it was written before.');
  await does(anna, 'Replay again');
  await replayed(anna, '1', '0');

  // Proposed, signed by both, in force.
  await show('Write');
  await propose.click(WAIT);
  await does(anna, 'Propose');
  await anna.waitForURL('**/pact?version=2', WAIT);
  await does(anna, 'Sign for marketing');
  await sees(anna, 'It waits for the signature of sales.');
  await sam.goto('/pact?version=2');
  await does(sam, 'Sign for sales');
  await does(sam, 'Bring into force now');
  await sees(sam, 'In force. Open leads are judged anew.');
  await anna.getByRole('heading', { level: 1 }).getByText('In force').waitFor(WAIT);

  // Leads are judged anew by it; what was handed over before stays with the version it was made by.
  acme.now = Date.now();
  await acme.work();
  expect([await acme.stage(READER), await acme.stage(BUYER)]).toEqual(['mql 1', 'mql 1']);
  const moves = await acme.rows<{ cause: string; version: number }>(
    `SELECT cause, version FROM moves WHERE workspace_id = $1 AND lead = $2 AND to_stage = 'mql'`,
    READER,
  );
  expect(moves).toEqual([{ cause: 'pact', version: 2 }]);
  const [after] = await acme.rows<{ id: string }>(
    'SELECT id FROM handoffs WHERE workspace_id = $1 AND lead = $2',
    READER,
  );
  await sam.goto(`/leads/${reader}`);
  await sees(sam, /by a new version/);
  await sees(sam, /version 2/);
  for (const [handoff, version] of [
    [before!.id, 'version 1'],
    [after!.id, 'version 2'],
  ] as const) {
    await sam.goto(`/handoffs/${handoff}`);
    await sam.getByRole('link', { name: version, exact: true }).waitFor(WAIT);
  }
  await Promise.all([anna, sam].map((page) => page.context().close()));
}, 240_000);
