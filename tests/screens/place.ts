/** A Leadpact of its own, as it is started by everybody, with a browser in front of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { openBrowser } from '#tests/support/chromium.ts';
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
  const data = mkdtempSync(join(tmpdir(), 'leadpact-screens-'));
  const command = ['src/cli/main.ts', 'start', '--port', '0', '--data', data, '--format', 'json'];
  const server = spawn(process.execPath, command, {
    env: { ...process.env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { address } = JSON.parse(line) as { address: string };
  const browser = await openBrowser();
  const stop = () => stopAll(browser, server, data);
  try {
    const enter = filled ? await visitor(address) : await founder(address, data);
    const open = async (who: Who, options: BrowserContextOptions): Promise<BrowserContext> => {
      const context = await browser.newContext({ ...options, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
      await enter(context, who);
      return context;
    };
    const asking = await open('facilitator:manager', {});
    const get = async (path: string): Promise<unknown> => (await asking.request.get(address + path)).json();
    return { address, open, get, close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopAll(browser: Browser, server: ChildProcess, data: string): Promise<void> {
  await browser.close();
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(data, { recursive: true, force: true });
}

type Enter = (context: BrowserContext, who: Who) => Promise<void>;

/** Has the demo company built, and enters it as one of its members. */
async function visitor(address: string): Promise<Enter> {
  await ask(address, 'POST', '/api/demo', {});
  type Demo = {
    state: string;
    error: string | null;
    members: { id: string; party: string | null; rank: string }[];
  };
  let demo: Demo;
  do {
    await new Promise((resolve) => setTimeout(resolve, 500));
    demo = (await ask(address, 'GET', '/api/demo')) as Demo;
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
async function founder(address: string, data: string): Promise<Enter> {
  const key = spawn(process.execPath, ['src/cli/main.ts', 'key', 'setup', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(key.stdout), 'line')) as [string];
  await ask(address, 'POST', '/api/setup', {
    token: line.split('#')[1],
    workspace: { name: 'Acme', zone: 'Europe/Berlin' },
    person: { name: 'Ada Lovelace', ...MEMBER },
  });
  return async (context) => {
    const answer = await context.request.post(`${address}/api/session`, { data: MEMBER });
    if (!answer.ok()) throw new Error(await answer.text());
  };
}

async function ask(address: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address + path, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.json();
}
