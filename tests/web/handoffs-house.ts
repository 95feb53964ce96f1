/** Acme at work around the clock, served to real browsers in which its people are signed in. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { makePerson } from '#features/people/persons.ts';
import type { Database } from '#platform/db/database.ts';
import { openLog } from '#platform/log.ts';
import { openOutbound } from '#platform/outbound/outbound.ts';
import { createApp } from '#server/app.ts';
import { openHouse } from '#server/house.ts';
import { findWeb } from '#server/web.ts';
import { Acme, type Name, TEXT } from '#tests/journeys/handoffs-support.ts';
import { PASSWORD } from '#tests/support/api.ts';
import { openBrowser } from '#tests/support/chromium.ts';

/** Open at every hour, so that what the clocks say hangs on no weekday. */
const AROUND_THE_CLOCK = TEXT.replace('mon-fri: 09:00-17:00', 'mon-sun: 00:00-24:00').replace(
  'holidays: [US, 2026-12-24]',
  'holidays: []',
);

export type House = {
  acme: Acme;
  /** A window of a browser of its own, in which somebody is signed in, at an address. */
  enter: (who: Name, path: string) => Promise<Page>;
  close: () => Promise<void>;
};

/** @param alter what the pact in force says otherwise */
export async function openHouseOf(
  database: Database,
  workspace: string,
  alter: (text: string) => string = (text) => text,
): Promise<House> {
  if (findWeb() === null) throw new Error('The web app is not built yet: run `npm run web` first.');
  const acme = await Acme.open(database, workspace, alter(AROUND_THE_CLOCK), Date.now());
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const log = openLog('fatal');
  const common = { database, clock: Date.now, secret: 's'.repeat(40), publicUrl, mailed: false };
  await join(acme, openHouse(common));
  const app = await createApp({
    ...common,
    log,
    outbound: openOutbound({ log, allow: ['127.0.0.1'] }),
    checks: [],
    isShort: () => false,
    isOpen: true,
  });
  await app.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) });
  const browser = await openBrowser();
  return {
    acme,
    enter: (who, path) => enter(browser, publicUrl, who, path),
    close: () => closeAll(browser, app),
  };
}

/** Everybody of Acme gets a password, as if they had followed their invitation. */
async function join({ database, workspace }: Acme, house: ReturnType<typeof openHouse>): Promise<void> {
  const members = await database.inWorkspace(workspace, (tx) =>
    tx.selectFrom('members').select(['id', 'name', 'email']).where('workspace_id', '=', workspace).execute(),
  );
  for (const { id, name, email } of members) {
    const person = await makePerson(house, { name, email, password: PASSWORD });
    await database.inWorkspace(workspace, (tx) =>
      tx
        .updateTable('members')
        .set({ person_id: person!.id, joined_at: new Date() })
        .where('workspace_id', '=', workspace)
        .where('id', '=', id)
        .execute(),
    );
  }
}

async function enter(browser: Browser, address: string, who: Name, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: address, locale: 'en-GB' });
  const answer = await context.request.post('/api/session', {
    data: { email: `${who}@acme.example`, password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(await answer.text());
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

async function closeAll(browser: Browser, app: FastifyInstance): Promise<void> {
  await browser.close();
  await app.close();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
