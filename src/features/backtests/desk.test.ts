import { expect, test } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { newId } from '#platform/ids.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { Desk } from './desk.ts';

const db = withDatabase();
const { pact } = parsePact(ACME);
const easier = parsePact(
  ACME.replace('{ fit: { gte: 40 } }, { interest: { gte: 30 } }', '{ interest: { gte: 9 } }'),
).pact;
const DAY = 86_400_000;
const NOW = Date.now();

/** Leads who did from one thing to ten each, the last of them merged into the first. */
async function seeded(): Promise<string> {
  const workspace = await db.newWorkspace();
  await db.database.inWorkspace(workspace, async (_, query) => {
    await query(
      `INSERT INTO leads (workspace_id, number, id, created_at)
       SELECT $1, n, gen_random_uuid(), $2 FROM generate_series(1, 10) AS n`,
      [workspace, new Date(NOW - 60 * DAY)],
    );
    for (let lead = 1; lead <= 10; lead++) {
      for (let i = 0; i < lead; i++) {
        await query(
          `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
           VALUES ($1, $2, $3, $4, now(), 'page', 'server', '{"path": "/pricing"}')`,
          [workspace, newId(NOW), lead, new Date(NOW - (20 - i) * DAY)],
        );
      }
      await query(
        `INSERT INTO attribute_changes (workspace_id, id, lead, at, received_at, trust, values)
         VALUES ($1, $2, $3, NULL, now(), 'server', $4)`,
        [workspace, newId(NOW), lead, { email: `a${lead}@acme.example` }],
      );
    }
    await query('UPDATE leads SET merged_into = 1 WHERE workspace_id = $1 AND number = 10', [workspace]);
    await query(
      `INSERT INTO deals (workspace_id, id, origin, lead, outcome, opened_at, closed_at, amount)
       VALUES ($1, $2, 'import', 10, 'won', now(), now(), 100)`,
      [workspace, newId(NOW)],
    );
  });
  return workspace;
}

test('a history that is not at hand is replayed as it is read, and comes out as one that is', async () => {
  const workspace = await seeded();
  const desk = new Desk(db.database, null);
  const byLead = async () => {
    const told: number[] = [];
    const progress = (share: number) => told.push(share);
    const { tracks, leads, deals, ...past } = await desk.replayAll(workspace, [pact, easier], NOW, {
      progress,
    });
    expect(told).toEqual(told.toSorted());
    const ends = tracks.map(({ mqlAt, verdict }) =>
      Object.fromEntries(Array.from(leads, (lead, place) => [lead, [mqlAt[place], verdict[place]]])),
    );
    const { activities, mark, at } = past;
    return { activities, mark, at, ends, deals: deals.map((deal) => ({ ...deal, lead: leads[deal.lead] })) };
  };
  const swept = await byLead();
  expect(swept.activities).toBe(55);
  expect(swept.deals).toMatchObject([{ lead: 1, outcome: 'won' }]);
  expect(Object.keys(swept.ends[0]!)).toHaveLength(9);
  expect(swept.ends[0]).not.toEqual(swept.ends[1]);
  const loading = desk.load(workspace, [pact, easier], NOW);
  expect(await byLead()).toEqual(swept);
  const { history } = await loading;
  expect(history.columns.activities.instants).toHaveLength(55);
  expect(await byLead()).toEqual(swept);
  await desk.close();
});

test('a replay that nobody wants any more ends early, whether its history is at hand or not', async () => {
  const workspace = await seeded();
  const desk = new Desk(db.database, null);
  const unwanted = AbortSignal.abort(new Error('nobody wants it'));
  for (const isAtHand of [false, true]) {
    if (isAtHand) await desk.load(workspace, [pact], NOW);
    await expect(desk.replayAll(workspace, [pact], NOW, { signal: unwanted })).rejects.toThrow(
      'nobody wants it',
    );
  }
  await desk.close();
});
