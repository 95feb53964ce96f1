/**
 * What nobody may do to an agreement: each tried over HTTP and, past the application, as its own role in the database.
 * What is refused is said, and nothing is half changed.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withApi } from '#tests/support/api.ts';
import { withDatabase } from '#tests/support/db.ts';
import { DAY, type Name, Table, TEXT } from './agreement-support.ts';

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
const digestOf = async (number: number) => (await table.version(number)).digest;
const propose = (number = 1) => table.does('anna', `POST ${at(number, '/proposal')}`, {});

/** Everything there is of all agreements, and of what was told of them. */
async function everything(): Promise<unknown> {
  const tables = ['pacts', 'versions', 'signatures', 'declines', 'turns', 'rejudgements', 'clause_comments'];
  const rows: unknown[] = [];
  for (const name of [...tables, 'journal', 'outbox']) {
    const found = await db.owner.query(
      `SELECT to_jsonb(t) AS row FROM ${name} t WHERE workspace_id = $1 ORDER BY to_jsonb(t)::text`,
      [table.workspace],
    );
    rows.push(found.rows);
  }
  return rows;
}

/** Past the application: a statement as its role. `$1` is the workspace and `$2` the pact, where they are named. */
const asApp = (text: string, ...values: unknown[]) =>
  db.database.inWorkspace(table.workspace, (_, query) =>
    query(text, text.includes('$1') ? [table.workspace, table.pact, ...values] : values),
  );

