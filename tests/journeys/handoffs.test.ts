import { beforeEach, expect, test } from 'vitest';
import { verifyJournal } from '#platform/journal/journal.ts';
import { DAY, HOUR, MINUTE } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
beforeEach(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
});

/** What was told since this was last asked, journal and outbox alike. */
async function toldSince(before: { journal: number; outbox: number }) {
  const { journal, outbox } = await acme.told();
  const news = { journal: journal.slice(before.journal), outbox: outbox.slice(before.outbox) };
  Object.assign(before, { journal: journal.length, outbox: outbox.length });
  return news;
}
const clocks = (handoff: string) =>
  acme.rows<{ term: string; standing: string }>(
    `SELECT term, CASE WHEN void_at IS NOT NULL THEN 'void' WHEN met_at IS NULL THEN 'running'
       WHEN met_at <= due_at THEN 'met' ELSE 'late' END AS standing
     FROM deadlines WHERE workspace_id = $1 AND handoff_id = $2 ORDER BY term`,
    handoff,
  );
const clocksOf = async (handoff: string) =>
  (await clocks(handoff)).map(({ term, standing }) => `${term} ${standing}`).join(', ');

test('a lead goes from MQL to a deal that is won, and each step leaves its record', async () => {
  const seen = { journal: 0, outbox: 0 };
  await toldSince(seen);
  const { lead, id, handoff } = await acme.offered();
  expect(await acme.stage(lead)).toBe('mql 1');
  const first = await toldSince(seen);
  expect(first.journal).toContain('handoff.offered');
  expect(first.outbox).toEqual(expect.arrayContaining(['lead.moved', 'lead.mql', 'handoff.offered']));
  expect(await clocksOf(handoff)).toBe('accept running, decide running, first_touch running');

  const shown = await acme.call('mia', `GET /api/handoffs/${handoff}`);
  expect(shown).toMatchObject({
    standing: 'offered',
    tier: 'hot',
    origin: 'fast_lane',
    queue: 'inbound',
    owner: acme.people.cy.id,
    lead: { id },
    packet: {
      lead: { email: 'l1@buyer.example', 'account.name': 'Buyer' },
      topics: [{ topic: 'Prices', times: 1 }],
    },
    routing: [{ reason: expect.stringContaining('cy@acme.example: it is their turn') }],
    history: [{ what: 'handoff.offered' }],
  });
  expect(shown.clocks).toMatchObject([
    {
      term: 'first_touch',
      words: 'due Tue 3 Mar 2026, 10:15 (America/New_York), 15 min of working time left',
    },
    { term: 'accept', words: 'due Tue 3 Mar 2026, 12:00 (America/New_York), 2 h of working time left' },
    { term: 'decide' },
  ]);

  acme.now += 10 * MINUTE;
  await acme.call('cy', `POST /api/handoffs/${handoff}/touches`, { channel: 'note', note: 'Looks good.' });
  expect(await clocksOf(handoff)).toContain('first_touch running');
  acme.now += 1;
  await acme.call('cy', `POST /api/handoffs/${handoff}/touches`, { channel: 'call', reached: true });
  expect(await clocksOf(handoff)).toBe('accept running, decide running, first_touch met');
  expect(await toldSince(seen)).toEqual({
    journal: ['handoff.touched', 'handoff.touched'],
    outbox: ['handoff.touched', 'handoff.touched'],
  });

  acme.now += 10 * MINUTE;
  expect(await acme.call('cy', `POST /api/handoffs/${handoff}/acceptance`, { note: 'Mine.' })).toMatchObject({
    id: handoff,
    standing: 'accepted',
  });
  expect(await toldSince(seen)).toEqual({ journal: ['handoff.accepted'], outbox: ['handoff.accepted'] });
  await acme.work();
  expect(await acme.stage(lead)).toBe('sal 1');
  expect(await clocksOf(handoff)).toBe('accept met, decide running, first_touch met');

  await toldSince(seen);
  acme.now += DAY;
  await acme.call('cy', `POST /api/handoffs/${handoff}/qualification`, {
    answers: { need: 'Pumps that last.', timeline: 'This year' },
  });
  expect(await toldSince(seen)).toEqual({ journal: ['handoff.qualified'], outbox: ['handoff.qualified'] });
  await acme.work();
  expect(await acme.stage(lead)).toBe('sql 1');
  expect(await clocksOf(handoff)).toBe('accept met, decide met, first_touch met');

  await toldSince(seen);
  acme.now += HOUR;
  const deal = await acme.call('cy', 'POST /api/deals', { handoff, name: 'Pumps', amount: 12_000 });
  expect(deal).toMatchObject({ lead: id, origin: 'qualification', outcome: 'open', currency: 'USD' });
  expect(await toldSince(seen)).toEqual({ journal: ['deal.opened'], outbox: ['deal.opened'] });
  await acme.work();
  expect(await acme.stage(lead)).toBe('opportunity 1');

  await toldSince(seen);
  acme.now += 20 * DAY;
  const won = await acme.call('cy', `POST /api/deals/${deal.id}/outcome`, {
    outcome: 'won',
    reason: 'Best pumps.',
  });
  expect(won).toMatchObject({ outcome: 'won', amount: 12_000, reason: 'Best pumps.' });
  expect(await toldSince(seen)).toEqual({ journal: ['deal.won'], outbox: ['deal.won'] });
  await acme.work();
  expect(await acme.stage(lead)).toBe('won 1');
  expect(
    await acme.database.inWorkspace(acme.workspace, (_, query) => verifyJournal(query, acme.workspace)),
  ).toBeNull();

  const last = await acme.call('mia', `GET /api/handoffs/${handoff}`);
  expect(last).toMatchObject({
    standing: 'qualified',
    answers: {
      acceptance: { member: acme.people.cy.id, note: 'Mine.' },
      qualification: { answers: { need: 'Pumps that last.', timeline: 'this year' } },
      return: null,
    },
    touches: [{ channel: 'note' }, { channel: 'call', reached: true }],
    priority: null,
    next: null,
  });
});

