/** A funnel out of two exported files: qualified leads by the day of their first contact, and the deals won of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '#contract/measures.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { walk } from '#tests/support/openings.ts';
import { ACME } from '#tests/support/pacts.ts';
import { agree, hire, workUntilDone } from './verdicts-support.ts';

const db = withDatabase();
const api = withApi(db);
let ask: Ask;

const DAY = 86_400_000;
const NOW = Date.parse('2018-11-20T12:00Z');
const FIRST = Date.parse('2018-01-01');

/** By source: how many came, and after how many days each won one was won, the last of them late. */
const SOURCES: Record<string, { came: number; lags: number[] }> = {
  organic_search: { came: 80, lags: [1, 5, 6, 12, 25, 40, 80, 120, 170, 200] },
  social: { came: 60, lags: [3, 31, 95] },
  paid_search: { came: 40, lags: [0, 7, 30, 90, 180] },
  // Nobody wrote down where these are from.
  '': { came: 20, lags: [-1, 2, 8, 60] },
};
const all = Object.values(SOURCES).flatMap(({ lags }) => lags);
const CAME = Object.values(SOURCES).reduce((sum, { came }) => sum + came, 0);
const wonWithin = (days: number): number => all.filter((lag) => lag <= days).length;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** As a spreadsheet saves it: the day first, seconds lost. */
const spoilt = (at: number): string => `${dayOf(at).split('-').reverse().join('-')} 15:30`;

function files(): { leads: string; deals: string } {
  const [leads, deals] = [
    ['mql_id,first_contact_date,landing_page_id,source'],
    ['mql_id,seller_id,won_date'],
  ];
  let n = 0;
  for (const [source, { came, lags }] of Object.entries(SOURCES)) {
    for (let i = 0; i < came; i++, n++) {
      const at = FIRST + (n % 120) * DAY;
      leads.push(`m${n},${dayOf(at)},page-${n % 7},${source}`);
      if (i < lags.length) deals.push(`m${n},s${n},${spoilt(at + lags[i]! * DAY)}`);
    }
  }
  return { leads: `${leads.join('\n')}\n`, deals: `${deals.join('\n')}\n` };
}

beforeAll(async () => {
  const workspace = await db.newWorkspace();
  const everybody = { attribute: 'landing_page_id', exists: true };
  const { pact } = parsePact(ACME);
  const open = {
    ...pact,
    calendar: { ...pact.calendar, zone: 'UTC' },
    lead: { ...pact.lead, when: everybody },
    mql: { ...pact.mql, when: everybody },
  };
  await agree(db.database, await hire(db.database, workspace), open, NOW - DAY);
  await api.hire(workspace, 'rio@acme.example', null, 'manager');
  const headers = await api.signIn('rio@acme.example');
  api.now = NOW;
  ask = api.as(headers);
  const origin = await api.listen();
  const { leads, deals } = files();
  const send = async (search: string, body: string): Promise<unknown> => {
    const reply = await fetch(`${origin}/api/imports?${search}&system=crm`, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-type': 'text/csv' },
    });
    return reply.json();
  };
  expect(await send('kind=leads&name=mqls.csv', leads)).toMatchObject({ accepted: CAME, rejected: 0 });
  api.now += 1_000;
  expect(await send('kind=deals&name=deals.csv&dates=dmy', deals)).toMatchObject({
    accepted: all.length,
    rejected: 0,
  });
  await workUntilDone(db.database, NOW);
}, 60_000);

type Cohort = { of: string; size: number; mature: number; young: number; overall: Figure; so_far: Figure };
const cohorts = async (search: string): Promise<Cohort[]> => {
  const { status, body } = await ask('GET', `/api/measures/funnel?from=2017-12-01&to=2018-06-01&${search}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as { cohorts: Cohort[] }).cohorts;
};

describe('a funnel that was imported', () => {
  it('prints what was won so far of all, beside the rate of those who are old enough', async () => {
    const [whole, ...sources] = await cohorts('by=source&horizon=300');
    expect(whole!.size).toBe(CAME);
    expect(whole!.young).toBeGreaterThan(0);
    expect(whole!.so_far).toMatchObject({ numerator: all.length, denominator: CAME, interval: null });
    expect(whole!.so_far.says).toContain('22 of 200 MQLs so far were won: 11 %.');
    expect(whole!.so_far.says).toContain(`${whole!.young} of them are young`);
    expect(whole!.overall.denominator).toBe(whole!.mature);
    for (const { of, size, so_far } of sources)
      expect([of, size, so_far.numerator]).toEqual([of, SOURCES[of]!.came, SOURCES[of]!.lags.length]);
    await walk(ask, [whole, ...sources]);
  });

  it.each([7, 30, 90, 180])('counts what was won within %i days of the first contact', async (horizon) => {
    const [whole] = await cohorts(`by=all&horizon=${horizon}`);
    expect(whole!).toMatchObject({ mature: CAME, young: 0 });
    expect(whole!.overall.numerator).toBe(wonWithin(horizon));
  });

  it('tells the same of every source', async () => {
    type Line = { source: string | null; leads: { count: number }; won_so_far: Figure };
    const { body } = await ask('GET', '/api/measures/sources?from=2017-12-01&to=2018-06-01&horizon=300');
    const { sources, all: whole } = body as { sources: Line[]; all: Line };
    expect(whole.won_so_far).toMatchObject({ numerator: all.length, denominator: CAME });
    for (const { source, leads, won_so_far } of sources) {
      const { came, lags } = SOURCES[source ?? '']!;
      expect([source, leads.count, won_so_far.numerator]).toEqual([source, came, lags.length]);
    }
    await walk(ask, body);
  });
});
