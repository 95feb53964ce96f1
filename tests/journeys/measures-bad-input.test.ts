/** Measures where there is little or nothing to measure: never NaN, never a bare nought, always a sentence. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '#contract/measures.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { scorecardRoutes } from '#features/scorecards/routes.ts';
import { newId } from '#platform/ids.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { walk } from '#tests/support/openings.ts';
import { ACME } from '#tests/support/pacts.ts';
import { agree, hire } from './verdicts-support.ts';

const db = withDatabase();
const api = withApi(db);
const NOW = Date.parse('2026-05-20T12:00Z');
const DAY = 86_400_000;

/** What a report cannot do without. */
const WANTED: Record<string, string> = {
  '/api/measures/before-and-after': 'version=1',
  '/api/measures/under-version': 'judge=1',
};
const REPORTS = scorecardRoutes
  .filter(({ method, path, file }) => method === 'GET' && file === undefined && path !== '/api/measures/rows')
  .map(({ path }) => path);

const keyTo = async (workspace: string): Promise<Ask> => {
  api.now = NOW;
  return api.as(await api.key(workspace, ['measures:read', 'measures:write']));
};

/** Every report of a period, each number opened. */
async function readAll(ask: Ask, period = ''): Promise<Map<string, unknown>> {
  const replies = new Map<string, unknown>();
  for (const path of REPORTS) {
    const isPeriod = path.startsWith('/api/measures/') && !path.endsWith('before-and-after');
    const query = [WANTED[path], isPeriod ? period : ''].filter(Boolean).join('&');
    const { status, body } = await ask('GET', `${path}?${query}`);
    if (path in WANTED && status === 404) continue;
    expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200);
    await walk(ask, body);
    for (const figure of figuresIn(body)) {
      expect(figure.says, `${path} ${figure.measure}`).toMatch(/\.$/);
      if (figure.value !== null) expect(Number.isFinite(figure.value)).toBe(true);
      if (figure.unit === 'share' && figure.value === 0) expect(figure.says).toMatch(/^(None|0) of/);
    }
    replies.set(path, body);
  }
  return replies;
}

function figuresIn(value: unknown): Figure[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'measure' in value && 'says' in value && 'enough' in value ? [value as Figure] : [];
  return [...own, ...Object.values(value).flatMap(figuresIn)];
}

it('a workspace without a pact, a lead or a deal', async () => {
  const replies = await readAll(await keyTo(await db.newWorkspace()));
  expect(replies.get('/api/measures/scorecard')).toMatchObject({
    notes: [expect.stringContaining('No pact was in force')],
  });
});

