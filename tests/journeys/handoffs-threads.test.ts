import { beforeEach, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { MINUTE } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
beforeEach(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
});
type Thread = { items: { id: string; body: string; kind: string }[]; next: string | null };
const bodies = async (place: string, search = '') =>
  ((await acme.call('mia', `GET /api/threads/${place}${search}`)) as unknown as Thread).items.map(
    ({ body }) => body,
  );

test('both sides talk about a lead, decide, and give each other duties with a day', async () => {
  const { id } = await acme.offered();
  const messages = `POST /api/threads/lead/${id}/messages`;
  const { cy, mia } = acme.people;
  await acme.call('cy', messages, { kind: 'message', body: 'Who is she?', mentions: [mia.id, mia.id] });
  acme.now += MINUTE;
  await acme.call('mia', messages, { kind: 'decision', body: 'She decides.' });
  acme.now += MINUTE;
  const duty = await acme.call('mia', messages, {
    kind: 'duty',
    body: 'Call her.',
    duty_of: cy.id,
    due_on: '2026-03-06',
  });
  expect(duty).toMatchObject({ kind: 'duty', duty_of: cy.id, due_on: '2026-03-06', done_at: null });
  expect(await bodies(`lead/${id}`)).toEqual(['Who is she?', 'She decides.', 'Call her.']);
  expect(
    await acme.rows(
      "SELECT payload -> 'mentions' AS mentions FROM outbox WHERE workspace_id = $1 AND topic = 'thread.message' LIMIT 1",
    ),
  ).toEqual([{ mentions: [mia.id] }]);
  expect(
    await acme.rows("SELECT 1 FROM journal WHERE workspace_id = $1 AND data::text LIKE '%Who is she%'"),
  ).toEqual([]);

  expect(await acme.call('cy', 'GET /api/duties')).toMatchObject({ items: [{ body: 'Call her.' }] });
  expect(await acme.refused('bo', `POST /api/messages/${duty.id}/done`)).toBe('403 not_yours');
  await acme.call('cy', `POST /api/messages/${duty.id}/done`);
  expect(await acme.refused('cy', `POST /api/messages/${duty.id}/done`)).toBe('409 already_done');
  expect(await acme.call('cy', 'GET /api/duties')).toEqual({ items: [] });
});

test('a thread goes with its lead when that is merged, and comes apart with it', async () => {
  const [one, two] = [await acme.demo(), await acme.demo()];
  await acme.call('cy', `POST /api/threads/lead/${one.id}/messages`, { kind: 'message', body: 'First.' });
  acme.now += MINUTE;
  await acme.call('cy', `POST /api/threads/lead/${two.id}/messages`, { kind: 'message', body: 'Second.' });
  await acme.rows(
    'UPDATE leads SET merged_into = $2 WHERE workspace_id = $1 AND number = $3',
    one.lead,
    two.lead,
  );
  for (const { id } of [one, two]) expect(await bodies(`lead/${id}`)).toEqual(['First.', 'Second.']);
  acme.now += MINUTE;
  await acme.call('cy', `POST /api/threads/lead/${two.id}/messages`, { kind: 'message', body: 'Third.' });
  expect(await bodies(`lead/${one.id}`, '?limit=1')).toEqual(['Third.']);
  await acme.rows('UPDATE leads SET merged_into = NULL WHERE workspace_id = $1');
  expect(await bodies(`lead/${two.id}`)).toEqual(['Second.']);
});

test('pages go back in time', async () => {
  const { handoff } = await acme.offered();
  for (let i = 1; i <= 5; i++) {
    acme.now += MINUTE;
    await acme.call('cy', `POST /api/threads/handoff/${handoff}/messages`, { kind: 'message', body: `${i}` });
  }
  const page = async (cursor: string | null) =>
    (await acme.call(
      'mia',
      `GET /api/threads/handoff/${handoff}?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
    )) as unknown as Thread;
  const found: string[][] = [];
  let cursor: string | null = null;
  do {
    const { items, next }: Thread = await page(cursor);
    found.push(items.map(({ body }) => body));
    cursor = next;
  } while (cursor !== null);
  expect(found).toEqual([['4', '5'], ['2', '3'], ['1']]);
});

test('what cannot be is refused', async () => {
  const { id } = await acme.offered();
  const messages = `POST /api/threads/lead/${id}/messages`;
  const { id: message } = await acme.call('cy', messages, { kind: 'message', body: 'A word.' });
  const key = {
    kind: 'key' as const,
    workspace: acme.workspace,
    id: newId(1),
    party: null,
    scopes: ['threads:write'],
  };
  expect([
    await acme.refused('cy', messages, { kind: 'message', body: ' ' }),
    await acme.refused('cy', messages, { kind: 'duty', body: 'x' }),
    await acme.refused('cy', messages, { kind: 'message', body: 'x', mentions: [newId(1)] }),
    await acme.refused('cy', `POST /api/threads/lead/${newId(1)}/messages`, { kind: 'message', body: 'x' }),
    await acme.refused('cy', `POST /api/threads/moon/${id}/messages`, { kind: 'message', body: 'x' }),
    await acme.refused('mia', `PATCH /api/messages/${message}`, { body: 'Hers.' }),
    await acme.refused('cy', `POST /api/messages/${message}/done`),
    await acme.refused(key, messages, { kind: 'message', body: 'x' }),
  ]).toEqual([
    '400 invalid',
    '400 invalid',
    '422 unknown_member',
    '404 not_found',
    '404 not_found',
    '403 not_yours',
    '409 no_duty',
    '403 forbidden',
  ]);
  expect(await acme.call('cy', `PATCH /api/messages/${message}`, { body: 'A better word.' })).toMatchObject({
    body: 'A better word.',
    edited_at: new Date(acme.now).toISOString(),
  });
});
