import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { withDatabase } from '#tests/support/db.ts';
import { fillEveryTable } from '#tests/support/every-table.ts';

const db = withDatabase();

let tables: string[] = [];
let mine = '';
let theirs = '';

beforeAll(async () => {
  [mine, theirs] = [newId(Date.now()), newId(Date.now())];
  tables = await fillEveryTable(db.owner, theirs);
  await db.database.inWorkspace(mine, (tx) =>
    tx.insertInto('workspaces').values({ workspace_id: mine, name: 'Mine' }).execute(),
  );
});

const count = (where: typeof db.database.inWorkspace, workspace: string, table: string) =>
  where.call(db.database, workspace, async (_, query) => {
    const rows = await query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`);
    return rows[0]!.n;
  });

describe('another workspace’s rows', () => {
  it('are in every table, and seen by their own', async () => {
    expect(tables.length).toBeGreaterThan(40);
    for (const table of tables) {
      expect(await count(db.database.inWorkspace, theirs, table), table).toBe(1);
    }
  });

  it('are seen in none', async () => {
    for (const table of tables) {
      expect(await count(db.database.inWorkspace, mine, table), table).toBe(table === 'workspaces' ? 1 : 0);
    }
    expect(await count(db.database.inWorkspace, mine, 'deadline_standings')).toBe(0);
    expect(await count(db.database.inWorkspace, theirs, 'deadline_standings')).toBe(1);
  });

  it('are seen by nobody outside of a workspace, save what is meant to be', async () => {
    const seen = async (run: 'acrossWorkspaces' | 'asPerson' | 'byCredential') => {
      const visible: string[] = [];
      for (const table of tables) {
        const look = (_: unknown, query: <R extends object>(text: string) => Promise<R[]>) =>
          query(`SELECT FROM ${table} WHERE workspace_id = '${theirs}'`);
        const rows = await (run === 'acrossWorkspaces'
          ? db.database.acrossWorkspaces(look)
          : db.database[run](newId(1), look));
        if (rows.length > 0) visible.push(table);
      }
      return visible;
    };
    expect(await seen('acrossWorkspaces')).toEqual([
      'deadlines',
      'dirty_leads',
      'lead_states',
      'outbox',
      'recycles',
      'rejudgements',
      'stuck_leads',
      'turns',
      'unready_handoffs',
      'webhook_deliveries',
      'workspaces',
    ]);
    expect(await seen('asPerson')).toEqual([]);
    expect(await seen('byCredential')).toEqual([]);
  });

  it('cannot be changed, removed, locked or taken over', async () => {
    for (const table of tables) {
      for (const statement of [
        `UPDATE ${table} SET workspace_id = '${mine}'`,
        `UPDATE ${table} SET workspace_id = workspace_id WHERE workspace_id = '${theirs}'`,
        `DELETE FROM ${table} WHERE workspace_id = '${theirs}'`,
      ]) {
        const change = db.database.inWorkspace(mine, (_, query) => query(`${statement} RETURNING 1`));
        const done = await change.catch((error: Error) => error.message);
        // Nothing to change, or not allowed to change anything here. Nowhere else do rows of ours exist.
        if (table !== 'workspaces')
          expect(done, statement).toSatisfy((d) =>
            Array.isArray(d) ? d.length === 0 : /permission denied/.test(d),
          );
      }
      expect(await count(db.database.inWorkspace, theirs, table), table).toBe(1);
    }
  });

  it('cannot be written for them', async () => {
    for (const [workspace, message] of [
      [theirs, 'row-level security'],
      [newId(5), 'row-level security'],
    ] as const) {
      const write = db.database.inWorkspace(mine, (tx) =>
        tx
          .insertInto('accounts')
          .values({ workspace_id: workspace, id: newId(1) })
          .execute(),
      );
      await expect(write).rejects.toThrow(message);
    }
  });

  it('cannot be told by a key that is taken, nor referred to', async () => {
    const [a, b] = [await db.newWorkspace(), await db.newWorkspace()];
    const account = { id: newId(1), domain: 'acme.example' };
    for (const workspace of [a, b]) {
      await db.database.inWorkspace(workspace, (tx) =>
        tx
          .insertInto('accounts')
          .values({ workspace_id: workspace, ...account })
          .execute(),
      );
    }
    const other = newId(2);
    await db.database.inWorkspace(a, (tx) =>
      tx.insertInto('accounts').values({ workspace_id: a, id: other }).execute(),
    );
    const refer = db.database.inWorkspace(b, (tx) =>
      tx
        .insertInto('leads')
        .values({ workspace_id: b, number: 1, id: newId(1), created_at: new Date(), account_id: other })
        .execute(),
    );
    await expect(refer).rejects.toThrow('leads_workspace_id_account_id_fkey');
  });
});

describe('outside of a workspace', () => {
  it('a credential opens its own key', async () => {
    const workspace = await db.newWorkspace();
    const [key, hash] = ['wk_live_1', 'ab'.repeat(32)];
    await db.database.inWorkspace(workspace, async (tx) => {
      await tx
        .insertInto('write_keys')
        .values({ workspace_id: workspace, id: newId(1), key, name: 'Site', trust: 'browser' })
        .execute();
      await tx
        .insertInto('api_keys')
        .values({
          workspace_id: workspace,
          id: newId(1),
          name: 'CI',
          prefix: 'lp_ab',
          secret_hash: hash,
          scopes: ['read'],
        })
        .execute();
    });
    const look = (credential: string) =>
      db.database.byCredential(credential, async (tx) => [
        ...(await tx.selectFrom('write_keys').select('name').execute()),
        ...(await tx.selectFrom('api_keys').select('name').execute()),
      ]);
    expect(await look(key)).toEqual([{ name: 'Site' }]);
    expect(await look(hash)).toEqual([{ name: 'CI' }]);
    expect(await look("' OR true --")).toEqual([]);
    expect(await look('')).toEqual([]);
  });

  it('a person sees the workspaces they are in, until they leave', async () => {
    const [one, two] = [await db.newWorkspace(), await db.newWorkspace()];
    const person = newId(Date.now());
    for (const workspace of [one, two]) {
      await db.database.inWorkspace(workspace, (tx) =>
        tx
          .insertInto('members')
          .values({
            workspace_id: workspace,
            id: newId(1),
            person_id: person,
            name: 'Ann',
            email: 'ann@acme.example',
          })
          .execute(),
      );
    }
    const look = () =>
      db.database.asPerson(person, (tx) =>
        tx.selectFrom('workspaces').select('workspace_id').orderBy('workspace_id').execute(),
      );
    expect(await look()).toEqual([one, two].sort().map((workspace_id) => ({ workspace_id })));
    await db.database.inWorkspace(two, (tx) =>
      tx.updateTable('members').set({ left_at: new Date() }).execute(),
    );
    expect(await look()).toEqual([{ workspace_id: one }]);
  });

  it('nothing can be written', async () => {
    const write = db.database.acrossWorkspaces((_, query) => query('DELETE FROM outbox'));
    await expect(write).rejects.toThrow(/^cannot execute DELETE in a read-only transaction$/);
  });

  it('after a workspace, its setting is gone from the connection', async () => {
    const rows = await db.database.acrossWorkspaces((_, query) =>
      query<{ n: number }>('SELECT count(*) AS n FROM leads'),
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
