import { beforeAll, describe, expect, test } from 'vitest';
import type { LeadSummary, TimelineEntry } from '#contract/leads.ts';
import type { Verdict } from '#contract/verdicts.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { explain } from '#engine/verdict/explain.ts';
import { judge } from '#engine/verdict/judge.ts';
import { leadRoutes } from '#features/leads/routes.ts';
import { pactRoutes } from '#features/pacts/routes.ts';
import { openLetters } from '#features/people/letters.ts';
import type { Caller } from '#features/people/policy.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import { newId } from '#platform/ids.ts';
import { DAY, HOUR } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { START } from '#tests/support/timely.ts';
import { agree, hire, meet, type News, type People, takeIn, workUntilDone } from './verdicts-support.ts';

const letters = openLetters('s'.repeat(40), 'http://localhost:4600', true);
const db = withDatabase();
const acme = parsePact(ACME).pact;
const NOW = START + 60 * DAY;
const routes = [...leadRoutes, ...pactRoutes];

let workspace = '';
let people: People;
let ids: string[] = [];

/** Calls a route as the web server does. */
function call<T>(
  method: string,
  path: string,
  asked: { query?: unknown; body?: unknown; as?: Caller } = {},
): Promise<T> {
  for (const route of routes) {
    const names: string[] = [];
    const pattern = route.path.replace(/:(\w+)/g, (_, name: string) => {
      names.push(name);
      return '([^/]+)';
    });
    const found = new RegExp(`^${pattern}$`).exec(path);
    if (route.method !== method || found === null) continue;
    const params = Object.fromEntries(names.map((name, i) => [name, found[i + 1]]));
    const house = { database: db.database, clock: () => NOW, letters };
    return route.answer(house, asked.as ?? people.anna, {
      params,
      query: {},
      body: {},
      ifMatch: null,
      ...asked,
    }) as Promise<T>;
  }
  throw new Error(`There is no route ${method} ${path}.`);
}

type Page = { items: LeadSummary[]; next: string | null };
const list = (query: Record<string, unknown> = {}) => call<Page>('GET', '/api/leads', { query });
const numbers = ({ items }: Page) => items.map(({ id }) => ids.indexOf(id) + 1);

beforeAll(async () => {
  workspace = await db.newWorkspace();
  people = await hire(db.database, workspace);
  await agree(db.database, people, acme, START);
  ids = await meet(db.database, workspace, 6, START);
  const account = newId(START);
  await db.database.inWorkspace(workspace, async (_, query) => {
    await query(
      "INSERT INTO accounts (workspace_id, id, name, domain) VALUES ($1, $2, 'Globex', 'globex.example')",
      [workspace, account],
    );
    await query(
      `UPDATE leads SET email = 'lead' || number || '@acme.example', source = CASE WHEN number < 3 THEN 'web' ELSE 'fair' END,
         account_id = CASE WHEN number = 6 THEN $2::uuid END,
         attributes = jsonb_build_object('first_name', 'Ada', 'last_name', 'Lovelace' || number)
       WHERE workspace_id = $1`,
      [workspace, account],
    );
  });
  const values = { email: 'ada@acme.example', account: { employees: '80' } };
  const news: News[] = ids.map((_, i) => ({ lead: i + 1, at: START, values }));
  const page = { type: 'page', properties: { path: '/pricing/plans' } };
  for (let lead = 1; lead <= 4; lead++)
    for (let i = 0; i < lead; i++) news.push({ lead, at: START + lead * HOUR + i, ...page });
  news.push({ lead: 4, at: START + DAY, type: 'Form Submitted', properties: { form: 'demo' } });
  await takeIn(db.database, workspace, news);
  await workUntilDone(db.database, START + 2 * DAY);
});

