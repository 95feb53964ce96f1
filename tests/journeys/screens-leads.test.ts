/** What the screens of leads and accounts ask for: found, filtered, counted, handed out as a file, and one lead's page. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Account, AccountSummary } from '#contract/accounts.ts';
import type { Identities } from '#contract/lead-page.ts';
import type { LeadSummary } from '#contract/leads.ts';
import type { Hits } from '#contract/search.ts';
import { DAY, HOUR } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme, type Name } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
const leads: { lead: number; id: string }[] = [];

type Page<T> = { items: T[]; next: string | null };
const get = async <T>(path: string, who: Name = 'mia'): Promise<T> =>
  (await acme.call(who, `GET ${path}`)) as unknown as T;
const emails = ({ items }: Page<LeadSummary>) => items.map(({ email }) => email?.split('@')[0]);

/** Two at Globex Power Systems, one at Initech; brought up to date as ingest does. */
beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  for (let i = 0; i < 3; i++) leads.push(await acme.demo({ 'account.employees': '80' }));
  await acme.rows(
    `INSERT INTO accounts (workspace_id, id, name, domain) VALUES
       ($1, '00000000-0000-7000-8000-000000000001', 'Globex Power Systems', 'globex.example'),
       ($1, '00000000-0000-7000-8000-000000000002', 'Initech', 'initech.example')`,
  );
  await acme.rows(
    `UPDATE leads SET email = 'l' || number || '@buyer.example', source = CASE WHEN number = 1 THEN '=web' END,
       account_id = CASE WHEN number < 3 THEN '00000000-0000-7000-8000-000000000001'
                         ELSE '00000000-0000-7000-8000-000000000002' END::uuid,
       attributes = attributes || jsonb_build_object('name', CASE number WHEN 1 THEN 'Ada Lovelace' WHEN 2 THEN 'Ada Lovelace'
         ELSE 'Grace Hopper' END)
     WHERE workspace_id = $1`,
  );
});

describe('search', () => {
  const found = (q: string) => get<Hits>(`/api/search?q=${encodeURIComponent(q)}`);

  test('finds people by the beginning of their name or address, with their handoffs', async () => {
    const { leads: people, handoffs } = await found('ada l');
    expect(people.map(({ email }) => email)).toEqual(['l1@buyer.example', 'l2@buyer.example']);
    expect(people[0]).toMatchObject({ name: 'Ada Lovelace', account: 'Globex Power Systems', stage: 'mql' });
    expect(handoffs.map(({ lead, standing }) => [lead.name, standing])).toEqual([
      ['Ada Lovelace', 'offered'],
      ['Ada Lovelace', 'offered'],
    ]);
    expect((await found('L3@')).leads).toMatchObject([{ name: 'Grace Hopper' }]);
  });

  test('finds accounts by any of the first words of their name, members, and clauses of the version in force', async () => {
    for (const q of ['glob', 'power', 'sys', 'globex.ex'])
      expect((await found(q)).accounts).toMatchObject([{ name: 'Globex Power Systems', leads: 2 }]);
    expect((await found('lea')).members).toMatchObject([{ name: 'lea', party: 'sales', rank: 'lead' }]);
    expect((await found('pricing')).clauses).toMatchObject([{ clause: 'interest.pricing', version: 1 }]);
  });

  test('takes what is typed as text and nothing else', async () => {
    for (const q of ["'; DROP TABLE leads; --", '%', '_', '\\', '(', '☃'])
      expect(await found(q)).toEqual({ leads: [], accounts: [], handoffs: [], clauses: [], members: [] });
  });
});

