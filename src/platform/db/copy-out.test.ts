import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { Database } from '#platform/db/database.ts';
import { Fields } from '#platform/db/fields.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#tests/support/db.ts';

const db = withDatabase();
const WORKSPACE = '00000000-0000-7000-8000-000000000001';

const opened: Database[] = [];
/** One connection, which is used again and again. */
function connected(bulk: boolean): Database {
  const { logins } = db;
  const options = { max: 1, wait: 5_000, citus: false, log: openLog('silent') };
  const database = new Database({ ...options, logins: () => [logins.app], name: `copies ${bulk}`, bulk });
  opened.push(database);
  return database;
}
afterAll(async () => {
  for (const database of opened) await database.close();
});

/** So many bytes that differ from place to place, and from row to row. */
const text = (row: string, length: string): string =>
  `left(repeat(md5((${row})::text), (${length}) / 32 + 1), ${length})`;

/** The sizes of rows: none, a few, and those at which what is read at a time ends within a row, a length or a head. */
const sizes = [
  [],
  [0],
  [1, 2, 3],
  [262_100, 262_144 - 30, 262_144, 5, 1_000_000, 0, 3_000_000, 7],
  Array.from({ length: 60 }, (_, i) => 262_144 - 50 + i),
  Array.from({ length: 30_000 }, (_, i) => i % 40),
];

describe.each([true, false])('rows are copied (in bulk: %s)', (bulk) => {
  it('whole, in order, whatever their size, and the connection goes on', async () => {
    const database = connected(bulk);
    for (const lengths of [...sizes, ...sizes.toReversed()]) {
      const rows: [number, string][] = [];
      const after = await database.inWorkspace(WORKSPACE, async (_, query, copy) => {
        await copy(
          `SELECT n, ${text('n', 'length')}::bytea
           FROM unnest('{${lengths.join(',')}}'::int[]) WITH ORDINALITY AS l (length, n) ORDER BY n`,
          (row) => {
            const fields = new Fields(row);
            rows.push([fields.whole(), fields.raw().toString('hex')]);
          },
        );
        return query<{ sum: string }>(
          `SELECT md5(string_agg(encode(${text('n', 'length')}::bytea, 'hex'), ',' ORDER BY n)) AS sum
           FROM unnest($1::int[]) WITH ORDINALITY AS l (length, n)`,
          [lengths],
        );
      });
      expect(rows.map(([n]) => n)).toEqual(lengths.map((_, i) => i + 1));
      expect(rows.map(([, hex]) => hex.length / 2)).toEqual(lengths);
      const joined = rows.map(([, hex]) => hex).join(',');
      expect(after[0]!.sum).toBe(
        lengths.length === 0 ? null : createHash('md5').update(joined).digest('hex'),
      );
    }
  });

  it('until the server cannot go on, or whoever takes them: that is told, and the connection goes on', async () => {
    const database = connected(bulk);
    const numbers = 'SELECT 100000 / (200000 - n) FROM generate_series(1, 300000) AS n';
    await expect(
      database.inWorkspace(WORKSPACE, (_, __, copy) => copy(numbers, () => undefined)),
    ).rejects.toThrow('division by zero');
    await expect(
      database.inWorkspace(WORKSPACE, (_, __, copy) =>
        copy('SELECT n FROM generate_series(1, 100000) AS n', () => {
          throw new Error('not that');
        }),
      ),
    ).rejects.toThrow('not that');
    const [row] = await database.inWorkspace(WORKSPACE, (_, query) => query('SELECT 42 AS n'));
    expect(row).toEqual({ n: 42 });
  });

  it('until the connection is lost: that is told, and another takes its place', async () => {
    const database = connected(bulk);
    const copied = database.inWorkspace(WORKSPACE, async (_, query, copy) => {
      const [{ pid }] = (await query<{ pid: number }>('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
      let rows = 0;
      await copy(`SELECT n, repeat('a', 1000) FROM generate_series(1, 200000) AS n`, () => {
        if (rows++ === 1_000) db.owner.query('SELECT pg_terminate_backend($1)', [pid]);
      });
    });
    await expect(copied).rejects.toThrow();
    const [row] = await database.inWorkspace(WORKSPACE, (_, query) => query('SELECT 42 AS n'));
    expect(row).toEqual({ n: 42 });
  });
});