describe('a list of leads', () => {
  test.each<[string, Record<string, unknown>, number[]]>([
    ['all of them, the latest first', {}, [6, 5, 4, 3, 2, 1]],
    ['the first ones first', { direction: 'up' }, [1, 2, 3, 4, 5, 6]],
    ['by interest', { sort: 'interest' }, [4, 3, 2, 1, 6, 5]],
    ['by last activity', { sort: 'last_activity' }, [4, 3, 2, 1, 6, 5]],
    [
      'by last activity, those without any first',
      { sort: 'last_activity', direction: 'up' },
      [5, 6, 1, 2, 3, 4],
    ],
    ['by stage', { stage: 'mql' }, [4]],
    ['by stage, whatever the level', { stage: 'prospect' }, [2, 1]],
    ['by level', { stage: 'prospect/warm' }, [2]],
    ['by verdict', { verdict: 'mql' }, [4]],
    ['by grade', { grade: 'C4' }, [6, 5, 1]],
    ['by source', { source: 'web' }, [2, 1]],
    ['by the beginning of an e-mail address', { q: 'LEAD3@' }, [3]],
    ['by a last name', { q: 'lovelace2' }, [2]],
    ['by a whole name', { q: 'ada love' }, [6, 5, 4, 3, 2, 1]],
    ['by the account’s name', { q: 'glob' }, [6]],
    ['by two things at once', { source: 'fair', grade: 'C4' }, [6, 5]],
    ['by what nobody has', { q: 'zz' }, []],
  ])('%s', async (_name, query, wanted) => {
    expect(numbers(await list(query))).toEqual(wanted);
  });

  test.each(['created', 'interest', 'last_activity'])(
    'page by page, sorted by %s, says each once',
    async (sort) => {
      for (const direction of ['up', 'down']) {
        const whole = numbers(await list({ sort, direction }));
        const paged: number[] = [];
        let cursor: string | undefined;
        do {
          const page = await list({ sort, direction, limit: 2, ...(cursor && { cursor }) });
          paged.push(...numbers(page));
          cursor = page.next ?? undefined;
        } while (cursor);
        expect(paged).toEqual(whole);
      }
    },
  );

  test.each<[string, Record<string, unknown>]>([
    ['an unknown filter', { colour: 'red' }],
    ['a grade that is none', { grade: 'Z9' }],
    ['a limit beyond all', { limit: 10_000 }],
    ['a cursor of somebody’s own', { cursor: 'eyJ4IjoxfQ' }],
    ['a cursor that is no JSON', { cursor: '!' }],
    ['a cursor of another list', { cursor: Buffer.from('["x","y"]').toString('base64url') }],
  ])('refuses %s', async (_name, query) => {
    await expect(list(query)).rejects.toMatchObject({ status: 400 });
  });
});

describe('a lead', () => {
  test('shows what is known and where it stands', async () => {
    expect(await call('GET', `/api/leads/${ids[5]}`)).toMatchObject({
      email: 'lead6@acme.example',
      name: 'Ada Lovelace6',
      account: { name: 'Globex', domain: 'globex.example' },
      stage: 'conversion',
      verdict: 'not_mql',
      version: 1,
      handoff: null,
    });
  });

  test('that is none, or another workspace’s, is not found', async () => {
    const other = { ...people.anna, workspace: await db.newWorkspace() };
    for (const path of ['', '/timeline', '/verdict']) {
      for (const [id, as] of [
        [newId(1), people.anna],
        ['nobody', people.anna],
        [ids[0], other],
      ] as const) {
        await expect(call('GET', `/api/leads/${id}${path}`, { as })).rejects.toMatchObject({ status: 404 });
      }
    }
  });

  test('has a timeline of all that happened, page by page, the latest first', async () => {
    const entries: TimelineEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await call<{ items: TimelineEntry[]; next: string | null }>(
        'GET',
        `/api/leads/${ids[3]}/timeline`,
        {
          query: { limit: 3, ...(cursor && { cursor }) },
        },
      );
      entries.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(
      entries
        .map(({ kind, at }) => [at, kind])
        .toSorted()
        .reverse()
        .map(([at]) => at),
    ).toEqual(entries.map(({ at }) => at));
    expect(entries.filter(({ kind }) => kind === 'activity')).toHaveLength(5);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    const moves = entries.filter(({ kind }) => kind === 'move').map(({ data }) => data.to);
    expect(moves[0]).toBe('mql');
    expect(moves.at(-1)).toBe('conversion');
  });
});

describe('a verdict as of a day', () => {
  test('is what the engine says of the same facts, with the same reasons', async () => {
    const ledgers = await db.database.inWorkspace(workspace, (_, query) =>
      readLedgers(query, workspace, [1, 2, 3, 4, 5, 6]),
    );
    for (const [i, id] of ids.entries()) {
      const facts = factsOf(ledgers.get(i + 1)!);
      for (const at of [START - HOUR, START, START + 3 * HOUR, START + DAY, START + 45 * DAY]) {
        const said = await call<Verdict>('GET', `/api/leads/${id}/verdict`, {
          query: { at: new Date(at).toISOString() },
        });
        const { verdict, grade, stage, fit } = judge(acme, facts, at);
        expect(said).toMatchObject({ verdict, grade, stage, fit, version: 1, pact: 'Acme Industrial' });
        const reasons = explain(acme, facts, at);
        expect(said.reasons.map(({ because }) => because)).toEqual(reasons.map(({ because }) => because));
        for (const [n, { points }] of said.reasons.entries())
          expect(points).toBeCloseTo(reasons[n]!.points, 5);
      }
    }
  });

  test('by a version that there is not is not found; by a day that is none is refused', async () => {
    const path = `/api/leads/${ids[0]}/verdict`;
    await expect(call('GET', path, { query: { version: '7' } })).rejects.toMatchObject({ status: 404 });
    await expect(call('GET', path, { query: { at: 'yesterday' } })).rejects.toMatchObject({ status: 400 });
  });
});

