import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { DAY, HOUR, MINUTE } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme, TEXT } from './handoffs-support.ts';

const db = withDatabase();
/** Friday 6 March 2026, 16:30 in New York; clocks are put forward that Sunday. */
const FRIDAY = Date.UTC(2026, 2, 6, 21, 30);
const at = (text: string) => Date.parse(`${text}Z`);
let acme: Acme;
const open = async (text = TEXT, now = FRIDAY) => {
  acme = await Acme.open(db.database, await db.newWorkspace(), text, now);
};
const standard = TEXT.replace('tier: hot', 'tier: standard');

type Row = { term: string; due_at: Date; met_at: Date | null; void_at: Date | null; standing: string };
const deadline = async (term: string): Promise<Row> =>
  (await acme.rows<Row>('SELECT * FROM deadline_standings WHERE workspace_id = $1 AND term = $2', term))[0]!;
const steps = () =>
  acme.rows<{ action: string; term: string; due_at: Date; at: Date }>(
    `SELECT e.action, d.term, e.due_at, e.at FROM escalations e JOIN deadlines d ON d.workspace_id = e.workspace_id AND d.id = e.deadline_id
     WHERE e.workspace_id = $1 ORDER BY e.due_at, d.term`,
  );
const said = async () => (await steps()).map(({ term, action }) => `${term} ${action}`);

describe('the numbers of the methods, through the database', () => {
  test('4 working hours from Friday 16:30 fall due on Monday 12:30, and a touch at 11:15 took 2 h 45', async () => {
    await open(standard);
    const { handoff } = await acme.offered();
    expect((await deadline('first_touch')).due_at.getTime()).toBe(at('2026-03-09T16:30'));
    acme.now = at('2026-03-09T15:15');
    await acme.call('cy', `POST /api/handoffs/${handoff}/touches`, { channel: 'call' });
    const shown = await acme.call('cy', `GET /api/handoffs/${handoff}`);
    expect(shown.clocks).toMatchObject([
      { term: 'first_touch', standing: 'met', words: 'met after 2 h 45 min of working time' },
      { term: 'accept' },
      { term: 'decide' },
    ]);
  });

  test('with Monday a holiday, on Tuesday 12:30', async () => {
    await open(standard.replace('holidays: [US', 'holidays: [2026-03-09, US'));
    await acme.offered();
    expect((await deadline('first_touch')).due_at.getTime()).toBe(at('2026-03-10T16:30'));
  });

  test('the queue goes by chance × amount × urgency', async () => {
    await open(
      standard.replace(
        'mql_to_sal: 0.7, sal_to_sql: 0.6, sql_to_won: 0.25',
        'mql_to_sal: 1, sal_to_sql: 1, sql_to_won: 0.2',
      ),
    );
    const { handoff } = await acme.offered();
    const priority = async () =>
      ((await acme.call('sam', 'GET /api/handoffs')) as unknown as { items: { priority: object }[] })
        .items[0]!.priority;
    expect(await priority()).toEqual({
      chance: 0.2,
      amount: 10_000,
      currency: 'USD',
      urgency: 2,
      product: 4_000,
    });
    acme.now = at('2026-03-09T14:40'); // 1 h 10 min of 4 h
    expect(await priority()).toMatchObject({ urgency: 1, product: 2_000 });
    acme.now = at('2026-03-09T16:06'); // 10 % of the clock are left
    expect(await priority()).toMatchObject({ urgency: 3, product: 6_000 });
    expect(await acme.call('sam', `GET /api/handoffs/${handoff}`)).toMatchObject({
      priority: { product: 6_000 },
    });
  });
});

