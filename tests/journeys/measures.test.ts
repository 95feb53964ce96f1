/** The measures of the example company, asked over the API: what was planted shows, and every number opens into its rows. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure, Opening } from '#contract/measures.ts';
import { compileCalendar } from '#engine/calendar/calendar.ts';
import { elapsed } from '#engine/calendar/clock.ts';
import { standingOf } from '#engine/measures/attainment.ts';
import { bucketOf } from '#engine/measures/speed.ts';
import { carryOutward } from '#features/integrations/carriers.ts';
import { mailCarrier } from '#features/integrations/mails/carrier.ts';
import { sendDigests } from '#features/scorecards/digest-mail.ts';
import { openHolidayBook } from '#platform/holidays/holidays.ts';
import { openLog } from '#platform/log.ts';
import { openSmtp } from '#platform/mail/smtp.ts';
import { outboxQueue } from '#platform/outbox/outbox.ts';
import { pumpOnce } from '#platform/outbox/pump.ts';
import { END, type Lived, liveThrough } from '#tests/support/acme-history.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { openMailbox } from '#tests/support/mailbox.ts';
import { walk } from '#tests/support/openings.ts';
import { pactNamed, table } from '../../examples/acme-industrial/history.ts';

const db = withDatabase();
const api = withApi(db);
let lived: Lived;
let ask: Ask;

const YEAR = 'from=2025-01-01&to=2026-01-01';

beforeAll(async () => {
  lived = await liveThrough(db);
  api.now = END;
  ask = api.as(await api.key(lived.workspace, ['measures:read', 'measures:write']));
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await ask('GET', path);
  expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200);
  return body as T;
}

const named = (figures: readonly Figure[], measure: string): Figure => {
  const found = figures.find((figure) => figure.measure === measure);
  expect(found, measure).toBeDefined();
  return found!;
};

type Scorecard = { marketing: Figure[]; sales: Figure[]; together: Figure[]; notes: string[] };

describe('the paired scorecard', () => {
  it('counts both teams on the same handoffs, and each number opens into its rows', async () => {
    const card = await get<Scorecard>(`/api/measures/scorecard?${YEAR}`);
    const volume = named(card.marketing, 'volume');
    expect(volume).toMatchObject({ promised: 12 * 45, unit: 'count' });
    const acceptance = named(card.marketing, 'acceptance');
    expect(acceptance.value).toBeGreaterThan(0.5);
    expect(acceptance).toMatchObject({ enough: true, promised: 0.75, kept: false });
    expect(named(card.together, 'won_value')).toMatchObject({ currency: 'EUR' });
    expect(await walk(ask, card)).toBeGreaterThan(10);
  });
});

describe('as CSV', () => {
  it('figures of a report, and the rows of one', async () => {
    const headers = await api.key(lived.workspace, ['measures:read']);
    const origin = await api.listen();
    const read = async (path: string) => {
      const reply = await fetch(`${origin}${path}`, { headers });
      expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      return (await reply.text()).trim().split('\n');
    };
    const [header, ...figures] = await read(`/api/measures/figures.csv?report=funnel&by=pass&${YEAR}`);
    expect(header).toMatch(/^place,measure,name,unit,value,currency,numerator,denominator,low,high/);
    expect(
      figures.filter((line) => line.startsWith('cohorts / all / steps / won / rate,conversion,')),
    ).toHaveLength(1);
    const card = await get<Scorecard>(`/api/measures/scorecard?${YEAR}`);
    const { params, count } = named(card.marketing, 'acceptance').rows.numerator!;
    const rows = await read(`/api/measures/rows.csv?${new URLSearchParams(params)}`);
    expect(rows).toHaveLength(1 + count);
  });
});

describe('the agreement from both sides', () => {
  it('has a pace line, three clocks, and rows behind each', async () => {
    type Sla = {
      marketing: {
        volume: {
          days: number;
          day: number;
          actual: number;
          expected: number;
          line: { actual: number | null }[];
        };
      };
      sales: { terms: { term: string; attainment: Figure }[]; attempts: Figure; says: string };
    };
    const sla = await get<Sla>(`/api/measures/sla?${YEAR}`);
    const { volume } = sla.marketing;
    expect(volume.day).toBe(volume.days);
    expect(volume.line.at(-1)!.actual).toBe(volume.actual);
    expect(volume.expected).toBeCloseTo(540, 6);
    expect(sla.sales.terms.map(({ term }) => term)).toEqual(['accept', 'first_touch', 'decide']);
    // Planted: half of those who are called unreachable got fewer attempts than agreed.
    expect(sla.sales.attempts.value).toBeLessThan(0.8);
    expect(await walk(ask, sla)).toBeGreaterThan(20);
  });

  it('tells trust by month, and wins that both have a share in', async () => {
    type Trust = { months: { month: string }[]; trend: string; shared_wins: { latest: { says: string }[] } };
    const trust = await get<Trust>('/api/measures/trust?from=2025-04-01&to=2026-07-01&months=6');
    expect(trust.months.map(({ month }) => month)).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
    ]);
    expect(trust.shared_wins.latest).toHaveLength(5);
    expect(await walk(ask, trust)).toBeGreaterThan(30);
  });

  it('shows what changed with a version, on as many days before as after', async () => {
    type Change = { measure: string; says: string };
    const reply = await get<{ changes: Change[]; days: number; before: object }>(
      '/api/measures/before-and-after?version=2',
    );
    expect(reply.days).toBe(90);
    expect(reply.changes.map(({ measure }) => measure)).toContain('acceptance');
    await walk(ask, reply);
    expect(await get<{ before: null }>('/api/measures/before-and-after?version=1')).toMatchObject({
      before: null,
      changes: [],
    });
    const { status } = await ask('GET', '/api/measures/before-and-after?version=9');
    expect(status).toBe(404);
  });
});

describe('under another version', () => {
  it('what was handed over is judged again: the draft would not have handed over the bought list', async () => {
    type Under = {
      same: { measures: string[] }[];
      both: number;
      in_force_only: number;
      in_force: Figure[];
      chosen: Figure[];
      says: string;
    };
    const report = await get<Under>('/api/measures/under-version?from=2025-06-01&to=2025-12-01&judge=2');
    const [before, after] = [named(report.in_force, 'volume'), named(report.chosen, 'volume')];
    expect(report.both + report.in_force_only).toBe(before.value);
    expect(report.both).toBe(after.value);
    expect(report.in_force_only).toBeGreaterThan(20);
    expect(named(report.chosen, 'close_rate').value).toBeGreaterThan(
      named(report.in_force, 'close_rate').value!,
    );
    // Seven measures by both versions; every other one of the catalogue says why it is not among them.
    expect(await walk(ask, report)).toBe(26);
    const told = [
      ...report.chosen.map(({ measure }) => measure),
      ...report.same.flatMap(({ measures }) => measures),
    ];
    expect(told).toEqual([...new Set(told)]);
    const card = await get<Scorecard>('/api/measures/scorecard?from=2025-06-01&to=2025-12-01');
    for (const { measure } of [...card.marketing, ...card.sales, ...card.together])
      expect(told).toContain(measure);
    expect((await ask('GET', '/api/measures/under-version?judge=9')).status).toBe(404);
  });
});

describe('the funnel', () => {
  type Step = {
    rung: string;
    rate: Figure;
    reached: { count: number };
    skipped: { count: number };
    median_days: number | null;
  };
  type Cohort = {
    of: string;
    size: number;
    mature: number;
    young: number;
    steps: Step[];
    curve: { converted: number }[];
  };
  type Funnel = { cohorts: Cohort[] };

  it('watches every cohort as long, and opens into its rows', async () => {
    const { cohorts } = await get<Funnel>(
      '/api/measures/funnel?from=2025-01-01&to=2026-07-01&entry=conversion&horizon=90',
    );
    expect(cohorts.map(({ of }) => of)).toEqual(['all', 'marketing', 'sales']);
    const [all, ...parts] = cohorts;
    expect(all!.size).toBe(3000 + 23); // who came back after being recycled runs through it again
    expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(all!.size);
    expect(all!.young).toBeGreaterThan(0);
    for (const { steps } of cohorts) {
      const reached = steps.map(({ reached: { count } }) => count);
      expect(reached).toEqual(reached.toSorted((a, b) => b - a));
    }
    expect(await walk(ask, cohorts)).toBeGreaterThan(50);
  });

  it.each(['source', 'pass', 'month', 'tier'])('is told by %s', async (by) => {
    const { cohorts } = await get<Funnel>(`/api/measures/funnel?${YEAR}&by=${by}`);
    expect(cohorts.length).toBeGreaterThan(1);
    await walk(ask, cohorts.slice(0, 3));
  });

  it('tells every stage, how long leads stood there and where they went', async () => {
    const report = await get<{ stages: { stage: string }[] }>(`/api/measures/stages?${YEAR}`);
    expect(report.stages.map(({ stage }) => stage).slice(0, 2)).toEqual(['conversion', 'mql']);
    expect(await walk(ask, report)).toBeGreaterThan(10);
  });
});

describe('speed to lead', () => {
  type Group = { of: string; median: number; never: Figure; buckets: { bucket: string; won: Figure }[] };
  type Speed = { all: Group; groups: Group[]; says: string };

  it('shows the slow Fridays, in working hours', async () => {
    const speed = await get<Speed>(`/api/measures/speed?${YEAR}&by=weekday`);
    const days = new Map(speed.groups.map((group) => [group.of, group]));
    const friday = days.get('Friday')!;
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday']) {
      expect(friday.median).toBeGreaterThan(3 * days.get(day)!.median);
      expect(friday.never.value).toBeGreaterThan(days.get(day)!.never.value!);
    }
    expect(speed.says).toMatch(/^Friday: half of those touched within/);
    expect(await walk(ask, speed.all)).toBeGreaterThan(20);
    await walk(ask, friday);
  });

  it('is told by tier, and by the clock on the wall', async () => {
    const speed = await get<Speed>(`/api/measures/speed?${YEAR}&clock=wall`);
    expect(speed.groups.map(({ of }) => of)).toEqual(['hot', 'standard']);
    const working = await get<Speed>(`/api/measures/speed?${YEAR}`);
    expect(working.all.median).toBeLessThan(speed.all.median);
    await walk(ask, speed.groups);
  });
});

describe('where leads are lost', () => {
  type Owner = {
    owner: string;
    rows: { count: number };
    clauses: { reason: string; rows: { count: number } }[];
  };
  type Leak = { step: string; amount: number; lost: { count: number }; owners: Owner[] };
  type Leaks = { gap: number; leaks: Leak[]; mqls: { count: number }; says: string };

  it('the parts add up to the gap, and each opens into those who were lost', async () => {
    const report = await get<Leaks>(`/api/measures/leaks?${YEAR}`);
    expect(report.leaks.map(({ step }) => step)).toEqual(['mql_to_sal', 'sal_to_sql', 'sql_to_won']);
    const sum = report.leaks.reduce((all, { amount }) => all + amount, 0);
    expect(sum).toBeCloseTo(report.gap, 4);
    for (const { lost, owners } of report.leaks) {
      expect(owners.reduce((all, { rows }) => all + rows.count, 0)).toBe(lost.count);
      for (const { rows, clauses } of owners) {
        expect(clauses.reduce((all, clause) => all + clause.rows.count, 0)).toBe(rows.count);
      }
    }
    expect(await walk(ask, report)).toBeGreaterThan(20);
  });

  it('costs what its rows cost, each lead once, whatever is assumed', async () => {
    type Line = {
      bucket: string;
      leads: number;
      cost: number;
      low: number;
      high: number;
      rows: { count: number };
    };
    type Cost = {
      lines: Line[];
      rows: Opening;
      total: number;
      low: number;
      high: number;
      assumed: { name: string; from: string; value: number }[];
    };
    const report = await get<Cost>(`/api/measures/misalignment?${YEAR}`);
    expect(report.lines.map(({ bucket }) => bucket)).toEqual(['untouched', 'late', 'rejected', 'unnurtured']);
    expect(report.lines.reduce((all, { cost }) => all + cost, 0)).toBeCloseTo(report.total, 6);
    for (const line of report.lines) {
      expect(line.rows.count).toBe(line.leads);
      expect(line.low).toBeLessThanOrEqual(line.cost);
      expect(line.high).toBeGreaterThanOrEqual(line.cost);
    }
    await walk(ask, report);
    // Every row says what it cost: together they are the total, whatever it was worked out with.
    const { items } = await get<{ items: { amount: number; currency: string }[] }>(
      `/api/measures/rows?limit=500&${new URLSearchParams(report.rows.params)}`,
    );
    expect(items).toHaveLength(report.rows.count);
    expect(items.reduce((all, { amount }) => all + amount, 0)).toBeCloseTo(report.total, 4);
    expect(new Set(items.map(({ currency }) => currency))).toEqual(new Set(['EUR']));
    expect(report.assumed.find(({ name }) => name === 'average_deal')).toMatchObject({
      from: 'pact',
      value: 14_500,
    });
    const own = await get<Cost>(`/api/measures/misalignment?${YEAR}&close_rate=0.5&average_deal=100`);
    const untouched = own.lines.find(({ bucket }) => bucket === 'untouched')!;
    expect(untouched.cost).toBe(untouched.leads * 50);
    expect(own.assumed.find(({ name }) => name === 'close_rate')).toMatchObject({ from: 'given' });
  });

  it('too strict a clause shows as missed wins: machine builders that are too small win past it', async () => {
    type Clause = {
      clause: string;
      condition: string;
      about: string;
      wins: { count: number };
      alone: Opening;
      too_strict: boolean;
    };
    type Missed = { missed: Figure; clauses: Clause[]; found_by_sales: { count: number }; says: string };
    const report = await get<Missed>(`/api/measures/missed-wins?${YEAR}`);
    const [first] = report.clauses;
    expect(first).toMatchObject({
      clause: 'mql',
      condition: 'account.employees is between 51 and 5,000',
      about: 'who',
      too_strict: true,
    });
    expect(first!.alone.count).toBeGreaterThan(10);
    expect(report.says).toContain('This clause may be too strict');
    expect(report.found_by_sales.count).toBe(report.missed.numerator);
    expect(await walk(ask, report)).toBe(8 + 4 * report.clauses.length);
    // The scorecard has the same number, and its rows say what kept each of them out, by which version.
    const card = await get<Scorecard>(`/api/measures/scorecard?${YEAR}`);
    const shown = named(card.together, 'missed_wins');
    expect(shown.numerator).toBe(report.missed.numerator);
    const rows = await get<{ items: { what: string; clause: string | null; version: number }[] }>(
      `/api/measures/rows?${new URLSearchParams(first!.alone.params)}`,
    );
    expect(rows.items[0]).toMatchObject({ clause: 'mql', version: 1 });
    expect(rows.items[0]!.what).toContain('account.employees is between 51 and 5,000');
    // As the engine says of one of them, asked by the plain interpreter.
    const [{ lead, opened }] = (
      await db.owner.query(
        `SELECT d.lead, d.opened_at AS opened FROM deals d JOIN kept_out k ON k.deal_id = d.id AND k.workspace_id = d.workspace_id
         WHERE d.workspace_id = $1 AND k.who = ARRAY['mql: account.employees is between 51 and 5,000'] LIMIT 1`,
        [lived.workspace],
      )
    ).rows as [{ lead: string; opened: Date }];
    const name = [...lived.leads].find(([, { number }]) => number === Number(lead))![0];
    const row = table('leads').find(({ id }) => id === name)!;
    expect(Number(row['account.employees'])).toBeLessThan(51);
    expect(opened.getTime()).toBeLessThan(END);
  });

  it('is estimated for anybody, without a workspace', async () => {
    const month = { untouched: 60, late: 80, rejected: 100, unnurtured: 40 };
    const assumed = {
      average_deal: 10_000,
      close_rate: 0.06,
      fast_rate: 0.06,
      late_rate: 0.03,
      hours_per_return: 0.75,
      hourly_cost: 60,
      cost_per_lead: 120,
      recycle_rate: 0.02,
    };
    const { status, body } = await api.ask('POST', '/api/misalignment', { ...month, ...assumed });
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 84_500, currency: 'USD' });
  });
});

describe('sources', () => {
  type Line = {
    source: string | null;
    flag: string | null;
    won: Figure;
    leads: { count: number };
    cost_per_accepted: Figure;
    unwanted: { reason: string }[];
  };
  type Sources = { sources: Line[]; all: Line };
  let ofMarketing: Ask;

  beforeAll(async () => {
    await api.hire(lived.workspace, 'mia@acme.example', 'marketing', 'lead');
    ofMarketing = api.as(await api.signIn('mia@acme.example'));
  });

  it('one looks good and never wins', async () => {
    const report = await get<Sources>('/api/measures/sources?from=2025-01-01&to=2026-04-01');
    const bought = report.sources.find(({ source }) => source === 'techreach lists')!;
    expect(bought).toMatchObject({ flag: 'looks_good_never_wins' });
    expect(bought.won.numerator).toBe(0);
    expect(bought.won.says).toMatch(/^None of \d+ leads were won: at most/);
    expect(report.sources.filter(({ flag }) => flag === 'looks_good_never_wins')).toHaveLength(1);
    expect(report.sources.find(({ source }) => source === 'partner referral')!.flag).toBe('wins_more');
    // "Google" and "google" are one.
    expect(report.sources.filter(({ source }) => source === 'google')).toHaveLength(1);
    expect(report.sources.reduce((sum, { leads }) => sum + leads.count, 0)).toBe(report.all.leads.count);
    expect(await walk(ask, report)).toBeGreaterThan(50);
  });

  it('have campaigns, whose costs come by hand or by a file', async () => {
    const csv =
      'Campaign;Source;Month;Cost;Currency\nBought list;TechReach Lists;2025-06;12.000,50;EUR\nFair;Trade Fair;2025-05;many;EUR\n;x;2025-05;1;EUR\n';
    const first = await ofMarketing('POST', '/api/campaigns/import', { csv });
    expect(first.body).toMatchObject({
      campaigns: 1,
      costs: 1,
      rejected: [{ line: 3, column: 'Cost', found: '"many"' }, { line: 4 }],
    });
    const again = await ofMarketing('POST', '/api/campaigns/import', { csv });
    expect(again.body).toMatchObject({ campaigns: 0, costs: 0 });
    const opened = await ofMarketing('POST', '/api/campaigns', {
      name: 'Fair',
      source: 'Trade Fair',
      costs: [{ from: '2025-01-01', to: '2025-12-31', amount: 36_500, currency: 'EUR' }],
    });
    expect(opened.status).toBe(201);
    const june = await get<Sources>('/api/measures/sources?from=2025-06-01&to=2025-07-01');
    const fair = june.sources.find(({ source }) => source === 'trade fair')! as Line & { cost: Figure };
    expect(fair.cost).toMatchObject({ value: 3_000, currency: 'EUR' });
    const spent = await get<{ items: { kind: string; name: string; amount: number }[] }>(
      `/api/measures/rows?${new URLSearchParams(fair.cost.rows.numerator!.params)}`,
    );
    expect(spent.items).toMatchObject([{ kind: 'cost', name: 'Fair', amount: 3_000 }]);
    await walk(ask, june);
    expect(fair.cost_per_accepted.value).toBeCloseTo(3_000 / fair.cost_per_accepted.denominator!, 6);
    const { id } = opened.body as { id: string };
    const changed = await ofMarketing('PATCH', `/api/campaigns/${id}`, { name: 'The fair', revision: 1 });
    expect(changed.body).toMatchObject({ name: 'The fair', revision: 2, costs: [{ amount: 36_500 }] });
    expect((await ofMarketing('PATCH', `/api/campaigns/${id}`, { name: 'Fair', revision: 1 })).status).toBe(
      412,
    );
    expect((await ofMarketing('DELETE', `/api/campaigns/${id}`)).status).toBe(200);
    expect((await ofMarketing('DELETE', `/api/campaigns/${id}`)).status).toBe(404);
  });

  it('share won deals out by seven models, each of them whole', async () => {
    type Attribution = {
      deals: { count: number };
      sources: { shares: { model: string; deals: number }[] }[];
    };
    const report = await get<Attribution>(`/api/measures/attribution?${YEAR}`);
    for (let i = 0; i < 7; i++) {
      const sum = report.sources.reduce((all, { shares }) => all + shares[i]!.deals, 0);
      expect(sum).toBeCloseTo(report.deals.count, 6);
    }
    await walk(ask, report);
  });

  it('and behaviour: what the won had done before', async () => {
    type Item = { type: string; about: string | null; times: number | null };
    const report = await get<{ items: Item[] }>(`/api/measures/before-won?${YEAR}&limit=25`);
    const calculator = report.items.find(({ type }) => type === 'ROI Calculator Used')!;
    expect(calculator.times).toBeGreaterThan(1);
    expect(await walk(ask, report)).toBeGreaterThan(50);
  });
});

describe('what was expected', () => {
  type Item = {
    step: string;
    party: string;
    rate: number;
    source: string | null;
    actual: Figure;
    within: boolean | null;
  };
  type Register = { items: Item[]; apart: { step: string }[] };

  it('has the ten per cent of the articles, without a source, beside what happened', async () => {
    const register = await get<Register>(`/api/expectations?${YEAR}`);
    expect(register.items[0]).toMatchObject({
      step: 'mql_to_won',
      party: 'article',
      rate: 0.1,
      source: null,
    });
    expect(register.items[0]!.actual.enough).toBe(true);
    await walk(ask, register);
  });

  it('is said by each team itself, and tells where they are apart', async () => {
    await api.hire(lived.workspace, 'sol@acme.example', 'sales', 'lead');
    const [mia, sol] = [
      api.as(await api.signIn('mia@acme.example')),
      api.as(await api.signIn('sol@acme.example')),
    ];
    const path = '/api/expectations/marketing/mql_to_sal';
    expect((await mia('PUT', path, { rate: 0.9 })).body).toMatchObject({
      rate: 0.9,
      party: 'marketing',
      set_by: 'mia@acme.example',
    });
    expect((await sol('PUT', path, { rate: 0.1 })).status).toBe(403);
    expect((await sol('PUT', '/api/expectations/sales/mql_to_sal', { rate: 0.5 })).status).toBe(200);
    expect(
      (await mia('PUT', '/api/expectations/article/mql_to_won', { rate: 0.2, source: 'A talk' })).status,
    ).toBe(200);
    expect((await mia('DELETE', '/api/expectations/article/mql_to_won')).status).toBe(200);
    const register = await get<Register>(`/api/expectations?${YEAR}`);
    expect(register.apart.map(({ step }) => step)).toEqual(['mql_to_sal']);
    expect(register.items.map(({ party }) => party)).not.toContain('article');
  });
});

describe('the quarter and the week', () => {
  it('is one page against what was promised, and says what changes next', async () => {
    type Page = {
      chapters: { id: string; kept: boolean | null }[];
      next: string[];
      markdown: string;
      says: string;
    };
    const page = await get<Page>('/api/reports/quarter?quarter=2026-Q1');
    expect(page.chapters.map(({ id }) => id)).toEqual(['volume', 'quality', 'follow_up', 'close', 'market']);
    expect(page.markdown).toMatch(/^# Acme Industrial, 2026-Q1\n/);
    expect(page.markdown).toContain('| Acceptance |');
    expect(page.next.length).toBeGreaterThan(0);
    expect(await walk(ask, page)).toBeGreaterThan(15);
  });

  it('is sent to both teams at once, once a week, to who wants it', async () => {
    const digest = await get<{ week: string; sent_at: string | null }>('/api/reports/digest');
    expect(digest).toMatchObject({ week: '2026-06-22', sent_at: null });
    await walk(ask, digest);
    const no = await db.database.inWorkspace(lived.workspace, async (tx, query) => {
      await query(
        "UPDATE members SET joined_at = invited_at WHERE workspace_id = $1 AND party IS NOT NULL AND email LIKE 'a%@acme.example'",
        [lived.workspace],
      );
      const [sol] = await query<{ id: string }>(
        "SELECT id FROM members WHERE workspace_id = $1 AND email = 'sol@acme.example'",
        [lived.workspace],
      );
      await query(
        `INSERT INTO preferences (workspace_id, member_id, theme, mail) VALUES ($1, $2, 'system', '{"digest": false}')`,
        [lived.workspace, sol!.id],
      );
      return [tx, sol!.id][1] as string;
    });
    await Promise.all([sendDigests(db.database, END), sendDigests(db.database, END)]);
    await sendDigests(db.database, END + 3_600_000);
    const { rows } = await db.owner.query(
      "SELECT payload ->> 'member' AS member FROM outbox WHERE workspace_id = $1 AND topic = 'mail.digest'",
      [lived.workspace],
    );
    const members = rows.map(({ member }) => member as string);
    expect(new Set(members).size).toBe(members.length);
    expect(members.length).toBeGreaterThan(0);
    expect(members).not.toContain(no);
    expect((await get<{ sent_at: string | null }>('/api/reports/digest')).sent_at).not.toBeNull();
    // Out of the outbox, by the pump of mail, to a mail server: the same words to each of them.
    await db.owner.query("DELETE FROM outbox WHERE topic <> 'mail.digest'"); // what was posted of the pact before
    const mailbox = await openMailbox();
    try {
      const postman = openSmtp(mailbox.url, 'https://leads.example');
      const queue = outboxQueue(
        { mail: mailCarrier({ ...api.house, publicUrl: 'https://leads.example' }, postman) },
        carryOutward(db.database),
      );
      const pump = { database: db.database, log: openLog('silent'), now: async () => END + 3_600_000 };
      await expect
        .poll(
          async () => {
            await pumpOnce(queue, pump);
            return mailbox.letters.length;
          },
          { timeout: 30_000 },
        )
        .toBe(members.length);
    } finally {
      await mailbox.close();
    }
    const { rows: readers } = await db.owner.query('SELECT email FROM members WHERE id = ANY ($1)', [
      members,
    ]);
    expect(mailbox.letters.flatMap(({ to }) => to).sort()).toEqual(readers.map(({ email }) => email).sort());
    for (const { text } of mailbox.letters) {
      expect(text).toContain('Subject: Acme Industrial: the week from 2026-06-22');
      expect(text).toContain('Marketing handed over');
      expect(text).toContain('https://leads.example/measures/digest?week=2026-06-22');
    }
  });
});

describe('the catalogue', () => {
  it('names each measure’s formula and owner, and lets one be retired', async () => {
    const mia = api.as(await api.signIn('mia@acme.example'));
    const { items } = await get<{ items: { id: string; formula: string }[] }>('/api/measures');
    expect(items.length).toBeGreaterThan(15);
    const retired = await mia('PATCH', '/api/measures/velocity', { retired: true, review_on: '2026-09-01' });
    expect(retired.body).toMatchObject({ review_on: '2026-09-01', retired_at: expect.any(String) });
    const card = await get<Scorecard>(`/api/measures/scorecard?${YEAR}`);
    expect(card.together.map(({ measure }) => measure)).not.toContain('velocity');
    expect((await mia('PATCH', '/api/measures/velocity', { retired: false })).body).toMatchObject({
      retired_at: null,
    });
    expect((await mia('PATCH', '/api/measures/nonsense', { retired: true })).status).toBe(404);
    expect((await mia('PATCH', '/api/measures/velocity', { owner: lived.workspace })).status).toBe(422);
  });
});

describe('what statements classify, the engine classifies alike', () => {
  type Clock = {
    term: string;
    offered: Date;
    due: Date;
    met: Date | null;
    stopped: Date | null;
    decided: Date | null;
  };
  let clocks: Clock[];
  beforeAll(async () => {
    const { rows } = await db.owner.query(
      `SELECT d.term, h.offered_at AS offered, d.due_at AS due, d.met_at AS met, d.void_at AS stopped, h.decided_at AS decided
       FROM deadlines d JOIN handoffs h ON h.workspace_id = d.workspace_id AND h.id = d.handoff_id
       WHERE d.workspace_id = $1 AND h.offered_at >= '2024-12-31T23:00Z' AND h.offered_at < '2025-12-31T23:00Z'`,
      [lived.workspace],
    );
    clocks = rows as Clock[];
  });

  it('how a clock stands', async () => {
    type Sla = { sales: { terms: Record<string, { count: number }>[] } };
    const { sales } = await get<Sla>(`/api/measures/sla?${YEAR}`);
    for (const one of sales.terms) {
      const counts = { met: 0, late: 0, overdue: 0, open: 0 };
      for (const { term, due, met, stopped } of clocks) {
        if (term !== String(one.term)) continue;
        const clock = {
          due: due.getTime(),
          met: met?.getTime() ?? null,
          stopped: stopped?.getTime() ?? null,
        };
        const standing = standingOf(clock, END);
        if (standing !== null) counts[standing]++;
      }
      for (const [standing, n] of Object.entries(counts))
        expect([standing, one[standing]!.count]).toEqual([standing, n]);
    }
  });

  it.each(['working', 'wall'] as const)('how long it took, by the %s clock', async (clock) => {
    type Speed = {
      all: { buckets: { bucket: string; rows: { count: number } }[]; waiting: { count: number } };
    };
    const { all } = await get<Speed>(`/api/measures/speed?${YEAR}&clock=${clock}`);
    // The calendar of the version that the end of the period is held to.
    const calendar = compileCalendar(pactNamed('pact.yaml').calendar, await openHolidayBook());
    const time = (from: Date, to: number) =>
      clock === 'wall' ? to - from.getTime() : elapsed(calendar, from.getTime(), to);
    const counts: Record<string, number> = {};
    for (const { term, offered, met, decided } of clocks) {
      if (term !== 'first_touch') continue;
      const took = met === null ? null : time(offered, met.getTime());
      const bucket = bucketOf(took, time(offered, decided?.getTime() ?? END), decided !== null) ?? 'waiting';
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    const told = Object.fromEntries(all.buckets.map(({ bucket, rows }) => [bucket, rows.count]));
    expect({ ...told, waiting: all.waiting.count }).toEqual({
      ...Object.fromEntries(Object.keys(told).map((name) => [name, 0])),
      waiting: 0,
      ...counts,
    });
  });
});