describe('accounts', () => {
  test('are sorted by how many leads they have, by their last activity and by name, a page at a time', async () => {
    for (const [sort, names] of [
      ['leads', ['Globex Power Systems', 'Initech']],
      ['last_activity', ['Initech', 'Globex Power Systems']],
      ['created', ['Initech', 'Globex Power Systems']],
      ['name', ['Initech', 'Globex Power Systems']],
    ] as const) {
      const first = await get<Page<AccountSummary>>(`/api/accounts?sort=${sort}&limit=1`);
      const rest = await get<Page<AccountSummary>>(`/api/accounts?sort=${sort}&limit=1&cursor=${first.next}`);
      expect(
        [...first.items, ...rest.items].map(({ name }) => name),
        sort,
      ).toEqual(names);
      expect(rest.next).toBeNull();
    }
    expect(await acme.refused('mia', 'GET /api/accounts?sort=leads&cursor=WzEsMl0')).toBe('400 cursor');
  });

  test('have a page with their people, handoffs and deals', async () => {
    const [{ id }] = (await get<Page<AccountSummary>>('/api/accounts?q=power')).items as [AccountSummary];
    const account = await get<Account>(`/api/accounts/${id}`);
    expect(account).toMatchObject({ leads: 2, domain: 'globex.example', best_grade: expect.any(String) });
    expect(account.people.map(({ email }) => email)).toEqual(['l2@buyer.example', 'l1@buyer.example']);
    expect(account.handoffs.map(({ standing }) => standing)).toEqual(['offered', 'offered']);
    expect(account.deals).toEqual([]);
    expect(await acme.refused('mia', `GET /api/accounts/${leads[0]!.id}`)).toBe('404 not_found');
  });

  test('keep count of their leads, however these come and go', async () => {
    const count = async () =>
      (
        await acme.rows<{ leads: number }>('SELECT leads FROM accounts WHERE workspace_id = $1 ORDER BY id')
      ).map((row) => row.leads);
    expect(await count()).toEqual([2, 1]);
    const set = (to: string) => acme.rows(`UPDATE leads SET ${to} WHERE workspace_id = $1 AND number = 2`);
    await set("account_id = '00000000-0000-7000-8000-000000000002'");
    expect(await count()).toEqual([1, 2]);
    await set('merged_into = 1');
    expect(await count()).toEqual([1, 1]);
    await set("merged_into = NULL, account_id = '00000000-0000-7000-8000-000000000001'");
    expect(await count()).toEqual([2, 1]);
  });
});

describe('leads', () => {
  const list = (filter: string) => get<Page<LeadSummary>>(`/api/leads?${filter}`);

  test('are filtered by stages, handoff, owner, tier and days', async () => {
    const owner = (
      await acme.rows<{ owner_id: string }>(
        'SELECT owner_id FROM handoffs WHERE workspace_id = $1 AND lead = 1',
      )
    )[0]!.owner_id;
    const others = emails(await list(`owner=${owner}`));
    expect(others).toContain('l1');
    expect(others.length).toBeLessThan(3);
    expect(emails(await list('stage=prospect,mql'))).toEqual(['l3', 'l2', 'l1']);
    expect(emails(await list('stage=prospect,won'))).toEqual([]);
    expect(emails(await list('handoff=offered&tier=hot'))).toEqual(['l3', 'l2', 'l1']);
    for (const fate of ['accepted', 'qualified', 'returned', 'lapsed', 'withdrawn', 'unready', 'none'])
      expect(emails(await list(`handoff=${fate}`)), fate).toEqual([]);
    const [before, after] = [acme.now - DAY, acme.now + DAY].map((at) => new Date(at).toISOString());
    for (const day of ['created', 'mql', 'active']) {
      expect((await list(`${day}_from=${before}&${day}_until=${after}`)).items, day).toHaveLength(3);
      expect((await list(`${day}_from=${after}`)).items, day).toHaveLength(0);
    }
  });

  test.each(['fit', 'grade', 'mql_at', 'interest', 'last_activity', 'created'])(
    'come a page at a time by %s, none twice and none left out',
    async (sort) => {
      for (const direction of ['up', 'down']) {
        const seen: string[] = [];
        for (let next: string | null = ''; next !== null; ) {
          const page: Page<LeadSummary> = await list(
            `sort=${sort}&direction=${direction}&limit=1${next && `&cursor=${next}`}`,
          );
          seen.push(...page.items.map(({ id }) => id));
          next = page.next;
        }
        expect(seen.toSorted()).toEqual(leads.map(({ id }) => id).toSorted());
      }
    },
  );

  test('are counted, in all and by stage', async () => {
    expect(await get('/api/leads/counts')).toEqual({
      n: 3,
      more: false,
      stages: [{ stage: 'mql', n: 3, more: false }],
    });
    expect(await get('/api/leads/counts?q=grace')).toEqual({
      n: 1,
      more: false,
      stages: [{ stage: 'mql', n: 1, more: false }],
    });
  });

  test('are handed out as a file in which nothing is a formula', async () => {
    const pieces = await get<AsyncIterable<string>>('/api/leads.csv?sort=created&direction=up');
    let file = '';
    for await (const piece of pieces) file += piece;
    const lines = file.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^id,email,name,account,source,/);
    expect(lines[1]).toContain("l1@buyer.example,Ada Lovelace,Globex Power Systems,'=web,");
  });
});

