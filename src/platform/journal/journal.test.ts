import { expect, it } from 'vitest';
import { Contended } from '#platform/db/faults.ts';
import { newId } from '#platform/ids.ts';
import { type Entry, record, verifyJournal } from '#platform/journal/journal.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const AT = Date.UTC(2026, 0, 15);

const entry = (id: string): Entry => ({
  at: AT,
  actor: { kind: 'system' },
  what: 'lead.moved',
  subject: { kind: 'lead', id },
  data: { to: 'mql', from: 'prospect' },
});

async function withEntries(count: number): Promise<string> {
  const workspace = await db.newWorkspace();
  const entries = Array.from({ length: count }, (_, i) => entry(String(i)));
  await db.database.inWorkspace(workspace, (tx) => record(tx, workspace, entries));
  return workspace;
}

const verify = (workspace: string, from?: number, to?: number) =>
  db.database.inWorkspace(workspace, (_, query) => verifyJournal(query, workspace, from, to));

/** Changes the journal as nobody but the server's administrator can: past its triggers. */
async function tamper(statement: string): Promise<void> {
  await db.owner.query(
    `SET session_replication_role = replica; ${statement}; SET session_replication_role = DEFAULT`,
  );
}

it('chains what is written, in order, and takes nobody’s word for the chain', async () => {
  const workspace = await withEntries(3);
  await db.database.inWorkspace(workspace, async (tx) => {
    const forged = { seq: 77, hash: Buffer.from('x'), previous: Buffer.from('y'), recorded_at: new Date(0) };
    const actor = { actor_kind: 'system', what: 'a.b', subject_kind: 'lead', subject_id: 'forged' } as const;
    await tx
      .insertInto('journal')
      .values({ workspace_id: workspace, at: new Date(AT), ...actor, ...forged })
      .execute();
    const rows = await tx.selectFrom('journal').selectAll().orderBy('seq').execute();
    expect(rows.map(({ seq, subject_id }) => [seq, subject_id])).toEqual([
      [1, '0'],
      [2, '1'],
      [3, '2'],
      [4, 'forged'],
    ]);
    expect(rows[0]).toMatchObject({
      at: new Date(AT),
      data: { to: 'mql', from: 'prospect' },
      actor_id: null,
    });
    expect(rows.slice(1).map((row) => row.previous)).toEqual(rows.slice(0, -1).map((row) => row.hash));
    expect(rows[3]!.recorded_at.getTime()).toBeGreaterThan(AT);
  });
  expect(await verify(workspace)).toBeNull();
});

it('keeps one chain per workspace, however many write at once', async () => {
  const [one, other] = [await db.newWorkspace(), await db.newWorkspace()];
  const writes = Array.from({ length: 40 }, (_, i) => {
    const workspace = i % 2 ? one : other;
    const isolation = i % 8 < 2 ? ('serializable' as const) : ('read committed' as const);
    const write = db.database.inWorkspace(
      workspace,
      (tx) => record(tx, workspace, [entry('a'), entry('b')]),
      { isolation },
    );
    // A serializable writer may have to make way too often; what it had begun must then leave no trace.
    return write.then(
      () => [workspace],
      (error) => (error instanceof Contended ? [] : Promise.reject(error)),
    );
  });
  const written = (await Promise.all(writes)).flat();
  for (const workspace of [one, other]) {
    expect(await verify(workspace)).toBeNull();
    const { last } = await db.database.inWorkspace(workspace, (tx) =>
      tx
        .selectFrom('journal')
        .select((e) => e.fn.max('seq').as('last'))
        .executeTakeFirstOrThrow(),
    );
    expect(last).toBe(2 * written.filter((done) => done === workspace).length);
    expect(last).toBeGreaterThanOrEqual(30);
  }
});

it.each([['UPDATE journal SET what = $$handoff.accepted$$'], ['DELETE FROM journal'], ['TRUNCATE journal']])(
  'the application cannot %s, and the owner is refused',
  async (statement) => {
    const workspace = await withEntries(2);
    const attempt = db.database.inWorkspace(workspace, (_, query) => query(statement));
    await expect(attempt).rejects.toThrow('permission denied for table journal');
    await expect(db.owner.query(statement)).rejects.toThrow('stays as it was written');
    expect(await verify(workspace)).toBeNull();
  },
);

it('is verified in parts: each says what is wrong in it alone, the last what is missing at the end', async () => {
  const workspace = await withEntries(9);
  const here = `workspace_id = '${workspace}'`;
  await tamper(`UPDATE journal SET what = 'a.b' WHERE ${here} AND seq = 5`);
  expect(await verify(workspace, 1, 4)).toBeNull();
  expect(await verify(workspace, 5, 6)).toEqual({ seq: 5, fault: 'it was changed' });
  expect(await verify(workspace, 6, 9)).toBeNull();
  await tamper(`DELETE FROM journal WHERE ${here} AND seq >= 8`);
  expect(await verify(workspace, 6, 7)).toBeNull();
  expect(await verify(workspace, 7, 8)).toEqual({ seq: 8, fault: 'entries are missing up to it' });
  expect(await verify(workspace, 8, 9)).toEqual({ seq: 9, fault: 'the end is missing' });
});

const fifth = (workspace: string) => `workspace_id = '${workspace}' AND seq = 5`;

it.each<[name: string, statement: (workspace: string) => string, seq: number, fault: string]>([
  [
    'changed data',
    (w) => `UPDATE journal SET data = '{"to":"bad_lead"}' WHERE ${fifth(w)}`,
    5,
    'it was changed',
  ],
  [
    'a changed time',
    (w) => `UPDATE journal SET at = at + interval '1 ms' WHERE ${fifth(w)}`,
    5,
    'it was changed',
  ],
  [
    'another actor',
    (w) => `UPDATE journal SET actor_kind = 'key', actor_id = '${newId(1)}' WHERE ${fifth(w)}`,
    5,
    'it was changed',
  ],
  [
    'a change with its hash made right',
    (w) =>
      `UPDATE journal j SET what = 'a.b' WHERE ${fifth(w)}; UPDATE journal j SET hash = system.journal_hash(j) WHERE ${fifth(w)}`,
    6,
    'it does not follow from the entry before it',
  ],
  ['a removed entry', (w) => `DELETE FROM journal WHERE ${fifth(w)}`, 6, 'entries are missing before it'],
  [
    'a removed end',
    (w) => `DELETE FROM journal WHERE workspace_id = '${w}' AND seq > 8`,
    10,
    'the end is missing',
  ],
  ['everything removed', (w) => `DELETE FROM journal WHERE workspace_id = '${w}'`, 10, 'the end is missing'],
  [
    'an end taken back by the application',
    (w) =>
      `UPDATE journal_heads SET seq = 8, hash = (SELECT hash FROM journal WHERE workspace_id = '${w}' AND seq = 8) WHERE workspace_id = '${w}'`,
    9,
    'it is beyond the end',
  ],
])('%s shows', async (_name, statement, seq, fault) => {
  const workspace = await withEntries(10);
  await tamper(statement(workspace));
  expect(await verify(workspace)).toEqual({ seq, fault });
  expect(await verify(workspace, 7)).toEqual(seq >= 7 ? { seq, fault } : null);
});
