/** A version replayed over the history of a workspace: asked for, waited for, opened; and the slider beside it. */
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backtest, MovedLead, PreviewSide, Threshold } from '#contract/backtests.ts';
import { backtest, type Deal } from '#engine/backtest/backtest.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { writePact } from '#engine/pact/write.ts';
import { VERDICTS } from '#engine/replay/fast/tracks.ts';
import { replay } from '#engine/replay/replay.ts';
import { Desk, deskOf } from '#features/backtests/desk.ts';
import { packHistory } from '#features/backtests/history/packing.ts';
import { runLeftBehind } from '#features/backtests/running.ts';
import { draft, type VersionKey } from '#features/pacts/drafting.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { type Ask, withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { agree, hire, meet, type News, type People, takeIn } from './verdicts-support.ts';

const db = withDatabase();
const api = withApi(db);

const DAY = 86_400_000;
const HOUR = 3_600_000;
const LEADS = 120;

const text = ACME.replace('fit: { gte: 40 }', 'fit: { gte: 20 }')
  .replace('cap: 24', 'cap: 60')
  .replace('cost_per_worked_lead: 45,', 'cost_per_worked_lead: 45, capacity_per_month: 30,');
const strict = parsePact(text).pact;
const lenient = parsePact(text.replace('{ interest: { gte: 30 } }', '{ interest: { gte: 12 } }')).pact;

let workspace = '';
let people: People;
let inForce: VersionKey;
let drafted: VersionKey;
let ask: Ask;
let now: Instant = 0;

/** Leads that read the pricing page more or less often; the eager ones were mostly won. */
beforeAll(async () => {
  workspace = await db.newWorkspace();
  people = await hire(db.database, workspace);
  now = api.now;
  const begin = now - 90 * DAY;
  inForce = await agree(db.database, people, strict, begin);
  drafted = await db.database.inWorkspace(workspace, (tx) =>
    draft(tx, people.anna, inForce.pact, { text: writePact(lenient) }, now),
  );
  await meet(db.database, workspace, LEADS, begin);
  const news: News[] = [];
  for (let lead = 1; lead <= LEADS; lead++) {
    const born = begin + (lead % 60) * DAY;
    const values = { email: `l${lead}@acme.example`, account: { employees: lead % 3 === 0 ? 10 : 200 } };
    news.push({ lead, at: born, values });
    for (let n = 0; n < lead % 7; n++) {
      news.push({ lead, at: born + n * HOUR, type: 'page', properties: { path: '/pricing' } });
    }
    if (lead % 40 === 0) news.push({ lead, at: born, type: 'Form Submitted', properties: { form: 'demo' } });
  }
  await takeIn(db.database, workspace, news);
  await db.database.inWorkspace(workspace, async (_, query) => {
    for (let lead = 1; lead <= LEADS; lead += 4) {
      const outcome = lead % 7 > 2 ? 'won' : 'lost';
      await query(
        `INSERT INTO deals (workspace_id, id, lead, origin, amount, opened_at, outcome, closed_at)
         VALUES ($1, $2, $3, 'import', 1000, $4, $5, $4)`,
        [workspace, newId(now), lead, new Date(now - DAY), outcome],
      );
    }
  });
  ask = api.as(await api.key(workspace, ['pacts:read', 'pacts:write', 'leads:read']));
});

