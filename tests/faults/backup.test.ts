/** A backup under writes, and what a restore makes of it (F24, F28). */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildDemo } from '#features/demo/build.ts';
import { type Config, readConfig } from '#platform/config/config.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { openLog } from '#platform/log.ts';
import { writeBackup } from '#server/upkeep/backup.ts';
import { restoreBackup } from '#server/upkeep/restore.ts';
import { withApi } from '#tests/support/api.ts';
import { withDatabase, withServer } from '#tests/support/db.ts';

const db = withDatabase();
const api = withApi(db);
const server = withServer();
const log = openLog('silent');
const folder = mkdtempSync(join(tmpdir(), 'leadpact-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'all.gz');
const silent = async (): Promise<void> => undefined;

const configOf = (name: string, url?: string): Config =>
  readConfig({ LEADPACT_DATA: join(folder, name), ...(url && { DATABASE_URL: url }) }, folder);

/** An empty database of the run's server, by its address. */
async function emptyDatabase(): Promise<string> {
  const { owner } = await server.newDatabase();
  return `postgres://${owner.user}:${owner.password}@${owner.host}:${owner.port}/${owner.database}`;
}

const tablesOf = async (owner: { query: (text: string) => Promise<{ rows: unknown[] }> }) => {
  const { rows } = await owner.query(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'people') ORDER BY 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of rows as { name: string }[]) {
    const digest = await owner.query(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS digest FROM ${name} t`,
    );
    digests[name] = (digest.rows[0] as { digest: string }).digest;
  }
  return digests;
};

const source = configOf('source');
beforeAll(async () => {
  await db.newWorkspace();
  await buildDemo(api.house, () => undefined, 60);
}, 120_000);

it('holds what was there at one instant, whatever is written meanwhile', async () => {
  const before = await tablesOf(db.owner);
  let written = 0;
  const session = await connectOnce(db.logins.owner, 'test backup');
  const report = await writeBackup(session, source, file, Date.now(), async () => {
    if (written++ < 3) await db.newWorkspace();
  }).finally(() => session.end());
  expect(written).toBeGreaterThan(3);
  expect(report.tables).toBe(Object.keys(before).length);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const url = await emptyDatabase();
  const restored = await restoreBackup(configOf('restored', url), log, file, { tell: silent });
  expect(restored).toMatchObject({ tables: report.tables, rows: report.rows, workspaces: 2 });
  const { hostname, port, username, password, pathname } = new URL(url);
  const login = { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1) };
  const there = await connectOnce(login, 'test');
  try {
    expect(await tablesOf(there)).toEqual(before);
    const { rows } = await there.query(
      "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O' UNION ALL SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity",
    );
    expect(rows).toEqual([]);
  } finally {
    await there.end();
  }
  await expect(restoreBackup(configOf('restored', url), log, file, { tell: silent })).rejects.toThrow(
    /The database is not empty/,
  );
}, 60_000);

it('does not write over a file, and leaves none when it fails', async () => {
  await expect(writeBackup(db.owner, source, file, 0, silent)).rejects.toThrow(/is there already/);
  await expect(writeBackup(db.owner, source, join(folder, 'no/such/dir.gz'), 0, silent)).rejects.toThrow(
    /cannot be written/,
  );
});

it('refuses what is damaged, cut off, foreign or newer, in words and before anything is written', async () => {
  const whole = gunzipSync(readFileSync(file)).toString();
  const lines = whole.trimEnd().split('\n');
  const manifest = JSON.parse(lines[0]!);
  const nowhere = configOf('nowhere', 'postgres://nobody@127.0.0.1:1/none');
  const refused = (name: string, bytes: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return expect(restoreBackup(nowhere, log, path, { tell: silent })).rejects;
  };
  await refused('changed.gz', gzipSync(whole.replace('Acme Industrial', 'Acme Industriel'))).toThrow(
    /is damaged/,
  );
  await refused('short.gz', gzipSync(lines.slice(0, -1).join('\n'))).toThrow(/ends before its time/);
  await refused('cut.gz', readFileSync(file).subarray(0, 2_000)).toThrow(/cannot be read as a backup/);
  await refused('plain.gz', 'id,email\n1,a@b.example\n').toThrow(/cannot be read as a backup/);
  await refused('other.gz', gzipSync('{"format":"other"}\n')).toThrow(/is no backup of Leadpact/);
  await refused('empty.gz', gzipSync('')).toThrow(/is empty/);
  const newer = { ...manifest, schema: [...manifest.schema, { number: 9_999, checksum: 'x' }] };
  await refused('newer.gz', gzipSync(JSON.stringify(newer))).toThrow(/was written by a newer Leadpact/);
  const older = { ...manifest, schema: manifest.schema.slice(0, -1) };
  await refused('older.gz', gzipSync(JSON.stringify(older))).toThrow(
    /Restore it with the Leadpact that wrote it/,
  );
});