describe('a lead', () => {
  test('shows its score over time, and how it fades in days to come', async () => {
    const until = new Date(acme.now + 28 * DAY).toISOString();
    const from = new Date(acme.now - DAY).toISOString();
    const { items, activities } = await get<{
      items: { at: string; interest: number; verdict: string }[];
      activities: { type: string; before: number; after: number }[];
    }>(`/api/leads/${leads[0]!.id}/score-history?from=${from}&until=${until}&points=30`);
    expect(items).toHaveLength(30);
    expect(items[0]).toMatchObject({ at: from, interest: 0, verdict: 'visitor' });
    expect(items.at(-1)!.interest).toBeCloseTo(2, 3); // 8 points, halved twice in 28 days
    expect(activities).toEqual([{ at: expect.any(String), type: 'page', before: 0, after: 8 }]);
    const path = `GET /api/leads/${leads[0]!.id}/score-history?from=${until}&until=${from}`;
    expect(await acme.refused('mia', path)).toBe('400 empty_range');
  });

  test('says what is missing to an MQL', async () => {
    const path = `/api/leads/${leads[0]!.id}/distance`;
    expect(await get(path)).toMatchObject({ verdict: 'mql', ways: [], version: 1 });
    const early = new Date(acme.now - HOUR).toISOString();
    expect(await get(`${path}?at=${early}`)).toMatchObject({
      verdict: 'visitor',
      ways: [{ missing: [{ kind: 'attribute' }, { words: 'Form Submitted (form is demo) (not done)' }] }, {}],
    });
  });

  test('shows its handoffs, and everything that happened in one stream', async () => {
    const { id } = leads[2]!;
    const { items } = await get<Page<{ id: string; standing: string }>>(`/api/leads/${id}/handoffs`, 'ann');
    expect(items).toMatchObject([{ standing: 'offered', lead: { id } }]);
    expect(await acme.refused('ann', `GET /api/leads/${items[0]!.id}/handoffs`)).toBe('404 not_found');
    await acme.call('mia', `POST /api/threads/lead/${id}/messages`, { kind: 'message', body: 'Call her.' });
    await acme.call('mia', `POST /api/handoffs/${items[0]!.id}/hold`, {
      reason: 'At the fair.',
      until: new Date(acme.now + DAY).toISOString(),
    });
    const kinds = (await get<Page<{ kind: string }>>(`/api/leads/${id}/timeline`)).items.map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(expect.arrayContaining(['message', 'hold', 'handoff', 'move', 'activity']));
    expect(kinds).not.toContain('release');
  });

  test('is merged with another and parted from it again, by a member alone', async () => {
    const [one, other] = [leads[0]!.id, leads[1]!.id];
    const { duplicates } = await get<Identities>(`/api/leads/${one}/identities`);
    expect(duplicates).toMatchObject([{ lead: { id: other }, why: 'the same name at the same account' }]);
    expect(await acme.refused('mia', `POST /api/leads/${one}/merge`, { lead: one })).toBe('409 one_already');
    const merged = await acme.call('mia', `POST /api/leads/${one}/merge`, { lead: other });
    await acme.work();
    expect(merged.id).toBe(one);
    expect(await get(`/api/leads/${other}`)).toMatchObject({ merged_into: one });
    const { merges } = await get<Identities>(`/api/leads/${one}/identities`);
    expect(merges).toMatchObject([
      { from: other, into: one, cause: 'member', believed: true, undone_by: null },
    ]);

    const undo = { merge: merges[0]!.id };
    await acme.call('mia', `POST /api/leads/${one}/merge-undo`, undo);
    await acme.work();
    expect(await get(`/api/leads/${other}`)).toMatchObject({ merged_into: null });
    expect(await acme.refused('mia', `POST /api/leads/${one}/merge-undo`, undo)).toBe('409 already_undone');
    expect((await get<Identities>(`/api/leads/${one}/identities`)).duplicates).toEqual([]);

    const again = await acme.call('mia', `POST /api/leads/${other}/merge`, { lead: one });
    const gone = again.id === one ? other : one;
    expect(await get(`/api/leads/${gone}`)).toMatchObject({ merged_into: again.id });
    expect((await acme.told()).journal.filter((what) => /lead\.(merged|parted)/.test(what))).toEqual([
      'lead.merged',
      'lead.parted',
      'lead.merged',
    ]);
  });
});