/** What the plain interpreter says, lead by lead. */
async function plainly(pact: Pact, until: Instant) {
  return db.database.inWorkspace(workspace, async (_, query) => {
    const leads = await query<{ number: number; id: string }>(
      'SELECT number, id FROM leads WHERE workspace_id = $1 AND merged_into IS NULL ORDER BY number',
      [workspace],
    );
    const ledgers = await readLedgers(
      query,
      workspace,
      leads.map(({ number }) => number),
    );
    const tracks = leads.map(({ number }) => {
      const one = ledgers.get(number)!;
      const facts = factsOf(one);
      const place = ({ at }: { at: Instant | null }) => at ?? Number.NEGATIVE_INFINITY;
      const changes = [...facts.changes, { at: one.created_at, values: {} }].sort(
        (a, b) => place(a) - place(b),
      );
      return replay({ ...facts, changes }, pact, until);
    });
    const deals = await query<{ lead: number; outcome: Deal['outcome']; closed_at: Date; amount: number }>(
      'SELECT lead, outcome, closed_at, amount FROM deals WHERE workspace_id = $1 ORDER BY id',
      [workspace],
    );
    const ends = {
      mqlAt: Float64Array.from(tracks, ({ mql_at }) => mql_at ?? Number.NaN),
      verdict: Uint8Array.from(tracks, ({ end }) => VERDICTS.indexOf(end.verdict)),
    };
    const held = deals.map(({ lead, closed_at, ...deal }) => ({
      ...deal,
      lead: leads.findIndex(({ number }) => number === lead),
      closedAt: closed_at.getTime(),
    }));
    return { ids: leads.map(({ id }) => id), ends, figures: backtest(ends, held, pact.calendar.zone) };
  });
}

