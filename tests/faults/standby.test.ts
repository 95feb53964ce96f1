/**
 * A primary with a synchronous standby, of a PostgreSQL that a package brought: what was acknowledged is on both, and
 * stays when one is lost (F10, F12, F13). Needs Debian's `postgresql` and time: `npm run test:faults`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLong } from '#tests/support/long.ts';
import { PackagedServer, packagedVersions } from '#tests/support/packaged-postgres.ts';
import { end, freePort, Load, type Started, start, storedAt } from './killing.ts';

const version = packagedVersions[0] ?? '';
const SYNCHRONOUS = { synchronous_standby_names: 'FIRST 1 (s1)', wal_level: 'replica' };

describe.runIf(isLong && version !== '')('a primary with a synchronous standby', () => {
  const made: PackagedServer[] = [];
  let directory = '';
  let app: Started | null = null;
  let load: Load | null = null;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'leadpact-standby-'));
  });
  afterEach(async () => {
    await load?.stop();
    if (app) await end(app.child, directory);
    rmSync(directory, { recursive: true, force: true });
    for (const server of made.splice(0)) await server.remove();
  });

  /** Both, and a Leadpact that knows both, under load. */
  async function open(): Promise<{ primary: PackagedServer; standby: PackagedServer; load: Load }> {
    const primary = PackagedServer.make(version, 19_101);
    made.push(primary);
    await primary.start();
    const standby = primary.followedBy(version, 19_102, 's1');
    made.push(standby);
    await standby.start();
    await primary.end();
    await primary.start(SYNCHRONOUS);
    const state = "SELECT FROM pg_stat_replication WHERE sync_state = 'sync'";
    while ((await primary.query(state)).length === 0) await pause(50);
    const port = await freePort();
    const DATABASE_URL = `postgres://admin:p@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/postgres`;
    app = await start(directory, port, { DATABASE_URL });
    load = new Load(`http://127.0.0.1:${port}`, app.key!);
    await load.until(200);
    return { primary, standby, load };
  }

  const told = async (load: Load, server: PackagedServer) => {
    await load.stop();
    const stored = await storedAt(server.login);
    return {
      acknowledged: load.acknowledged.size,
      lost: [...load.acknowledged].filter((id) => !stored.has(id)).length,
      twice: [...stored.values()].filter((times) => times > 1).length,
    };
  };

  it('loses nothing that was acknowledged when the primary dies and the standby takes over', async () => {
    const { primary, standby, load } = await open();
    const busy = await standby.query("SELECT FROM pg_stat_activity WHERE application_name LIKE 'leadpact%'");
    expect(busy).toEqual([]); // whatever lags is asked nothing
    await primary.end('SIGKILL');
    const died = performance.now();
    standby.promote();
    // The copied setting would let commits wait for a standby that is gone.
    await standby.query("ALTER SYSTEM SET synchronous_standby_names = ''");
    await standby.query('SELECT pg_reload_conf()');
    await load.until(load.acknowledged.size + 200);
    console.log(`acknowledged again ${Math.round(performance.now() - died)} ms after the primary died`);
    const outcome = await told(load, standby);
    console.log(JSON.stringify(outcome));
    expect(outcome).toMatchObject({ lost: 0, twice: 0 });
    // What waits for a time, and what hears of others, goes on as well: leads are folded on the new primary.
    while ((await standby.query('SELECT FROM dirty_leads')).length > 0) await pause(50);
    const hears = "SELECT FROM pg_stat_activity WHERE application_name = 'leadpact listens'";
    while ((await standby.query(hears)).length === 0) await pause(50);
  }, 180_000);

  it('acknowledges nothing while the standby is gone, and everything once it is back', async () => {
    const { primary, standby, load } = await open();
    await standby.end('SIGKILL');
    await pause(500); // what was confirmed before is answered by now
    const before = load.acknowledged.size;
    await pause(20_000);
    expect(load.acknowledged.size).toBe(before);
    await standby.start();
    await load.until(before + 200);
    const outcome = await told(load, primary);
    console.log(JSON.stringify(outcome));
    expect(outcome).toMatchObject({ lost: 0, twice: 0 });
  }, 180_000);
});
