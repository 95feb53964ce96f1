/** From a draft to what holds: over HTTP, and as the application's role past it. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, type Name, Table, TEXT, type Version } from './agreement-support.ts';

const db = withDatabase();
const api = withApi(db);
let table: Table;

beforeAll(async () => {
  table = await Table.open(api, db);
});
beforeEach(() => {
  api.now += DAY;
  return table.begin();
});

const at = (number: number, what = '') => `/api/pacts/:pact/versions/${number}${what}`;
const points = (n: number) => TEXT.replace('points: 20', `points: ${n}`);
const mql = (n: number) => TEXT.replace('{ fit: { gte: 40 } }', `{ fit: { gte: ${n} } }`);
const sqlText = TEXT.replace('and has a potential need.', 'and has said what they need.');
const lane = TEXT.replace('Asked for a demo.', 'Wants a demo.');

describe('signing', () => {
  it('takes both, over the digest, and brings the version into force once, at its day', async () => {
    const day = api.now + 3 * DAY;
    await table.does('anna', `POST ${at(1, '/proposal')}`, { from: new Date(day).toISOString() });
    await table.sign(1, 'anna');
    expect((await table.version(1)).standing).toBe('proposed');
    await table.sign(1, 'lea');
    expect(await table.version(1)).toMatchObject({
      standing: 'agreed',
      in_force_from: new Date(day).toISOString(),
      signatures: [
        { party: 'marketing', void: false },
        { party: 'sales', void: false },
      ],
    });
    await table.turns(day - 1);
    expect((await table.told()).journal).not.toContain('version.in_force');
    await Promise.all([table.turns(day), table.turns(day), table.turns(day + DAY)]);
    api.now = day;
    expect((await table.version(1)).standing).toBe('in_force');
    const { journal, outbox } = await table.told();
    expect(journal).toEqual(
      ['drafted', 'proposed', 'signed', 'signed', 'scheduled', 'in_force'].map((verb) => `version.${verb}`),
    );
    expect(outbox).toEqual(journal.map((what) => what.replace('version', 'pact')).toSorted());
  });

  it('by both after the day that was proposed is from the second signature on', async () => {
    await table.does('anna', `POST ${at(1, '/proposal')}`, { from: new Date(api.now + 1).toISOString() });
    api.now += DAY;
    await table.sign(1, 'anna', 'sam');
    expect(await table.version(1)).toMatchObject({
      standing: 'in_force',
      in_force_from: new Date(api.now).toISOString(),
    });
  });

  it('is refused for the other side, twice, on a stale digest, by who may not, and after a replay', async () => {
    const { digest } = await table.version(1);
    const sign = `POST ${at(1, '/signatures')}`;
    expect(await table.refused('sam', sign, { digest })).toBe('409 refused');
    await table.does('anna', `POST ${at(1, '/proposal')}`, {});
    expect(await table.words('sam', sign, { digest: 'sha256:0' })).toContain('read it again');
    expect(await table.refused('mia', sign, { digest })).toBe('403 forbidden');
    expect(await table.refused('fay', sign, { digest })).toBe('403 forbidden');
    await table.sign(1, 'anna');
    expect(await table.refused('anna', sign, { digest })).toBe('409 already');
    // Whoever changes sides does not sign again.
    await db.owner.query("UPDATE members SET party = 'sales' WHERE id = $1", [table.ids.anna]);
    expect(await table.refused('anna', sign, { digest })).toBe('409 already');
    await db.owner.query("UPDATE members SET party = 'marketing' WHERE id = $1", [table.ids.anna]);
    expect(await table.refused('fay', `POST ${at(1, '/in-force')}`, {})).toBe('409 refused');
    expect((await table.version(1)).standing).toBe('proposed');
  });

  it('once sent is one signature, however often it comes', async () => {
    await table.does('anna', `POST ${at(1, '/proposal')}`, {});
    const { digest } = await table.version(1);
    const key = { 'idempotency-key': 'once' };
    const sign = () => table.ask('sam', `POST ${at(1, '/signatures')}`, { digest }, key);
    expect([(await sign()).status, (await sign()).status]).toEqual([201, 201]);
    expect((await table.version(1)).signatures).toHaveLength(1);
  });
});

describe('what a clause’s owner says', () => {
  it.each<[Name, string, string]>([
    ['anna', sqlText, 'What an SQL is (sql) belongs to sales'],
    ['sam', lane, 'The fast lane demo (fast_lanes.demo) belongs to marketing'],
    [
      'anna',
      TEXT.replace('attainment: 0.90', 'attainment: 0.95'),
      'The promise of sales (terms.sales) belongs to sales',
    ],
  ])('%s may not change what is the other’s: refused by clause and owner', async (who, text, said) => {
    expect(await table.refused(who, 'POST /api/pacts/:pact/versions', { text, base: 1 })).toBe(
      '403 not_your_clause',
    );
    expect(await table.words(who, `PUT ${at(1)}`, { text, revision: 1 })).toContain(said);
    expect((await table.version(1)).revision).toBe(1);
  });

  it('who owns it may, and who is neutral may until a version holds', async () => {
    await table.does('sam', `PUT ${at(1)}`, { text: sqlText, revision: 1 });
    await table.does('fay', `PUT ${at(1)}`, { text: TEXT, revision: 2 });
    await table.agree(1);
    expect(await table.refused('fay', 'POST /api/pacts/:pact/versions', { text: sqlText })).toBe(
      '403 not_your_clause',
    );
    await table.draft('fay', points(25));
    await table.draft('anna', lane);
  });
});

describe('a draft', () => {
  it('is saved by whoever read it last, by revision and by tag', async () => {
    await table.does('anna', `PUT ${at(1)}`, { text: points(25), revision: 1 });
    expect(await table.refused('sam', `PUT ${at(1)}`, { text: points(15), revision: 1 })).toBe(
      '412 changed_meanwhile',
    );
    const stale = await table.ask(
      'sam',
      `PUT ${at(1)}`,
      { text: points(15), revision: 2 },
      { 'if-match': '"r1"' },
    );
    expect(stale.status).toBe(412);
    const fresh = await table.ask(
      'sam',
      `PUT ${at(1)}`,
      { text: points(15), revision: 2 },
      { 'if-match': '"r2"' },
    );
    expect(fresh.status).toBe(200);
  });

  it('with an error or a broken golden lead is not proposed, and it is said why', async () => {
    const golden = `\ngolden: [ { lead: { email: a@x.example }, expect: mql, text: Our best. } ]\n`;
    const text = TEXT.replace(/\ngolden: .*\n/, golden);
    expect(text).toContain('Our best.');
    await table.does('anna', `PUT ${at(1)}`, { text, revision: 1 });
    expect(await table.refused('anna', `POST ${at(1, '/proposal')}`, {})).toBe('422 lint');
    expect(await table.words('anna', `POST ${at(1, '/proposal')}`, {})).toContain(
      'golden[0]: wanted mql, found not_mql',
    );
    expect((await table.version(1)).standing).toBe('draft');
  });

  it('that is no pact, is too long, or holds thousands of clauses is answered in words', async () => {
    expect(await table.words('anna', 'POST /api/pacts/:pact/versions', { text: 'pact: [' })).toContain(
      'text:1:',
    );
    const long = await table.ask('anna', 'POST /api/pacts/:pact/versions', {
      text: `${TEXT}# ${'x'.repeat(1_048_576)}`,
    });
    expect([long.status, long.body.code]).toEqual([422, 'not_a_pact']);
    expect(JSON.stringify(long.body)).toContain('wanted at most 1,048,576 (1 MiB)');
    const many = Array.from(
      { length: 2_000 },
      (_, i) => `  - { id: c${i}, text: Criterion ${i}., when: { attribute: a${i}, is: 1 }, points: 1 }\n`,
    ).join('');
    const text = TEXT.replace(/(\nprofile:[^\n]*\n)/, `$1${many}`);
    const { number } = await table.draft('anna', text);
    await table.does('anna', `PUT ${at(number)}`, {
      text: text.replace('Criterion 7.', 'The seventh.'),
      revision: 1,
    });
  });
});

describe('a proposal', () => {
  beforeEach(() => table.does('anna', `POST ${at(1, '/proposal')}`, {}));

  it('is declined by a party with a reason, and is closed by it', async () => {
    const { digest } = await table.version(1);
    await table.sign(1, 'anna');
    const no = `POST ${at(1, '/declines')}`;
    expect(await table.refused('sam', no, { digest })).toBe('400 invalid');
    expect(await table.refused('sam', no, { digest: 'sha256:0', reason: 'No.' })).toBe('409 refused');
    expect(await table.refused('anna', no, { digest, reason: 'No.' })).toBe('409 refused');
    const declined = await table.does('sam', no, { digest, reason: 'Too many leads for four people.' });
    expect(declined).toMatchObject({
      standing: 'declined',
      declines: [{ party: 'sales', reason: 'Too many leads for four people.' }],
      signatures: [{ party: 'marketing', void: true }],
    });
    expect(await table.words('lea', `POST ${at(1, '/signatures')}`, { digest })).toContain('was declined');
    const { rows } = await db.owner.query('SELECT data::text FROM journal WHERE workspace_id = $1', [
      table.workspace,
    ]);
    expect(JSON.stringify(rows)).not.toContain('Too many');
  });

  it('is not edited; opened again, what was signed of it is void, and that is said', async () => {
    await table.sign(1, 'anna');
    const put = await table.words('sam', `PUT ${at(1)}`, { text: points(25), revision: 1 });
    expect(put).toContain('what was signed of it is void');
    const opened = await table.does<{ version: Version; voided: { party: string }[]; said: string }>(
      'sam',
      `POST ${at(1, '/reopening')}`,
      { text: points(25), reason: 'Size counts for more.' },
    );
    expect(opened).toMatchObject({
      version: { number: 2, standing: 'draft', signatures: [] },
      voided: [{ party: 'marketing', void: true }],
      said: 'The signature of marketing under version 1 is void: what is signed next is version 2.',
    });
    expect(await table.version(1)).toMatchObject({
      standing: 'withdrawn',
      withdrawn_why: 'Size counts for more.',
      signatures: [{ void: true }],
    });
    expect((await table.told()).journal).toContain('version.reopened');
  });

  it('is taken back by who wrote it or a senior; then nobody signs it', async () => {
    const { digest } = await table.version(1);
    expect(await table.refused('mia', `POST ${at(1, '/withdrawal')}`, {})).toBe('403 not_yours');
    await table.does('sam', `POST ${at(1, '/withdrawal')}`, {});
    expect(await table.refused('sam', `POST ${at(1, '/signatures')}`, { digest })).toBe('409 refused');
    expect(await table.refused('sam', `POST ${at(1, '/withdrawal')}`, {})).toBe('409 already');
  });
});

describe('a draft whose base moved', () => {
  beforeEach(async () => {
    await table.agree(1);
    await table.draft('anna', points(25)); // 2
    await table.draft('sam', mql(45)); // 3
    await table.draft('sam', points(15)); // 4
    await table.agree(2);
  });

  it('is not proposed before the other is merged in', async () => {
    expect((await table.version(3)).behind).toBe(2);
    expect(await table.refused('sam', `POST ${at(3, '/proposal')}`, {})).toBe('409 base_moved');
    expect(await table.words('sam', `POST ${at(3, '/proposal')}`, {})).toContain('merge it in first');
    const preview = await table.does<{ text: string; taken: string[]; conflicts: unknown[] }>(
      'sam',
      `GET ${at(3, '/merge')}`,
    );
    expect(preview.taken).toEqual(['Fit for size: 20 → 25 points']);
    expect(preview.text).toBe(mql(45).replace('points: 20', 'points: 25'));
    const merged = await table.does('sam', `POST ${at(3, '/merge')}`, { revision: 1 });
    expect(merged).toMatchObject({ base: 2, behind: null, revision: 2 });
    await table.agree(3);
  });

  it('conflicts are told in words, and merged by choices', async () => {
    const preview = await table.does<{ text: null; conflicts: object[] }>('sam', `GET ${at(4, '/merge')}`);
    expect(preview).toMatchObject({
      base: 1,
      ours: 4,
      theirs: 2,
      text: null,
      conflicts: [
        {
          clause: 'profile.size',
          ours: ['Fit for size: 20 → 15 points'],
          theirs: ['Fit for size: 20 → 25 points'],
        },
      ],
    });
    expect(await table.refused('sam', `POST ${at(4, '/merge')}`, { revision: 1 })).toBe('409 conflicts');
    expect((await table.version(4)).revision).toBe(1);
    const choices = [{ clause: 'profile.size', take: 'ours' }];
    await table.does('sam', `POST ${at(4, '/merge')}`, { revision: 1, choices });
    expect(await table.version(4)).toMatchObject({ text: points(15), base: 2, revision: 2 });
  });

  it('two drafts become one, whoever owns what is taken over', async () => {
    await table.draft('sam', points(25).replace('and has a potential need.', 'and has said what they need.')); // 5
    await table.draft('anna', mql(48).replace('points: 20', 'points: 25')); // 6
    await table.does('anna', `POST ${at(6, '/merge')}`, { with: 5, revision: 1 });
    const { text, base } = await table.version(6);
    expect([base, text.includes('said what they need'), text.includes('gte: 48')]).toEqual([2, true, true]);
  });

  it('and what was proposed on it is not signed any more', async () => {
    await table.draft('sam', points(30)); // 5
    await table.draft('anna', points(35)); // 6
    await table.does('sam', `POST ${at(5, '/proposal')}`, {});
    await table.agree(6);
    const { digest } = await table.version(5);
    expect(await table.refused('sam', `POST ${at(5, '/signatures')}`, { digest })).toBe('409 base_moved');
  });
});

describe('an emergency amendment', () => {
  const until = () => new Date(api.now + 7 * DAY).toISOString();
  const amend = (who: Name, text: string, more: object = {}) =>
    table.ask(who, 'POST /api/pacts/:pact/amendments', { text, reason: 'Flooded.', until: until(), ...more });

  it('holds at once by one signature, is loud, and lapses once, back to the version before', async () => {
    expect((await amend('sam', mql(50))).body).toMatchObject({ code: 'nothing_in_force' });
    await table.agree(1);
    await table.turns();
    const { status, body } = await amend('sam', mql(50));
    expect([status, body.standing, body.emergency]).toEqual([201, 'in_force', true]);
    expect((await amend('anna', points(30))).body).toMatchObject({ code: 'amended_already' });
    const end = api.now + 7 * DAY;
    await table.turns();
    await table.turns(end - 1);
    expect((await table.told()).journal).not.toContain('version.lapsed');
    await Promise.all([table.turns(end), table.turns(end)]);
    api.now = end;
    expect([(await table.version(1)).standing, (await table.version(2)).standing]).toEqual([
      'in_force',
      'over',
    ]);
    const { outbox } = await table.told();
    expect(outbox.filter((topic) => topic === 'pact.amended' || topic === 'pact.lapsed')).toEqual([
      'pact.amended',
      'pact.lapsed',
    ]);
    expect((await amend('sam', mql(50))).body).toMatchObject({ code: 'amended_before' });
    const { digest } = await table.version(2);
    expect(await table.refused('anna', `POST ${at(2, '/signatures')}`, { digest })).toBe('409 lapsed');
  });

  it('holds on when the other signs too', async () => {
    await table.agree(1);
    await amend('sam', mql(50));
    await table.draft('anna', points(30), { base: 2 }); // builds on the amendment
    expect((await table.version(3)).behind).toBe(null);
    await table.sign(2, 'anna');
    api.now += 30 * DAY;
    await table.turns();
    expect(await table.version(2)).toMatchObject({ standing: 'in_force', in_force_until: null });
    expect((await table.told()).outbox).not.toContain('pact.lapsed');
  });

  it('is refused for longer, without a reason, by a member without rank, or of the other’s clauses', async () => {
    await table.agree(1);
    const long = new Date(api.now + 15 * DAY).toISOString();
    expect((await amend('sam', mql(50), { until: long })).body).toMatchObject({ code: 'too_long' });
    expect((await amend('sam', mql(50), { reason: ' ' })).status).toBe(400);
    expect((await amend('mia', mql(50))).status).toBe(403);
    expect((await amend('fay', mql(50))).status).toBe(403);
    expect((await amend('anna', sqlText)).body).toMatchObject({ code: 'not_your_clause' });
    const { items } = await table.does<{ items: { id: string; versions: unknown[] }[] }>(
      'fay',
      'GET /api/pacts',
    );
    expect(items.find(({ id }) => id === table.pact)!.versions).toHaveLength(1);
  });
});