describe('the sweep', () => {
  beforeEach(() => open(TEXT, at('2026-03-03T15:00')));

  test('reminds, tells the lead, gives it to somebody else and lapses: each once, none early', async () => {
    const { lead, handoff } = await acme.offered();
    const seen: string[] = [];
    const until = async (text: string) => {
      acme.now = at(text);
      await Promise.all([acme.sweep(), acme.sweep(), acme.sweep()]);
      const all = await said();
      const fresh = all.filter((one) => !seen.includes(one));
      seen.push(...fresh);
      expect(all).toHaveLength(new Set(all).size);
      return fresh;
    };
    expect(await until('2026-03-03T15:11')).toEqual([]);
    expect(await until('2026-03-03T15:12')).toEqual(['first_touch remind']);
    expect(await until('2026-03-03T15:15')).toEqual(['first_touch tell_lead']);
    expect(await until('2026-03-03T16:29')).toEqual([]);
    expect(await until('2026-03-03T16:30')).toEqual(['accept remind']);
    expect(await until('2026-03-03T17:00')).toEqual(['accept tell_lead']);
    expect(await until('2026-03-03T18:00')).toEqual(['accept reassign']);
    expect(await acme.call('sam', `GET /api/handoffs/${handoff}`)).toMatchObject({
      owner: acme.people.bo.id,
      owner_clock: { words: 'with its owner for 0 min of working time' },
      clocks: [
        { term: 'first_touch', standing: 'late' },
        { term: 'accept', standing: 'late', due_at: '2026-03-03T17:00:00.000Z' },
        {},
      ],
      routing: [
        { member: acme.people.cy.id },
        { member: acme.people.bo.id, reason: expect.stringContaining('Not answered in time.') },
      ],
    });
    expect(await until('2026-03-03T21:00')).toEqual(['accept lapse']);
    await acme.work();
    expect(await acme.stage(lead)).toBe('recycled 1');
    expect(await until('2026-03-20T15:00')).toEqual([]);
    for (const { due_at, at: taken } of await steps())
      expect(taken.getTime()).toBeGreaterThanOrEqual(due_at.getTime());

    const explain = `POST /api/handoffs/${handoff}/explanation`;
    const acknowledge = `POST /api/handoffs/${handoff}/acknowledgement`;
    expect(await acme.refused('sam', acknowledge)).toBe('409 not_explained');
    expect(await acme.refused('bo', explain, { reason: 'lazy' })).toBe('400 invalid');
    await acme.call('bo', explain, { reason: 'no_capacity', note: 'Three fairs.' });
    expect(await acme.refused('bo', acknowledge)).toBe('403 forbidden');
    await acme.call('lea', acknowledge);
    expect(await acme.refused('lea', acknowledge)).toBe('409 already_acknowledged');
    expect(await acme.refused('bo', explain, { reason: 'absent' })).toBe('409 already_acknowledged');
    expect(await acme.call('mia', `GET /api/handoffs/${handoff}`)).toMatchObject({
      standing: 'lapsed',
      answers: { lapse: { reason: 'no_capacity', acknowledged_by: acme.people.lea.id } },
    });
  });

  test('nobody acknowledges a reason of their own', async () => {
    const { handoff } = await acme.offered();
    acme.now += 9 * DAY;
    await acme.sweep();
    await acme.call('lea', `POST /api/handoffs/${handoff}/explanation`, { reason: 'absent' });
    expect(await acme.refused('lea', `POST /api/handoffs/${handoff}/acknowledgement`)).toBe('403 own_reason');
  });

  test('after a standstill says what was late when it was, once, and that it is said late', async () => {
    await acme.offered();
    acme.now = at('2026-03-03T17:10');
    await acme.sweep();
    expect(await said()).toEqual(['first_touch tell_lead', 'accept tell_lead']);
    const alerts = await acme.rows<{ payload: { due: number; late_by: number } }>(
      "SELECT payload FROM outbox WHERE workspace_id = $1 AND topic = 'sla.late' ORDER BY id",
    );
    expect(alerts.map(({ payload }) => [payload.due, payload.late_by])).toEqual(
      expect.arrayContaining([
        [at('2026-03-03T15:15'), 115 * MINUTE],
        [at('2026-03-03T17:00'), 10 * MINUTE],
      ]),
    );
    await acme.sweep();
    expect(await said()).toHaveLength(2);
  });

  test('leaves alone what was answered', async () => {
    const { handoff } = await acme.offered();
    await acme.call('cy', `POST /api/handoffs/${handoff}/touches`, { channel: 'mail' });
    await acme.call('cy', `POST /api/handoffs/${handoff}/return`, { reason: 'not_fit' });
    acme.now += 90 * DAY;
    await acme.sweep();
    expect(await said()).toEqual([]);
  });
});