test('a lead that is given back recycles, wakes on its day, and comes again in a second pass', async () => {
  const { lead, handoff } = await acme.offered();
  await acme.call('cy', `POST /api/handoffs/${handoff}/acceptance`);
  acme.now += HOUR;
  const until = new Date(acme.now + 30 * DAY).toISOString();
  await acme.call('cy', `POST /api/handoffs/${handoff}/return`, {
    reason: 'timing',
    until,
    note: 'Budget in April.',
  });
  expect(await clocksOf(handoff)).toBe('accept met, decide met, first_touch running');
  await acme.work();
  expect(await acme.stage(lead)).toBe('recycled 1');
  expect(await acme.rows('SELECT reason, clause, next, asked FROM returns WHERE workspace_id = $1')).toEqual([
    { reason: 'timing', clause: 'sql', next: 'recycle', asked: { date: until.replace('.000', '') } },
  ]);
  expect(
    await acme.rows('SELECT handoff_id, pass, wake_at, woken_by FROM recycles WHERE workspace_id = $1'),
  ).toEqual([{ handoff_id: handoff, pass: 1, wake_at: new Date(until), woken_by: null }]);

  acme.now = Date.parse(until);
  await acme.work();
  expect(await acme.rows('SELECT woken_by FROM recycles WHERE workspace_id = $1')).toEqual([
    { woken_by: 'date' },
  ]);
  expect(await acme.stage(lead)).toBe('mql 2');
  const all = await acme.rows<{ id: string; pass: number; answer: string | null }>(
    'SELECT id, pass, answer FROM handoffs WHERE workspace_id = $1 ORDER BY pass',
  );
  expect(all.map(({ pass, answer }) => `${pass} ${answer}`)).toEqual(['1 acceptance', '2 null']);
  await acme.call('bo', `POST /api/handoffs/${all[1]!.id}/acceptance`);
  await acme.work();
  expect(await acme.stage(lead)).toBe('sal 2');
  const { journal } = await acme.told();
  expect(journal.filter((what) => /recycled|woken|returned/.test(what))).toEqual([
    'handoff.returned',
    'lead.recycled',
    'lead.woken',
  ]);
});

