/** Two private drafts: unseen by the other until both are in, then side by side, then one. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routesOf } from '#server/routes.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, type Name, Table, TEXT } from './agreement-support.ts';
import { meet, takeIn } from './verdicts-support.ts';

const db = withDatabase();
const api = withApi(db);
let table: Table;
let opening = '';

/** Words that stand nowhere but in what sales wrote. */
const SECRET = 'Zanzibarquartz';
const OURS = TEXT.replace('sql_to_won: 0.25', 'sql_to_won: 0.10');
const THEIRS = TEXT.replace('51 to 1000 employees.', `${SECRET} people.`)
  .replace(
    '{ fit: { gte: 40 } }, { interest: { gte: 30 } }',
    '{ fit: { gte: 10 } }, { interest: { gte: 10 } }',
  )
  .replace('and has a potential need.', 'and has said what they need.')
  .replace(/ {2}- \{ id: influencer.*\n/, '');

beforeAll(async () => {
  table = await Table.open(api, db);
  const now = api.now;
  const ids = await meet(db.database, table.workspace, 3, now - DAY);
  expect(ids).toHaveLength(3);
  await db.database.inWorkspace(table.workspace, (tx) =>
    tx.insertInto('lead_counters').values({ workspace_id: table.workspace, last: 3 }).execute(),
  );
  const known = { email: 'a@buyer.example', 'account.employees': 200 };
  const visits = Array.from({ length: 4 }, (_, i) => ({
    lead: 1,
    at: now - i,
    type: 'page',
    properties: { path: '/pricing' },
  }));
  await takeIn(db.database, table.workspace, [
    { lead: 1, at: now - DAY, values: known },
    ...visits,
    { lead: 2, at: now - DAY, values: { email: 'b@buyer.example' } },
  ]);
});

beforeEach(async () => {
  const begun = await table.does<{ id: string }>('fay', 'POST /api/openings', { name: 'Spring' });
  opening = `/api/openings/${begun.id}`;
});

const write = (who: Name, text: string, revision = 0) =>
  table.does(who, `PUT ${opening}/text`, { text, revision });
const bothIn = async () => {
  await write('anna', OURS);
  await write('lea', THEIRS);
  await table.does('sam', `POST ${opening}/handing-in`, {});
  await table.does('anna', `POST ${opening}/handing-in`, {});
};

describe('what a side wrote', () => {
  it('is read by nobody else, whatever they ask, until both are in', async () => {
    await write('lea', THEIRS);
    await write('sam', THEIRS.replace('people.', 'heads.'), 1);
    await table.does('sam', `POST ${opening}/handing-in`, {});
    const id = opening.split('/').at(-1)!;
    const reads = routesOf({ fault: () => null }).filter(({ method }) => method === 'GET');
    expect(reads.length).toBeGreaterThan(30);
    for (const who of ['anna', 'mia', 'fay'] as const) {
      for (const { path } of reads) {
        const url = path.replace(/\/:\w+/g, (step) => (step === '/:number' ? '/1' : `/${id}`));
        const found = await table.ask(who, `GET ${url}`).catch(() => ({ body: null }));
        expect(JSON.stringify(found.body), `${who} ${url}`).not.toContain(SECRET);
      }
      const shown = await table.does<object>(who, `GET ${opening}`);
      expect(shown).toMatchObject({ standing: 'writing', mine: null, texts: null, differences: null });
      for (const what of ['differences', 'leads'])
        expect(await table.refused(who, `GET ${opening}/${what}`)).toBe('409 not_open_yet');
    }
    expect(await table.does('lea', `GET ${opening}`)).toMatchObject({ mine: { revision: 2 }, texts: null });
    // Nor is it in what is told: the journal, what goes out.
    const { rows } = await db.owner.query(
      'SELECT data::text AS said FROM journal UNION ALL SELECT payload::text FROM outbox',
    );
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  }, 240_000);

  it('is kept from the other by the database itself', async () => {
    await write('lea', THEIRS);
    const seen = (party: string | null) =>
      db.database.inWorkspace(table.workspace, async (_, query) => {
        if (party !== null) await query(`SET LOCAL app.party = '${party}'`);
        const rows = await query<{ text: string }>('SELECT text FROM opening_texts');
        return rows.some(({ text }) => text.includes(SECRET));
      });
    expect(await Promise.all([seen('sales'), seen('marketing'), seen(null)])).toEqual([true, false, false]);
    const reveal = db.database.inWorkspace(table.workspace, (_, query) =>
      query('UPDATE openings SET revealed_at = now()'),
    );
    await expect(reveal).rejects.toThrow('when both are in');
  });

  it('is saved by whoever of the side read it last, and stays once handed in', async () => {
    await write('anna', OURS);
    expect(await table.refused('mia', `PUT ${opening}/text`, { text: TEXT, revision: 0 })).toBe(
      '412 changed_meanwhile',
    );
    await write('mia', TEXT, 1);
    expect(await table.refused('fay', `PUT ${opening}/text`, { text: TEXT, revision: 0 })).toBe(
      '403 forbidden',
    );
    expect(await table.refused('sam', `POST ${opening}/handing-in`, {})).toBe('409 nothing_written');
    expect(await table.refused('mia', `POST ${opening}/handing-in`, {})).toBe('403 forbidden');
    await table.does('anna', `POST ${opening}/handing-in`, {});
    expect(await table.refused('mia', `PUT ${opening}/text`, { text: TEXT, revision: 2 })).toBe(
      '409 handed_in',
    );
    expect(await table.refused('anna', `PUT ${opening}/text`, { text: 'pact: [', revision: 2 })).toBe(
      '422 not_a_pact',
    );
  });
});

describe('once both are in', () => {
  beforeEach(bothIn);

  it('they are told where they differ, in words, and on which leads', async () => {
    const shown = await table.does<{ texts: { sales: string } }>('fay', `GET ${opening}`);
    expect(shown).toMatchObject({ standing: 'choosing', differences: 5 });
    expect(shown.texts.sales).toContain(SECRET);
    const { items } = await table.does<{ items: { clause: string; kind: string; said: string[] }[] }>(
      'mia',
      `GET ${opening}/differences`,
    );
    expect(items.map(({ clause, kind }) => `${clause} ${kind}`).toSorted()).toEqual([
      'economics expectations',
      'mql qualifies',
      'profile.size criteria',
      'sql qualifies',
      'stages.influencer stages',
    ]);
    expect(items.find(({ clause }) => clause === 'economics')!.said).toEqual([
      'Expected from SQL to won: 10 % → 25 %',
    ]);
    expect(items.find(({ clause }) => clause === 'stages.influencer')).toMatchObject({ sales: null });
    const leads = await table.does<{ items: object[] }>('anna', `GET ${opening}/leads`);
    expect(leads).toMatchObject({
      judged: 3,
      of: 3,
      mqls: { marketing: 0, sales: 1, both: 0 },
      differing: 1,
      items: [{ name: expect.any(String), marketing: 'not_mql', sales: 'mql' }],
    });
  });

  it('one draft grows from them, choice by choice, each by whose it is', async () => {
    const choose = (who: Name, clause: string, take: string, more: object = {}) =>
      table.ask(who, `POST ${opening}/choices`, { clause, take, ...more });
    expect((await choose('anna', 'sql', 'marketing')).body).toMatchObject({ code: 'not_your_clause' });
    expect((await choose('anna', 'review', 'sales')).body).toMatchObject({ code: 'no_difference' });
    expect((await choose('mia', 'mql', 'sales')).status).toBe(403);
    expect((await choose('anna', 'mql', 'new', { value: { when: 'x' } })).body).toMatchObject({
      code: 'not_a_pact',
    });
    await choose('sam', 'sql', 'sales');
    expect((await choose('anna', 'mql', 'sales')).body).toMatchObject({ chosen: 2, differences: 5 });
    await choose('anna', 'economics', 'marketing');
    await choose('sam', 'stages.influencer', 'marketing');
    expect(await table.words('anna', `POST ${opening}/draft`, {})).toContain(
      'The profile criterion size is open',
    );
    const grown = await choose('sam', 'profile.size', 'new', {
      value: {
        id: 'size',
        text: 'Some people.',
        when: { attribute: 'account.employees', gte: 10 },
        points: 15,
      },
    });
    expect(grown.body).toMatchObject({ chosen: 5, differences: 5 });
    const { pact, version } = await table.does<{ pact: string; version: { number: number } }>(
      'anna',
      `POST ${opening}/draft`,
      {},
    );
    table.pact = pact;
    const { text } = await table.version(version.number);
    for (const part of [
      'said what they need',
      'fit: { gte: 10 }',
      'sql_to_won: 0.10',
      'influencer',
      'Some people.',
    ])
      expect(text).toContain(part);
    expect(text).toContain('# the perfect customer: fit points');
    expect(await table.refused('sam', `POST ${opening}/choices`, { clause: 'sql', take: 'sales' })).toBe(
      '409 settled',
    );
    expect(await table.does('fay', `GET ${opening}`)).toMatchObject({ standing: 'settled', draft: { pact } });
  });
});

it('a re-negotiation ends in a draft on what holds', async () => {
  await table.begin();
  await table.agree(1);
  const { id } = await table.does<{ id: string }>('sam', 'POST /api/openings', {
    name: 'Autumn',
    pact: table.pact,
  });
  opening = `/api/openings/${id}`;
  await write('anna', TEXT);
  await write('sam', TEXT.replace('and has a potential need.', 'and has said what they need.'));
  await table.does('sam', `POST ${opening}/handing-in`, {});
  await table.does('anna', `POST ${opening}/handing-in`, {});
  await table.does('sam', `POST ${opening}/choices`, { clause: 'sql', take: 'sales' });
  const settled = await table.does<object>('anna', `POST ${opening}/draft`, {});
  expect(settled).toMatchObject({ pact: table.pact, version: { number: 2, base: 1, standing: 'draft' } });
});
