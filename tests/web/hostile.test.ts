/**
 * What strangers send is shown as they sent it and does nothing: every screen is gone to in a real browser with markup
 * and script in names, titles, campaigns, clauses and messages. And what another site makes a browser do here is
 * refused.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Screen, screens, type Who } from '#tests/screens/list.ts';
import { withDatabase } from '#tests/support/db.ts';
import type { Name } from '../journeys/handoffs-support.ts';
import { type House, openHouseOf } from './handoffs-house.ts';

const db = withDatabase();
const WAIT = { timeout: 60_000 };

const image = '<img src=x onerror="globalThis.executed=1">';
const script = '"><script>globalThis.executed=1</script>';
const drawing = "'><svg/onload=globalThis.executed=1>";
const address = 'javascript:globalThis.executed=1//';
const template = "{{constructor.constructor('globalThis.executed=1')()}}";

/** Whoever of Acme stands where somebody of the demo company does. */
const asOf: Partial<Record<Who, Name>> = {
  'sales:member': 'bo',
  'sales:manager': 'sam',
  'marketing:manager': 'anna',
  'facilitator:manager': 'fay',
};

let house: House;
let handoff: string;
let lead: string;
beforeAll(async () => {
  const clauses = (text: string): string =>
    text
      .replace('text: 51 to 1000 employees.', `text: ${JSON.stringify(image)}`)
      .replace('text: Read the pricing page.', `text: ${JSON.stringify(script)}`)
      .replace('text: Not our kind of company or person.', `text: ${JSON.stringify(drawing)}`);
  house = await openHouseOf(db.database, await db.newWorkspace(), clauses);
  const { acme } = house;
  const told = {
    first_name: image,
    last_name: script,
    title: template,
    source: drawing,
    website: address,
    'account.name': image,
    'account.employees': '200',
    [script]: script,
  };
  const made = await acme.offered(told);
  ({ handoff, id: lead } = made);
  const page = { path: `/pricing${script}`, title: image, referrer: address, utm_source: drawing };
  await acme.take({ lead: made.lead, at: acme.now, type: 'page', properties: page });
  await acme.take({ lead: made.lead, at: acme.now, type: image, properties: { [drawing]: script } });
  // As the intake would have kept them.
  await acme.rows(
    `UPDATE leads SET source = $3, attributes = $4::jsonb WHERE workspace_id = $1 AND number = $2 RETURNING id`,
    made.lead,
    drawing,
    JSON.stringify({ ...told, name: image }),
  );
  await acme.rows(
    "UPDATE members SET name = $2 WHERE workspace_id = $1 AND name = 'cy' RETURNING id",
    drawing,
  );
  for (const [about, id] of [
    ['handoff', handoff],
    ['lead', lead],
  ])
    await acme.call('anna', `POST /api/threads/${about}/${id}/messages`, { kind: 'message', body: script });
  const period = { from: '2026-01-01', to: '2026-12-31' };
  await acme.call('anna', 'POST /api/campaigns', {
    name: image,
    source: drawing,
    costs: [{ ...period, amount: 10, currency: 'EUR' }],
  });
  await acme.call('sam', 'POST /api/views', { noun: 'leads', name: script, shared: true });
  await acme.work();
});
afterAll(() => house?.close());

/** Everything that would have run, and everything the page's policy had to stop. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('dialog', async (dialog) => {
    faults.push(`a dialog said ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('console', (said) => {
    if (/content security policy/i.test(said.text())) faults.push(said.text());
  });
  page.on('pageerror', (error) => faults.push(`it threw ${error.message}`));
  return faults;
}

async function goes(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('h1, [role="alert"]').first().waitFor(WAIT);
  await page.waitForFunction(
    () => document.querySelector('main [aria-busy="true"], #root > [aria-busy="true"]') === null,
    undefined,
    WAIT,
  );
}

/** What became of what was sent. Runs in the page. */
const grown = (): string[] => [
  ...('executed' in globalThis ? ['it ran'] : []),
  ...[
    ...document.querySelectorAll('img[src="x"], [onerror], [onload], a[href^="javascript:" i], main script'),
  ].map(({ outerHTML }) => `it became an element: ${outerHTML.slice(0, 80)}`),
];

async function addressOf(page: Page, { at }: Screen): Promise<string | null> {
  if (typeof at === 'string') return at;
  const get = async (path: string): Promise<unknown> => (await page.request.get(path)).json();
  const { origin } = new URL(page.url());
  return at({ address: origin, get, open: async () => page.context(), close: async () => undefined });
}

for (const [who, name] of Object.entries(asOf)) {
  test(`nothing runs on any screen of ${who}`, async () => {
    const page = await house.enter(name, '/');
    const faults = watch(page);
    const found: Record<string, string[]> = {};
    for (const screen of screens.filter(({ as }) => as === who)) {
      const path = await addressOf(page, screen);
      if (path === null) continue;
      await goes(page, path);
      const here = [...faults.splice(0), ...(await page.evaluate(grown))];
      if (here.length > 0) found[screen.name] = here;
    }
    expect(found).toStrictEqual({});
    await page.context().close();
  });
}

test('what was sent is there to be read, as it was sent', async () => {
  const page = await house.enter('sam', `/leads/${lead}`);
  const reads = (text: string) => page.getByText(text).first().waitFor(WAIT);
  await page.getByRole('heading', { level: 1, name: image }).waitFor(WAIT);
  await reads(script); // said in the thread
  await goes(page, `/handoffs/${handoff}`);
  await reads(image);
  await reads(script);
  await goes(page, '/pact');
  await reads(image); // a clause
  await reads(drawing); // a reason
  await goes(page, '/settings/people');
  await reads(drawing);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('onerror');
  await page.getByRole('dialog').getByText(image).first().waitFor(WAIT);
  expect(await page.evaluate(grown)).toEqual([]);
  await page.context().close();
});

test('another site cannot act with the cookie of a visitor, nor put a page of ours into its own', async () => {
  const page = await house.enter('sam', '/');
  const { origin } = new URL(page.url());
  // Of the same host, so that the browser sends the cookie along.
  const site = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' });
    answer.end(`<!doctype html><title>Elsewhere</title><iframe src="${origin}/" title="ours"></iframe>`);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const elsewhere = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  const framed = page.waitForEvent('console', { predicate: (said) => /frame/i.test(said.text()), ...WAIT });
  await page.goto(elsewhere);
  expect((await framed).text()).toMatch(/frame-ancestors|X-Frame-Options/i);
  expect(page.frames().map((frame) => frame.url())).not.toContain(`${origin}/`);

  const target = `${origin}/api/handoffs/${handoff}/acceptance`;
  const fetched = await page.evaluate(
    (url) =>
      fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }).then(
        () => 'answered',
        () => 'refused',
      ),
    target,
  );
  expect(fetched).toBe('refused');
  const answered = page.waitForResponse(target, WAIT);
  await page.evaluate((url) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: url });
    document.body.append(form);
    form.submit();
  }, target);
  const answer = await answered;
  expect(answer.status()).toBe(403);
  // Not for want of a cookie: the browser sent it.
  expect(await answer.json()).toMatchObject({ code: 'foreign_origin' });
  expect(await house.acme.call('sam', `GET /api/handoffs/${handoff}`)).toMatchObject({ standing: 'offered' });
  await page.context().close();
  site.close();
});
