import type { Insertable } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import type { Handoffs } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const AT = new Date(Date.UTC(2026, 0, 15));

let workspace = '';
let base: { workspace_id: string; handoff_id: string; member_id: string; at: Date };
let offer: Insertable<Handoffs>;

const here = <T>(work: (tx: Tx) => Promise<T>) => db.database.inWorkspace(workspace, work);
const accept = (tx: Tx) => tx.insertInto('acceptances').values(base).execute();
const giveBack = (tx: Tx) =>
  tx
    .insertInto('returns')
    .values({ ...base, reason: 'timing', next: 'recycle' })
    .execute();
const lapse = (tx: Tx) => {
  const { workspace_id, handoff_id, at } = base;
  return tx.insertInto('lapses').values({ workspace_id, handoff_id, at, due_at: at }).execute();
};
const qualify = (tx: Tx) =>
  tx
    .insertInto('qualifications')
    .values({ ...base, answers: '{}' })
    .execute();
const close = (answer: 'acceptance' | 'return' | 'lapse') => (tx: Tx) =>
  tx.updateTable('handoffs').set({ answer, answered_at: AT }).where('id', '=', base.handoff_id).execute();
const decide = (decision: 'qualification' | 'return') => (tx: Tx) =>
  tx.updateTable('handoffs').set({ decision, decided_at: AT }).where('id', '=', base.handoff_id).execute();
const answerAndDecide = (tx: Tx) =>
  tx
    .updateTable('handoffs')
    .set({ answer: 'return', answered_at: AT, decision: 'return', decided_at: AT })
    .execute();
const offerAgain = (tx: Tx) =>
  tx
    .insertInto('handoffs')
    .values({ ...offer, id: newId(9) })
    .execute();

beforeEach(async () => {
  workspace = await db.newWorkspace();
  base = { workspace_id: workspace, handoff_id: newId(1), member_id: newId(2), at: AT };
  const pact = newId(3);
  offer = {
    workspace_id: workspace,
    id: base.handoff_id,
    lead: 1,
    pass: 1,
    pact_id: pact,
    version: 1,
    tier: 'standard',
    origin: 'mql',
    packet: '{}',
    offered_at: AT,
    accept_by: AT,
  };
  await here(async (tx) => {
    await tx
      .insertInto('members')
      .values({
        workspace_id: workspace,
        id: base.member_id,
        name: 'Sam',
        email: 's@acme.example',
        party: 'sales',
      })
      .execute();
    await tx.insertInto('pacts').values({ workspace_id: workspace, id: pact, name: 'Acme' }).execute();
    await tx
      .insertInto('versions')
      .values({ workspace_id: workspace, pact_id: pact, number: 1, text: '', normal: '{}', digest: 'd' })
      .execute();
    await tx
      .insertInto('leads')
      .values({ workspace_id: workspace, number: 1, id: newId(4), created_at: AT })
      .execute();
    await tx.insertInto('handoffs').values(offer).execute();
  });
});

it.each<[name: string, steps: ((tx: Tx) => Promise<unknown>)[], refused: string | null]>([
  ['accepted', [close('acceptance'), accept], null],
  ['accepted and qualified', [close('acceptance'), accept, decide('qualification'), qualify], null],
  ['accepted and given back', [close('acceptance'), accept, decide('return'), giveBack], null],
  ['given back at once', [answerAndDecide, giveBack], null],
  ['lapsed, and offered again', [close('lapse'), lapse, offerAgain], null],
  ['given back, and offered again', [answerAndDecide, giveBack, offerAgain], null],
  ['accepted without its answer', [accept], 'acceptances_workspace_id_handoff_id_answer_fkey'],
  [
    'accepted when it was given back',
    [answerAndDecide, accept],
    'acceptances_workspace_id_handoff_id_answer_fkey',
  ],
  ['lapsed when it was accepted', [close('acceptance'), lapse], 'lapses_workspace_id_handoff_id_answer_fkey'],
  [
    'answered otherwise after its record',
    [close('acceptance'), accept, close('lapse')],
    'acceptances_workspace_id_handoff_id_answer_fkey',
  ],
  ['qualified without acceptance', [decide('qualification')], 'handoffs_check'],
  ['qualified after a lapse', [close('lapse'), decide('qualification')], 'handoffs_check'],
  ['given back without its decision', [close('return')], 'handoffs_check'],
  ['accepted twice', [close('acceptance'), accept, accept], 'acceptances_pkey'],
  ['offered twice', [offerAgain], 'handoffs_open'],
  ['offered while it is being worked', [close('acceptance'), accept, offerAgain], 'handoffs_open'],
])('a handoff is %s', async (_name, steps, refused) => {
  const attempt = here(async (tx) => {
    for (const step of steps) await step(tx);
  });
  if (refused) await expect(attempt).rejects.toThrow(refused);
  else await attempt;
});

it('one of many answers at once wins', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      here(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('handoffs')
          .set({ answer: i % 2 ? 'acceptance' : 'lapse', answered_at: AT })
          .where('id', '=', base.handoff_id)
          .where('answer', 'is', null)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 1n) await (i % 2 ? accept(tx) : lapse(tx));
        return numUpdatedRows;
      }),
    ),
  );
  expect(answers.filter((n) => n === 1n)).toHaveLength(1);
});

it('a deadline is late, met or void by its records alone', async () => {
  const standings = await here(async (tx) => {
    const due = new Date(Date.now() - 1000);
    const handoff = await tx.selectFrom('handoffs').selectAll().executeTakeFirstOrThrow();
    const rows = [
      { term: 'a', due_at: new Date(Date.now() + 60_000) },
      { term: 'b', due_at: due },
      { term: 'c', due_at: due, met_at: due },
      { term: 'd', due_at: due, met_at: new Date() },
      { term: 'e', due_at: due, void_at: due },
    ].map((row, i) => ({
      ...row,
      workspace_id: workspace,
      id: newId(i),
      handoff_id: handoff.id,
      started_at: AT,
      pact_id: handoff.pact_id,
      version: handoff.version,
    }));
    await tx.insertInto('deadlines').values(rows).execute();
    return tx.selectFrom('deadline_standings').select(['term', 'standing']).orderBy('term').execute();
  });
  expect(standings.map(({ term, standing }) => `${term} ${standing}`)).toEqual([
    'a open',
    'b late',
    'c met',
    'd late',
    'e void',
  ]);
});
