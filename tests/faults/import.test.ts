import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Imported, type ImportFile, importFile, type Listener } from '#features/imports/import.ts';
import type { ImportKind } from '#features/imports/kind.ts';
import type { Reject } from '#platform/files/rejects.ts';
import { verifyJournal } from '#platform/journal/journal.ts';
import { withDatabase } from '../support/db.ts';

const db = withDatabase();
const NOW = Date.UTC(2026, 2, 2, 12);
let folder = '';
let workspace = '';
let files = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadpact-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  workspace = await db.newWorkspace();
});

type Told = Imported & { rejects: Reject[] };
const take = async (
  kind: ImportKind,
  content: string | Buffer,
  options: Partial<ImportFile['options']> = {},
  progress: Listener['progress'] = async () => undefined,
): Promise<Told> => {
  const path = join(folder, `${++files}.csv`);
  writeFileSync(path, content);
  const rejects: Reject[] = [];
  const stdin = (async function* () {})();
  const file: ImportFile = { kind, path, name: 'file.csv', stdin, options: { system: 'crm', ...options } };
  const listener = { note: () => undefined, reject: (one: Reject) => rejects.push(one), progress };
  const done = await importFile(
    { database: db.database, clock: () => NOW },
    workspace,
    { kind: 'system' },
    file,
    listener,
  );
  return { ...done, rejects };
};

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await db.owner.query(sql, sql.includes('$1') ? [workspace] : [])).rows;
const count = async (table: string): Promise<number> =>
  Number((await rows(`SELECT count(*) FROM ${table} WHERE workspace_id = $1`))[0]!.count);
/** How much there is of everything an import writes. */
const standing = async (): Promise<Record<string, number>> => {
  const all: Record<string, number> = {};
  for (const table of ['leads', 'identities', 'attribute_changes', 'activities', 'deals', 'dirty_leads'])
    all[table] = await count(table);
  return all;
};

const LEADS = `Record ID,Email,Company Name,Number of Employees,Create Date
1,Ada@Acme.example,Acme,120,2026-01-05
2,grace@rival.example,Rival,9,2026-01-06
3,,Lone,,2026-01-07
`;