describe('a pact', () => {
  type Made = { id: string; version: { number: number; digest: string; standing: string; revision: number } };
  const begin = (body: unknown) => call<Made>('POST', '/api/pacts', { body });

  test('goes from a template to being in force, with both signatures', async () => {
    const { id, version } = await begin({ template: 'saas' });
    const at = `/api/pacts/${id}/versions/${version.number}`;
    expect(version.standing).toBe('draft');
    await expect(
      call('POST', `${at}/signatures`, { body: { digest: version.digest } }),
    ).rejects.toMatchObject({
      status: 409,
    });
    expect(await call('POST', `${at}/proposal`)).toMatchObject({ standing: 'proposed' });
    await expect(call('POST', `${at}/in-force`)).rejects.toMatchObject({ status: 409 });
    await expect(call('POST', `${at}/signatures`, { body: { digest: 'sha256:0' } })).rejects.toMatchObject({
      status: 409,
    });
    for (const as of [people.anna, people.sam])
      await call('POST', `${at}/signatures`, { body: { digest: version.digest }, as });
    await expect(
      call('POST', `${at}/signatures`, { body: { digest: version.digest } }),
    ).rejects.toMatchObject({
      status: 409,
    });
    const past = { from: new Date(NOW - 1).toISOString() };
    await expect(call('POST', `${at}/in-force`, { body: past })).rejects.toMatchObject({ status: 422 });
    expect(await call('POST', `${at}/in-force`)).toMatchObject({
      standing: 'in_force',
      in_force_from: new Date(NOW).toISOString(),
    });
    const journal = await db.database.inWorkspace(workspace, (_, query) =>
      query<{ what: string }>(
        'SELECT what FROM journal WHERE workspace_id = $1 AND subject_id = $2 ORDER BY seq',
        [workspace, `${id}/1`],
      ),
    );
    expect(journal.map(({ what }) => what)).toEqual([
      'version.drafted',
      'version.proposed',
      'version.signed',
      'version.signed',
      'version.scheduled',
    ]);
  });

  test('whose text is none says where; whose lint finds an error is not proposed', async () => {
    await expect(begin({ text: 'pact: [' })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: expect.stringMatching(/^text:1:/) }],
    });
    const broken = ACME.replace('golden: []', 'golden: [{ lead: { email: a@b.example }, expect: mql }]');
    const { id } = await begin({ text: broken });
    await expect(call('POST', `/api/pacts/${id}/versions/1/proposal`)).rejects.toMatchObject({
      status: 422,
      errors: expect.arrayContaining([{ path: 'golden[0]', message: expect.anything() }]),
    });
  });

  test('is not written over by somebody who read it before', async () => {
    const { id } = await begin({ text: ACME });
    const at = `/api/pacts/${id}/versions/1`;
    const revise = () =>
      call('PUT', at, { body: { text: ACME.replace('Industrial', 'Works'), revision: 1 } });
    expect(await revise()).toMatchObject({ revision: 2 });
    await expect(revise()).rejects.toMatchObject({ status: 412 });
    expect(await call('GET', at)).toMatchObject({
      text: expect.stringContaining('Acme Works'),
      standing: 'draft',
    });
  });

  test('is drafted by a key, and neither proposed nor signed by one, nor proposed by a member without rank', async () => {
    const key: Caller = {
      kind: 'key',
      id: newId(1),
      workspace,
      party: 'sales',
      scopes: ['pacts:read', 'pacts:write'],
    };
    const drafted = (await call('POST', '/api/pacts', { body: { template: 'saas' }, as: key })) as {
      id: string;
    };
    for (const what of ['proposal', 'signatures'])
      await expect(
        call('POST', `/api/pacts/${drafted.id}/versions/1/${what}`, {
          body: what === 'proposal' ? {} : { digest: 'x' },
          as: key,
        }),
      ).rejects.toMatchObject({ status: 403 });
    expect(await call('GET', '/api/pacts', { as: key })).toMatchObject({ items: expect.any(Array) });
    await expect(call('GET', '/api/leads', { as: key })).rejects.toMatchObject({ status: 403 });
    const mo: Caller = { ...people.anna, rank: 'member' };
    const { id } = await begin({ template: 'agency' });
    await expect(call('POST', `/api/pacts/${id}/versions/1/proposal`, { as: mo })).rejects.toMatchObject({
      status: 403,
    });
  });
});