describe('late is what the records say', () => {
  beforeEach(() => open(TEXT, at('2026-03-03T15:00')));

  test('a touch told later counts for when it was, a note for nothing', async () => {
    const { handoff } = await acme.offered();
    const touches = `POST /api/handoffs/${handoff}/touches`;
    acme.now += HOUR;
    await acme.call('cy', touches, { channel: 'note' });
    expect((await deadline('first_touch')).standing).toBe('late');
    await acme.call('cy', touches, { channel: 'call' });
    expect((await deadline('first_touch')).standing).toBe('late');
    await acme.call('cy', touches, { channel: 'mail', at: '2026-03-03T15:05:00Z' });
    expect(await deadline('first_touch')).toMatchObject({
      standing: 'met',
      met_at: new Date(at('2026-03-03T15:05')),
    });
  });

  test('giving back does not undo what was late already', async () => {
    const { handoff } = await acme.offered();
    acme.now += HOUR;
    await acme.call('cy', `POST /api/handoffs/${handoff}/return`, { reason: 'not_fit' });
    expect(await deadline('first_touch')).toMatchObject({ void_at: null, standing: 'late' });
  });
});

describe('holds', () => {
  beforeEach(() => open(TEXT, at('2026-03-03T15:00')));
  const hold = (who: 'mia' | 'cy', handoff: string, until: string) =>
    acme.call(who, `POST /api/handoffs/${handoff}/hold`, { reason: 'At our fair.', until: `${until}:00Z` });

  test('of marketing stop the clock, and their release starts it again', async () => {
    const { handoff } = await acme.offered();
    acme.now = at('2026-03-03T15:30');
    await hold('mia', handoff, '2026-03-03T18:00');
    expect((await deadline('accept')).due_at.getTime()).toBe(at('2026-03-03T19:30'));
    expect(
      await acme.refused('mia', `POST /api/handoffs/${handoff}/hold`, {
        reason: 'x',
        until: '2026-03-03T18:00:00Z',
      }),
    ).toBe('409 already_held');
    expect(await acme.refused('cy', `POST /api/handoffs/${handoff}/release`)).toBe('403 forbidden');
    acme.now = at('2026-03-03T16:00');
    await acme.call('mia', `POST /api/handoffs/${handoff}/release`);
    expect((await deadline('accept')).due_at.getTime()).toBe(at('2026-03-03T17:30'));
    acme.now = at('2026-03-03T16:59');
    await acme.sweep();
    expect(await said()).toEqual(['first_touch tell_lead']);
    acme.now = at('2026-03-03T17:00');
    await acme.sweep();
    expect((await said()).at(-1)).toBe('accept remind');
  });

  test('of sales stop nothing', async () => {
    const { handoff } = await acme.offered();
    acme.now += MINUTE;
    await hold('cy', handoff, '2026-03-03T18:00');
    expect((await deadline('accept')).due_at.getTime()).toBe(at('2026-03-03T17:00'));
  });
});

