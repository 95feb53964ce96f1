/** How both teams come to terms, in real browsers: chosen anew, labelled blind, declined, merged, amended, reviewed. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { takeTurns } from '#features/pacts/turning.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#tests/support/db.ts';
import type { Name } from '../journeys/handoffs-support.ts';
import { type House, openHouseOf } from './handoffs-house.ts';

const db = withDatabase();
const WAIT = { timeout: 30_000 };
const LEADS = 6;

let house: House;
/** The pact, and the windows of the two who lead their teams. */
let pact = '';
let anna: Page;
let sam: Page;

beforeAll(async () => {
  house = await openHouseOf(db.database, await db.newWorkspace());
  const { acme } = house;
  for (let i = 0; i < LEADS; i++)
    await acme.arrive({ industry: i % 2 === 0 ? 'steel' : 'trade', 'account.employees': (i + 1) * 40 });
  await acme.rows(`UPDATE lead_counters SET last = ${LEADS} WHERE workspace_id = $1 RETURNING last`);
  await acme.work();
  const { items } = await acme.call('fay', 'GET /api/pacts');
  pact = (items as { id: string }[])[0]!.id;
  anna = await house.enter('anna', '/pact');
  sam = await house.enter('sam', '/pact');
});
afterAll(() => house?.close());
beforeEach(() => {
  house.acme.now = Date.now();
});

type Within = Page | Locator;
const sees = (page: Within, text: string | RegExp) => page.getByText(text).first().waitFor(WAIT);
const button = (page: Within, name: string) => page.getByRole('button', { name, exact: true });
const does = (page: Within, name: string) => button(page, name).click(WAIT);
const dialog = (page: Page) => page.getByRole('dialog');

type Version = { number: number; digest: string };
const versions = () => `/api/pacts/${pact}/versions`;
/** The text in force. */
async function textNow(): Promise<string> {
  const { items } = await house.acme.call('fay', 'GET /api/pacts');
  const [{ versions: all } = { versions: [] }] = items as { versions: (Version & { standing: string })[] }[];
  const { number } = all.find(({ standing }) => standing === 'in_force')!;
  return (await house.acme.call('fay', `GET ${versions()}/${number}`)).text as string;
}
/** Drafts what is in force with some words of it put otherwise. */
async function drafts(who: Name, was: RegExp, is: string): Promise<Version> {
  const text = await textNow();
  expect(text).toMatch(was);
  const drafted = await house.acme.call(who, `POST ${versions()}`, { text: text.replace(was, is), note: is });
  return drafted as unknown as Version;
}
const proposes = ({ number }: Version) => house.acme.call('anna', `POST ${versions()}/${number}/proposal`);

test('what neither side has right is written anew', async () => {
  const { acme } = house;
  const { id } = await acme.call('fay', 'POST /api/openings', { name: 'Next year', pact });
  const text = await textNow();
  for (const [who, interest] of [
    ['anna', 12],
    ['sam', 60],
  ] as const) {
    const own = text.replace('gte: 30', `gte: ${interest}`);
    expect(own).not.toBe(text);
    await acme.call(who, `PUT /api/openings/${id}/text`, { text: own, revision: 0 });
    await acme.call(who, `POST /api/openings/${id}/handing-in`);
  }
  await anna.goto(`/pact/opening/${id}`);
  await does(anna, 'Neither: write it anew');
  await anna.getByRole('textbox', { name: 'What interest is compared with' }).fill('25');
  await does(dialog(anna), 'Take this');
  await sees(anna, 'written anew, like neither side');
  await does(anna, 'Make one draft of both');
  await anna.waitForURL('**/pact/drafts/*', WAIT);
  const written = anna.getByRole('textbox', { name: 'The text of the pact' });
  await expect.poll(() => written.inputValue(), WAIT).toContain('interest: { gte: 25 }');
}, 120_000);

