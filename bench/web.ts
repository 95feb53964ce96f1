/**
 * What somebody who works in the web app waits for, in a real browser on the service as it is run, with a workspace of
 * 100,000 leads:
 *
 * - from going to the address to Today with its content, the browser's processor slowed down to a quarter and its cache
 *   empty, the server warm
 * - from a click or a key to the frame that shows a change; and until everything that was asked for is there
 *
 *   node bench/web.ts [--leads 100000] [--activities 1000000] [--open 2000] [--rounds 7] [--slower 4]
 */
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { makePerson } from '#features/people/persons.ts';
import { openHouse } from '#server/house.ts';
import { openBrowser } from '#tests/support/chromium.ts';
import { median } from './support/measure.ts';
import { withPlace } from './support/place.ts';
import { seed, seedStates } from './support/seed.ts';
import { startService } from './support/service.ts';

const { values } = parseArgs({
  options: {
    leads: { type: 'string', default: '100000' },
    activities: { type: 'string', default: '1000000' },
    open: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '7' },
    slower: { type: 'string', default: '4' },
  },
});
const { leads, activities, open, rounds, slower } = Object.fromEntries(
  Object.entries(values).map(([name, text]) => [name, Number(text)]),
) as Record<keyof typeof values, number>;

const WHO = { email: 'sam@acme.example', password: 'correct horse battery' };
const FIRST_SCREEN = 1_500;
const A_MOMENT = 100;

type Cookie = { name: string; value: string; url: string };
type Here = { address: string; cookies: readonly Cookie[] };
type Waited = { toChange: number; toEnd: number };

/** Watches a page from inside, so that no message between processes is timed. Runs in the page, before its own code. */
function watchFromInside(): void {
  const isThere = (): boolean =>
    document.querySelector('main h1') !== null && document.querySelector('main [aria-busy="true"]') === null;
  const watch = globalThis as unknown as { shown: number | null; waiting: Promise<Waited>; wait: () => void };
  watch.shown = null;
  const look = (): void => {
    if (isThere()) watch.shown = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  /** Called before a deed: from its event to the frame after the first change, and to the last change before rest. */
  watch.wait = () => {
    watch.waiting = new Promise((resolve) => {
      const REST = 700;
      const PATIENCE = 10_000;
      let began: number | null = null;
      let changed: number | null = null;
      let last = 0;
      const begin = ({ timeStamp }: Event): void => {
        began ??= timeStamp;
      };
      for (const type of ['click', 'keydown']) addEventListener(type, begin, { capture: true, once: true });
      const observer = new MutationObserver(() => {
        if (began === null) return;
        const from = began;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            last = performance.now() - from;
            changed ??= last;
          };
          port2.postMessage(null);
        });
      });
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      const rest = setInterval(() => {
        if (began === null || changed === null) return;
        const gone = performance.now() - began;
        if (gone < last + REST && gone < PATIENCE) return;
        clearInterval(rest);
        observer.disconnect();
        resolve({ toChange: changed, toEnd: last });
      }, 50);
    });
  };
}

/** Signs in once: a browser of its own for every round brings the cookie along. */
async function signIn(address: string): Promise<Cookie[]> {
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(WHO),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers.getSetCookie().map((cookie) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie)!;
    return { name, value, url: address };
  });
}

async function enter(browser: Browser, { address, cookies }: Here): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
  });
  await context.addCookies([...cookies]);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.addInitScript(watchFromInside);
  return page;
}

const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (globalThis as unknown as { shown: number | null }).shown !== null);

async function firstScreen(browser: Browser, here: Here): Promise<number> {
  const page = await enter(browser, here);
  const tool = await page.context().newCDPSession(page);
  await tool.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto('/', { waitUntil: 'commit' });
  await settled(page);
  const took = await page.evaluate(() => (globalThis as unknown as { shown: number }).shown);
  await page.context().close();
  return took;
}

type Deed = {
  name: string;
  at: string;
  ready?: (page: Page) => Promise<unknown>;
  act: (page: Page) => Promise<unknown>;
};

const deeds: readonly Deed[] = [
  {
    name: 'open a lead from the list',
    at: '/leads',
    act: (page) => page.locator('main a[href^="/leads/"]').nth(3).click(),
  },
  {
    name: 'sort the list of leads',
    at: '/leads',
    act: (page) =>
      page
        .locator('main')
        .getByRole('button', { name: /^Grade/ })
        .first()
        .click(),
  },
  {
    name: 'switch whose handoffs',
    at: '/handoffs',
    act: (page) => page.getByText('All of sales', { exact: true }).click(),
  },
  { name: 'open the palette', at: '/leads', act: (page) => page.keyboard.press('Control+k') },
  {
    name: 'type into the palette',
    at: '/leads',
    ready: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('textbox').waitFor();
      await page.keyboard.type('ann');
      await page.waitForTimeout(1_000);
    },
    act: (page) => page.keyboard.press('a'),
  },
  { name: 'accept a handoff', at: '/handoffs?standing=offered', act: (page) => page.keyboard.press('a') },
];

async function waited(page: Page, { at, ready, act }: Deed): Promise<Waited> {
  await page.goto(at);
  await settled(page);
  await ready?.(page);
  await page.waitForTimeout(500);
  await page.evaluate(() => (globalThis as unknown as { wait: () => void }).wait());
  await act(page);
  return page.evaluate(() => (globalThis as unknown as { waiting: Promise<Waited> }).waiting);
}

function print(what: string, took: readonly number[], wanted: number | null): void {
  const [middle, worst] = [median(took), Math.max(...took)].map(Math.round);
  const verdict = wanted === null ? '' : `  wanted ≤ ${wanted} ms${middle! <= wanted ? '' : ', missed'}`;
  console.log(`${what.padEnd(52)} ${String(middle).padStart(6)} ms, at worst ${worst} ms${verdict}`);
}

await withPlace(
  async ({ running: { database }, owner, url }) => {
    const workspace = await seed(database, owner, { leads, activities });
    await seedStates(owner, workspace, leads, open);
    const house = openHouse({
      database,
      clock: Date.now,
      secret: 'x'.repeat(40),
      publicUrl: 'http://localhost',
      mailed: false,
    });
    const person = await makePerson(house, { name: 'Sam', ...WHO });
    await owner.query('UPDATE members SET person_id = $1, joined_at = now() WHERE email = $2', [
      person!.id,
      WHO.email,
    ]);
    const service = await startService(url);
    const browser = await openBrowser();
    const here = { address: service.address, cookies: await signIn(service.address) };
    try {
      const first: number[] = [];
      for (let round = -1; round < rounds; round++) {
        const took = await firstScreen(browser, here);
        if (round >= 0) first.push(took);
      }
      print(`Today, processor ${slower} × slower, nothing kept`, first, FIRST_SCREEN);
      for (const deed of deeds) {
        const page = await enter(browser, here);
        const took: Waited[] = [];
        for (let round = -1; round < rounds; round++) {
          const one = await waited(page, deed);
          if (round >= 0) took.push(one);
        }
        print(
          `${deed.name}: to a change`,
          took.map(({ toChange }) => toChange),
          A_MOMENT,
        );
        print(
          '  to the end',
          took.map(({ toEnd }) => toEnd),
          null,
        );
        await page.context().close();
      }
    } finally {
      await browser.close();
      await service.stop();
    }
  },
  { max_wal_size: '8GB' },
);
