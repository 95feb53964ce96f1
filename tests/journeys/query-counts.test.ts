/** How many statements each answer costs: as many as are written here, however much there is to be read. */
import pg from 'pg';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { contracts } from '#server/routes.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
/** Of each kind of thing one that there is, where there is any. */
let known: Record<string, string> = {};

/** A lead with a company, a handoff, and something said of it. */
async function more() {
  const { id, lead, handoff } = await acme.offered({ source: 'fair' });
  const account = newId(acme.now);
  await acme.rows("INSERT INTO accounts (workspace_id, id, name) VALUES ($1, $2, 'Buyer')", account);
  await acme.rows('UPDATE leads SET account_id = $2 WHERE workspace_id = $1 AND number = $3', account, lead);
  await acme.call('mia', `POST /api/threads/lead/${id}/messages`, { kind: 'message', body: 'Good morning.' });
  return { id, handoff, account };
}

beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  const { id, handoff, account } = await more();
  const [version] = await acme.rows<{ pact: string }>(
    'SELECT pact_id AS pact FROM versions WHERE workspace_id = $1',
  );
  known = {
    pact: version!.pact,
    number: '1',
    other: '1',
    about: 'lead',
    member: acme.people.ann.id,
    '/api/leads/': id,
    '/api/handoffs/': handoff,
    '/api/accounts/': account,
    '/api/threads/': id,
  };
}, 60_000);
afterEach(() => {
  vi.restoreAllMocks();
});

const NONE = '00000000-0000-7000-8000-000000000000';
const nameOf = (path: string, param: string): string =>
  known[param] ??
  Object.entries(known).find(([begin]) => begin.startsWith('/') && path.startsWith(begin))?.[1] ??
  NONE;

/** What an answer has to be asked, beside its path. */
const asked: Record<string, string> = {
  '/api/search': '?q=buyer',
  '/api/leads': '?sort=interest&stage=mql&source=fair',
  '/api/leads/counts': '?stage=mql',
};
/** Those that do not end, or are read in portions to their end. */
const streams = ['/api/events', '/api/leads.csv', '/api/leads/:id/export'];
const routes = contracts.filter(({ method, path }) => method === 'GET' && !streams.includes(path));

const house = /^(BEGIN|COMMIT|ROLLBACK|select pg_is_in_recovery)/;

/** The statements that an answer takes, but for those that open and close a transaction. */
async function statementsOf(path: string): Promise<string> {
  const url = path.replace(/:(\w+)/g, (_, param: string) => nameOf(path, param)) + (asked[path] ?? '');
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  const status = await acme.call('anna', `GET ${url}`).then(
    () => '',
    (error: unknown) => {
      if (error instanceof HttpProblem) return ` (${error.status})`;
      throw error;
    },
  );
  const texts = spy.mock.calls.map(([given]) =>
    typeof given === 'string' ? given : (given as { text: string }).text,
  );
  spy.mockRestore();
  return `${texts.filter((text) => !house.test(text)).length}${status}`;
}

async function table(): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const { path } of routes) {
    await statementsOf(path); // pacts are read once in the life of a process
    all[path] = await statementsOf(path);
  }
  return all;
}

it('is fixed for every route, and does not grow with what there is', async () => {
  const few = await table();
  expect(few).toMatchInlineSnapshot(`
    {
      "/api/accounts": "1",
      "/api/accounts/:id": "4",
      "/api/api-keys": "1",
      "/api/backtests/:backtest": "1 (404)",
      "/api/backtests/:backtest/leads": "0 (400)",
      "/api/calendar": "1",
      "/api/campaigns": "2",
      "/api/deals": "1",
      "/api/deals/:id": "1 (404)",
      "/api/duties": "1",
      "/api/expectations": "8",
      "/api/handoffs": "2",
      "/api/handoffs/:id": "2",
      "/api/handoffs/unready": "1",
      "/api/imports": "1",
      "/api/imports/:id": "1 (404)",
      "/api/imports/:id/rejects": "1 (404)",
      "/api/ingest/recent": "0",
      "/api/journal": "1",
      "/api/journal/verification": "2",
      "/api/leads": "2",
      "/api/leads/:id": "1",
      "/api/leads/:id/distance": "7",
      "/api/leads/:id/handoffs": "3",
      "/api/leads/:id/identities": "4",
      "/api/leads/:id/score-history": "7",
      "/api/leads/:id/timeline": "2",
      "/api/leads/:id/verdict": "8",
      "/api/leads/counts": "2",
      "/api/leads/stuck": "0 (404)",
      "/api/mail": "0",
      "/api/measures": "2",
      "/api/measures/attribution": "4",
      "/api/measures/before-and-after": "0 (400)",
      "/api/measures/before-won": "6",
      "/api/measures/figures.csv": "0 (400)",
      "/api/measures/funnel": "5",
      "/api/measures/leaks": "6",
      "/api/measures/misalignment": "6",
      "/api/measures/missed-wins": "12",
      "/api/measures/rows": "0 (400)",
      "/api/measures/rows.csv": "0 (400)",
      "/api/measures/scorecard": "18",
      "/api/measures/sla": "8",
      "/api/measures/sources": "8",
      "/api/measures/speed": "4",
      "/api/measures/stages": "5",
      "/api/measures/trust": "7",
      "/api/measures/under-version": "0 (400)",
      "/api/members": "1",
      "/api/members/:member": "1",
      "/api/members/:member/absences": "2",
      "/api/openings": "1",
      "/api/openings/:opening": "2 (404)",
      "/api/openings/:opening/differences": "2 (404)",
      "/api/openings/:opening/leads": "1 (404)",
      "/api/pacts": "4",
      "/api/pacts/:pact/backtests": "3",
      "/api/pacts/:pact/versions/:number": "4",
      "/api/pacts/:pact/versions/:number/clauses": "9",
      "/api/pacts/:pact/versions/:number/comments": "2",
      "/api/pacts/:pact/versions/:number/diff/:other": "2",
      "/api/pacts/:pact/versions/:number/merge": "1 (409)",
      "/api/preferences": "1",
      "/api/quarantine": "1",
      "/api/quarantine/:id": "1 (404)",
      "/api/reports/digest": "23",
      "/api/reports/quarter": "24",
      "/api/retention": "1",
      "/api/reviews": "1",
      "/api/reviews/:review": "1 (404)",
      "/api/reviews/:review/lessons": "1 (404)",
      "/api/reviews/:review/minutes": "1 (404)",
      "/api/search": "5",
      "/api/threads/:about/:id": "3",
      "/api/today": "20",
      "/api/views": "1",
      "/api/views/:id": "1 (404)",
      "/api/webhooks": "1",
      "/api/webhooks/:endpoint/deliveries": "1 (404)",
      "/api/workshops": "2",
      "/api/workshops/:workshop": "2 (404)",
      "/api/workshops/:workshop/result": "1 (404)",
      "/api/workspace": "1",
      "/api/write-keys": "1",
    }
  `);
  for (let i = 0; i < 8; i++) await more();
  expect(await table()).toEqual(few);
}, 60_000);