test('two teams label the same leads blind, and are told where they part and whether it gets better', async () => {
  const { acme } = house;
  await anna.goto('/pact/workshop');
  await does(anna, 'New workshop');
  await anna.getByRole('textbox', { name: 'What is it called' }).fill('First quarter');
  await anna.getByRole('textbox', { name: 'How many leads' }).fill(String(LEADS));
  await does(dialog(anna), 'Pick the leads');
  await anna.waitForURL('**/pact/workshop/*-*', WAIT);
  await sam.goto(new URL(anna.url()).pathname);
  // Marketing likes steel alone, sales everything.
  const labels = async (page: Page, isGood: (said: string) => boolean) => {
    for (let at = 1; at <= LEADS; at++) {
      const card = page.getByRole('heading', { name: `Lead ${at} of ${LEADS}` });
      await card.waitFor(WAIT);
      await page.keyboard.press(isGood((await page.getByRole('main').textContent()) ?? '') ? 'y' : 'n');
      await sees(page, `${at} of ${LEADS} labelled`);
    }
    await does(page, 'We have finished');
  };
  await labels(anna, (said) => said.includes('steel'));
  await sees(anna, 'Your team has finished.');
  await sees(sam, `0 of ${LEADS} labelled`);
  expect(await sam.getByText(/\d of \d labelled/).count()).toBe(1);
  await labels(sam, () => true);
  for (const page of [anna, sam]) {
    await sees(page, 'mend the words first, then the points');
    await sees(page, 'Agreement beyond chance');
    await sees(page, /95 %/);
    await page.getByRole('heading', { name: 'Where they disagree' }).waitFor(WAIT);
    await sees(page, `${LEADS} leads`);
  }
  // The next one is of one mind.
  const workshop = await acme.call('fay', 'POST /api/workshops', { name: 'Second quarter', leads: LEADS });
  for (const who of ['anna', 'sam'] as const) {
    for (let place = 1; place <= LEADS; place++)
      await acme.call(who, `PUT /api/workshops/${workshop.id}/labels/${place}`, {
        label: place % 2 === 0 ? 'good' : 'not_good',
      });
    await acme.call(who, `POST /api/workshops/${workshop.id}/finish`);
  }
  await sam.goto('/pact/workshop');
  await sam.getByRole('heading', { name: /workshop by workshop/ }).waitFor(WAIT);
  const trend = sam.getByRole('listitem').filter({ hasText: '%' });
  await expect.poll(() => sam.getByRole('link', { name: 'Second quarter' }).count(), WAIT).toBe(2);
  expect(await trend.count()).toBeGreaterThan(0);
}, 120_000);

test('a proposal is declined with a reason that the other side reads', async () => {
  const version = await drafts('anna', /points: 20/, 'points: 22');
  await proposes(version);
  await anna.goto(`/pact?version=${version.number}`);
  await sam.goto(`/pact?version=${version.number}`);
  await does(sam, 'Decline with a reason');
  await does(dialog(sam), 'Decline');
  await sees(sam, 'A reason is owed to the other party.');
  await dialog(sam).getByRole('textbox', { name: 'Why' }).fill('Size says less than need does.');
  await does(dialog(sam), 'Decline');
  await sees(anna, /declined: Size says less than need does\./);
  await sees(anna, 'It was declined. Write it anew, or let it be.');
}, 120_000);

test('a draft whose base moved is merged, and each conflict is put in words', async () => {
  const theirs = await drafts('anna', /points: 20/, 'points: 25');
  const ours = await drafts('sam', /points: 20/, 'points: 15');
  await proposes(theirs);
  for (const who of ['anna', 'sam'] as const)
    await house.acme.call(who, `POST ${versions()}/${theirs.number}/signatures`, { digest: theirs.digest });
  await house.acme.call('anna', `POST ${versions()}/${theirs.number}/in-force`);
  await sam.goto(`/pact/drafts/${ours.number}`);
  await does(sam, `Merge version ${theirs.number} in`);
  await sees(sam, 'Fit for size: 20 → 15 points');
  await sees(sam, 'Fit for size: 20 → 25 points');
  expect(await button(dialog(sam), 'Choose for each clause first').isDisabled()).toBe(true);
  await dialog(sam)
    .getByRole('radio', { name: /As in this draft/ })
    .check(WAIT);
  await does(dialog(sam), 'Merge');
  await sees(sam, `Version ${theirs.number} is merged in.`);
  await expect.poll(() => button(sam, 'Propose for signing').isEnabled(), WAIT).toBe(true);
}, 120_000);

