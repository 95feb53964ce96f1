import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from '#platform/config/config.ts';
import type { Login } from '#platform/db/login.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { openOwner, type RunningDatabase, startDatabase } from '#platform/db/start.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { withServer } from '#tests/support/db.ts';

const server = withServer();
const secret = 's'.repeat(40);

const urlOf = ({ host, port, database, user, password }: Login) =>
  `postgres://${user}:${password}@${host}:${port}/${database}`;

/** Starts on a `DATABASE_URL` as `leadpact start` does, and says what was logged. */
async function start(url: string, by = secret): Promise<RunningDatabase & { said: string[] }> {
  const said: string[] = [];
  const log = openLog('warn', { write: (line) => said.push(JSON.parse(line).msg) });
  const config = readConfig({ DATABASE_URL: url }, '/nowhere');
  return { ...(await startDatabase({ config, secret: by, log, connections: 2, wait: 1_000 })), said };
}

/** A database whose owner is an ordinary user, as hosted servers give out. */
async function ownedBy(rights: string): Promise<Login> {
  const { owner } = await server.newDatabase();
  const user = `u_${createHash('sha256').update(owner.database).digest('hex').slice(0, 12)}`;
  const admin = await connectOnce(owner, 'test');
  await admin.query(
    `CREATE ROLE ${user} LOGIN ${rights} PASSWORD 'p'; ALTER DATABASE ${owner.database} OWNER TO ${user}`,
  );
  await admin.end();
  return { ...owner, user, password: 'p' };
}

const whoAmI = (running: RunningDatabase) =>
  running.database.inWorkspace(
    newId(1),
    async (_, query) => (await query<{ who: string }>('SELECT current_user AS who'))[0]!.who,
  );

async function expectIsolation(running: RunningDatabase): Promise<void> {
  const [a, b] = [newId(1), newId(2)];
  const see = (workspace: string) =>
    running.database.inWorkspace(workspace, (tx) => tx.selectFrom('workspaces').select('name').execute());
  await running.database.inWorkspace(a, (tx) =>
    tx.insertInto('workspaces').values({ workspace_id: a, name: 'A' }).execute(),
  );
  expect(await see(a)).toEqual([{ name: 'A' }]);
  expect(await see(b)).toEqual([]);
}

describe('a server of the user’s own', () => {
  it('is worked with as a role that owns nothing, again and again', async () => {
    const owner = await ownedBy('CREATEROLE');
    for (const by of [secret, secret, 'another secret that is long enough']) {
      const running = await start(urlOf(owner), by);
      expect(await whoAmI(running)).toBe(`${owner.database}_app`);
      expect(running.said.join()).toMatch(/synchronous_commit off/); // as the tests' server has it
      expect(running.said.join()).not.toMatch(/roles|log in/);
      expect(running.space()).toBeNull();
      await expectIsolation(running);
      await running.stop();
    }
  });

  it('is worked with as the owner where no role can be made, and workspaces are kept apart still', async () => {
    const owner = await ownedBy('');
    const running = await start(urlOf(owner));
    expect(await whoAmI(running)).toBe(owner.user);
    expect(running.said).toContainEqual(expect.stringContaining('may not make roles'));
    await expectIsolation(running);
    const { session } = await openOwner(running.owner());
    expect((await session.query('SELECT FROM workspaces')).rowCount).toBe(0);
    await session.end();
    await running.stop();
  });

  it('is refused when nothing would keep workspaces apart', async () => {
    const owner = await ownedBy('BYPASSRLS');
    await expect(start(urlOf(owner))).rejects.toThrow(
      `The application would work as ${owner.user}, whom row-level security does not bind`,
    );
  });

  it('is refused when it is not encoded in UTF-8', async () => {
    const { owner } = await server.newDatabase(
      "ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0",
    );
    await expect(start(urlOf(owner))).rejects.toThrow('is encoded in LATIN1; UTF8 is wanted');
  });

  it('that is not there, or knows us not, is named without its password', async () => {
    const { owner } = await server.newDatabase();
    const wrong = [
      [urlOf({ ...owner, port: 1 }), 'ECONNREFUSED'],
      [urlOf({ ...owner, password: 'hunter2' }), 'password authentication failed'],
      [urlOf({ ...owner, database: 'none' }), 'database "none" does not exist'],
    ] as const;
    for (const [url, message] of wrong) {
      const attempt = start(url);
      await expect(attempt).rejects.toThrow(message);
      await expect(attempt).rejects.toThrow(`${owner.user}@127.0.0.1`);
      await expect(attempt).rejects.not.toThrow(/hunter2|PASSWORD/);
    }
  });

  it('is sent no password to keep, only what one is known by', async () => {
    const owner = await ownedBy('CREATEROLE');
    const running = await start(urlOf(owner));
    const admin = await connectOnce((await server.newDatabase()).owner, 'test');
    const { rows } = await admin.query('SELECT rolpassword FROM pg_authid WHERE rolname = $1', [
      `${owner.database}_app`,
    ]);
    expect(rows[0].rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
    await admin.end();
    await running.stop();
  });
});
