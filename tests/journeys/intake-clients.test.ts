/** The clients that people already use, as they come from npm, pointed here. */
import Rudder from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { expect, test } from 'vitest';
import { withApp } from '#tests/support/app.ts';
import { withDatabase } from '#tests/support/db.ts';
import { makeKey } from '#tests/support/intake.ts';

const db = withDatabase();
let short = false;
const app = withApp(() => db.database, { isShort: () => short });

async function workspaceWithKey() {
  const workspace = await db.newWorkspace();
  const { key } = await makeKey(db.database, workspace, 'server');
  const rows = <Row extends object>(sql: string): Promise<Row[]> =>
    db.database.inWorkspace(workspace, (_, query) => query<Row>(sql));
  return { key, rows };
}

/** Persons, by every name they are recognised by, with what they did. */
const persons = `
  SELECT array_agg(DISTINCT i.kind || ':' || i.value ORDER BY i.kind || ':' || i.value) AS names, r.email,
    r.attributes ->> 'first_name' AS first_name, a.name AS account,
    (SELECT count(*) FROM activities t JOIN leads o ON o.number = t.lead WHERE coalesce(o.merged_into, o.number) = r.number) AS activities
  FROM identities i JOIN leads l ON l.number = i.lead JOIN leads r ON r.number = coalesce(l.merged_into, l.number)
    LEFT JOIN accounts a ON a.id = r.account_id
  GROUP BY r.number, r.email, r.attributes, a.name ORDER BY names`;

const jane = {
  names: ['anonymous:visit-1', 'email:jane@acme.example', 'user:u1'],
  email: 'jane@acme.example',
  first_name: 'Jane',
  account: 'Acme Industrial',
  activities: 3,
};

test('@segment/analytics-node: a visitor becomes a person at a company', async () => {
  const { key, rows } = await workspaceWithKey();
  const analytics = new Analytics({ writeKey: key, host: app.origin, flushAt: 5 });
  const failures: unknown[] = [];
  analytics.on('error', (error) => failures.push(error));
  const anonymousId = 'visit-1';
  analytics.page({ anonymousId, name: 'Home', properties: { path: '/' } });
  analytics.page({ anonymousId, properties: { path: '/pricing' } });
  analytics.identify({
    anonymousId,
    userId: 'u1',
    traits: { email: 'Jane@acme.example', firstName: 'Jane' },
  });
  analytics.track({ userId: 'u1', event: 'Form Submitted', properties: { form: 'demo' } });
  analytics.group({ userId: 'u1', groupId: 'acme', traits: { name: 'Acme Industrial', employees: 600 } });
  await analytics.closeAndFlush();
  expect(failures).toEqual([]);
  expect(await rows(persons)).toEqual([jane]);
});

test('@rudderstack/rudder-sdk-node: the same, gzipped and declared a form', async () => {
  const { key, rows } = await workspaceWithKey();
  const rudder = new Rudder(key, { dataPlaneUrl: app.origin, flushAt: 20 });
  const anonymousId = 'visit-1';
  rudder.page({ anonymousId, name: 'Home', properties: { path: '/' } });
  rudder.page({ anonymousId, name: 'Pricing', properties: { path: '/pricing' } });
  rudder.identify({ anonymousId, userId: 'u1', traits: { email: 'Jane@acme.example', firstName: 'Jane' } });
  rudder.track({ userId: 'u1', event: 'Form Submitted', properties: { form: 'demo' } });
  rudder.group({ userId: 'u1', groupId: 'acme', traits: { name: 'Acme Industrial', employees: 600 } });
  await new Promise<void>((resolve, reject) => {
    rudder.flush((error?: Error) => (error ? reject(error) : resolve()));
  });
  await expect.poll(() => rows(persons), { timeout: 10_000 }).toEqual([jane]);
});

test('turned away for a while, a client comes back and nothing is lost', async () => {
  const { key, rows } = await workspaceWithKey();
  const analytics = new Analytics({ writeKey: key, host: app.origin, flushAt: 3 });
  const failures: unknown[] = [];
  analytics.on('error', (error) => failures.push(error));
  short = true;
  for (let i = 0; i < 3; i++) analytics.track({ userId: 'u1', event: `Event ${i}` });
  const flushed = analytics.closeAndFlush({ timeout: 30_000 });
  await expect.poll(retries, { timeout: 20_000 }).toBe(0);
  short = false;
  await flushed;
  expect(failures).toEqual([]);
  expect(await rows('SELECT type FROM activities ORDER BY type')).toEqual([
    { type: 'Event 0' },
    { type: 'Event 1' },
    { type: 'Event 2' },
  ]);
  expect(await retries()).toBe(1);
});

/** How many requests said that they were retries, once one was turned away. */
async function retries(): Promise<number | null> {
  const text = await (await fetch(`${app.origin}/metrics`)).text();
  const value = (name: string): number =>
    Number(new RegExp(`^${name}(?:{[^}]*})? (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return value('leadpact_ingest_turned_away_total') > 0 ? value('leadpact_ingest_retries_total') : null;
}
