import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { parsePact } from '#engine/pact/parse.ts';
import { footprint } from '#engine/replay/columns.ts';
import { writeLayer } from '#features/backtests/history/layers.ts';
import { READING } from '#features/backtests/history/reading.ts';
import { RunBuilder } from '#features/backtests/history/run.ts';
import { beginSweep, finishSweep } from '#features/backtests/history/sweep.ts';
import { Team } from '#features/backtests/threads/team.ts';
import { readConfig } from '#platform/config/config.ts';
import type { Database } from '#platform/db/database.ts';
import { findBinaries } from '#platform/db/embedded/binaries.ts';
import { spawnOptions } from '#platform/db/embedded/cluster.ts';
import { closeHome, openHome } from '#platform/db/embedded/home.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { startDatabase } from '#platform/db/start.ts';
import { newId } from '#platform/ids.ts';
import { record, verifyJournal } from '#platform/journal/journal.ts';
import { openLog } from '#platform/log.ts';
import { describeTables } from '#tests/support/db-tables.ts';

/** Every PostgreSQL at hand that we promise to work with: our own, and those that packages put on this machine. */
const PACKAGES = '/usr/lib/postgresql';
const packaged = existsSync(PACKAGES) ? readdirSync(PACKAGES).filter((version) => Number(version) >= 15) : [];
const versions = ['embedded', ...packaged];

/** Runs a server of that version while `work` uses it by its URL. */
async function withPostgres(version: string, work: (url: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'leadpact-versions-'));
  const home = openHome(directory);
  const own = dirname((await findBinaries(home.account)).postgres);
  const programs = version === 'embedded' ? own : join(PACKAGES, version, 'bin');
  const options = spawnOptions(home, 'pipe');
  const port = 19_000 + versions.indexOf(version);
  writeFileSync(join(home.path, 'password'), 'p', { mode: 0o644 });
  try {
    const made = [
      '-D',
      `${home.served}/data`,
      '-U',
      'admin',
      `--pwfile=${home.served}/password`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ];
    execFileSync(join(programs, 'initdb'), made, options);
    const settings = ['fsync=off', 'listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`];
    const server = spawn(
      join(programs, 'postgres'),
      ['-D', `${home.served}/data`, ...settings.flatMap((s) => ['-c', s])],
      options,
    );
    server.stderr?.resume();
    const gone = new Promise((resolve) => server.once('exit', resolve));
    try {
      const login = { host: '127.0.0.1', port, database: 'postgres', user: 'admin', password: 'p' };
      while (
        !(await connectOnce(login, 'test').then(
          (session) => session.end().then(() => true),
          () => false,
        ))
      )
        await pause(20);
      await work(`postgres://admin:p@127.0.0.1:${port}/postgres`);
    } finally {
      server.kill('SIGINT');
      await gone;
    }
  } finally {
    closeHome(home);
    rmSync(directory, { recursive: true });
  }
}

const { pact } = parsePact(`
pact: Counting
language: 1
lead: { when: { not: { attribute: nobody, exists: true } } }
interest: [{ id: came, text: Came., points: 1, when: { did: page } }]
mql: { when: { interest: { gte: 201 } } }
`);
const LEADS = 1_500;

/** Packs a history, of which every other lead did one thing more, and has threads read it: who became an MQL. */
async function mqlsOf(database: Database, workspace: string): Promise<number[]> {
  await database.inWorkspace(workspace, async (_, query, copy) => {
    await query(
      `INSERT INTO leads (workspace_id, number, id, created_at)
       SELECT $1, n, gen_random_uuid(), to_timestamp(1) FROM generate_series(1, $2::int) AS n`,
      [workspace, LEADS],
    );
    const run = new RunBuilder();
    const code = run.code('"page"\n{}');
    for (let lead = 1; lead <= LEADS; lead++)
      for (let i = 0; i < 200 + (lead % 2); i++) run.add(lead, 1_000_000 + i * 60_000 + lead, code);
    const layer = { id: newId(3), after: newId(0), upto: newId(4), activities: run.length };
    await writeLayer({ query, copy, workspace, full: 30_000 }, layer, [run.build()]);
  });
  const team = new Team(new URL('../../src/cli/main.ts', import.meta.url), {
    along: false,
    size: 2,
    database,
  });
  try {
    const asked = { pacts: [pact], footprint: footprint([pact]), until: 1e9 };
    const sweep = await database.inWorkspace(workspace, beginSweep(workspace, asked, team, {}), READING);
    const { leads, tracks } = await finishSweep(sweep, team, {});
    return [...leads].filter((_, place) => !Number.isNaN(tracks[0]!.mqlAt[place]));
  } finally {
    await team.close();
  }
}

it.each(versions)(
  'PostgreSQL %s is worked with by its URL, and holds the same tables, which threads read',
  async (version) => {
    await withPostgres(version, async (url) => {
      const config = readConfig({ DATABASE_URL: url }, '/nowhere');
      const running = await startDatabase({
        config,
        secret: 's'.repeat(32),
        log: openLog('silent'),
        connections: 4,
        wait: 2_000,
      });
      const [mine, other] = [newId(1), newId(2)];
      await running.database.inWorkspace(mine, async (tx, query) => {
        await tx.insertInto('workspaces').values({ workspace_id: mine, name: 'Mine' }).execute();
        await record(tx, mine, [
          {
            at: 1,
            actor: { kind: 'system' },
            what: 'workspace.made',
            subject: { kind: 'workspace', id: mine },
          },
        ]);
        expect(await verifyJournal(query, mine)).toBeNull();
      });
      expect(
        await running.database.inWorkspace(other, (tx) => tx.selectFrom('workspaces').execute()),
      ).toEqual([]);

      const mqls = await mqlsOf(running.database, mine);
      expect(mqls).toEqual(Array.from({ length: LEADS / 2 }, (_, i) => 2 * i + 1));

      const session = await connectOnce(running.owner()[0]!, 'test');
      const plain = (text: string) => text.replace(/\s+/g, ' ');
      const committed = readFileSync('src/platform/db/tables.ts', 'utf8');
      expect(plain(await describeTables(session))).toBe(plain(committed));
      await session.end();
      await running.stop();
    });
  },
);
