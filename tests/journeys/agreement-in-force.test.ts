/** A new version comes into force: leads on their way are judged anew, and what was begun before goes on as it began. */
import { expect, it } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme, TEXT } from './handoffs-support.ts';
import { agree, meet } from './verdicts-support.ts';

const db = withDatabase();
const HOUR = 3_600_000;
/** A lead that only reads. */
const READER = 500;

it('judges leads anew by it, with the version as the cause, and leaves handoffs their version, calendar and terms', async () => {
  const acme = await Acme.open(db.database, await db.newWorkspace());
  const before = await acme.offered();
  const waiting = await acme.demo({ 'account.employees': 100 });
  await meet(db.database, acme.workspace, 1, acme.now - HOUR, READER);
  await acme.take(
    { lead: READER, at: acme.now - HOUR, values: { email: 'reader@buyer.example' } },
    { lead: READER, at: acme.now, type: 'page', properties: { path: '/pricing' } },
  );
  await acme.work();
  expect(await acme.stage(READER)).toBe('prospect 1');
  const clocks = () =>
    acme.rows<{ version: number; due_at: Date }>(
      'SELECT d.version, d.due_at FROM deadlines d WHERE d.workspace_id = $1 AND d.handoff_id = $2 ORDER BY d.term',
      before.handoff,
    );
  const was = await clocks();
  expect(was.length).toBeGreaterThan(0);

  // Asking for a demo no longer makes an MQL, other hours hold, and answers are wanted sooner.
  const text = TEXT.replace(/fast_lanes:[^\n]*\n[^\n]*\n/, 'fast_lanes: []\n')
    .replace('when: { interest: { gte: 5 } }', 'when: { interest: { gte: 9 } }')
    .replace('09:00-17:00', '08:00-12:00')
    .replace('accept: 1d', 'accept: 1h');
  const [row] = await acme.rows<{ pact_id: string }>('SELECT pact_id FROM versions WHERE workspace_id = $1');
  const from = acme.now + 2 * HOUR;
  const key = await agree(db.database, acme.people, parsePact(text).pact, from, {
    pact: row!.pact_id,
    number: 1,
  });
  expect(key.number).toBe(2);
  await acme.work();
  const judged = () =>
    acme.rows<{ lead: number; version: number }>(
      'SELECT lead, version FROM lead_states WHERE workspace_id = $1 ORDER BY lead',
    );
  expect((await judged()).every(({ version }) => version === 1)).toBe(true);

  acme.now = from;
  await acme.work();
  expect((await judged()).map(({ version }) => version)).toEqual([2, 2, 2]);
  const moves = await acme.rows<{ lead: number; cause: string; version: number; to_stage: string }>(
    'SELECT lead, cause, version, to_stage FROM moves WHERE workspace_id = $1 AND at >= $2 ORDER BY lead',
    new Date(from),
  );
  expect(moves).toEqual([{ lead: READER, cause: 'pact', version: 2, to_stage: 'conversion' }]);
  // What was offered under version 1 is answered under version 1.
  expect(await clocks()).toEqual(was);
  const [handoff] = await acme.rows<{ version: number }>(
    'SELECT version FROM handoffs WHERE workspace_id = $1 AND id = $2',
    before.handoff,
  );
  expect(handoff!.version).toBe(1);
  expect(await acme.stage(waiting.lead)).toBe('mql 1');
});
