/** A newcomer's first minutes, by what is on screen alone: from the printed address to a handoff that sales accepted. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '#tests/support/chromium.ts';
import { type Leadpact, startLeadpact } from '#tests/support/leadpact.ts';

const PASSWORD = 'correct horse battery';
let leadpact: Leadpact;
let browser: Browser;

beforeAll(async () => {
  [leadpact, browser] = await Promise.all([startLeadpact(), openBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await leadpact?.stop();
});

const newWindow = async (address: string): Promise<Page> => {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(address);
  return page;
};

/** Chooses as often as it takes: the page moves while what was done before arrives. */
async function choose(page: Page, list: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: list });
  const choices = page.getByRole('option', { name: option, exact: true });
  await expect
    .poll(
      async () => {
        if ((await box.inputValue()) !== option) {
          await box.click();
          await choices.click({ timeout: 2_000 }).catch(() => undefined); // closed again: the next try opens it
        }
        return box.inputValue();
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBe(option);
}

/** Invites somebody from the first step of Get going. @returns the link that is shown to be handed over */
async function invite(page: Page, name: string, team: string): Promise<string> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('E-mail', { exact: true }).fill(`${name.toLowerCase()}@acme.example`);
  await choose(page, 'Team', team);
  await choose(page, 'Rank', 'Manager');
  await page.getByRole('button', { name: 'Invite' }).click();
  const said = page.getByText(`Give ${name} this link`);
  await said.waitFor();
  return (await said.locator('b').textContent())!;
}

/** Follows an invitation, and signs in. */
async function join(link: string, name: string): Promise<Page> {
  const page = await newWindow(link);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@acme.example`);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
  return page;
}

test('a newcomer founds a workspace, both teams sign, a lead comes in, and sales accepts it', async () => {
  const ada = await newWindow(leadpact.setup);
  await ada.getByRole('button', { name: 'Start with my own' }).click();
  await ada.getByLabel('Company').fill('Acme');
  await ada.getByLabel('Your name').fill('Ada Lovelace');
  await ada.getByLabel('Your e-mail').fill('ada@acme.example');
  await ada.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await ada.getByRole('button', { name: 'Found the workspace' }).click();
  await ada.getByRole('heading', { name: 'Get going' }).waitFor();

  const links = [await invite(ada, 'Mia', 'Marketing'), await invite(ada, 'Sam', 'Sales')];
  await ada.getByRole('button', { name: 'B2B software' }).click();
  await ada.getByRole('link', { name: 'Read it and go on' }).click();
  await ada.getByRole('button', { name: 'Propose for signing' }).click();
  await ada.getByText('It waits for the signature of marketing and of sales').waitFor();

  const [mia, sam] = [await join(links[0]!, 'Mia'), await join(links[1]!, 'Sam')];
  await mia.goto(`${leadpact.address}/pact`);
  await mia.getByRole('button', { name: 'Sign for marketing' }).click();
  await mia.getByText('It waits for the signature of sales').waitFor();
  await sam.goto(`${leadpact.address}/pact`);
  await sam.getByRole('button', { name: 'Sign for sales' }).click();
  // Ada sees both signatures without asking again.
  await ada.getByRole('button', { name: 'Bring into force now' }).click();
  await ada.locator('h1').getByText('In force').waitFor();

  const send = (path: string, body: unknown) =>
    fetch(`${leadpact.address}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${leadpact.writeKey}:`)}` },
      body: JSON.stringify(body),
    });
  const traits = {
    email: 'jane@example-works.example',
    firstName: 'Jane',
    lastName: 'Doe',
    country: 'Germany',
    company: { name: 'Works' },
  };
  expect((await send('identify', { userId: '1', traits })).status).toBe(200);
  await send('track', { userId: '1', event: 'Form Submitted', properties: { form: 'demo' } });

  await sam.goto(`${leadpact.address}/handoffs`);
  await sam
    .getByRole('button', { name: 'See what is nobody’s yet' })
    .or(sam.getByRole('link', { name: 'See what is nobody’s yet' }))
    .click();
  await sam.getByText('Jane Doe').first().click();
  await sam.getByRole('button', { name: /^Accept/ }).click();
  await sam.getByRole('button', { name: 'Undo' }).waitFor();
  await ada.goto(`${leadpact.address}/leads`);
  await ada.getByText('Jane Doe').waitFor();
  await ada.getByText('SAL', { exact: true }).waitFor();
}, 300_000);
