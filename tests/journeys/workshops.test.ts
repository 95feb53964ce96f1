/** Both teams label the same leads blind; nobody sees the other's labels before both have finished. */
import { beforeAll, expect, it } from 'vitest';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, type Name, Table } from './agreement-support.ts';
import { meet, takeIn, workUntilDone } from './verdicts-support.ts';

const db = withDatabase();
const api = withApi(db);
let table: Table;
const LEADS = 30;

type Packet = { place: number; attributes: Record<string, unknown>; label: string | null };
type Shown = {
  id: string;
  leads: number;
  packets: Packet[];
  marketing: object;
  sales: object;
  agreement: object | null;
};

beforeAll(async () => {
  table = await Table.open(api, db);
  const now = api.now;
  await meet(db.database, table.workspace, LEADS, now - DAY);
  await db.database.inWorkspace(table.workspace, (tx) =>
    tx.insertInto('lead_counters').values({ workspace_id: table.workspace, last: LEADS }).execute(),
  );
  const leads = Array.from({ length: LEADS }, (_, i) => i + 1);
  await takeIn(db.database, table.workspace, [
    ...leads.map((lead) => ({
      lead,
      at: now - DAY,
      values: {
        email: `person${lead}@buyer.example`,
        first_name: 'Ann',
        'Lead Status': 'Open',
        industry: lead % 2 === 0 ? 'steel' : 'trade',
        'account.employees': lead * 30,
      },
    })),
    ...leads.flatMap((lead) =>
      Array.from({ length: lead % 4 }, (_, i) => ({
        lead,
        at: now - i * 1000,
        type: 'page',
        properties: { path: '/pricing' },
      })),
    ),
  ]);
  await table.begin();
  await table.agree(1);
  await workUntilDone(db.database, api.now);
});

const begin = (leads = 20) => {
  api.now += 60_000;
  return table.does<Shown>('fay', 'POST /api/workshops', { name: 'Spring', leads });
};
/** Labels all of them for a side. */
async function label(
  who: Name,
  id: string,
  packets: Packet[],
  good: (packet: Packet) => boolean,
): Promise<void> {
  for (const packet of packets) {
    const given = { label: good(packet) ? 'good' : 'not_good' };
    await table.does(who, `PUT /api/workshops/${id}/labels/${packet.place}`, given);
  }
}

it('shows leads from everywhere on the range, without score, verdict or name', async () => {
  const { packets, leads } = await begin();
  expect([leads, packets.map(({ place }) => place)]).toEqual([
    20,
    Array.from({ length: 20 }, (_, i) => i + 1),
  ]);
  const said = JSON.stringify(packets);
  expect(said).not.toMatch(/person\d|Ann|Status|verdict|"fit|grade|@/);
  expect(packets[0]!.attributes).toEqual({
    industry: expect.stringMatching(/steel|trade/),
    'account.employees': expect.any(Number),
  });
  const { rows } = await db.owner.query(
    'SELECT count(DISTINCT fit + interest)::int AS scores FROM workshop_leads WHERE workspace_id = $1',
    [table.workspace],
  );
  expect(rows[0].scores).toBeGreaterThanOrEqual(4);
});

it('keeps each side’s labels from the other until both have finished, then says how far they agree', async () => {
  const { id, packets } = await begin();
  const path = `/api/workshops/${id}`;
  await label('anna', id, packets, ({ attributes }) => Number(attributes['account.employees']) > 100);
  await label('lea', id, packets, ({ attributes }) => attributes.industry === 'steel');
  expect(await table.refused('fay', `PUT ${path}/labels/1`, { label: 'good' })).toBe('403 forbidden');
  expect(await table.refused('anna', `PUT ${path}/labels/99`, { label: 'good' })).toBe('404 not_found');
  await table.does('lea', `POST ${path}/finish`, {});
  expect(await table.refused('sam', `PUT ${path}/labels/1`, { label: 'good' })).toBe('409 finished');
  const shown = await table.does<Shown>('mia', `GET ${path}`);
  expect(shown).toMatchObject({ marketing: { labelled: 20 }, sales: { labelled: null }, agreement: null });
  expect(
    shown.packets.every(
      ({ label, attributes }) => (label === 'good') === Number(attributes['account.employees']) > 100,
    ),
  ).toBe(true);
  expect((await table.does<Shown>('fay', `GET ${path}`)).packets.every((one) => one.label === null)).toBe(
    true,
  );
  expect(await table.refused('anna', `GET ${path}/result`)).toBe('409 not_open_yet');
  const seen = await db.database.inWorkspace(table.workspace, (_, query) =>
    query('SELECT FROM workshop_labels'),
  );
  expect(seen).toEqual([]);
  await table.does('anna', `POST ${path}/finish`, {});
  const result = await table.does<{
    agreement: { kappa: number; said: string };
    attributes: object[];
    leads: object[];
  }>('fay', `GET ${path}/result`);
  expect(result.agreement).toMatchObject({ n: 20, unclear: true });
  expect(result.agreement.said).toContain('Below 0.60 the words are unclear');
  expect(result.attributes[0]).toMatchObject({ attribute: 'industry', value: 'trade' });
  expect(result.leads[0]).toMatchObject({
    why: 'sample',
    verdict: expect.any(String),
    fit: expect.any(Number),
  });
});

it('is repeated, and the list shows how agreement went', async () => {
  const { id, packets } = await begin(10);
  expect(await table.refused('anna', `POST /api/workshops/${id}/finish`, {})).toBe('409 not_all_labelled');
  for (const who of ['anna', 'sam'] as const) {
    await label(who, id, packets, ({ attributes }) => attributes.industry === 'steel');
    await table.does(who, `POST /api/workshops/${id}/finish`, {});
  }
  const { items } = await table.does<{ items: { agreement: { kappa: number } | null }[] }>(
    'mia',
    'GET /api/workshops',
  );
  expect(items[0]!.agreement).toMatchObject({ kappa: 1, unclear: false });
  expect(items.length).toBeGreaterThan(1);
});