describe('a workspace with a pact', () => {
  let workspace: string;
  let ask: Ask;
  let sam: string;
  let pact: string;

  beforeAll(async () => {
    workspace = await db.newWorkspace();
    const people = await hire(db.database, workspace);
    sam = people.sam.id;
    ({ pact } = await agree(db.database, people, parsePact(ACME).pact, Date.parse('2026-01-01T00:00Z')));
    ask = await keyTo(workspace);
  });

  const write = (text: string, values: unknown[]) =>
    db.database.inWorkspace(workspace, (_, query) => query(text, [workspace, ...values]));

  it('and nothing else', async () => {
    await readAll(ask);
  });

  it('one lead, handed over, won before anybody touched it, by somebody who has left since', async () => {
    const [handoff, offered] = [newId(NOW), new Date(NOW - 10 * DAY)];
    await write(
      `INSERT INTO leads (workspace_id, number, id, email, source, created_at) VALUES ($1, 1, $2, 'a@b.example', ' Google ', $3)`,
      [newId(NOW), new Date(NOW - 20 * DAY)],
    );
    await write(
      `INSERT INTO handoffs (workspace_id, id, lead, pass, pact_id, version, tier, origin, packet, offered_at, accept_by, owner_id, answer, answered_at)
       VALUES ($1, $2, 1, 1, $3, 1, 'standard', 'mql', '{}', $4, $4, $5, 'acceptance', $6)`,
      [handoff, pact, offered, sam, new Date(NOW - 9 * DAY)],
    );
    await write(
      `INSERT INTO deadlines (workspace_id, id, handoff_id, term, pact_id, version, started_at, due_at)
       VALUES ($1, $2, $3, 'first_touch', $4, 1, $5, $5)`,
      [newId(NOW), handoff, pact, offered],
    );
    await write(
      `INSERT INTO moves (workspace_id, id, lead, at, to_stage, pass, cause, pact_id, version, fit, interest)
       SELECT $1, id, 1, at, stage, 1, 'activity', $2, 1, 0, 0 FROM unnest($3::uuid[], $4::timestamptz[], ARRAY['won', 'mql', 'sal']) AS m (id, at, stage)`,
      [pact, [newId(NOW), newId(NOW), newId(NOW)], [12, 10, 9].map((days) => new Date(NOW - days * DAY))],
    );
    await write(
      `INSERT INTO deals (workspace_id, id, lead, origin, amount, opened_at, outcome, closed_at, owner_id)
       VALUES ($1, $2, 1, 'hand', 100, $3, 'won', $3, $4)`,
      [newId(NOW), new Date(NOW - 12 * DAY), sam],
    );
    await write('UPDATE members SET left_at = $3 WHERE workspace_id = $1 AND id = $2', [sam, new Date(NOW)]);
    const replies = await readAll(ask);
    const { together } = replies.get('/api/measures/scorecard') as { together: Figure[] };
    // 100 in the currency of the pact, won before it was an MQL; its deal took no time, so there is no velocity.
    expect(together.map(({ measure, value, currency }) => [measure, value, currency])).toEqual([
      ['close_rate', null, null],
      ['won_value', 100, 'USD'],
      ['missed_wins', 1, null],
      ['velocity', null, 'USD'],
    ]);
    expect(together[0]!.says).toMatch(/too young to say/);
  });

  it('two currencies are not added up', async () => {
    for (const currency of ['EUR', 'CHF']) {
      await write(
        `INSERT INTO deals (workspace_id, id, lead, origin, amount, currency, opened_at, outcome, closed_at) VALUES ($1, $2, 1, 'hand', 50, $3, $4, 'won', $4)`,
        [newId(NOW), currency, new Date(NOW - 2 * DAY)],
      );
    }
    const replies = await readAll(ask);
    const { together } = replies.get('/api/measures/scorecard') as { together: Figure[] };
    const won = together.find(({ measure }) => measure === 'won_value')!;
    expect(won).toMatchObject({ value: null, numerator: null });
    expect(won.says).toBe(
      '50 CHF and 50 EUR and 100 USD of won deals: amounts in different currencies are not added up.',
    );
  });

  it('a period before there was any calendar, and one that has not begun', async () => {
    await readAll(ask, 'from=2019-01-01&to=2019-04-01');
    const future = await ask('GET', '/api/measures/scorecard?from=2030-01-01&to=2030-04-01');
    expect(future.body).toMatchObject({ notes: ['This period has not begun yet.'] });
  });

  it('days are those of the calendar, 23 or 25 hours long when clocks are changed', async () => {
    const lengthOf = async (from: string, to: string) => {
      const { body } = await ask('GET', `/api/measures/scorecard?from=${from}&to=${to}`);
      const { period } = body as { period: { from: string; to: string } };
      return (Date.parse(period.to) - Date.parse(period.from)) / 3_600_000;
    };
    expect(await lengthOf('2026-03-08', '2026-03-09')).toBe(23);
    expect(await lengthOf('2026-11-01', '2026-11-02')).toBe(25);
  });

  it.each([
    ['a period that ends before it begins', 'scorecard?from=2026-04-01&to=2026-03-01', 400, 'period'],
    ['a day there is none of', 'scorecard?from=2026-02-30', 400, 'invalid'],
    ['a version that never was', 'scorecard?version=7', 404, 'no_such_version'],
    ['rows that nobody gave out', 'rows?of=leads.secrets', 400, 'bad_rows'],
    ['rows of nothing', 'rows?of=', 400, 'bad_rows'],
    ['rows without what they hang on', 'rows?of=passes.mature', 400, 'bad_rows'],
    ['rows told apart by something else', 'rows?of=handoffs.accepted&by=password%3D1', 400, 'bad_rows'],
    ['a cursor of another list', 'rows?of=handoffs.accepted&cursor=abc', 400, 'bad_cursor'],
    ['a number that is none', 'funnel?horizon=soon', 400, 'invalid'],
  ])('%s is refused', async (_, path, wanted, code) => {
    const { status, body } = await ask('GET', `/api/measures/${path}`);
    expect([status, (body as { code: string }).code]).toEqual([wanted, code]);
  });
});
