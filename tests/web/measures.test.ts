/** Numbers of the measures, opened in a real browser: behind each there are exactly as many rows as it says. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlace, type Place } from '#tests/screens/place.ts';

/** A day so many before today. */
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const WAIT = { timeout: 30_000 };

let place: Place;
let window: BrowserContext;
let page: Page;
beforeAll(async () => {
  place = await openPlace(true);
  window = await place.open('facilitator:manager', { viewport: { width: 1440, height: 900 } });
  page = await window.newPage();
}, 300_000);
afterAll(() => place?.close());

/** Reads on to the end of the rows that lie open. @returns how many there are */
async function readRows(): Promise<number> {
  const drawer = page.getByRole('dialog');
  const rows = drawer.getByRole('list', { name: 'Rows' }).getByRole('listitem');
  const none = drawer.getByText('There are none.');
  const more = drawer.getByRole('button', { name: 'Show the next' });
  await rows.first().or(none).waitFor(WAIT);
  for (;;) {
    const before = await rows.count();
    if (!(await more.isVisible())) return before;
    await more.click();
    await expect.poll(() => rows.count(), WAIT).toBeGreaterThan(before);
  }
}

test('every number of the scorecard opens into as many rows as it says', async () => {
  await page.goto(`${place.address}/measures`);
  await page.locator('[data-measure="sales_score"]').waitFor(WAIT);
  const numbers = page.locator('[data-measure] [data-count]');
  const all = await numbers.count();
  expect(all).toBeGreaterThan(12);
  for (let i = 0; i < all; i++) {
    const number = numbers.nth(i);
    const said = await number.getAttribute('aria-label');
    const count = Number(await number.getAttribute('data-count'));
    await number.click();
    expect({ said, rows: await readRows() }).toEqual({ said, rows: count });
    await page.getByRole('button', { name: 'Close the rows' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached', ...WAIT });
  }
}, 180_000);

test('a row leads to its lead', async () => {
  await page.goto(`${place.address}/measures`);
  await page.locator('[data-measure="won_value"] [data-count]').first().click();
  const row = page
    .getByRole('list', { name: 'Rows' })
    .getByRole('listitem')
    .first()
    .getByRole('link')
    .first();
  const name = await row.textContent(WAIT);
  await row.click();
  await page.getByRole('heading', { level: 1, name: name! }).waitFor(WAIT);
});

test('the slow Friday is what the curve of speed says first', async () => {
  await page.goto(`${place.address}/measures/speed?from=${ago(560)}&to=${ago(0)}`);
  const figure = page
    .getByRole('figure')
    .filter({ hasText: 'By day of the week: Friday: half of those touched' });
  await figure.waitFor(WAIT);
  await figure.getByRole('button', { name: 'Table' }).click();
  expect(await figure.getByRole('rowheader').allTextContents()).toContain('Friday');
});

test('what misalignment costs is worked out for somebody who is not signed in', async () => {
  const stranger = await window.browser()!.newContext({ locale: 'en-GB' });
  const visit = await stranger.newPage();
  await visit.goto(`${place.address}/cost?currency=EUR&average_deal=10000`);
  // 60 × 6 % × 10,000 + 80 × 3 % × 10,000 + 100 × (0.75 × 60 + 120) + 40 × 2 % × 10,000
  await visit.getByRole('heading', { name: /€84,500 a month/ }).waitFor(WAIT);
  await visit.getByLabel('Leads nobody ever called').fill('0');
  await visit.getByRole('heading', { name: /€48,500 a month/ }).waitFor(WAIT);
  expect(visit.url()).toContain('untouched=0');
  await stranger.close();
});