describe('leads', () => {
  test('are there with all the file says of them, from when it says', async () => {
    expect(await take('leads', LEADS)).toMatchObject({ accepted: 3, rejected: 0, repeated: false });
    const leads = await rows(
      'SELECT email, attributes, created_at FROM leads WHERE workspace_id = $1 ORDER BY created_at',
    );
    expect(leads).toMatchObject([
      { email: 'ada@acme.example', created_at: new Date('2026-01-05') },
      { email: 'grace@rival.example' },
      { email: null },
    ]);
    expect(JSON.stringify(leads[0]!.attributes)).toContain('Acme');
    const [said] = await rows(
      "SELECT trust, source, at, values FROM attribute_changes WHERE workspace_id = $1 AND values->>'email' = 'Ada@Acme.example'",
    );
    expect(said).toMatchObject({
      trust: 'import',
      source: 'import',
      at: new Date('2026-01-05'),
      values: { 'account.employees': '120', 'account.name': 'Acme', 'number of employees': '120' },
    });
    expect(
      await rows('SELECT kind, value FROM identities WHERE workspace_id = $1 ORDER BY kind, value'),
    ).toEqual([
      { kind: 'email', value: 'ada@acme.example' },
      { kind: 'email', value: 'grace@rival.example' },
      { kind: 'external', value: 'crm:1' },
      { kind: 'external', value: 'crm:2' },
      { kind: 'external', value: 'crm:3' },
    ]);
    expect(
      Number((await rows('SELECT count(DISTINCT lead) FROM dirty_leads WHERE workspace_id = $1'))[0]!.count),
    ).toBe(3);
  });

  test('again change nothing: neither the same file nor the same rows in another', async () => {
    const first = await take('leads', LEADS);
    const before = await standing();
    expect(await take('leads', LEADS)).toMatchObject({ id: first.id, repeated: true, accepted: 3 });
    expect(await take('leads', `${LEADS.trimEnd()}\r\n`)).toMatchObject({ repeated: false, accepted: 3 });
    expect(await standing()).toEqual(before);
  });

  test('with something new are the same leads, and the new holds from now on', async () => {
    await take('leads', LEADS);
    await take('leads', LEADS.replace('Acme,120', 'Acme,450'));
    expect(await count('leads')).toBe(3);
    const changes = await rows(
      "SELECT at FROM attribute_changes WHERE workspace_id = $1 AND values->>'account.name' = 'Acme' ORDER BY at",
    );
    expect(changes).toEqual([{ at: new Date('2026-01-05') }, { at: new Date(NOW) }]);
  });

  test('without any name, or with a date that is none, are put aside, row by row', async () => {
    const bad =
      'email,created at,note\nada@acme.example,2026-01-05,a\n,2026-01-05,b\ngrace@x.example,never,c\nd\0@@,2026-01-01,\n';
    const { accepted, rejected, rejects, id } = await take('leads', bad);
    expect([accepted, rejected]).toEqual([1, 3]);
    expect(rejects.map(({ line }) => line).toSorted()).toEqual([3, 4, 5]);
    const kept = await rows(
      `SELECT row::int, reason FROM import_rejects WHERE workspace_id = $1 AND import_id = '${id}' ORDER BY row`,
    );
    expect(kept).toMatchObject([
      { row: 3, reason: expect.stringContaining('an id or an e-mail address') },
      { row: 4, reason: expect.stringContaining('found "never"') },
      { row: 5 },
    ]);
  });

  test.each([
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('id;name\n1;Zoë\n', 'utf16le')])],
    ['Windows-1252', Buffer.from('id\tname\r\n1\tZo\xeb\r\n', 'latin1')],
  ])('in %s keep their names', async (_, content) => {
    await take('leads', content);
    expect(await rows("SELECT attributes->>'name' AS name FROM leads WHERE workspace_id = $1")).toEqual([
      { name: 'Zoë' },
    ]);
  });

  test('with headers that reach for prototypes leave them alone', async () => {
    await take('leads', 'id,__proto__,constructor\n1,x,y\n');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(
      JSON.stringify(await rows('SELECT values FROM attribute_changes WHERE workspace_id = $1')),
    ).not.toContain('proto');
  });

  test('an import that was ended half way goes on where it was, and comes to the same', async () => {
    const lines = Array.from({ length: 700 }, (_, i) => `${i},lead${i}@acme${i % 70}.example,2026-01-05`);
    const content = [
      'id,email,created at',
      ...lines.slice(0, 400),
      'too,many,cells,here',
      ...lines.slice(400),
    ].join('\n');
    let stopped = false;
    const stop = async () => {
      stopped = true;
      throw new Error('The process ended.');
    };
    const path = `${content}\n`;
    await expect(take('leads', path, {}, stop)).rejects.toThrow('The process ended.');
    expect(stopped).toBe(true);
    const [half] = await rows(
      'SELECT read::int, failed_at IS NOT NULL AS failed FROM imports WHERE workspace_id = $1',
    );
    expect(half).toMatchObject({ failed: true });
    expect(half!.read).toBeGreaterThan(0);
    const before = await count('attribute_changes');
    expect(await take('leads', path)).toMatchObject({ accepted: 700, rejected: 1, repeated: false });
    expect(before).toBeLessThan(700);
    expect(await standing()).toMatchObject({ leads: 700, attribute_changes: 700 });
    expect(await count('imports')).toBe(1);
  });
});

const ACTIVITIES = `lead,at,type,path
1,2026-02-01T10:00:00Z,page,/pricing
1,2026-02-01T10:00:00Z,page,/pricing
ADA@acme.example,2026-02-02,page,/docs
2,2026-02-03,Form Submitted,
9,2026-02-03,page,/
`;

