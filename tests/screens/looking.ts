/** Looks at screens as people see them, and says what is wrong with one. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { type Screen, screens } from './list.ts';
import type { Place } from './place.ts';

const SHOTS = join(import.meta.dirname, '..', '..', '.cache', 'screens');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a screen has to show: everything, nothing yet, or that the server fails. */
export type State = 'full' | 'empty' | 'error';

type Look = {
  width: 1440 | 390;
  scheme: 'light' | 'dark';
  /** What axe looks at: all it knows, or only what the scheme can change, where the width was looked at before. */
  rules: 'all' | 'colours';
};

/** In this order, so that from one look to the next little changes. */
const looks: readonly Look[] = [
  { width: 1440, scheme: 'light', rules: 'all' },
  { width: 1440, scheme: 'dark', rules: 'colours' },
  { width: 390, scheme: 'dark', rules: 'all' },
  { width: 390, scheme: 'light', rules: 'colours' },
];
/** Each screen is opened once, and looked at from all sides. Half of the states are opened small and dark. */
const looksAt: Record<State, readonly Look[]> = {
  full: looks,
  empty: [...looks.slice(2), ...looks.slice(0, 2)],
  error: looks,
};

/** A test for everybody who looks: all their screens, one after another, each with pictures. */
export function lookAtAll(state: State, place: () => Place): void {
  mkdirSync(SHOTS, { recursive: true });
  afterAll(writeContactSheet);
  for (const who of new Set(screens.map(({ as }) => as))) {
    test(`${state}: what ${who} sees`, async () => {
      const faults: Record<string, string[]> = {};
      const context = await place().open(who, { ...sightOf(looksAt[state][0]!), reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      if (state === 'error') await failEverything(page);
      for (const screen of screens.filter(({ as }) => as === who)) {
        const found = await lookAt(page, place(), screen, state).catch((error: Error) => [
          `it could not be looked at: ${error.message}`,
        ]);
        if (found.length > 0) faults[screen.name] = found;
      }
      await context.close();
      expect(faults).toStrictEqual({});
    }, 900_000);
  }
}

const sightOf = ({ width, scheme }: Look) => ({
  viewport: { width, height: width === 390 ? 844 : 900 },
  colorScheme: scheme,
});

/** Every question but who is there is answered as a broken server answers. */
const failEverything = (page: Page): Promise<unknown> =>
  page.route(/\/api\/(?!session|events|setup)/, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        status: 500,
        code: 'internal',
        detail: 'Something went wrong here.',
        requestId: 'a1',
      }),
    }),
  );

async function lookAt(page: Page, place: Place, { name, at }: Screen, state: State): Promise<string[]> {
  const path = typeof at === 'string' ? at : await at(place);
  if (path === null) return [];
  const faults: string[] = [];
  const hear = (error: Error): void => void faults.push(`it threw ${error.message}`);
  page.on('pageerror', hear);
  const looks = looksAt[state];
  await see(page, looks[0]!);
  await page.goto(place.address + path);
  await page.waitForSelector('h1, [role="alert"]');
  await page.evaluate(axe);
  for (const look of looks) {
    await see(page, look);
    const about = `${look.width}-${look.scheme}`;
    const path = join(SHOTS, `${name.replace(/\W+/g, '-')}-${state}-${about}.jpg`);
    await page.screenshot({ path, type: 'jpeg', quality: 75, fullPage: true });
    const found = [...(await page.evaluate(outOfPlace)), ...(await inaccessible(page, look.rules))];
    faults.push(...found.map((fault) => `${about}: ${fault}`));
  }
  page.off('pageerror', hear);
  return faults;
}

/** Turns to a width and a scheme, and waits until the page has done so. */
async function see(page: Page, look: Look): Promise<void> {
  const { viewport, colorScheme } = sightOf(look);
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await page.waitForFunction(
    () =>
      document.querySelector('main [aria-busy="true"], #root > [aria-busy="true"]') === null &&
      document.getAnimations().every(({ playState, effect }) => {
        const isEndless = effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
        return isEndless || playState !== 'running';
      }),
  );
}

/** What is wider than the window, and what lies on something else. Runs in the page. */
function outOfPlace(): string[] {
  const faults: string[] = [];
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) faults.push(`it is ${wider} px wider than the window`);
  const isFloating = (element: Element): boolean => {
    for (let one: Element | null = element; one !== null; one = one.parentElement) {
      if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return true;
    }
    return false;
  };
  const controls = [...document.querySelectorAll('a, button, input, select, textarea')].filter(
    (element) =>
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !isFloating(element),
  );
  const boxes = controls.map((element) => ({ element, box: element.getBoundingClientRect() }));
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
      // The button in a field, that shows a password or empties it.
      if (a.element.closest('[class*="Input-wrapper"], [class*="InputWrapper-root"]')?.contains(b.element))
        continue;
      if (a.element.parentElement === b.element.parentElement && a.element.closest('label, [role="group"]'))
        continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 3 && down > 3 && !a.element.parentElement?.contains(b.element)) {
        faults.push(
          `"${a.element.textContent?.slice(0, 30)}" lies on "${b.element.textContent?.slice(0, 30)}"`,
        );
      }
    }
  }
  return faults;
}

type Violation = { id: string; impact: string; help: string; nodes: { target: string[] }[] };

/** What keeps somebody out, by axe, which the page has loaded: what is serious or worse. */
async function inaccessible(page: Page, rules: Look['rules']): Promise<string[]> {
  const found = await page.evaluate(
    async (only) => {
      const { axe } = globalThis as unknown as {
        axe: { run: (options: unknown) => Promise<{ violations: Violation[] }> };
      };
      const options = {
        resultTypes: ['violations'],
        preload: false,
        ...(only !== null && { runOnly: only }),
      };
      return (await axe.run(options)).violations;
    },
    rules === 'all' ? null : ['color-contrast', 'link-in-text-block'],
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.slice(0, 3).map(({ target }) => target.join(' '))})`,
    );
}

/** All pictures on one page, side by side: `.cache/screens/index.html`. */
function writeContactSheet(): void {
  const pictures = readdirSync(SHOTS)
    .filter((file) => file.endsWith('.jpg'))
    .sort();
  const figures = pictures.map(
    (file) =>
      `<figure><a href="${file}"><img src="${file}" loading="lazy" alt=""></a><figcaption>${file.replace('.jpg', '')}</figcaption></figure>`,
  );
  const style =
    'body{display:flex;flex-wrap:wrap;gap:16px;font:12px system-ui}figure{margin:0;width:300px}img{width:100%;max-height:420px;object-fit:cover;object-position:top;border:1px solid #ccc}';
  const page = `<!doctype html><meta charset="utf-8"><title>Screens</title><style>${style}</style>${figures.join('\n')}\n`;
  writeFileSync(join(SHOTS, 'index.html'), page);
}
