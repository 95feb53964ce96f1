/** Today: each sees what concerns them, and every number opens exactly the rows it counts. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Figure, Today } from '#contract/today.ts';
import { DAY, HOUR } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme, type Name } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;

const today = async (who: Name): Promise<Today> =>
  (await acme.call(who, 'GET /api/today')) as unknown as Today;
const list = async (who: Name, { noun, filter }: NonNullable<Figure['open']>) => {
  const query = new URLSearchParams({ ...filter, limit: '200' });
  return (await acme.call(who, `GET /api/${noun}?${query}`)).items as object[];
};

/** Every number of an answer that opens something, by where it stands. */
function figuresOf(value: unknown, path = ''): [string, Figure][] {
  if (typeof value !== 'object' || value === null) return [];
  if ('n' in value && 'open' in value && 'more' in value) return [[path, value as Figure]];
  return Object.entries(value).flatMap(([key, part]) => figuresOf(part, `${path}.${key}`));
}

/** Eight handed over: one taken, one given back and disputed, one lapsed, the others waiting. */
beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  const offered = [];
  for (let i = 0; i < 8; i++)
    offered.push(await acme.offered({ 'account.employees': i < 4 ? '80' : '2000' }));
  await acme.call('sam', `POST /api/handoffs/${offered[0]!.handoff}/acceptance`);
  await acme.call('sam', `POST /api/handoffs/${offered[1]!.handoff}/return`, { reason: 'not_fit' });
  await acme.call('mia', `POST /api/handoffs/${offered[1]!.handoff}/dispute`, { text: 'They do fit.' });
  await acme.call('sam', `POST /api/handoffs/${offered[2]!.handoff}/return`, {
    reason: 'not_fit',
    note: 'Tiny.',
  });
  await acme.demo({ 'account.name': null });
  await acme.work();
  acme.now += 3 * HOUR;
  await acme.call('fay', 'GET /api/today');
});

describe('everybody sees their own', () => {
  test.each<[Name, (keyof Today)[]]>([
    ['bo', ['rep']],
    ['lea', ['rep', 'sales_lead', 'agreement']],
    ['mia', ['marketer']],
    ['anna', ['marketer', 'marketing_lead', 'agreement']],
    ['fay', ['facilitator', 'agreement']],
  ])('%s', async (who, parts) => {
    const { at: _, since: __, ...all } = await today(who);
    expect(Object.entries(all).flatMap(([part, said]) => (said === null ? [] : [part]))).toEqual(parts);
  });
});

test.each<Name>(['bo', 'ann', 'lea', 'mia', 'anna', 'fay'])(
  'each number that %s sees opens its rows',
  async (who) => {
    const figures = figuresOf(await today(who));
    expect(figures.length).toBeGreaterThan(2);
    for (const [path, { n, more, open }] of figures) {
      expect(more).toBe(false);
      if (open !== null) expect([path, (await list(who, open)).length]).toEqual([path, n]);
    }
  },
);

test('a rep sees what is theirs by when it falls due, and what moved', async () => {
  const { rep } = await today('ann');
  expect(rep!.open.n).toBe(4);
  expect(rep!.late.n).toBe(4); // two working hours to accept, three have passed
  const due = rep!.handoffs.map(({ next }) => next!.due_at);
  expect(due).toEqual(due.toSorted());
  expect(rep!.handoffs[0]).toMatchObject({ why_now: expect.any(Array), owner: acme.people.ann.id });
  expect(rep!.moved.map(({ to }) => to)).toContain('mql');
});

test('who leads sales sees the load of everybody and what is late', async () => {
  const { sales_lead } = await today('sam');
  const load = Object.fromEntries(sales_lead!.load.map(({ name, open, cap }) => [name, [open.n, cap]]));
  expect(load.ann).toEqual([4, null]);
  expect(load.cy?.[1]).toBe(30);
  expect(sales_lead!.late.n + sales_lead!.due.n).toBeLessThanOrEqual(sales_lead!.unanswered.n + 1);
});

test('marketing sees the fate of its leads, and how far the month has come', async () => {
  const { marketer, marketing_lead } = await today('anna');
  expect([marketer!.handed_over.n, marketer!.accepted.n, marketer!.returned.n]).toEqual([8, 1, 2]);
  expect(
    marketer!.returns.map(({ reason_text, clause, disputed }) => [reason_text, clause, disputed]),
  ).toEqual(
    expect.arrayContaining([
      ['Not our kind of company or person.', 'profile', true],
      ['Not our kind of company or person.', 'profile', false],
    ]),
  );
  expect(marketer!.unready).toMatchObject([{ missing: ['account.name'] }]);
  // 120 a month; March 2026 has 22 working days, of which two have begun by the 3rd.
  expect(marketing_lead!.pace).toMatchObject({ promised: 120, days: 2, days_in_month: 22 });
  expect(marketing_lead!.pace!.due_by_now).toBeCloseTo(10.909, 3);
  expect(marketing_lead!.acceptance).toMatchObject({ n: { n: 1 }, of: { n: 3 }, promised: 0.75 });
  expect(marketing_lead!.compliance).toMatchObject({ share: 1, promised: 0.95 });
});

test('the facilitator sees what waits for a ruling, and exceptions that end', async () => {
  const { facilitator } = await today('fay');
  expect(facilitator!.disputes).toMatchObject([
    { text: 'They do fit.', reason: 'not_fit', clause: 'profile' },
  ]);
  expect(facilitator!.review).toMatchObject({ number: 1 });
  await acme.call('fay', `POST /api/handoffs/${facilitator!.disputes[0]!.handoff}/ruling`, {
    ruling: 'overturned',
    text: 'They fit.',
  });
  const after = (await today('fay')).facilitator!;
  expect(after.disputes).toEqual([]);
  expect(after.exceptions).toEqual([]); // it ends in 30 days
  acme.now += 20 * DAY;
  expect((await today('fay')).facilitator!.exceptions).toMatchObject([{ party: 'marketing' }]);
});

test('costs the same number of statements however much there is', async () => {
  const count = async (who: Name): Promise<number> => {
    let statements = 0;
    const { inWorkspace } = db.database;
    db.database.inWorkspace = ((workspace: string, work: never, options: never) =>
      inWorkspace.call(
        db.database,
        workspace,
        ((tx: never, query: (...given: never[]) => unknown) =>
          (work as (...given: unknown[]) => unknown)(tx, (...given: never[]) => {
            statements++;
            return query(...given);
          })) as never,
        options,
      )) as never;
    await today(who);
    db.database.inWorkspace = inWorkspace;
    return statements;
  };
  const before = [await count('lea'), await count('anna'), await count('fay')];
  for (let i = 0; i < 6; i++) await acme.offered();
  expect([await count('lea'), await count('anna'), await count('fay')]).toEqual(before);
  expect(Math.max(...before)).toBeLessThan(32);
});
