/** The pact read aloud with what became of its clauses, saved views, and one thing done to many leads. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { ClauseShown } from '#contract/pact-page.ts';
import type { View } from '#contract/views.ts';
import { DAY } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme, type Name } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
const offered: { lead: number; id: string; handoff: string }[] = [];

const call = async <T>(who: Name, what: string, body = {}, ifMatch: string | null = null): Promise<T> =>
  (await acme.call(who, what, body, ifMatch)) as unknown as T;

beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  for (let i = 0; i < 4; i++)
    offered.push(await acme.offered({ 'account.employees': i < 2 ? '80' : '2000' }));
  const [taken, upheld, overturned] = offered.map(({ handoff }) => `POST /api/handoffs/${handoff}`);
  await acme.call('sam', `${taken}/acceptance`);
  for (const [handoff, ruling] of [
    [upheld, 'upheld'],
    [overturned, 'overturned'],
  ]) {
    await acme.call('sam', `${handoff}/return`, { reason: 'not_fit' });
    await acme.call('mia', `${handoff}/dispute`, { text: 'They do fit.' });
    await acme.call('fay', `${handoff}/ruling`, { ruling, text: 'By the text.' });
  }
  acme.now += 60_000;
});

describe('the pact', () => {
  type Page = {
    clauses: ClauseShown[];
    handoffs: { n: number };
    signatures: { name: string }[];
    history: { standing: string }[];
  };
  let pact = '';
  const page = async () => {
    pact = (await acme.rows<{ id: string }>('SELECT id FROM pacts WHERE workspace_id = $1'))[0]!.id;
    return call<Page>('bo', `GET /api/pacts/${pact}/versions/1/clauses`);
  };

  test('is read clause by clause: how often each held, was accused, was right', async () => {
    const { clauses, handoffs, signatures, history } = await page();
    const told = (wanted: string) => {
      const { held, accused, right, wrong } = clauses.find(({ id }) => id === wanted)!;
      return [held?.n ?? null, accused.n, right.n, wrong.n];
    };
    expect(handoffs.n).toBe(4);
    expect(told('profile')).toEqual([null, 2, 1, 1]);
    expect(told('profile.size')).toEqual([2, 0, 0, 0]);
    expect(told('fast_lanes.demo')).toEqual([4, 0, 0, 0]);
    expect(told('reasons.not_fit')).toEqual([null, 2, 1, 1]);
    expect(signatures.map(({ name }) => name).toSorted()).toEqual(['anna', 'sam']);
    expect(history).toMatchObject([{ number: 1, standing: 'in_force' }]);
  });

  test('opens, for each number, exactly the handoffs it counts', async () => {
    const { clauses } = await page();
    for (const { id, held, accused, right, wrong } of clauses) {
      for (const tally of [held, accused, right, wrong]) {
        if (tally === null) continue;
        const { items } = await call<{ items: object[] }>(
          'bo',
          `GET /api/handoffs?${new URLSearchParams(tally.filter!)}`,
        );
        expect([id, items.length]).toEqual([id, tally.n]);
      }
    }
  });

  test('is compared with another version in sentences', async () => {
    await page();
    const text = (await call<{ text: string }>('anna', `GET /api/pacts/${pact}/versions/1`)).text;
    await acme.call('anna', `POST /api/pacts/${pact}/versions`, {
      text: text.replace('points: 20', 'points: 25'),
    });
    const { changes } = await call<{ changes: { path: string; text: string }[] }>(
      'bo',
      `GET /api/pacts/${pact}/versions/1/diff/2`,
    );
    expect(changes).toMatchObject([{ path: 'profile.size.points', before: 20, after: 25 }]);
    expect(await acme.refused('bo', `GET /api/pacts/${pact}/versions/1/diff/9`)).toBe('404 not_found');
  });

  test('shows its working time: hours, and the holidays of the coming year', async () => {
    const calendar = await call<{ holidays: { date: string; hours: string[][] }[]; open: boolean }>(
      'bo',
      'GET /api/calendar',
    );
    expect(calendar).toMatchObject({
      zone: 'America/New_York',
      hours: { mon: [['09:00', '17:00']] },
      open: true,
      from: '2026-03-03',
      changes_at: '2026-03-03T22:00:00.000Z',
    });
    const dates = calendar.holidays.map(({ date }) => date);
    expect(dates).toEqual(expect.arrayContaining(['2026-12-24', '2026-12-25', '2026-11-26']));
    expect(dates).not.toContain('2026-03-04');
  });
});

describe('a saved view', () => {
  const told = {
    name: 'Hot and new',
    noun: 'leads',
    filter: { stage: 'mql', handoff: 'open' },
    sort: { by: 'mql_at', direction: 'down' },
    columns: ['name', 'grade'],
    shared: false,
  };

  test('is its owner’s, until it is shared; and is not written over unread', async () => {
    const saved = await call<View>('mia', 'POST /api/views', told);
    const path = `/api/views/${saved.id}`;
    expect(await acme.refused('bo', `GET ${path}`)).toBe('404 not_found');
    const changed = await call<View>('mia', `PUT ${path}`, { ...told, shared: true }, '"r1"');
    expect(changed).toMatchObject({ revision: 2, shared: true, filter: told.filter });
    expect(await acme.refused('mia', `PUT ${path}`, told, '"r1"')).toBe('412 changed_meanwhile');
    expect(await call('bo', 'GET /api/views?noun=leads')).toMatchObject({
      items: [{ id: saved.id, revision: 2 }],
    });
    expect(await call('bo', 'GET /api/views?noun=deals')).toEqual({ items: [] });
    expect(await acme.refused('bo', `PUT ${path}`, told)).toBe('403 not_yours');
    expect(await acme.refused('bo', `DELETE ${path}`)).toBe('403 not_yours');
    await acme.call('mia', `DELETE ${path}`);
    expect(await acme.refused('mia', `GET ${path}`)).toBe('404 not_found');
  });
});

describe('many leads at once', () => {
  type Reply = {
    results: { id: string; done: boolean; problem: { code: string } | null }[];
    done: number;
    more: boolean;
  };
  const ids = () => offered.map(({ id }) => id);

  test('are assigned, each as if alone: what is refused for one does not stop the others', async () => {
    const body = {
      do: { action: 'assign', member: acme.people.cy.id, reason: 'Ann is away.' },
      of: { ids: [...ids(), acme.people.bo.id] },
    };
    const { results, done } = await call<Reply>('lea', 'POST /api/leads/bulk', body);
    expect(results.map(({ problem }) => problem?.code ?? 'done')).toEqual([
      'done',
      'no_open_handoff',
      'no_open_handoff',
      'done',
      'no_open_handoff',
    ]);
    expect(done).toBe(2);
    const owned = await acme.rows(
      'SELECT id FROM handoffs WHERE workspace_id = $1 AND owner_id = $2',
      acme.people.cy.id,
    );
    expect(owned.length).toBeGreaterThanOrEqual(2);
    expect(await acme.refused('bo', 'POST /api/leads/bulk', body)).toBe('403 forbidden');
  });

  test('are chosen by a filter with a bound', async () => {
    const of = { filter: { handoff: 'open' }, limit: 1 };
    const hold = { action: 'hold', reason: 'Fair.', until: new Date(acme.now + DAY).toISOString() };
    const { results, more } = await call<Reply>('mia', 'POST /api/leads/bulk', { do: hold, of });
    expect([results.length, results[0]!.done, more]).toEqual([1, true, true]);
    const again = await call<Reply>('mia', 'POST /api/leads/bulk', { do: hold, of });
    expect(again.results[0]!.problem?.code).toBe('already_held');
  });

  test('are judged anew, and excepted, by whoever may do that to one', async () => {
    const judged = await call<Reply>('bo', 'POST /api/leads/bulk', {
      do: { action: 'judge' },
      of: { ids: ids() },
    });
    expect(judged.done).toBe(4);
    const marks = await acme.rows('SELECT lead FROM dirty_leads WHERE workspace_id = $1');
    expect(marks.length).toBeGreaterThanOrEqual(4);
    await acme.work();
    const except = {
      action: 'except',
      reason: 'Asked for by name.',
      ends_at: new Date(acme.now + 9 * DAY).toISOString(),
    };
    const { results } = await call<Reply>('anna', 'POST /api/leads/bulk', { do: except, of: { ids: ids() } });
    expect(results.some(({ problem }) => problem?.code === 'already_handed_over')).toBe(true);
    expect(await acme.refused('fay', 'POST /api/leads/bulk', { do: except, of: { ids: ids() } })).toBe(
      '403 forbidden',
    );
  });
});