async function begun(key = drafted): Promise<Backtest> {
  const { status, body } = await ask('POST', `/api/pacts/${key.pact}/versions/${key.number}/backtests`);
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

async function ended(id: string): Promise<Backtest> {
  for (;;) {
    const { body } = await ask('GET', `/api/backtests/${id}`);
    const { state } = body as Backtest;
    if (state !== 'waiting' && state !== 'running') return body;
    await pause(20);
  }
}

async function opened(id: string, list: string): Promise<MovedLead[]> {
  const all: MovedLead[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await ask('GET', `/api/backtests/${id}/leads?list=${list}&limit=7${cursor}`);
    expect(status).toBe(200);
    const { items, next } = body as { items: MovedLead[]; next: string | null };
    all.push(...items);
    if (next === null) return all;
    cursor = `&cursor=${next}`;
  }
}

const mqlsOf = ({ ids, ends }: Awaited<ReturnType<typeof plainly>>): string[] =>
  ids.filter((_, lead) => !Number.isNaN(ends.mqlAt[lead]));

describe('a backtest', () => {
  it('finds what the plain interpreter finds, lead by lead, and says what it means for sales', async () => {
    const { id, against } = await begun();
    const { state, error, effect, progress, until } = await ended(id);
    expect([state, error, progress]).toEqual(['done', null, 1]);
    expect(against).toMatchObject({ pact: inForce.pact, number: inForce.number });
    const [was, is] = [await plainly(strict, Date.parse(until)), await plainly(lenient, Date.parse(until))];
    expect(was.figures.mqls).toBeGreaterThan(5);
    expect(is.figures.mqls).toBeGreaterThan(was.figures.mqls);
    for (const [side, plain] of [
      [effect!.before!, was],
      [effect!.after, is],
    ] as const) {
      const { figures } = plain;
      expect(side.mqls).toBe(figures.mqls);
      expect(Object.fromEntries(side.mqls_by_month.map(({ month, mqls }) => [month, mqls]))).toMatchObject(
        figures.mqls_by_month,
      );
      expect([side.precision.rate, side.precision.interval]).toEqual([
        figures.precision,
        figures.precision_interval,
      ]);
      expect([side.recall.rate, side.recall.interval]).toEqual([figures.recall, figures.recall_interval]);
      expect([side.missed_wins, side.amounts]).toEqual([figures.missed, figures.amounts]);
      expect([side.visitors, side.bad_leads]).toEqual([figures.visitors, figures.bad_leads]);
      expect(side.workload.weeks.reduce((sum, { mqls }) => sum + mqls, 0)).toBe(figures.mqls);
      expect(side.workload.reps).toBe(2);
      expect(side.workload.capacity_per_week).toBeCloseTo(6.9, 1);
      expect(side.deadlines!.mqls).toBe(figures.mqls);
    }
    expect(effect!.after.deadlines!.missed).toBeGreaterThan(effect!.before!.deadlines!.missed);

    const [before, after] = [mqlsOf(was), mqlsOf(is)];
    const gained = await opened(id, 'gained');
    expect(gained.map(({ id }) => id).sort()).toEqual(after.filter((one) => !before.includes(one)).sort());
    expect(effect!.gained).toBe(gained.length);
    expect(gained.every(({ before_at, after_at }) => before_at === null && after_at !== null)).toBe(true);
    expect(await opened(id, 'lost')).toHaveLength(effect!.lost);
    expect(await opened(id, 'missed')).toHaveLength(effect!.after.missed_wins);
  });

  it('is done once for the same text and history, and is stale when more has come in', async () => {
    const first = await ended((await begun()).id);
    expect((await begun()).id).toBe(first.id);
    const { body } = await ask('GET', `/api/pacts/${drafted.pact}/backtests`);
    expect((body as { items: Backtest[] }).items.map(({ number }) => number)).toEqual([drafted.number]);
    await takeIn(db.database, workspace, [
      { lead: 2, at: now - DAY, type: 'page', properties: { path: '/pricing' } },
    ]);
    expect((await ended(first.id)).stale).toBe(true);
    api.now += 60_000; // what was read half a minute ago is looked at again
    const second = await ended((await begun()).id);
    expect(second.id).not.toBe(first.id);
    const plain = await plainly(lenient, Date.parse(second.until));
    expect(second.effect!.after.mqls).toBe(plain.figures.mqls);
  });

  it('finds the same in what was packed', async () => {
    await packHistory(db.database, workspace, now, {
      worth: 1,
      most: 1e6,
      leads: 1,
      full: 100,
      young: -60_000,
      atLeast: 0,
    });
    api.now += 60_000;
    const { id } = await begun(inForce);
    const { effect, until } = await ended(id);
    expect(effect!.after.mqls).toBe((await plainly(strict, Date.parse(until))).figures.mqls);
    expect([effect!.gained, effect!.lost]).toEqual([0, 0]);
  });

  it('is called off while it is not done, and then stays so', async () => {
    const waiting = newId(now);
    const row = `INSERT INTO backtests (workspace_id, id, pact_id, version, digest, text, until, created_at)
      SELECT $1, $2, pact_id, number, digest, text, $5, $5 FROM versions
      WHERE workspace_id = $1 AND pact_id = $3 AND number = $4`;
    await db.database.inWorkspace(workspace, (_, query) =>
      query(row, [workspace, waiting, drafted.pact, drafted.number, new Date(now - DAY)]),
    );
    const { body } = await ask('DELETE', `/api/backtests/${waiting}`);
    expect((body as Backtest).state).toBe('cancelled');
    const house = { database: db.database, clock: () => api.now, desk: deskOf(db.database) };
    await runLeftBehind(house);
    expect((await ended(waiting)).state).toBe('cancelled');

    const left = newId(now);
    await db.database.inWorkspace(workspace, (_, query) =>
      query(row, [workspace, left, drafted.pact, drafted.number, new Date(now - DAY)]),
    );
    await runLeftBehind(house);
    expect((await ended(left)).state).toBe('done');
  });

  it('is nobody else’s', async () => {
    const { id } = await begun();
    const other = await db.newWorkspace();
    const theirs = api.as(await api.key(other, ['pacts:read', 'pacts:write', 'leads:read']));
    expect((await theirs('GET', `/api/backtests/${id}`)).status).toBe(404);
    expect((await theirs('GET', `/api/backtests/${id}/leads?list=gained`)).status).toBe(404);
    expect((await theirs('DELETE', `/api/backtests/${id}`)).status).toBe(404);
    const path = `/api/pacts/${drafted.pact}/versions/${drafted.number}/backtests`;
    expect((await theirs('POST', path)).status).toBe(404);
  });
});

describe('a preview', () => {
  type Reply = {
    thresholds: Threshold[];
    before: PreviewSide;
    after: PreviewSide;
    sample: { of: number };
    until: string;
  };
  const previewed = async (more: object): Promise<{ status: number; body: Reply & { code: string } }> =>
    ask('POST', '/api/backtests/preview', { pact: drafted.pact, ...more });

  it('says what another threshold would do, as the plain interpreter does', async () => {
    const first = await previewed({ number: inForce.number, share: 1 });
    expect(first.status).toBe(200);
    const { thresholds, sample, before, after } = first.body;
    expect(sample.of).toBe(LEADS);
    expect(after).toEqual(before);
    const path = thresholds.find(({ of, path }) => of === 'interest' && path.startsWith('mql'))!.path;
    expect(path).toBe('mql.when.all[1].interest.gte');
    for (const value of [10, 20, 1_000]) {
      const { body } = await previewed({ number: inForce.number, thresholds: [{ path, value }], share: 1 });
      const pact = parsePact(
        text.replace('{ interest: { gte: 30 } }', `{ interest: { gte: ${value} } }`),
      ).pact;
      const { figures } = await plainly(pact, Date.parse(body.until));
      expect(body.after.mqls).toEqual({ n: figures.mqls, interval: [figures.mqls, figures.mqls] });
      expect(body.after.precision.rate).toBe(figures.precision);
    }
  });

  it('of a text takes a sample, and says how sure it is', async () => {
    const whole = await previewed({ text: writePact(lenient), share: 1 });
    const { body } = await previewed({ text: writePact(lenient), share: 0.5 });
    const [low, high] = body.after.mqls.interval;
    expect(low).toBeLessThan(high);
    expect(whole.body.after.mqls.n).toBeGreaterThanOrEqual(low);
    expect(whole.body.after.mqls.n).toBeLessThanOrEqual(high);
  });

  it('refuses in words what it cannot show', async () => {
    const moving = (path: string, value: number) => previewed({ number: 1, thresholds: [{ path, value }] });
    expect(await moving('mql.nowhere', 1)).toMatchObject({
      status: 422,
      body: { code: 'no_such_threshold' },
    });
    expect(await moving('grades.fit.A', -1)).toMatchObject({ status: 422, body: { code: 'not_a_pact' } });
    expect(await previewed({ text: 'pact: [' })).toMatchObject({ status: 422, body: { code: 'not_a_pact' } });
    expect(await previewed({})).toMatchObject({ status: 422, body: { code: 'nothing_to_preview' } });
    expect(await previewed({ number: 99 })).toMatchObject({ status: 404 });
  });
});

describe('a history that takes longer to read than a hand waits', () => {
  /** Every transaction takes a fifth of a second. */
  const slow = () =>
    ({
      inWorkspace: async (...given: Parameters<Database['inWorkspace']>) => {
        await pause(200);
        return db.database.inWorkspace(...given);
      },
    }) as unknown as Database;

  it('is glanced at as it was a while ago, read again beside, and read anew when it is old', async () => {
    const desk = new Desk(slow(), null);
    const first = await desk.load(workspace, [strict], now);
    await takeIn(db.database, workspace, [
      { lead: 1, at: now - HOUR, type: 'page', properties: { path: '/pricing' } },
    ]);
    expect(await desk.glance(workspace, [strict], now + HOUR / 60)).toBe(first);
    expect(await desk.glance(workspace, [strict], now + HOUR / 10)).toBe(first); // and is read again
    const glance = () => desk.glance(workspace, [strict], now + HOUR / 10);
    await expect.poll(glance, { timeout: 30_000 }).not.toBe(first);
    expect((await glance()).at).toBe(now + HOUR / 10);
    await takeIn(db.database, workspace, [
      { lead: 2, at: now - HOUR, type: 'page', properties: { path: '/pricing' } },
    ]);
    expect((await desk.glance(workspace, [strict], now + 3 * HOUR)).at).toBe(now + 3 * HOUR);
    await desk.close();
  });
});
