import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '#platform/db/database.ts';
import { Contended, DatabaseAway, OutcomeUnknown } from '#platform/db/faults.ts';
import type { Login } from '#platform/db/login.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#tests/support/db.ts';
import { layWire, type Wire } from '#tests/support/db-proxy.ts';

const db = withDatabase();
let workspace = '';
const opened: Database[] = [];

beforeEach(async () => {
  workspace = await db.newWorkspace();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** A test that waits in vain says for how long; others have time, for connecting takes long on a busy machine. */
function openAnother(logins: () => Login[], max = 2, wait = 20_000): Database {
  const database = new Database({ logins, max, wait, name: 'another', log: openLog('silent'), citus: false });
  opened.push(database);
  return database;
}

const addAccount = (database: Database, id: string, name = 'Acme') =>
  database.inWorkspace(workspace, (tx) =>
    tx.insertInto('accounts').values({ workspace_id: workspace, id, name }).execute(),
  );
const accounts = () =>
  db.database.inWorkspace(workspace, (tx) =>
    tx.selectFrom('accounts').select(['id', 'name']).orderBy('id').execute(),
  );

describe('rows that are copied', () => {
  it('fail with what one of them failed with, and the connection is as good as before', async () => {
    await db.database.inWorkspace(workspace, async (_, query, copy) => {
      let came = 0;
      const failing = copy(`SELECT repeat('x', 10000) FROM generate_series(1, 500)`, () => {
        if (++came === 3) throw new Error('the third');
      });
      await expect(failing).rejects.toThrow('the third');
      expect(came).toBe(3);
      expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  it('tell that the server went away', async () => {
    const copied = openAnother(() => [db.logins.app]).inWorkspace(workspace, async (_, query, copy) => {
      const [own] = await query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      setTimeout(() => db.owner.query('SELECT pg_terminate_backend($1)', [own!.pid]), 100);
      await copy(`SELECT pg_sleep(0.01) FROM generate_series(1, 3000)`, () => undefined);
    });
    await expect(copied).rejects.toThrow(DatabaseAway);
  });
});

describe('a transaction', () => {
  it('has two faces, and is kept whole or not at all', async () => {
    const write = (fail: boolean) =>
      db.database.inWorkspace(workspace, async (tx, query) => {
        const [a, b] = [newId(1), newId(2)];
        await Promise.all([
          tx.insertInto('accounts').values({ workspace_id: workspace, id: a }).execute(),
          query('INSERT INTO accounts (workspace_id, id) VALUES ($1, $2)', [workspace, b], 'add-account'),
        ]);
        if (fail) throw new Error('changed my mind');
        return [a, b];
      });
    await expect(write(true)).rejects.toThrow('changed my mind');
    const ids = await write(false);
    expect((await accounts()).map(({ id }) => id)).toEqual(ids.sort());
  });

  it('reads numbers as numbers and days as days', async () => {
    const [row] = await db.database.inWorkspace(workspace, (_, query) =>
      query<Record<string, unknown>>(
        "SELECT 9007199254740991::bigint AS big, 12.50::numeric(18,2) AS amount, '2026-03-29'::date AS day, '2026-03-29T01:30:00.123Z'::timestamptz AS at, '{\"a\":[1]}'::jsonb AS json",
      ),
    );
    expect(row).toEqual({
      big: Number.MAX_SAFE_INTEGER,
      amount: 12.5,
      day: '2026-03-29',
      at: new Date(Date.UTC(2026, 2, 29, 1, 30, 0, 123)),
      json: { a: [1] },
    });
    const tooLarge = db.database.inWorkspace(workspace, (_, query) =>
      query('SELECT 9007199254740993::bigint AS n'),
    );
    await expect(tooLarge).rejects.toThrow('too large');
  });

  it('takes a workspace by its UUID alone', async () => {
    for (const id of ['', 'acme', `${workspace}'; DROP TABLE leads; --`]) {
      expect(() => db.database.inWorkspace(id, async () => 1)).toThrow('is known by a UUID');
    }
  });

  it('is not begun inside another', async () => {
    const nested = db.database.inWorkspace(workspace, () =>
      db.database.inWorkspace(workspace, async () => 1),
    );
    await expect(nested).rejects.toThrow('inside a transaction');
  });

  it('is not taken for done when a failed statement was passed over', async () => {
    const careless = db.database.inWorkspace(workspace, async (tx, query) => {
      await tx
        .insertInto('accounts')
        .values({ workspace_id: workspace, id: newId(1) })
        .execute();
      await query('SELECT 1/0').catch(() => undefined);
    });
    await expect(careless).rejects.toThrow('Nothing was committed');
    expect(await accounts()).toEqual([]);
  });

  it('gives up a statement that takes too long', async () => {
    const slow = db.database.inWorkspace(workspace, (_, query) => query('SELECT pg_sleep(5)'), {
      statementTimeout: 50,
    });
    await expect(slow).rejects.toThrow(DatabaseAway);
  });

  it('holds what it was promised: isolation and reading only', async () => {
    const seen = await db.database.inWorkspace(
      workspace,
      (_, query) =>
        query(
          "SELECT current_setting('transaction_isolation') AS isolation, current_setting('transaction_read_only') AS reading",
        ),
      { isolation: 'repeatable read', readOnly: true },
    );
    expect(seen).toEqual([{ isolation: 'repeatable read', reading: 'on' }]);
  });
});

describe('a snapshot', () => {
  it('is seen by another transaction, as long as the one that exported it is open', async () => {
    const options = { isolation: 'repeatable read', readOnly: true } as const;
    const count = (snapshot: string) =>
      openAnother(() => [db.logins.app]).inWorkspace(
        workspace,
        (tx) => tx.selectFrom('accounts').select('id').execute(),
        { ...options, snapshot },
      );
    const exported = await db.database.inWorkspace(
      workspace,
      async (_, query) => {
        const [row] = await query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot');
        await addAccount(
          openAnother(() => [db.logins.app]),
          newId(1),
        ); // not seen any more
        expect(await count(row!.snapshot)).toEqual([]);
        return row!.snapshot;
      },
      options,
    );
    await expect(count(exported)).rejects.toThrow('snapshot');
    expect(await accounts()).toHaveLength(1);
  });
});

describe('transactions at once', () => {
  /** Adds a letter to the names of accounts, one after the other; both who do so start at the same time. */
  const lengthen = async (isolation: 'serializable' | 'read committed', orders: string[][]) => {
    let runs = 0;
    let begun = 0;
    const both = Promise.withResolvers<void>();
    const one = (ids: string[]) =>
      db.database.inWorkspace(
        workspace,
        async (tx) => {
          runs++;
          const last = ids.at(-1);
          for (const id of ids) {
            await tx.selectFrom('accounts').select('name').where('id', '=', id).execute();
            if (id === last && ids.length === 1) await meet();
            await tx.updateTable('accounts').set({ name: sql`name || '+'` }).where('id', '=', id).execute();
            if (id !== last) await meet();
          }
        },
        { isolation },
      );
    const meet = () => {
      if (++begun === 2) both.resolve();
      return both.promise;
    };
    await Promise.all(orders.map(one));
    return { runs, names: (await accounts()).map(({ name }) => name) };
  };

  it('are repeated when one had to make way for another', async () => {
    const id = newId(1);
    await addAccount(db.database, id, '');
    expect(await lengthen('serializable', [[id], [id]])).toEqual({ runs: 3, names: ['++'] });
  });

  it('are repeated after a deadlock', async () => {
    const [a, b] = [newId(1), newId(2)];
    await addAccount(db.database, a, '');
    await addAccount(db.database, b, '');
    expect(
      await lengthen('read committed', [
        [a, b],
        [b, a],
      ]),
    ).toEqual({ runs: 3, names: ['++', '++'] });
  });

  it('are given up after three repeats', async () => {
    let runs = 0;
    const hopeless = db.database.inWorkspace(workspace, async () => {
      runs++;
      throw Object.assign(new Error('could not serialize access'), { code: '40001' });
    });
    await expect(hopeless).rejects.toThrow(Contended);
    expect(runs).toBe(4);
  });

  it('wait for a connection no longer than they were told', async () => {
    const database = openAnother(() => [db.logins.app], 1, 1_500);
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const hold = database.inWorkspace(workspace, () => {
      held.resolve();
      return asked.promise;
    });
    await held.promise; // on a slow machine connecting alone takes as long as we wait
    await expect(addAccount(database, newId(1))).rejects.toThrow(
      'All 1 connections to the database were busy',
    );
    asked.resolve();
    await hold;
    await addAccount(database, newId(1));
  });
});

describe('a server that goes away', () => {
  const nowhere = (): Login => ({ ...db.logins.app, port: 1 });

  it('is waited for, then said to be away', async () => {
    const attempt = addAccount(
      openAnother(() => [nowhere()], 2, 300),
      newId(1),
    );
    await expect(attempt).rejects.toThrow(DatabaseAway);
    await expect(attempt).rejects.toThrow('cannot be reached');
    await expect(attempt).rejects.not.toThrow(db.logins.app.password);
  });

  it('is not taken to be away because this process was held up', async () => {
    const attempt = addAccount(
      openAnother(() => [db.logins.app], 2, 1_500),
      newId(1),
    );
    await new Promise(setImmediate); // it is connecting
    for (const until = performance.now() + 2_000; performance.now() < until; );
    await attempt;
    expect(await accounts()).toHaveLength(1);
  });

  it('is looked for on every host', async () => {
    const database = openAnother(() => [nowhere(), nowhere(), db.logins.app]);
    await addAccount(database, newId(1));
    expect(await accounts()).toHaveLength(1);
  });

  it('is found again where it has moved to', async () => {
    let login = nowhere();
    const database = openAnother(() => [login]);
    const attempt = addAccount(database, newId(1));
    await pause(50);
    login = db.logins.app;
    await attempt;
  });

  it('costs neither the process nor the work when it ends sessions, idle or busy', async () => {
    const database = openAnother(() => [db.logins.app]);
    const end = () =>
      db.owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'another' AND datname = current_database()",
      );
    await addAccount(database, newId(1));
    await end(); // idle
    await addAccount(database, newId(2));
    let runs = 0;
    await database.inWorkspace(workspace, async (tx) => {
      if (++runs === 1) await end(); // busy
      await tx
        .insertInto('accounts')
        .values({ workspace_id: workspace, id: newId(3) })
        .execute();
    });
    expect(runs).toBe(2);
    expect(await accounts()).toHaveLength(3);
  });
});

describe('a connection that is cut', () => {
  let wire: Wire;
  beforeEach(async () => {
    wire = await layWire(db.logins.app);
  });
  afterEach(() => wire.close());

  it('before COMMIT: the work is done again', async () => {
    const database = openAnother(() => [wire.login]);
    wire.cutAt('insert into', true);
    await addAccount(database, newId(1));
    expect(await accounts()).toHaveLength(1);
  });

  it.each([true, false])(
    'during COMMIT (delivered: %s): the outcome is unknown, and nothing is done twice',
    async (delivered) => {
      const database = openAnother(() => [wire.login]);
      let runs = 0;
      wire.cutAt('COMMIT', delivered);
      const attempt = database.inWorkspace(workspace, async (tx) => {
        runs++;
        await tx
          .insertInto('accounts')
          .values({ workspace_id: workspace, id: newId(1) })
          .execute();
      });
      await expect(attempt).rejects.toThrow(OutcomeUnknown);
      expect(runs).toBe(1);
      expect(await accounts()).toHaveLength(delivered ? 1 : 0);
    },
  );
});

it('counts its connections', async () => {
  const database = openAnother(() => [db.logins.app]);
  expect(database.standing()).toEqual({ total: 0, idle: 0, waiting: 0 });
  await addAccount(database, newId(1));
  expect(database.standing()).toEqual({ total: 1, idle: 1, waiting: 0 });
});

it('speaks to its server as the application, never as the owner', async () => {
  const [row] = await db.database.inWorkspace(workspace, (_, query) => query('SELECT current_user AS who'));
  expect(row).toEqual({ who: db.logins.app.user });
  expect(new pg.Client(db.logins.app).user).not.toBe(db.logins.owner.user);
});
