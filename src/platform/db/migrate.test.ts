import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import type { Login } from '#platform/db/login.ts';
import { checkSchema, type Migration, migrate, readMigrations } from '#platform/db/migrate.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { openLog } from '#platform/log.ts';
import { withServer } from '#tests/support/db.ts';

const server = withServer();
const log = openLog('silent');
const sessions: pg.Client[] = [];

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.end();
});

async function open(login: Login): Promise<pg.Client> {
  const session = await connectOnce(login, 'migrator');
  sessions.push(session);
  return session;
}

/** A fresh database, and what migrates it. */
async function fresh() {
  const { owner, app } = await server.newDatabase();
  const session = await open(owner);
  return {
    owner,
    session,
    run: (steps?: Migration[], by = session) => migrate(by, app.user, log, steps),
    tables: async () => {
      const { rows } = await session.query(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
      );
      return (rows as { relname: string }[]).map(({ relname }) => relname);
    },
  };
}

const step = (number: number, sql: string): Migration => ({
  number,
  name: `000${number}_step`,
  sql,
  checksum: `${sql.length}`,
});
const steps = [
  step(1, 'CREATE TABLE one (id int)'),
  step(2, 'CREATE TABLE two (id int)'),
  step(3, 'CREATE TABLE three (id int)'),
];

describe('the migrations', () => {
  it('have each a number of their own, in order', () => {
    const numbers = readMigrations().map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('are applied once, and then fit', async () => {
    const { run, session } = await fresh();
    await expect(checkSchema(session)).rejects.toThrow('Run "leadpact migrate"');
    expect(await run()).toEqual(readMigrations().map(({ name }) => name));
    await checkSchema(session);
    expect(await run()).toEqual([]);
  });

  it('are applied by one of many who try at once', async () => {
    const { run, owner } = await fresh();
    const others = await Promise.all([1, 2, 3].map(() => open(owner)));
    const applied = await Promise.all(others.map((by) => run(undefined, by)));
    expect(applied.flat().sort()).toEqual(readMigrations().map(({ name }) => name));
  });
});

describe('a step', () => {
  it('that fails leaves nothing, and the next start goes on from there', async () => {
    const { run, tables } = await fresh();
    const broken = [steps[0]!, step(2, 'CREATE TABLE two (id int); SELECT 1/0'), steps[2]!];
    await expect(run(broken)).rejects.toThrow(
      'The step 0002_step of the schema failed: division by zero. Nothing of this step was kept.',
    );
    expect(await tables()).toEqual(['one']);
    expect(await run(steps)).toEqual(['0002_step', '0003_step']);
    expect(await tables()).toEqual(['one', 'three', 'two']);
  });

  it('that is killed half way leaves nothing, and the next start goes on from there', async () => {
    const { run, tables, session, owner } = await fresh();
    const slow = [steps[0]!, step(2, 'CREATE TABLE two (id int); SELECT pg_sleep(30)'), steps[2]!];
    const victim = await open(owner);
    const killed = expect(run(slow, victim)).rejects.toThrow('0002_step');
    const sleeping =
      "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
    while ((await session.query(sleeping)).rowCount === 0) await pause(5);
    await session.query(`SELECT pg_terminate_backend(pid) FROM (${sleeping}) s`);
    await killed;
    expect(await tables()).toEqual(['one']);
    expect(await run(steps)).toEqual(['0002_step', '0003_step']);
  });

  it('knows the role the application connects as', async () => {
    const { run, session } = await fresh();
    await run([step(1, "CREATE TABLE one AS SELECT current_setting('leadpact.app_role') AS role")]);
    expect((await session.query('SELECT role FROM one')).rows).toEqual([{ role: 'leadpact_app' }]);
  });
});

describe('a database that does not fit', () => {
  it.each<[name: string, known: Migration[], message: string]>([
    [
      'migrated by a newer Leadpact',
      steps.slice(0, 2),
      'migrated by a newer Leadpact: it took the step 0003_step, and this one knows none after 0002_step',
    ],
    [
      'with a step that was changed since',
      [steps[0]!, step(2, 'CREATE TABLE two_and_a_half (id int)'), steps[2]!],
      'The step 0002_step is not the one that was applied',
    ],
  ])('%s is refused, and left as it is', async (_name, known, message) => {
    const { run, tables } = await fresh();
    await run(steps);
    await expect(run(known)).rejects.toThrow(message);
    expect(await tables()).toEqual(['one', 'three', 'two']);
  });

  it('is told from one that was never migrated', async () => {
    const { session, run } = await fresh();
    await expect(checkSchema(session)).rejects.toThrow('The database is older than this Leadpact');
    await run(readMigrations().slice(0, 2));
    await expect(checkSchema(session)).rejects.toThrow('from 0003_pacts on');
    await session.query("INSERT INTO system.migrations VALUES (3, 'x', 'y')");
    await expect(checkSchema(session)).rejects.toThrow('is not the one that was applied');
  });
});