const SIGN = `INSERT INTO signatures (workspace_id, pact_id, version, party, member_id, digest, signed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;
/** A signature written straight into the table. */
const signs = (number: number, party: string, member: string, digest: string, when = api.now) =>
  asApp(SIGN, number, party, member, digest, new Date(when));
const IN_FORCE =
  'UPDATE versions SET in_force_from = $4 WHERE workspace_id = $1 AND pact_id = $2 AND number = $3';
const holds = (number: number, from = api.now) => asApp(IN_FORCE, number, new Date(from));

type Attempt = () => Promise<unknown>;
/** By the words in which they are refused. */
type Attempts = Record<string, Attempt | Attempt[]>;

/** Tries several things: each is refused in its words, and all is as it was before. */
async function refused(tries: Attempts): Promise<void> {
  const before = await everything();
  for (const [words, attempts] of Object.entries(tries)) {
    for (const attempt of [attempts].flat()) {
      await expect(attempt(), words).rejects.toThrow(words);
      expect(await everything(), words).toEqual(before);
    }
  }
}

/** Asks over HTTP; fails with what is answered, in words. */
const asks = (who: Name, call: string, body: object) => async () => {
  const { status, body: answer } = await table.ask(who, call, body);
  if (status < 400) throw new Error(`not refused: ${status}`);
  expect(status).toBeLessThan(500);
  const { detail, errors = [] } = answer as { detail: string; errors?: { path: string; message: string }[] };
  throw new Error([detail, ...errors.map(({ path, message }) => `${path}: ${message}`)].join('\n'));
};

describe('no version is in force without the signatures of both over its digest', () => {
  it('with none, with one, or with the other’s on another text', async () => {
    await propose();
    await refused({
      'has the signature of 0 of 2 parties: it cannot come into force': [
        asks('anna', `POST ${at(1, '/in-force')}`, {}),
        () => holds(1),
      ],
    });
    await table.sign(1, 'anna');
    await refused({
      'has the signature of 1 of 2 parties: it cannot come into force': [
        asks('sam', `POST ${at(1, '/in-force')}`, {}),
        () => holds(1),
      ],
      // Born in force, with a made-up number.
      '0 of 2 parties': () =>
        asApp(
          `INSERT INTO versions (workspace_id, pact_id, number, text, normal, digest, proposed_at, in_force_from)
           SELECT $1, $2, 9, text, normal, digest, now(), now() FROM versions WHERE workspace_id = $1 AND pact_id = $2`,
        ),
    });
  });

  it('when one of them declined', async () => {
    await propose();
    await table.sign(1, 'anna');
    const digest = await digestOf(1);
    await table.does('sam', `POST ${at(1, '/declines')}`, { digest, reason: 'Too many.' });
    await refused({
      'was declined: draft another': [
        asks('lea', `POST ${at(1, '/signatures')}`, { digest }),
        () => signs(1, 'sales', table.ids.lea, digest),
      ],
      '1 of 2 parties': () => holds(1),
    });
  });

  it('not even by an amendment that is drawn out, or longer than a fortnight', async () => {
    await table.agree(1);
    const amendment = (days: number) => ({
      text: points(30),
      reason: 'Flooded.',
      until: new Date(api.now + days * DAY).toISOString(),
    });
    await refused({
      'fourteen days at most': asks('sam', 'POST /api/pacts/:pact/amendments', amendment(15)),
    });
    await table.does('sam', 'POST /api/pacts/:pact/amendments', amendment(14));
    const until = (to: string) =>
      asApp(
        `UPDATE versions SET in_force_until = ${to} WHERE workspace_id = $1 AND pact_id = $2 AND number = 2`,
      );
    await refused({
      'only the second signature lets it hold on': () => until('NULL'),
      'ends when it was said to': () => until("in_force_until + interval '1 day'"),
      'still holds': asks('anna', 'POST /api/pacts/:pact/amendments', amendment(3)),
    });
  });
});

describe('no text that was proposed or signed is edited', () => {
  const text = points(25);
  const tries = (number: number): Attempts => {
    const set = (what: string) => () =>
      asApp(`UPDATE versions SET ${what} WHERE workspace_id = $1 AND pact_id = $2 AND number = ${number}`);
    return {
      'was proposed and stays as it is. To edit it, open it again': [
        asks('anna', `PUT ${at(number)}`, { text, revision: 1 }),
        asks('sam', `POST ${at(number, '/merge')}`, { revision: 1, choices: [] }),
      ],
      [`Version ${number} was proposed and stays as it is: draft another`]: [
        set("text = 'x'"),
        set("digest = 'sha256:0'"),
        set("normal = '{}'"),
        set('proposed_at = NULL'),
        set('base = NULL, number = 7, emergency = true'),
        () => asApp('DELETE FROM versions WHERE workspace_id = $1 AND pact_id = $2'),
      ],
    };
  };

  it('once it is proposed, once one signed, once both did, and while it is in force', async () => {
    await propose();
    await refused(tries(1));
    await table.sign(1, 'anna');
    await refused(tries(1));
    await table.sign(1, 'sam');
    await refused(tries(1));
    await table.does('anna', `POST ${at(1, '/in-force')}`, {});
    await refused({
      ...tries(1),
      'has its day': asks('anna', `POST ${at(1, '/withdrawal')}`, {}),
      'what is to follow it is another version': asks('sam', `POST ${at(1, '/reopening')}`, { text }),
      'that is not taken back': () =>
        asApp('UPDATE versions SET withdrawn_at = now() WHERE workspace_id = $1 AND pact_id = $2'),
      'has come into force': () => holds(1, api.now + DAY),
    });
  });
});

describe('nobody signs for another, and no signature is used twice', () => {
  it('by the wrong party, by whoever has no say, or by one for both', async () => {
    const digest = await digestOf(1);
    await propose();
    const sign = `POST ${at(1, '/signatures')}`;
    const { ids } = table;
    const stranger = await Table.open(api, db);
    await refused({
      'Unrecognized key: "party"': asks('anna', sign, { digest, party: 'sales' }),
      'a present lead or manager of that party does': [
        () => signs(1, 'sales', ids.anna, digest),
        () => signs(1, 'marketing', ids.mia, digest),
        () => signs(1, 'sales', ids.fay, digest),
        () => signs(1, 'sales', stranger.ids.sam, digest),
      ],
    });
    expect(await table.refused('mia', sign, { digest })).toBe('403 forbidden');
    expect(await table.refused('fay', sign, { digest })).toBe('403 forbidden');
    stranger.pact = table.pact;
    expect(await stranger.refused('sam', sign, { digest })).toBe('404 not_found');
    await table.sign(1, 'anna');
    await db.owner.query("UPDATE members SET party = 'sales' WHERE id = $1", [ids.anna]);
    await refused({
      'this member has signed it for the other party': asks('anna', sign, { digest }),
      'duplicate key': () => signs(1, 'sales', ids.anna, digest),
    });
    await db.owner.query("UPDATE members SET party = 'marketing' WHERE id = $1", [ids.anna]);
    await db.owner.query('UPDATE members SET left_at = now() WHERE id = $1', [ids.lea]);
    await refused({ 'a present lead or manager': () => signs(1, 'sales', ids.lea, digest) });
    await db.owner.query('UPDATE members SET left_at = NULL WHERE id = $1', [ids.lea]);
  });

  it('over a digest that is not the one that was proposed', async () => {
    await propose();
    const stale = 'sha256:0';
    await refused({
      'The text that was read has digest sha256:0': [
        asks('sam', `POST ${at(1, '/signatures')}`, { digest: stale }),
        () => signs(1, 'sales', table.ids.sam, stale),
        asks('sam', `POST ${at(1, '/declines')}`, { digest: stale, reason: 'No.' }),
      ],
    });
  });

  it('sent again, or carried over to what became of the text', async () => {
    const digest = await digestOf(1);
    await propose();
    await table.sign(1, 'anna');
    const again = { digest };
    await refused({
      'already has the signature of marketing': asks('anna', `POST ${at(1, '/signatures')}`, again),
      'duplicate key': () => signs(1, 'marketing', table.ids.anna, digest),
    });
    const old = api.now;
    api.now += 1_000;
    await table.does('sam', `POST ${at(1, '/reopening')}`, {});
    expect(await digestOf(2)).toBe(digest);
    await propose(2);
    await refused({
      'is not proposed: there is nothing to sign': asks('sam', `POST ${at(1, '/signatures')}`, again),
      'a signature of before is not one under it': () => signs(2, 'marketing', table.ids.anna, digest, old),
      'permission denied for table signatures': () => asApp('UPDATE signatures SET version = 2'),
    });
    expect((await table.version(2)).signatures).toEqual([]);
  });
});

it('what was written down stays: journal, signatures, declines', async () => {
  await propose();
  await table.sign(1, 'anna');
  for (const name of ['journal', 'signatures', 'declines']) {
    await refused({
      [`permission denied for table ${name}`]: [
        () => asApp(`DELETE FROM ${name}`),
        () => asApp(`UPDATE ${name} SET workspace_id = workspace_id`),
        () => asApp(`TRUNCATE ${name}`),
      ],
      'must be owner of': () => asApp(`ALTER TABLE ${name} DISABLE TRIGGER ALL`),
    });
  }
});

describe('bad input', () => {
  it('a day in the past, or an end before the beginning', async () => {
    const yesterday = new Date(api.now - DAY).toISOString();
    await refused({
      'comes into force from now': asks('anna', `POST ${at(1, '/proposal')}`, { from: yesterday }),
    });
    await propose();
    await table.sign(1, 'anna', 'sam');
    await refused({
      'on, not from': asks('anna', `POST ${at(1, '/in-force')}`, { from: yesterday }),
      'ends after it has come into force': asks('anna', `POST ${at(1, '/in-force')}`, {
        from: new Date(api.now + 2 * DAY).toISOString(),
        until: new Date(api.now + DAY).toISOString(),
      }),
      'cannot have been in force since': () => holds(1, api.now - DAY),
    });
  });

  it('a draft whose base is superseded, and sides that cannot be merged by themselves', async () => {
    await table.agree(1);
    await table.draft('anna', points(25)); // 2
    await table.draft('sam', points(15)); // 3
    const proposed = await table.draft('sam', points(30)); // 4
    await propose(4);
    await table.agree(2);
    await refused({
      'version 2 has been agreed upon since: merge it in first': asks(
        'sam',
        `POST ${at(3, '/proposal')}`,
        {},
      ),
      'A version that was proposed is taken back for that': asks('sam', `POST ${at(4, '/signatures')}`, {
        digest: proposed.digest,
      }),
      'profile.size': asks('sam', `POST ${at(3, '/merge')}`, { revision: 1, choices: [] }),
      'is to hold': asks('sam', `POST ${at(3, '/merge')}`, {
        revision: 1,
        choices: [{ clause: 'mql', take: 'ours' }],
      }),
    });
    expect(
      await table.refused('sam', `POST ${at(3, '/merge')}`, {
        revision: 9,
        choices: [{ clause: 'profile.size', take: 'ours' }],
      }),
    ).toBe('412 changed_meanwhile');
    expect((await table.version(3)).revision).toBe(1);
  });

  it('a text of a mebibyte and of two thousand clauses is taken; one byte more is told its bounds', async () => {
    const criteria = (count: number) =>
      Array.from(
        { length: count },
        (_, i) => `  - { id: c${i}, text: Criterion ${i}., when: { attribute: a${i}, is: 1 }, points: 1 }\n`,
      ).join('');
    const many = TEXT.replace(/(\nprofile:[^\n]*\n)/, `$1${criteria(2_000)}`);
    const MOST = 1_048_576;
    // What has more bytes than letters is given back at the end.
    const extra = Buffer.byteLength(many) - many.length;
    const text = `${many}# `.padEnd(MOST - extra, 'x');
    expect(Buffer.byteLength(text)).toBe(MOST);
    const { number } = await table.draft('anna', text);
    expect((await table.version(number)).text).toBe(text);
    await refused({
      'wanted at most 1,048,576 (1 MiB)': asks('anna', `PUT ${at(number)}`, {
        text: `${text}\n`,
        revision: 1,
      }),
      'found a file of 1,048,577 bytes': asks('sam', 'POST /api/pacts/:pact/versions', { text: `${text}\n` }),
      'wanted fewer': asks('sam', `PUT ${at(number)}`, { text: `${TEXT}x: ${'['.repeat(400)}`, revision: 1 }),
      'wanted at most 3,000': asks('sam', 'POST /api/pacts/:pact/versions', {
        text: TEXT.replace(/(\nprofile:[^\n]*\n)/, `$1${criteria(3_100)}`),
      }),
    });
    const lots = await table.ask('anna', `PUT ${at(number)}`, { text: 'x'.repeat(5_000_000), revision: 1 });
    expect(lots.status).toBe(413);
    expect(lots.body.detail).toMatch(/\w+ \w+/);
  });
});
