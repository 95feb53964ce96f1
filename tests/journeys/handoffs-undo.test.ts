/** Ten seconds in which one's own word can be taken back: afterwards all is as if it had not been said. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme, type Name } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
let handoff = '';
let lead = { lead: 0, id: '' };

const SECOND = 1_000;

beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
});
beforeEach(async () => {
  const made = await acme.offered();
  [handoff, lead] = [made.handoff, made];
  acme.now += SECOND;
});

/** Everything that is so of the handoff and its lead, without what only counts writings. */
const stand = async (): Promise<Record<string, unknown>> => {
  const own = `workspace_id = $1 AND handoff_id = '${handoff}'`;
  const ofLead = `workspace_id = $1 AND lead = ${lead.lead}`;
  const tables: [table: string, where: string, but: string][] = [
    ['handoffs', `workspace_id = $1 AND id = '${handoff}'`, '{revision,id}'],
    ['lead_states', ofLead, '{revision,judged_at,next_at,fold}'],
    ['moves', `${ofLead} AND replaced_at IS NULL`, '{id,cause,cause_id}'],
    ['deadlines', own, '{}'],
    ['acceptances', own, '{}'],
    ['returns', own, '{}'],
    ['qualifications', own, '{}'],
    ['touches', own, '{}'],
    ['routing_decisions', own, '{}'],
    ['recycles', ofLead, '{}'],
    ['holds', ofLead, '{}'],
    ['deals', ofLead, '{}'],
  ];
  const found: Record<string, unknown> = {};
  for (const [table, where, but] of tables) {
    const rows = await acme.rows<{ row: object }>(
      `SELECT to_jsonb(t) - '${but}'::text[] AS row FROM ${table} t WHERE ${where} ORDER BY 1`,
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
};

const undo = (who: Name, what: string, more: object = {}) =>
  acme.call(who, `POST /api/handoffs/${handoff}/undo`, { what, ...more });
const refused = (who: Name, what: string, more: object = {}) =>
  acme.refused(who, `POST /api/handoffs/${handoff}/undo`, { what, ...more });
const say = (who: Name, what: string, body: object = {}) =>
  acme.call(who, `POST /api/handoffs/${handoff}/${what}`, body);
const owner = async (): Promise<Name> => {
  const [row] = await acme.rows<{ owner_id: string | null }>(
    `SELECT owner_id FROM handoffs WHERE workspace_id = $1 AND id = '${handoff}'`,
  );
  const names = Object.keys(acme.people) as Name[];
  return names.find((name) => acme.people[name].id === row?.owner_id) ?? 'lea';
};
const answers = { need: 'Faster quotes', timeline: 'now' };

type Case = [what: string, before: (who: Name) => Promise<unknown>, give: (who: Name) => Promise<unknown>];
const nothing = async () => undefined;
const cases: Case[] = [
  ['acceptance', nothing, (who) => say(who, 'acceptance')],
  ['return', nothing, (who) => say(who, 'return', { reason: 'not_fit' })],
  [
    'return',
    (who) => say(who, 'acceptance'),
    (who) => say(who, 'return', { reason: 'timing', until: '2026-06-01' }),
  ],
  ['touch', nothing, (who) => say(who, 'touches', { channel: 'call' })],
  ['qualification', (who) => say(who, 'acceptance'), (who) => say(who, 'qualification', { answers })],
  [
    'qualification',
    (who) => say(who, 'acceptance'),
    (who) => say(who, 'qualification', { answers, deal: { name: 'Acme', amount: 5_000 } }),
  ],
  [
    'reassignment',
    nothing,
    () => say('lea', 'reassignment', { member: acme.people.cy.id, reason: 'Knows them' }),
  ],
];

describe.each(cases)('the %s', (what, before, give) => {
  it.each([true, false])('leaves nothing behind when it is undone, folded meanwhile: %s', async (folded) => {
    const who = await owner();
    await before(who);
    await acme.work();
    acme.now += 30 * SECOND;
    const stood = await stand();
    await give(who);
    if (folded) await acme.work();
    const by = what === 'reassignment' ? 'lea' : who;
    expect(await stand()).not.toEqual(stood);
    acme.now += 9 * SECOND;
    await undo(by, what);
    await acme.work();
    expect(await stand()).toEqual(stood);
    expect(await refused(by, what)).toBe('409 nothing_to_undo');

    // It is kept who undid what and when, in the journal as in the ledger, and what is taken back can be said again.
    const [kept] = await acme.rows<{ removed: object; undone_by: string }>(
      `SELECT removed, undone_by FROM given_answers WHERE workspace_id = $1 AND handoff_id = '${handoff}' AND undone_at IS NOT NULL`,
    );
    expect(kept).toMatchObject({ undone_by: acme.people[by].id });
    expect(Object.keys(kept!.removed).length).toBeGreaterThan(0);
    const { journal, outbox } = await acme.told();
    expect([journal.includes('handoff.undone'), outbox.includes('handoff.undone')]).toEqual([true, true]);
    acme.now += SECOND;
    await give(who);
  });
});

it('of a hold lets the clocks run on as if it had not been', async () => {
  const stood = await stand();
  const until = new Date(acme.now + 86_400_000).toISOString();
  await say('mia', 'hold', { reason: 'At our event', until });
  await acme.work();
  acme.now += 5 * SECOND;
  expect(await refused('anna', 'hold')).toBe('403 not_yours');
  await undo('mia', 'hold');
  await acme.work();
  expect(await stand()).toEqual(stood);
});

it('of an acceptance does not hand the lead over once more', async () => {
  const who = await owner();
  const before = await acme.told();
  await say(who, 'acceptance');
  await acme.work();
  await undo(who, 'acceptance');
  await acme.work();
  const after = await acme.told();
  const news = after.journal.slice(before.journal.length);
  expect(news).toEqual(['handoff.accepted', 'lead.moved', 'handoff.undone', 'lead.moved']);
  expect(await acme.stage(lead.lead)).toBe('mql 1');
});

it('takes back what was said before as well, while there is time', async () => {
  const who = await owner();
  const stood = await stand();
  await say(who, 'acceptance');
  await say(who, 'touches', { channel: 'mail' });
  expect(await refused(who, 'acceptance')).toBe('409 followed');
  await undo(who, 'touch');
  await undo(who, 'acceptance');
  await acme.work();
  expect(await stand()).toEqual(stood);
});

it('is refused in words when it is too late, somebody else’s, followed by something, or not what was read', async () => {
  const who = await owner();
  expect(await refused(who, 'acceptance')).toBe('409 nothing_to_undo');
  const { revision } = await say(who, 'acceptance');
  expect(await refused(who, 'acceptance', { revision: Number(revision) - 1 })).toBe('412 changed_meanwhile');
  expect(await refused('sam', 'acceptance')).toBe('403 not_yours');
  expect(await refused('anna', 'acceptance')).toBe('403 not_yours');
  acme.now += 15_001;
  expect(await refused(who, 'acceptance')).toBe('409 too_late');
  await expect(undo(who, 'acceptance')).rejects.toThrow(
    /could be undone for 10 seconds: it stands\. Give the lead back/,
  );

  await say(who, 'qualification', { answers });
  await acme.call(who, 'POST /api/deals', { handoff, name: 'Elsewhere' });
  expect(await refused(who, 'qualification')).toBe('409 followed');
});

it('is refused once marketing has appealed', async () => {
  const who = await owner();
  await say(who, 'return', { reason: 'not_fit' });
  await say('mia', 'dispute', { text: 'They have 400 people.' });
  await expect(undo(who, 'return')).rejects.toThrow(/marketing has appealed it/);
});

it('is the only way in which a record goes', async () => {
  const who = await owner();
  await say(who, 'acceptance');
  for (const table of ['acceptances', 'routing_decisions']) {
    const gone = acme.rows(`DELETE FROM ${table} WHERE workspace_id = $1 AND handoff_id = '${handoff}'`);
    await expect(gone, table).rejects.toThrow(/goes only by being undone/);
  }
  const forged = acme.rows(
    `UPDATE given_answers SET undone_at = now(), undone_by = $2 WHERE workspace_id = $1`,
    newId(1),
  );
  await expect(forged).rejects.toThrow();
});