describe('routing', () => {
  beforeEach(() => open(TEXT, at('2026-03-03T15:00')));

  test('goes round by weight, passes over who is away or has left, and says why', async () => {
    const owners: string[] = [];
    const nameOf = (id: unknown) =>
      Object.entries(acme.people).find(([, one]) => one.id === id)?.[0] ?? 'nobody';
    const next = async () => {
      const { handoff } = await acme.offered();
      const { owner } = await acme.call('sam', `GET /api/handoffs/${handoff}`);
      owners.push(nameOf(owner));
    };
    for (let i = 0; i < 3; i++) await next();
    await acme.rows(
      'INSERT INTO absences (workspace_id, id, member_id, from_at, until_at) VALUES ($1, $2, $3, $4, $5)',
      newId(1),
      acme.people.cy.id,
      new Date(acme.now),
      new Date(acme.now + DAY),
    );
    await next();
    await acme.rows(
      'UPDATE members SET left_at = $2 WHERE workspace_id = $1 AND id = $3',
      new Date(acme.now),
      acme.people.bo.id,
    );
    await next();
    expect(owners).toEqual(['cy', 'bo', 'cy', 'bo', 'nobody']);
    const dry = await acme.call('mia', 'POST /api/routing/dry-run', {
      attributes: { 'account.employees': 5_000 },
    });
    expect(dry).toMatchObject({ rule: 'enterprise', member: acme.people.ann.id });
    const [, last] = (await acme.call('mia', 'POST /api/routing/dry-run', { attributes: {} })).candidates as {
      why: string;
    }[];
    expect(last!.why).toBe('is away');
  });

  test('many at once, by several workers, take turns as one after the other', async () => {
    for (let i = 0; i < 9; i++) await acme.arrive();
    await Promise.all([acme.work(3), acme.work(3), acme.work(3)]);
    const rows = await acme.rows<{ owner_id: string; count: number }>(
      'SELECT owner_id, count(*) FROM handoffs WHERE workspace_id = $1 GROUP BY owner_id',
    );
    const { bo, cy } = acme.people;
    expect(Object.fromEntries(rows.map(({ owner_id, count }) => [owner_id, count]))).toEqual({
      [bo.id]: 3,
      [cy.id]: 6,
    });
  });

  test('a lead of sales gives it to somebody; the clock goes on, the owner’s begins', async () => {
    const { handoff } = await acme.offered();
    acme.now += HOUR;
    await acme.call('lea', `POST /api/handoffs/${handoff}/reassignment`, {
      member: acme.people.ann.id,
      reason: 'Her region.',
    });
    acme.now += HOUR / 2;
    const shown = await acme.call('ann', `GET /api/handoffs/${handoff}`);
    expect(shown).toMatchObject({
      owner: acme.people.ann.id,
      owner_clock: { words: 'with its owner for 30 min of working time' },
      next: { term: 'first_touch', standing: 'late' },
    });
    expect(await acme.refused('cy', `POST /api/handoffs/${handoff}/acceptance`)).toBe('403 not_yours');
    await acme.call('ann', `POST /api/handoffs/${handoff}/acceptance`);
  });
});

describe('lists', () => {
  beforeEach(() => open(TEXT, at('2026-03-03T15:00')));
  type List = { items: { id: string; owner: string | null; standing: string }[]; next: string | null };
  const list = async (who: 'cy' | 'sam', search: string) =>
    (await acme.call(who, `GET /api/handoffs?${search}`)) as unknown as List;

  test('go page by page, each handoff once, in order', async () => {
    const made: string[] = [];
    for (let i = 0; i < 5; i++) {
      made.push((await acme.offered()).handoff);
      acme.now += MINUTE;
    }
    for (const sort of ['priority', 'due']) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: List = await list(
          'sam',
          `limit=2&sort=${sort}${cursor === null ? '' : `&cursor=${cursor}`}`,
        );
        found.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null);
      expect([sort, found]).toEqual([sort, made]);
    }
    expect(await acme.refused('sam', 'GET /api/handoffs?cursor=nonsense')).toBe('400 cursor');
  });

  test('are of what is asked for', async () => {
    const next = async () => {
      acme.now += MINUTE;
      return acme.offered();
    };
    const [a, b, c] = [await next(), await next(), await next()];
    await acme.call('cy', `POST /api/handoffs/${c.handoff}/acceptance`);
    await acme.call('bo', `POST /api/handoffs/${b.handoff}/return`, { reason: 'not_fit' });
    const ids = async (search: string, who: 'cy' | 'sam' = 'sam') =>
      (await list(who, search)).items.map(({ id }) => id);
    expect(await ids('scope=mine', 'cy')).toEqual([a.handoff, c.handoff]);
    expect(await ids('standing=accepted')).toEqual([c.handoff]);
    expect(await ids('standing=returned')).toEqual([b.handoff]);
    expect(await ids('scope=queue')).toEqual([]);
    expect(await ids('tier=standard')).toEqual([]);
    expect(await ids('late=true')).toEqual([]);
    acme.now += HOUR;
    expect(await ids('late=true')).toEqual([a.handoff, c.handoff]);
    expect(await ids(`owner=${acme.people.bo.id}`)).toEqual([]);
  });
});
