/** Every route of the API, as the description lists it, asked by those who may not. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Recent } from '#features/intake/recent.ts';
import { type Caller, type Rank, wasAsked } from '#features/people/policy.ts';
import type { House, Route } from '#features/serve.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { openapi } from '#server/openapi.ts';
import { doors, routesOf } from '#server/routes.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { fillEveryTable } from '#tests/support/every-table.ts';
import { sample } from '#tests/support/sample.ts';

const db = withDatabase();
const api = withApi(db);
const described = openapi();
const routes = routesOf(
  { fault: () => null },
  {
    live: { open: async () => touched() },
    recent: new Recent(),
    uploads: { take: async () => touched(), progressOf: () => null },
  },
);

type Body = { content: { 'application/json': { schema: Record<string, unknown> } } };
type Parameter = { name: string; in: string; required: boolean; schema: Record<string, unknown> };

const operation = ({ method, path }: Pick<Route, 'method' | 'path'>) =>
  described.paths[path.replace(/:(\w+)/g, '{$1}')]![method.toLowerCase()]!;

/** A request that the contract takes. */
const bodyOf = (route: Pick<Route, 'method' | 'path'>): unknown => {
  const body = operation(route).requestBody as Body | undefined;
  return body && 'application/json' in body.content
    ? sample(body.content['application/json'].schema)
    : undefined;
};

const parametersOf = (route: Route, place: string): Record<string, unknown> =>
  Object.fromEntries(
    (operation(route).parameters as Parameter[])
      .filter((parameter) => parameter.in === place && parameter.required)
      .map(({ name, schema }) => [name, sample(schema)]),
  );

const titled = routes.map((route) => [`${route.method} ${route.path}`, route] as const);

