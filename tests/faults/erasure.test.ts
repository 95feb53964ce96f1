/** Whoever is erased is found nowhere any more (F76), and stays erased when an older backup comes back (F25). */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packHistory } from '#features/backtests/history/packing.ts';
import { Sections } from '#features/backtests/history/sections.ts';
import { type Config, readConfig } from '#platform/config/config.ts';
import { connectOnce } from '#platform/db/pool.ts';
import { newId } from '#platform/ids.ts';
import { openLog } from '#platform/log.ts';
import { writeBackup } from '#server/upkeep/backup.ts';
import { restoreBackup } from '#server/upkeep/restore.ts';
import { DAY } from '#tests/support/build.ts';
import { withDatabase, withServer } from '#tests/support/db.ts';
import { Acme, TEXT } from '../journeys/handoffs-support.ts';

const db = withDatabase();
const server = withServer();
const folder = mkdtempSync(join(tmpdir(), 'leadpact-erasure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EMAIL = 'zaphod.b@buyer.example';
const NAME = 'Zaphod Beeblebrox';
const SAID = `Ask ${NAME} (${EMAIL.toUpperCase()}) about it.`;
const GOLDEN = `golden:\n  - { lead: { email: ${EMAIL}, name: ${NAME} }, activities: [], expect: not_mql }\n`;

const WITH_GOLDEN = TEXT.replace(/^golden:.*\n/m, GOLDEN);

let acme: Acme;
let lead: { lead: number; id: string; handoff: string };

/** A row that nobody would write by hand, past triggers and references. */
async function plant(table: string, row: Record<string, unknown>): Promise<void> {
  await db.owner.query('SET session_replication_role = replica');
  const all = { workspace_id: acme.workspace, ...row };
  await db.owner.query(
    `INSERT INTO ${table} (${Object.keys(all)}) VALUES (${Object.keys(all).map((_, i) => `$${i + 1}`)})`,
    Object.values(all),
  );
  await db.owner.query('SET session_replication_role = DEFAULT');
}

const configOf = (name: string, url?: string): Config =>
  readConfig({ LEADPACT_DATA: join(folder, name), ...(url && { DATABASE_URL: url }) }, folder);

async function backUp(name: string): Promise<string> {
  const path = join(folder, name);
  const session = await connectOnce(db.logins.owner, 'test backup');
  await writeBackup(session, configOf('here'), path, acme.now, async () => undefined).finally(() =>
    session.end(),
  );
  return path;
}

/** Lines of a backup that tell who it was; of what is packed as well. */
function tellingIn(path: string): string[] {
  const secrets = [EMAIL, NAME, 'Beeblebrox', 'anon-zaphod', 'two heads'].map((text) => text.toLowerCase());
  const tells = (text: string): boolean => secrets.some((secret) => text.toLowerCase().includes(secret));
  let table = '';
  return gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const read = JSON.parse(line);
      table = read.table ?? table;
      const packed = typeof read === 'string' ? (/\\\\x([0-9a-f]{16,})/.exec(read)?.[1] ?? '') : '';
      const isPacked = /history_(chunks|states)"$/.test(table);
      const told = isPacked && packed !== '' ? unpacked(Buffer.from(packed, 'hex')) : line;
      return tells(told) ? [`${table}: ${told.slice(0, 200)}`] : [];
    });
}

function unpacked(data: Buffer): string {
  const sections = new Sections(data);
  return Array.from({ length: data.readUInt32LE(0) }, (_, i) => sections.text(i)).join('\n');
}

const packed = () =>
  packHistory(db.database, acme.workspace, Date.now() + DAY, {
    worth: 1,
    most: 1_000,
    leads: 1,
    full: 1_000,
    young: -DAY,
    atLeast: 0,
  });

beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  lead = await acme.offered({ name: NAME, source: `${NAME} fair`, email: EMAIL });
  const { id: me } = acme.people.anna;
  const [uuid, at] = [() => newId(acme.now), new Date(acme.now)];
  await acme.rows(
    `INSERT INTO identities (workspace_id, kind, value, lead, trust, first_seen_at)
     VALUES ($1, 'anonymous', 'anon-zaphod', $2, 'browser', now()), ($1, 'email', $3, $2, 'form', now())`,
    lead.lead,
    EMAIL,
  );
  await acme.rows(
    `UPDATE leads SET email = $3, attributes = jsonb_build_object('email', $3::text, 'name', $4::text)
     WHERE workspace_id = $1 AND number = $2`,
    lead.lead,
    EMAIL,
    NAME,
  );
  const handoff = `POST /api/handoffs/${lead.handoff}`;
  const message = { kind: 'message', body: 'He has two heads.' };
  await acme.call('mia', `POST /api/threads/lead/${lead.id}/messages`, message);
  await acme.call('sam', `${handoff}/acceptance`, { note: 'Beeblebrox is in.' });
  await acme.call('sam', `${handoff}/touches`, { channel: 'call', reached: true, note: 'two heads' });
  const other = await acme.demo();
  await acme.call('mia', `POST /api/threads/lead/${other.id}/messages`, { kind: 'message', body: SAID });

  const [workshop, opening, review, endpoint] = [uuid(), uuid(), uuid(), uuid()];
  const [agreed] = await acme.rows<{ pact: string }>(
    'SELECT pact_id AS pact FROM versions WHERE workspace_id = $1',
  );
  const pact = agreed!.pact;
  const version = { pact_id: pact, version: 1 };
  await plant('clause_comments', { id: uuid(), ...version, clause: 'mql', author_id: me, at, body: SAID });
  const due = { ...version, due_on: '2026-04-01', from_at: at, held_at: at };
  await plant('reviews', { id: review, ...due, held_by: me, minutes: SAID });
  await plant('review_decisions', {
    id: uuid(),
    review_id: review,
    text: SAID,
    owner_id: me,
    due_on: '2026-05-01',
    decided_at: at,
    decided_by: me,
  });
  await plant('workshops', { id: workshop, name: 'One', opened_at: at, opened_by: me });
  const packet = { attributes: { note: 'two heads' }, activities: [] };
  await plant('workshop_leads', { workshop_id: workshop, place: 1, lead: lead.lead, why: 'sample', packet });
  for (const party of ['marketing', 'sales']) {
    const label = { party, label: 'good', note: 'two heads', member_id: me, at };
    await plant('workshop_labels', { workshop_id: workshop, place: 1, ...label });
    await plant('workshop_finishes', { workshop_id: workshop, party, member_id: me, at });
    const said = { party, text: WITH_GOLDEN, digest: 'x', saved_at: at, saved_by: me };
    await plant('opening_texts', { opening_id: opening, ...said });
    await plant('hand_ins', { opening_id: opening, party, member_id: me, at });
  }
  await plant('openings', { id: opening, name: 'Two drafts', opened_at: at, opened_by: me });
  await plant('saved_views', {
    id: uuid(),
    owner_id: me,
    name: NAME,
    noun: 'leads',
    filter: { text: EMAIL },
    columns: '[]',
    shared: false,
    changed_at: at,
  });
  await plant('quarantine', {
    id: uuid(),
    received_at: at,
    reason: 'invalid',
    detail: 'no type',
    body: SAID,
  });
  const file = uuid();
  const imported = { kind: 'leads', file_name: `${NAME}.csv`, digest: 'x', created_at: at };
  await plant('imports', { id: file, ...imported });
  await plant('import_rejects', { import_id: file, row: 7, reason: 'no id', cells: `["${EMAIL}"]` });
  await plant('idempotency_keys', { actor: me, key: 'k', request_digest: 'x', response: { said: SAID } });
  await plant('webhook_endpoints', { id: endpoint, url: 'https://crm.example/', topics: [], secret: 'x' });
  await plant('webhook_deliveries', {
    id: uuid(),
    endpoint_id: endpoint,
    message_id: uuid(),
    topic: 'x',
    body: SAID,
    created_at: at,
    due_at: at,
  });
  await db.owner.query(
    `INSERT INTO versions SELECT (jsonb_populate_record(v, jsonb_build_object('number', 2, 'text', $2::text,
       'proposed_at', null, 'in_force_from', null, 'base_text', $2::text))).* FROM versions v WHERE workspace_id = $1`,
    [acme.workspace, WITH_GOLDEN],
  );
  await acme.work();
  await packed();
}, 120_000);

test('nothing in a whole backup tells who was erased; what was agreed and answered stays', async () => {
  const before = await backUp('before.gz');
  const telling = tellingIn(before);
  expect(telling.length).toBeGreaterThan(20);
  expect(telling.filter((line) => line.includes('history_'))).not.toEqual([]);
  const told = await acme.call('anna', `POST /api/leads/${lead.id}/erasure`, {
    reason: 'asked',
    confirm: lead.id,
  });
  expect(told).toMatchObject({
    still_named_in: [],
    forgotten: { opening_texts: 2, versions: 1, workshop_leads: 1, workshop_labels: 2, reviews: 1 },
  });
  await acme.work();
  await packed();
  expect(tellingIn(await backUp('after.gz'))).toEqual([]);
  const { rows } = await db.owner.query('SELECT FROM workshop_labels');
  expect(rows).toHaveLength(2);
  const [draft] = await acme.rows<{ text: string; normal: { golden: unknown[] } }>(
    'SELECT text, normal FROM versions WHERE workspace_id = $1 AND number = 2',
  );
  expect(draft!.text).toContain('email: (erased), name: (erased)');
  expect(draft!.normal.golden).toHaveLength(1);
});

test('a backup of before forgets them again when it is restored, before anybody can ask', async () => {
  const { owner } = await server.newDatabase();
  const url = `postgres://${owner.user}:${owner.password}@${owner.host}:${owner.port}/${owner.database}`;
  const { rows } = await db.owner.query<{ hash: string }>('SELECT identity_hash AS hash FROM erasures');
  const report = await restoreBackup(
    configOf('restored', url),
    openLog('silent'),
    join(folder, 'before.gz'),
    {
      tell: async () => undefined,
      erasures: new Set(rows.map(({ hash }) => hash)),
    },
  );
  expect(report.erased_again).toBe(1);
  const there = await connectOnce(owner, 'test');
  try {
    const left = await there.query('SELECT attributes, email FROM leads WHERE erased_at IS NOT NULL');
    expect(left.rows).toEqual([{ attributes: {}, email: null }]);
    const named = await there.query("SELECT FROM messages WHERE body ~* 'zaphod|two heads'");
    expect(named.rowCount).toBe(0);
    const journal = await there.query(
      "SELECT data FROM journal WHERE what = 'lead.erased' AND subject_id = $1",
      [lead.id],
    );
    expect(journal.rows).toEqual([{ data: { reason: 'erased_before' } }]);
  } finally {
    await there.end();
  }
});
