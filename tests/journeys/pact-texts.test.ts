/** Texts while they are written: over HTTP. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, Table, TEXT, type Version } from './agreement-support.ts';
import { meet, takeIn } from './verdicts-support.ts';

const db = withDatabase();
const api = withApi(db);
let table: Table;

beforeAll(async () => {
  table = await Table.open(api, db);
});
beforeEach(async () => {
  api.now += DAY;
  await table.begin();
});

type Examined = {
  ok: boolean;
  digest: string | null;
  text: string;
  kept: boolean;
  findings: { level: string; line: number; column: number; message: string; code: string }[];
  clauses: { path: string; owner: string; words: string | null; rule: string | null; line: number }[];
  golden: { ok: boolean }[];
};
const lint = (text: string) => table.does<Examined>('mia', 'POST /api/pacts/lint', { text });

describe('lint as one types', () => {
  it('says what a text is, clause by clause, and keeps nothing', async () => {
    const found = await lint(TEXT);
    expect([found.ok, found.digest]).toEqual([true, (await table.version(1)).digest]);
    const size = found.clauses.find(({ path }) => path === 'profile.size')!;
    expect(size).toMatchObject({ owner: 'both', words: '51 to 1000 employees.', points: 20 });
    expect(TEXT.split('\n')[size.line - 1]).toContain('id: size');
  });

  it('says where what is wrong, in whatever state the text is', async () => {
    const at = TEXT.split('\n').findIndex((line) => line.includes('points: 20')) + 1;
    const broken = await lint(TEXT.replace('points: 20', 'points: many'));
    expect(broken).toMatchObject({ ok: false, digest: null, clauses: [], normal: null });
    expect(broken.findings[0]).toMatchObject({ level: 'error', line: at, code: 'not_a_pact' });
    for (const text of ['x', '[', 'pact: ', '\t', '{"pact": 1'])
      expect((await lint(text)).findings[0], text).toMatchObject({
        level: 'error',
        line: expect.any(Number),
      });
    const nowhere = await lint(TEXT.replace('holidays: [US, 2026-12-24]', 'holidays: [XX]'));
    expect(nowhere.findings[0]).toMatchObject({ level: 'error', code: 'calendar' });
  });
});

describe('an edit by parts', () => {
  it('changes what it names, keeps the rest, and says what becomes of it', async () => {
    const edits = [
      { do: 'set', at: ['profile', 'size', 'points'], value: 25 },
      {
        do: 'add',
        at: ['profile'],
        value: { id: 'city', text: 'In a city.', when: { attribute: 'city', exists: true }, points: 5 },
      },
    ];
    const found = await table.does<Examined>('mia', 'POST /api/pacts/edit', { text: TEXT, edits });
    expect(found.kept).toBe(true);
    expect(found.text).toContain('points: 25');
    expect(found.text).toContain('# behaviour: interest points');
    expect(found.clauses.map(({ path }) => path)).toContain('profile.city');
    const nothing = [{ do: 'remove', at: ['profile', 'nobody'] }];
    expect(await table.refused('mia', 'POST /api/pacts/edit', { text: TEXT, edits: nothing })).toBe(
      '422 no_such_part',
    );
    expect(await table.refused('mia', 'POST /api/pacts/edit', { text: 'pact: [', edits: nothing })).toBe(
      '422 not_a_pact',
    );
    const unsafe = JSON.stringify({ text: TEXT, edits: [{ do: 'set', at: ['__proto__', 'x'], value: 1 }] });
    const { status } = await table.ask('mia', 'POST /api/pacts/edit', JSON.parse(unsafe) as object);
    expect(status).toBeLessThan(500);
    expect(({} as Record<string, unknown>).x).toBe(undefined);
  });
});

describe('comments on a clause', () => {
  const at = '/api/pacts/:pact/versions/1/comments';
  type Comment = {
    id: string;
    clause: string;
    stands: boolean;
    resolved_at: string | null;
    accepted_at: string | null;
  };

  it('are answered, dealt with, and stay with the clause wherever it goes', async () => {
    const said = await table.does<Comment>('sam', `POST ${at}`, { clause: 'profile.size', body: 'Why 51?' });
    await table.does('mia', `POST ${at}`, {
      clause: 'profile.size',
      body: 'Our smallest win.',
      reply_to: said.id,
    });
    expect(await table.refused('mia', `POST ${at}`, { clause: 'profile.nothing', body: 'x' })).toBe(
      '422 no_such_clause',
    );
    await table.does('sam', `POST /api/clause-comments/${said.id}/resolution`, {});
    expect(await table.refused('sam', `POST /api/clause-comments/${said.id}/resolution`, {})).toBe(
      '409 already',
    );
    await table.does('anna', 'PUT /api/pacts/:pact/versions/1', {
      text: TEXT.replace(
        / {2}- \{ id: size.*\n/,
        '  - { id: big, text: Big., when: { attribute: x, is: 1 }, points: 40 }\n',
      ),
      revision: 1,
    });
    const { items } = await table.does<{ items: Comment[] }>('fay', `GET ${at}`);
    // Said in the same instant: which of them comes first says nothing.
    const standing = items.map(({ id, clause, stands, resolved_at }) => [
      id,
      clause,
      stands,
      resolved_at !== null,
    ]);
    expect(standing.find(([id]) => id === said.id)).toEqual([said.id, 'profile.size', false, true]);
    expect(standing.find(([id]) => id !== said.id)?.slice(1)).toEqual(['profile.size', false, false]);
  });

  it('suggest a change; accepted, it is an edit by whoever accepts it', async () => {
    const edits = [{ do: 'set', at: ['sql', 'text'], value: 'Has said what they need.' }];
    const suggested = await table.does<Comment>('anna', `POST ${at}`, {
      clause: 'sql',
      body: 'Clearer.',
      edits,
    });
    const accept = `POST /api/clause-comments/${suggested.id}/acceptance`;
    expect(await table.refused('mia', accept, { revision: 1 })).toBe('403 not_your_clause');
    expect(await table.refused('sam', accept, { revision: 9 })).toBe('412 changed_meanwhile');
    const { version } = await table.does<{ version: Version }>('sam', accept, { revision: 1 });
    expect(version.revision).toBe(2);
    expect((await table.version(1)).text).toContain('Has said what they need.');
    expect(await table.refused('sam', accept, { revision: 2 })).toBe('409 already');
    const bad = [{ do: 'remove', at: ['profile', 'nobody'] }];
    expect(await table.refused('anna', `POST ${at}`, { clause: 'sql', body: 'x', edits: bad })).toBe(
      '422 no_such_part',
    );
  });
});

it('a golden lead is made of a real one, as it is now, and checked from then on', async () => {
  const [lead] = await meet(db.database, table.workspace, 1, api.now - DAY, 77);
  await takeIn(db.database, table.workspace, [
    {
      lead: 77,
      at: api.now - DAY,
      values: { email: 'ann@buyer.example', first_name: 'Ann', 'account.employees': 200 },
    },
    { lead: 77, at: api.now - 60_000, type: 'Form Submitted', properties: { form: 'demo' } },
  ]);
  const golden = { lead, expect: 'mql', text: 'The first demo.' };
  expect(await table.refused('anna', 'POST /api/pacts/:pact/golden', golden)).toBe('409 nothing_in_force');
  const held = await table.does<{ version: Version; golden: object }>(
    'anna',
    'POST /api/pacts/:pact/golden',
    {
      ...golden,
      version: 1,
    },
  );
  expect(held).toMatchObject({
    version: { revision: 2 },
    golden: { ok: true, got: 'mql', name: 'The first demo.' },
  });
  const { text } = await table.version(1);
  expect(text).not.toMatch(/ann@buyer|first_name/);
  const without = text.replace(/fast_lanes:[^\n]*\n[^\n]*\n/, 'fast_lanes: []\n');
  expect(without).not.toBe(text);
  await table.does('anna', 'PUT /api/pacts/:pact/versions/1', { text: without, revision: 2 });
  expect(await table.words('anna', 'POST /api/pacts/:pact/versions/1/proposal', {})).toContain(
    'wanted mql, found not_mql',
  );
  await table.does('anna', 'PUT /api/pacts/:pact/versions/1', { text, revision: 3 });
  await table.agree(1);
  const next = await table.does<{ version: Version }>('sam', 'POST /api/pacts/:pact/golden', {
    ...golden,
    expect: 'not_mql',
  });
  expect(next).toMatchObject({ version: { number: 2, base: 1 }, golden: { ok: false, got: 'mql' } });
  expect(await table.refused('sam', 'POST /api/pacts/:pact/versions/2/proposal', {})).toBe('422 lint');
});
