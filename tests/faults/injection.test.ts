/**
 * SQL in every field that can be sent (F57): every parameter, every text of every body, and the headers that are read,
 * of every route; one way of it each, and all of them with `npm run test:faults`. No statement is broken by it, none carries it, and another workspace's rows stay as they are.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { openapi } from '#server/openapi.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { fillEveryTable } from '#tests/support/every-table.ts';
import { isLong } from '#tests/support/long.ts';
import { sample } from '#tests/support/sample.ts';

const db = withDatabase();
const api = withApi(db, 1_000_000);
const MARK = 'zq9injected';
const payloads = [
  `${MARK}' OR '1'='1'; DROP TABLE leads; -- $1 %s`,
  `${MARK}\\") OR ("1"="1" /* \${x} {{x}} $$; SELECT pg_sleep(9)`,
];

type Schema = Record<string, unknown>;
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema };
type Operation = { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } };
type Method = Parameters<Ask>[0];
type Request = {
  title: string;
  method: Method;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
};

/** The same value as often as it has texts, each time with another of them replaced. */
function* replaced(value: unknown, by: string): Generator<unknown> {
  if (typeof value === 'string') yield by;
  else if (Array.isArray(value)) {
    for (const [i, one] of value.entries()) for (const other of replaced(one, by)) yield value.with(i, other);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value))
      for (const other of replaced(one, by)) yield { ...value, [name]: other };
  }
}

/** With all that may be said, not only what must. */
const whole = (schema: Schema): unknown => {
  const value = sample(schema);
  const more = (schema.properties ?? {}) as Record<string, Schema>;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return { ...Object.fromEntries(Object.entries(more).map(([name, one]) => [name, sample(one)])), ...value };
};

/** What to ask of one operation, a field at a time. */
function* requestsOf(
  path: string,
  method: Method,
  { parameters = [], requestBody }: Operation,
): Generator<Request> {
  const schema = requestBody?.content['application/json']?.schema;
  const body = schema === undefined ? undefined : whole(schema);
  const given = (parameter: Parameter): string => String(sample(parameter.schema));
  const address = (other?: { name: string; by: string }): string => {
    const values = (place: string) =>
      parameters.flatMap((one) => {
        if (one.in !== place || (place === 'query' && !one.required && one.name !== other?.name)) return [];
        return [[one.name, one.name === other?.name ? other.by : given(one)] as const];
      });
    let text = path;
    for (const [name, value] of values('path')) text = text.replace(`{${name}}`, encodeURIComponent(value));
    const query = new URLSearchParams(values('query').map(([name, value]) => [name, value]));
    return query.size === 0 ? text : `${text}?${query}`;
  };
  for (const [turn, by] of payloads.entries()) {
    const ask = { title: `${method} ${path}`, method, body };
    const fields: Request[] = [
      ...parameters
        .filter((one) => one.in !== 'header')
        .map(({ name }) => ({ ...ask, title: `${ask.title} ${name}`, path: address({ name, by }) })),
      ...[...replaced(body, by)].map((other) => ({ ...ask, path: address(), body: other })),
      { ...ask, path: address(), headers: { 'if-match': by, 'idempotency-key': by } },
    ];
    yield* fields.filter((_, i) => isLong || (i + turn) % payloads.length === 0);
  }
}

/** What no field is sent to: streams that do not end, files, and what would end the session that asks. */
const left = /^\/api\/(events|imports|session)|departure|\/export/;

const { paths } = openapi() as unknown as { paths: Record<string, Record<string, Operation>> };
const requests = Object.entries(paths).flatMap(([path, methods]) =>
  left.test(path)
    ? []
    : Object.entries(methods).flatMap(([method, operation]) => [
        ...requestsOf(path, method.toUpperCase() as Method, operation),
      ]),
);

let theirs = '';
let tables: string[] = [];
let [ann, program]: Ask[] = [];
beforeAll(async () => {
  const mine = await db.newWorkspace();
  theirs = newId(Date.now());
  tables = await fillEveryTable(db.owner, theirs);
  await api.hire(mine, 'ann@mine.example', 'marketing', 'manager');
  ann = api.as(await api.signIn('ann@mine.example'));
  program = api.as({ authorization: `Bearer lp_${payloads[0]}`, 'leadpact-workspace': payloads[1]! });
});

const stand = async (): Promise<string[]> => {
  const stands: string[] = [];
  for (const table of tables) {
    const { rows } = await db.owner.query(
      `SELECT count(*) || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') AS stand FROM ${table} t WHERE workspace_id = $1`,
      [theirs],
    );
    stands.push(`${table} ${rows[0].stand}`);
  }
  return stands;
};

/** The log of the tests' server; null where one cannot look at where it works. */
async function serverLog(): Promise<string | null> {
  const { rows } = await db.owner.query(
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'",
  );
  const path = `/proc/${rows[0].pid}/cwd/../postgres.log`;
  return existsSync(path) ? path : null;
}

it(`breaks no statement, in ${requests.length} requests`, async () => {
  const log = await serverLog();
  const from = log === null ? 0 : statSync(log).size;
  const before = await stand();
  const answered = new Map<number, number>();
  for (const { title, method, path, body, headers } of requests) {
    const { status, body: said } = await ann!(method, path, body, headers);
    expect(status, `${title}: ${JSON.stringify(said)}`).toBeLessThan(500);
    answered.set(status, (answered.get(status) ?? 0) + 1);
  }
  // Much of it got as far as the database: it was answered, or not found there.
  expect((answered.get(200) ?? 0) + (answered.get(404) ?? 0)).toBeGreaterThan(isLong ? 400 : 200);
  for (const path of ['/api/leads', '/api/workspace']) expect((await program!('GET', path)).status).toBe(401);
  expect(await stand()).toEqual(before);
  if (log === null) return;
  await expect(db.owner.query("SELECT 'written down' FROM nowhere")).rejects.toThrow();
  const said = readFileSync(log).subarray(from).toString();
  expect(said).toContain('written down');
  expect(said).not.toContain(MARK);
}, 120_000);
