/** A Leadpact with a browser in front of it: full of a company's life, or with nothing in it yet. */
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { openBrowser } from '#tests/support/chromium.ts';
import { type Leadpact, startLeadpact } from '#tests/support/leadpact.ts';
import type { Who } from './list.ts';

const MEMBER = { email: 'ada@acme.example', password: 'correct horse battery' };

export type Place = {
  address: string;
  /** A browser window in which somebody is signed in. */
  open: (who: Who, options: BrowserContextOptions) => Promise<BrowserContext>;
  /** Asks the API as the facilitator. */
  get: (path: string) => Promise<unknown>;
  close: () => Promise<void>;
};

/** @param filled whether it holds the demo company; else a workspace in which nothing has happened yet */
export async function openPlace(filled: boolean): Promise<Place> {
  const leadpact = await startLeadpact();
  let browser: Browser | null = null;
  const close = async (): Promise<void> => {
    await browser?.close();
    await leadpact.stop();
  };
  try {
    browser = await openBrowser();
    const { address } = leadpact;
    const enter = filled ? await visitor(leadpact) : await founder(leadpact);
    const open = async (who: Who, options: BrowserContextOptions): Promise<BrowserContext> => {
      const context = await browser!.newContext({ ...options, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
      await enter(context, who);
      return context;
    };
    const asking = await open('facilitator:manager', {});
    const get = async (path: string): Promise<unknown> => (await asking.request.get(address + path)).json();
    return { address, open, get, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Enter = (context: BrowserContext, who: Who) => Promise<void>;

type Demo = {
  state: string;
  error: string | null;
  members: { id: string; party: string | null; rank: string }[];
};

/** Has the demo company built, and enters it as one of its members. */
async function visitor({ address, ask }: Leadpact): Promise<Enter> {
  await ask('POST', '/api/demo', {});
  let demo: Demo;
  do {
    await new Promise((resolve) => setTimeout(resolve, 500));
    demo = (await ask('GET', '/api/demo')) as Demo;
  } while (demo.state === 'building');
  if (demo.state !== 'ready') throw new Error(`The demo company is ${demo.state}: ${demo.error}`);
  return async (context, who) => {
    const [party, rank] = who.split(':');
    const of = demo.members.filter((one) => (one.party ?? 'facilitator') === party);
    const member = of.find((one) => one.rank === rank) ?? of[0];
    if (member === undefined) throw new Error(`There is nobody of ${party} in the demo company`);
    const answer = await context.request.post(`${address}/api/demo/session`, { data: { member: member.id } });
    if (!answer.ok()) throw new Error(await answer.text());
  };
}

/** Sets a workspace up as a newcomer does, and signs in there. */
async function founder({ address, setup, ask }: Leadpact): Promise<Enter> {
  await ask('POST', '/api/setup', {
    token: setup.split('#')[1],
    workspace: { name: 'Acme', zone: 'Europe/Berlin' },
    person: { name: 'Ada Lovelace', ...MEMBER },
  });
  return async (context) => {
    const answer = await context.request.post(`${address}/api/session`, { data: MEMBER });
    if (!answer.ok()) throw new Error(await answer.text());
  };
}