it('describes every route once, and nothing else', () => {
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const served = [...routes, ...doors].map(({ method, path }) => `${method} ${path}`);
  expect(new Set(served).size).toBe(served.length);
  expect(operations.toSorted()).toEqual(served.toSorted());
  const ids = Object.values(described.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

class Touched extends Error {}

const touched = (): never => {
  throw new Touched();
};

/** A house whose database is only looked at from outside: the first query tells that somebody came that far. */
const untouchable: House = {
  database: {
    inWorkspace: async (_: string, work: (tx: unknown, query: unknown) => Promise<unknown>) =>
      work(new Proxy({}, { get: touched }), touched),
  } as unknown as House['database'],
  clock: () => 0,
  letters: { mailed: false } as House['letters'],
};

const roles: Record<string, Caller> = Object.fromEntries(
  (['marketing', 'sales', null] as const).flatMap((party) =>
    (['member', 'lead', 'manager'] as const).map((rank: Rank) => [
      `${party ?? 'facilitator'} ${rank}`,
      { kind: 'member', workspace: newId(1), id: newId(1), party, rank } as Caller,
    ]),
  ),
);
const keyWith = (scopes: string[]): Caller => ({
  kind: 'key',
  workspace: newId(1),
  id: newId(1),
  party: null,
  scopes,
});

/** Whether a caller gets past the policy: to the database. */
async function gets(route: Route, caller: Caller): Promise<'in' | 'refused'> {
  const asked = {
    params: parametersOf(route, 'path'),
    query: parametersOf(route, 'query'),
    body: route.upload === undefined ? bodyOf(route) : (async function* () {})(),
    ifMatch: null,
  };
  const end = await route.answer(untouchable, caller, asked).catch((error: unknown) => error);
  // Past the policy: at the database, or answered without it.
  if (end instanceof Touched || !(end instanceof Error)) return 'in';
  // What is refused for another reason than who asks was let past the policy, if the contract took it at all.
  if (end instanceof HttpProblem && end.code !== 'invalid') return end.status === 403 ? 'refused' : 'in';
  throw end;
}

describe('who may do what', () => {
  it('is asked of a policy by every route, before the database is', async () => {
    for (const [title, route] of titled) {
      const caller = { ...roles['facilitator manager']! };
      const end = await gets(route, caller);
      expect(wasAsked(caller), `${title} asks no policy (${end})`).toBe(true);
    }
  });

  it('is nothing for a key without the scope', async () => {
    const all = [...new Set(routes.map(({ scope }) => scope))];
    for (const [title, route] of titled) {
      const others = all.filter((scope) => scope !== route.scope);
      expect(await gets(route, keyWith(others)), title).toBe('refused');
    }
  });

  it('is the same for a key that acts for a member, within its scopes, but for what is done in person', async () => {
    const inPerson = new Set<string>();
    for (const [title, route] of titled) {
      for (const [role, member] of Object.entries(roles)) {
        if (member.kind !== 'member') throw new Error(`${role} is no member.`);
        const by = (scopes: string[]) => gets(route, { ...member, via: { key: newId(1), scopes } });
        expect(await by([]), `${title} by ${role}`).toBe('refused');
        if ((await by([route.scope])) === (await gets(route, { ...member }))) continue;
        expect(await by([route.scope]), `${title} by ${role}`).toBe('refused');
        inPerson.add(title);
      }
    }
    expect([...inPerson]).toEqual([
      'POST /api/api-keys',
      'POST /api/api-keys/:key/revocation',
      'POST /api/write-keys',
      'POST /api/write-keys/:key/revocation',
    ]);
  });

  it('is as the table says (when this fails and is meant: npx vitest run tests/journeys/access-sweep.test.ts --update)', async () => {
    const names = Object.keys(roles);
    const lines = [
      `| route | ${names.join(' | ')} | key with the scope |`,
      `|---|${'---|'.repeat(names.length + 1)}`,
    ];
    for (const [title, route] of titled) {
      const ends = [...Object.values(roles), keyWith([route.scope])].map(async (caller) =>
        (await gets(route, { ...caller })) === 'in' ? 'yes' : '',
      );
      lines.push(`| \`${title}\` | ${(await Promise.all(ends)).join(' | ')} |`);
    }
    const table = `# Who may ask what\n\nWritten by a test from the policies themselves. What a person may do to a thing can hang on the thing besides: a handoff is answered by whose it is.\n\n${lines.join('\n')}\n`;
    await expect(table).toMatchFileSnapshot('../../docs/api/access.md');
  });
});

describe('over HTTP', () => {
  let [theirs, mine] = ['', ''];
  let tables: string[] = [];
  const callers: Record<string, Ask> = {};

  /** Everything a workspace has, as one digest per table. */
  const standOf = async (workspace: string): Promise<string[]> => {
    const stands: string[] = [];
    for (const table of tables) {
      const { rows } = await db.owner.query(
        `SELECT count(*) || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') AS stand FROM ${table} t WHERE workspace_id = $1`,
        [workspace],
      );
      stands.push(`${table} ${rows[0].stand}`);
    }
    return stands;
  };

  /** The path of a thing of theirs, for every parameter of the route. */
  const pathTo = async ({ path }: Route): Promise<string> => {
    const words = path.split('/');
    for (const [i, word] of words.entries()) {
      if (!word.startsWith(':')) continue;
      const table = words[i - 1]!.replaceAll('-', '_');
      const has = await db.owner.query(
        "SELECT FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND column_name = 'id'",
        [table],
      );
      const found = has.rowCount
        ? (await db.owner.query(`SELECT id::text FROM ${table} WHERE workspace_id = $1`, [theirs])).rows[0]
            ?.id
        : undefined;
      words[i] = found ?? (word === ':number' ? '1' : newId(1));
    }
    return words.join('/');
  };

  beforeAll(async () => {
    [theirs, mine] = [newId(Date.now()), await db.newWorkspace()];
    tables = await fillEveryTable(db.owner, theirs);
    const scopes = [...new Set(routes.map(({ scope }) => scope))];
    await api.hire(mine, 'sales@mine.example', 'sales', 'manager');
    await api.hire(mine, 'marketing@mine.example', 'marketing', 'manager');
    await api.hire(mine, 'neutral@mine.example', null, 'manager');
    for (const name of ['sales', 'marketing', 'neutral']) {
      callers[name] = api.as(await api.signIn(`${name}@mine.example`));
    }
    callers.key = api.as(await api.key(mine, scopes));
  });

  it('nobody is answered who does not say who they are', async () => {
    for (const [title, route] of titled) {
      const answer = await api.ask(route.method, await pathTo(route), bodyOf(route));
      expect([answer.status, answer.headers['content-type']], title).toEqual([
        401,
        'application/problem+json; charset=utf-8',
      ]);
    }
  });

  it('another workspace’s things are not there, and stay as they are', async () => {
    const before = await standOf(theirs);
    const { rows } = await db.owner.query(
      "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid' AND table_name = ANY($1)",
      [tables],
    );
    const ids: string[] = [theirs];
    for (const { name } of rows) {
      const found = await db.owner.query(`SELECT id::text FROM ${name} WHERE workspace_id = $1`, [theirs]);
      ids.push(...found.rows.map(({ id }) => id as string));
    }
    for (const [title, route] of titled) {
      if (route.events !== undefined) continue; // it does not end: live.test.ts reads it
      const path = await pathTo(route);
      for (const [name, ask] of Object.entries(callers)) {
        const { status, body } = await ask(route.method, path, bodyOf(route));
        const what = `${title} by ${name}: ${status} ${JSON.stringify(body)}`;
        expect(status, what).toBeLessThan(500);
        if (route.path.includes(':')) expect([400, 403, 404, 422], what).toContain(status);
        else for (const id of ids) expect(JSON.stringify(body), what).not.toContain(id);
      }
    }
    expect(await standOf(theirs)).toEqual(before);
  });

  it('another workspace is not entered by naming it', async () => {
    for (const [title, route] of titled) {
      const path = await pathTo(route);
      const answer = await callers.sales!(route.method, path, bodyOf(route), {
        'leadpact-workspace': theirs,
      });
      expect([answer.status, answer.body], title).toEqual([
        403,
        expect.objectContaining({ code: 'not_a_member' }),
      ]);
    }
  });

  it('fields that a route does not know are refused, on every route and door', async () => {
    const smuggled = ['workspace_id', 'rank_of', 'score', 'signature', 'constructor'];
    for (const route of [...routes, ...doors]) {
      if (route.method === 'GET') continue;
      const path = 'scope' in route ? await pathTo(route) : route.path;
      const body = bodyOf(route);
      if (Array.isArray(body)) continue;
      for (const field of smuggled) {
        const more = `${JSON.stringify(body ?? {}).slice(0, -1)}${body && Object.keys(body).length > 0 ? ',' : ''}"${field}":"x"}`;
        const answer = await callers.neutral!(route.method, path, more, {
          'content-type': 'application/json',
        });
        expect([400, 404], `${route.method} ${route.path} with ${field}: ${answer.status}`).toContain(
          answer.status,
        );
        expect(answer.body, `${route.method} ${route.path} with ${field}`).toMatchObject({
          code: expect.stringMatching(/^(invalid|not_json|not_found)$/),
        });
      }
    }
    expect(({} as Record<string, unknown>).rank_of).toBeUndefined();
  });

  it('what no database can keep is refused before it gets there', async () => {
    const odd = [
      '{"name":"\\u0000"}',
      '{"name":"\\ud800"}',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      '{"__proto__":{"x":1}}',
      '{',
      '',
    ];
    for (const body of odd) {
      const answer = await callers.neutral!('PATCH', '/api/workspace', body, {
        'content-type': 'application/json',
      });
      const label = body.slice(0, 30);
      expect(answer.status, label).toBe(body === '' ? 200 : 400);
    }
    expect((await callers.neutral!('GET', '/api/journal?subject_kind=%00')).status).toBe(400);
    expect((await callers.neutral!('GET', '/api/members/%00')).status).toBe(400);
    expect((await callers.neutral!('GET', '/api/members/not-an-id')).status).toBe(404);
  });
});
