/** What is held of a person: handed out, erased without a trace of who it was, and forgotten by age. */
import { beforeAll, describe, expect, test } from 'vitest';
import { forgetLateNews } from '#features/personal-data/erasing.ts';
import { forgetVisitors } from '#features/personal-data/retention.ts';
import { newId } from '#platform/ids.ts';
import { verifyJournal } from '#platform/journal/journal.ts';
import { DAY } from '#tests/support/build.ts';
import { withDatabase } from '#tests/support/db.ts';
import { Acme } from './handoffs-support.ts';

const db = withDatabase();
let acme: Acme;
let lead: { lead: number; id: string; handoff: string };
let other: { lead: number; id: string };

/** What would give the person away. */
const SECRETS = ['l1@buyer.example', 'Zaphod', 'Beeblebrox', 'anon-zaphod', 'two heads'];

/** Tables in which a text is still found. */
async function foundIn(secret: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await db.owner.query(`SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`, [
      secret,
    ]);
    if (rowCount! > 0) found.push(name);
  }
  return found;
}

beforeAll(async () => {
  acme = await Acme.open(db.database, await db.newWorkspace());
  lead = await acme.offered({ name: 'Zaphod Beeblebrox', source: 'Zaphod fair' });
  other = await acme.demo();
  const handoff = `POST /api/handoffs/${lead.handoff}`;
  await acme.rows(
    `INSERT INTO identities (workspace_id, kind, value, lead, trust, first_seen_at)
     VALUES ($1, 'anonymous', 'anon-zaphod', $2, 'browser', now()), ($1, 'email', 'l1@buyer.example', $2, 'form', now())`,
    lead.lead,
  );
  await acme.rows(
    `UPDATE leads SET email = 'l1@buyer.example', attributes = '{"name": "Zaphod Beeblebrox"}', source = 'Zaphod fair'
     WHERE workspace_id = $1 AND number = $2`,
    lead.lead,
  );
  await acme.call('mia', `POST /api/threads/lead/${lead.id}/messages`, {
    kind: 'message',
    body: 'He has two heads.',
  });
  await acme.call('sam', `${handoff}/acceptance`, { note: 'Spoke to Zaphod.' });
  await acme.call('sam', `${handoff}/touches`, { channel: 'call', reached: true, note: 'two heads' });
  await acme.call('mia', `${handoff}/hold`, {
    reason: 'Zaphod is away',
    until: new Date(acme.now + DAY).toISOString(),
  });
  await acme.call('sam', `${handoff}/qualification`, {
    answers: { need: 'A ship for Zaphod' },
    deal: { name: 'Beeblebrox ship', amount: 1 },
  });
  await acme.rows(
    `INSERT INTO quarantine (workspace_id, id, received_at, reason, detail, body)
     VALUES ($1, $2, now(), 'invalid', 'no type', '{"email": "L1@buyer.example"}')`,
    newId(acme.now),
  );
  await acme.work();
});

test('everything that is held is handed out, to those who answer for it', async () => {
  const path = `GET /api/leads/${lead.id}/export`;
  expect(await acme.refused('mia', path)).toBe('403 forbidden');
  const held = await acme.call('anna', path);
  expect(held).toMatchObject({ email: 'l1@buyer.example', attributes: { name: 'Zaphod Beeblebrox' } });
  for (const part of [
    'identities',
    'attribute_changes',
    'activities',
    'moves',
    'handoffs',
    'answers',
    'touches',
    'deals',
    'messages',
  ])
    expect([part, (held[part] as object[]).length > 0]).toEqual([part, true]);
  expect(JSON.stringify(held)).toContain('two heads');
  expect(JSON.stringify(held)).not.toContain('l2@buyer.example');
});