describe('activities', () => {
  test('of leads by id and address; of strangers, they are put aside', async () => {
    await take('leads', LEADS);
    expect(await take('activities', ACTIVITIES)).toMatchObject({
      accepted: 4,
      rejected: 1,
      rejects: [{ line: 6, found: '"9"' }],
    });
    const kept = await rows(
      'SELECT type, properties, trust FROM activities WHERE workspace_id = $1 ORDER BY at, id',
    );
    expect(kept).toEqual([
      { type: 'page', properties: { path: '/pricing' }, trust: 'import' },
      { type: 'page', properties: { path: '/pricing' }, trust: 'import' },
      { type: 'page', properties: { path: '/docs' }, trust: 'import' },
      { type: 'Form Submitted', properties: {}, trust: 'import' },
    ]);
  });

  test('again add nothing, in whatever file, and mark nobody', async () => {
    await take('leads', LEADS);
    await take('activities', ACTIVITIES);
    const before = await standing();
    await take(
      'activities',
      `${ACTIVITIES}2,2026-02-03,Form Submitted,\n`.replace('9,2026-02-03,page,/\n', ''),
    );
    const after = await standing();
    expect(after).toEqual({ ...before, activities: 5, dirty_leads: before.dirty_leads! + 1 });
    await take('activities', `${ACTIVITIES}\n\n`);
    expect(await standing()).toEqual(after);
  });

  test('with ids of their own are known by these', async () => {
    await take('leads', LEADS);
    await take('activities', 'id,contact id,at,type\na1,1,2026-02-01,call\na2,1,2026-02-01,call\n');
    await take('activities', 'id,contact id,at,type\na2,1,2026-02-01,call\na3,1,2026-02-01,call\n');
    expect(await count('activities')).toBe(3);
  });
});

const DEALS = `Record ID,Associated Contact,Deal Name,Deal Stage,Amount,Close Date,Create Date,Closed Lost Reason
d1,Ada (ada@acme.example),Acme pumps,Closed Won,"1.250,50",2026-02-20,2026-02-01,
d2,2,Rival pipes,Closed Lost,"900",2026-02-21,2026-02-02,Too dear
d3,3,Lone valve,Negotiation/Review,,,2026-02-03,
d4,nobody@else.example,Else,Closed Won,1,2026-02-20,2026-02-01,
`;

describe('deals', () => {
  test('are linked to their leads, with amounts as the column writes them', async () => {
    await take('leads', LEADS);
    expect(await take('deals', DEALS)).toMatchObject({ accepted: 3, rejected: 1, rejects: [{ line: 5 }] });
    const deals = await rows(
      `SELECT d.external_id, l.email, d.outcome, d.amount::float8, d.reason, d.opened_at, d.closed_at, d.origin
       FROM deals d JOIN leads l USING (workspace_id) WHERE d.workspace_id = $1 AND l.number = d.lead ORDER BY 1`,
    );
    expect(deals).toMatchObject([
      {
        external_id: 'crm:d1',
        email: 'ada@acme.example',
        outcome: 'won',
        amount: 1250.5,
        closed_at: new Date('2026-02-20'),
      },
      {
        external_id: 'crm:d2',
        outcome: 'lost',
        amount: 900,
        reason: 'Too dear',
        opened_at: new Date('2026-02-02'),
      },
      { external_id: 'crm:d3', outcome: 'open', amount: null, closed_at: null, origin: 'import' },
    ]);
  });

  test('again change nothing; at another stage they have moved on', async () => {
    await take('leads', LEADS);
    await take('deals', DEALS);
    const before = await standing();
    await take('deals', `${DEALS}\n`);
    expect(await standing()).toEqual(before);
    await take('deals', DEALS.replace('Negotiation/Review,,', 'Closed Won,70,2026-02-28'));
    expect(
      await rows("SELECT outcome, revision FROM deals WHERE workspace_id = $1 AND external_id = 'crm:d3'"),
    ).toEqual([{ outcome: 'won', revision: 2 }]);
    expect((await standing()).dirty_leads).toBe(before.dirty_leads! + 1);
  });
});

test('a file that cannot be understood is no import, and says why', async () => {
  await expect(take('activities', 'a,b\n1,2\n')).rejects.toThrow(
    'has no column that says whose an activity is',
  );
  const [kept] = await rows(
    'SELECT error, failed_at IS NOT NULL AS failed FROM imports WHERE workspace_id = $1',
  );
  expect(kept).toMatchObject({ failed: true, error: expect.stringContaining('no column') });
});

test('an import is in the journal, by what was counted', async () => {
  await take('leads', LEADS);
  const entries = await rows(
    "SELECT what, data FROM journal WHERE workspace_id = $1 AND what = 'import.finished'",
  );
  expect(entries).toMatchObject([{ data: { kind: 'leads', accepted: 3, rejected: 0 } }]);
  const fault = await db.database.inWorkspace(workspace, (_, query) => verifyJournal(query, workspace));
  expect(fault).toBeNull();
});