test('marketing disputes a return, the facilitator overturns it, and sales gets the lead again', async () => {
  const { lead, handoff } = await acme.offered();
  await acme.call('cy', `POST /api/handoffs/${handoff}/return`, { reason: 'not_fit' });
  await acme.work();
  expect(await acme.stage(lead)).toBe('disqualified 1');
  await acme.call('mia', `POST /api/handoffs/${handoff}/dispute`, { text: 'They fit every clause.' });
  acme.now += HOUR;
  await acme.call('fay', `POST /api/handoffs/${handoff}/ruling`, { ruling: 'overturned', text: 'They do.' });
  await acme.work();
  expect(await acme.stage(lead)).toBe('mql 2');
  const { items } = (await acme.call('lea', 'GET /api/handoffs')) as unknown as { items: object[] };
  expect(items).toMatchObject([
    {
      origin: 'exception',
      why_now: [
        expect.stringContaining('The return was overturned: They do.'),
        expect.anything(),
        expect.anything(),
      ],
    },
  ]);
  const shown = await acme.call('mia', `GET /api/handoffs/${handoff}`);
  expect(shown).toMatchObject({
    answers: { dispute: { text: 'They fit every clause.' }, ruling: { ruling: 'overturned', version: 1 } },
  });
});

test('a lead outside the definition is handed over in the open, until its last day', async () => {
  const { lead, id, handoff } = await acme.offered();
  await acme.call('cy', `POST /api/handoffs/${handoff}/return`, { reason: 'not_fit' });
  await acme.work();
  acme.now += MINUTE;
  const ends_at = new Date(acme.now + HOUR).toISOString();
  await acme.call('sam', `POST /api/leads/${id}/exception`, { reason: 'Met them at the fair.', ends_at });
  await acme.work();
  expect(await acme.stage(lead)).toBe('mql 2');
  expect(
    await acme.rows('SELECT party, handoff_id IS NOT NULL AS handed FROM exceptions WHERE workspace_id = $1'),
  ).toEqual([{ party: 'sales', handed: true }]);
  acme.now += HOUR;
  await acme.sweep();
  await acme.work();
  expect(await acme.stage(lead)).toBe('recycled 2');
});

test('what lacks something for its packet waits in sight, and goes over when it is known', async () => {
  const { lead } = await acme.demo({ 'account.name': null });
  expect(await acme.rows('SELECT id FROM handoffs WHERE workspace_id = $1')).toEqual([]);
  expect(await acme.rows('SELECT refused, missing FROM unready_handoffs WHERE workspace_id = $1')).toEqual([
    { refused: 'packet_incomplete', missing: ['account.name'] },
  ]);
  const entries = await acme.rows(
    "SELECT data ->> 'reason' AS reason FROM journal WHERE workspace_id = $1 AND what = 'handoff.refused'",
  );
  expect(entries).toEqual([{ reason: 'packet_incomplete: account.name' }]);
  acme.now = Date.now() + MINUTE;
  expect(await acme.sweepUnready()).toBe(0);
  await acme.take({ lead, at: acme.now, values: { 'account.name': 'Buyer' } });
  await acme.rows("UPDATE unready_handoffs SET tried_at = 'epoch' WHERE workspace_id = $1");
  acme.now += MINUTE;
  expect(await acme.sweepUnready()).toBe(1);
  expect(await acme.rows('SELECT lead FROM handoffs WHERE workspace_id = $1')).toEqual([{ lead }]);
  expect(await acme.rows('SELECT lead FROM unready_handoffs WHERE workspace_id = $1')).toEqual([]);
});

test('an offer is taken back when the lead turns bad, unless it was answered', async () => {
  const [one, two] = [await acme.offered(), await acme.offered()];
  await acme.call('sam', `POST /api/handoffs/${two.handoff}/acceptance`);
  acme.now += MINUTE;
  for (const { lead } of [one, two]) {
    await acme.take({ lead, at: acme.now, values: { 'account.domain': 'rival.example' } });
  }
  await acme.work();
  expect(await acme.stage(one.lead)).toBe('bad_lead 1');
  expect(await acme.stage(two.lead)).toBe('sal 1');
  expect(await clocksOf(one.handoff)).toBe('accept void, decide void, first_touch void');
  expect(await acme.rows('SELECT handoff_id, cause FROM withdrawals WHERE workspace_id = $1')).toEqual([
    { handoff_id: one.handoff, cause: 'attributes' },
  ]);
  expect(await acme.refused('cy', `POST /api/handoffs/${one.handoff}/acceptance`)).toBe('409 withdrawn');
});