describe('an erased person', () => {
  test('is gone for good, by a manager’s word alone; what happened stays', async () => {
    const path = `POST /api/leads/${lead.id}/erasure`;
    const body = { reason: 'asked', confirm: lead.id };
    expect(await acme.refused('mia', path, body)).toBe('403 forbidden');
    expect(await acme.refused('lea', path, body)).toBe('403 forbidden');
    expect(await acme.refused('anna', path, { ...body, confirm: other.id })).toBe('422 not_confirmed');
    const { forgotten } = await acme.call('anna', path, body);
    expect(forgotten).toMatchObject({
      identities: 2,
      activities: 2,
      handoffs: 1,
      acceptances: 1,
      quarantine: 1,
    });

    for (const secret of SECRETS) expect([secret, await foundIn(secret)]).toEqual([secret, []]);
    for (const what of ['', '/timeline', '/export', '/identities'])
      expect(await acme.refused('anna', `GET /api/leads/${lead.id}${what}`)).toBe('404 not_found');
    expect(await acme.refused('anna', path, body)).toBe('404 not_found');
    const { items } = await acme.call('anna', 'GET /api/leads');
    expect((items as { id: string }[]).map(({ id }) => id)).toEqual([other.id]);
    expect(await acme.call('anna', `GET /api/handoffs/${lead.handoff}`)).toMatchObject({
      standing: 'qualified',
      lead: { email: null, name: null },
      packet: { lead: {}, timeline: [] },
    });
  });

  test('leaves a chain of the journal that holds, and is told on', async () => {
    const { journal, outbox } = await acme.told();
    expect(journal.at(-1)).toBe('lead.erased');
    expect(outbox).toContain('lead.erased');
    const fault = await db.database.inWorkspace(acme.workspace, (_, query) =>
      verifyJournal(query, acme.workspace),
    );
    expect(fault).toBeNull();
    const hashes = await acme.rows<{ identity_hash: string }>(
      'SELECT identity_hash FROM erasures WHERE workspace_id = $1',
    );
    expect(hashes).toHaveLength(2);
  });

  test('is forgotten again where something came in after', async () => {
    await acme.take({ lead: lead.lead, at: acme.now, values: { email: 'l1@buyer.example', name: 'Zaphod' } });
    await acme.work();
    await forgetLateNews(db.database, acme.now + 600_000);
    for (const secret of SECRETS) expect([secret, await foundIn(secret)]).toEqual([secret, []]);
  });
});

describe('retention', () => {
  test('keeps everything until a manager says otherwise', async () => {
    expect(await acme.call('bo', 'GET /api/retention')).toEqual({ unknown_visitors_months: null });
    const told = { unknown_visitors_months: 13 };
    expect(await acme.refused('lea', 'PUT /api/retention', told)).toBe('403 forbidden');
    await acme.call('sam', 'PUT /api/retention', told);
    expect(await acme.call('bo', 'GET /api/retention')).toEqual(told);
  });

  test('forgets what visitors did that never gave a name, by its age, and nobody else', async () => {
    await acme.rows(
      `INSERT INTO leads (workspace_id, number, id, created_at, merged_into)
       SELECT $1, n, gen_random_uuid(), now(), CASE n WHEN 93 THEN 94 END FROM unnest(ARRAY[94, 91, 92, 93]) n`,
    );
    await acme.rows(
      `INSERT INTO identities (workspace_id, kind, value, lead, trust, first_seen_at)
       SELECT $1, CASE n WHEN 94 THEN 'user' ELSE 'anonymous' END, 'v' || n, n, 'browser', now() FROM generate_series(91, 94) n`,
    );
    await acme.rows(
      `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
       SELECT $1, gen_random_uuid(), n, t, t, 'page', 'browser', '{}'
       FROM generate_series(91, 94) n, unnest(ARRAY[now() - interval '14 months', now() - interval '12 months']) t`,
    );
    await forgetVisitors(db.database, Date.now(), 2);
    const left = await acme.rows<{ lead: number; n: number }>(
      'SELECT lead, count(*)::int AS n FROM activities WHERE workspace_id = $1 AND lead > 90 GROUP BY 1 ORDER BY 1',
    );
    expect(left).toEqual([
      { lead: 91, n: 1 },
      { lead: 92, n: 1 },
      { lead: 93, n: 2 },
      { lead: 94, n: 2 },
    ]);
  });
});

test('preferences are everybody’s own', async () => {
  const usual = { locale: null, zone: null, theme: 'system', mail: {} };
  expect(await acme.call('bo', 'GET /api/preferences')).toEqual(usual);
  const mine = { locale: 'de-de', zone: 'Europe/Berlin', theme: 'dark', mail: { reminder: false } };
  expect(await acme.call('bo', 'PUT /api/preferences', mine)).toEqual({ ...mine, locale: 'de-DE' });
  expect(await acme.call('bo', 'GET /api/preferences')).toEqual({ ...mine, locale: 'de-DE' });
  expect(await acme.call('ann', 'GET /api/preferences')).toEqual(usual);
  expect(await acme.refused('bo', 'PUT /api/preferences', { ...mine, zone: 'Mars/Olympus' })).toBe(
    '400 unknown_zone',
  );
  expect(await acme.refused('bo', 'PUT /api/preferences', { ...mine, locale: '!!' })).toBe(
    '400 unknown_locale',
  );
});