test('an emergency amendment is loud, is signed by the other too, or lapses by itself', async () => {
  const { acme } = house;
  const first = await drafts('sam', /points: 25/, 'points: 26');
  await anna.goto('/pact');
  await sam.goto(`/pact/drafts/${first.number}`);
  await does(sam, 'Emergency amendment');
  await dialog(sam)
    .getByRole('textbox', { name: 'Why it cannot wait' })
    .fill('Four people, four hundred leads.');
  await does(dialog(sam), 'Put it into force now');
  const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'Emergency amendment in force' });
  for (const page of [anna, sam]) {
    await banner(page).waitFor(WAIT);
    await sees(banner(page), /by sales alone: Four people, four hundred leads\. It lapses on/);
  }
  await does(banner(anna), 'Sign it for marketing too');
  await Promise.all([anna, sam].map((page) => banner(page).waitFor({ ...WAIT, state: 'detached' })));

  // The next one nobody else signs.
  acme.now = Date.now();
  const until = new Date(acme.now + 5_000).toISOString();
  const text = (await textNow()).replace('points: 26', 'points: 27');
  await acme.call('sam', `POST /api/pacts/${pact}/amendments`, { text, reason: 'Still flooded.', until });
  await banner(anna).waitFor(WAIT);
  await expect
    .poll(
      async () => {
        await takeTurns({ database: acme.database, log: openLog('silent'), now: async () => Date.now() });
        return banner(anna).count();
      },
      { ...WAIT, interval: 500 },
    )
    .toBe(0);
  acme.now = Date.now();
  expect(await textNow()).toContain('points: 26');
}, 120_000);

test('a review draws its agenda from the numbers, and what it decides is a draft at once', async () => {
  const { acme } = house;
  const { items } = await acme.call('fay', 'GET /api/handoffs');
  const [one] = items as { id: string }[];
  await acme.call('sam', `POST /api/handoffs/${one!.id}/return`, { reason: 'not_fit', note: 'Too small.' });
  await sam.goto('/reviews');
  await does(sam, 'Call a review');
  await does(dialog(sam), 'Call it');
  await sam.waitForURL('**/reviews/*-*', WAIT);
  await anna.goto(new URL(sam.url()).pathname);
  for (const page of [anna, sam]) await sees(page, '1 of 1 returns accuse profile.');
  await sees(sam, /was put into force by one party and was signed by both in the end/);
  await sees(sam, /labelled|kappa|agree/i);
  await anna
    .getByRole('textbox', { name: /message|say/i })
    .first()
    .fill('Is size the right *question*?');
  await button(anna, 'Send').first().click(WAIT);
  await sees(sam, 'Is size the right *question*?');
  await does(sam, 'Study the deals');
  await sees(sam, /Not enough evidence yet: 0 won leads and 0 lost\./);
  await sam.getByRole('textbox', { name: 'Decide' }).fill('Ask for the need before the size.');
  await does(sam, 'Record it');
  await sees(anna, 'Ask for the need before the size.');
  await does(sam, 'Make a draft of it');
  const draft = sam.getByRole('link', { name: /^Version \d+$/ });
  await draft.waitFor(WAIT);
  const [file] = await Promise.all([sam.waitForEvent('download', WAIT), does(sam, 'Markdown')]);
  const minutes = await readFile(await file.path(), 'utf8');
  for (const part of [
    '# Review of',
    'Is size the right \\*question\\*?',
    '- [ ] Ask for the need before the size.',
  ])
    expect(minutes).toContain(part);
  expect(file.suggestedFilename()).toMatch(/^review-[\d-]+\.md$/);
  await draft.click(WAIT);
  await sees(sam, 'Ask for the need before the size.');
}, 120_000);
