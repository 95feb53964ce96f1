import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { allocate } from '#engine/replay/columns/memory.ts';
import { Database, type DatabaseAddress } from '#platform/db/database.ts';
import type { Copy } from '#platform/db/transaction.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#tests/support/db.ts';
import { packActivities } from '../history/activity-chunk.ts';
import { READING } from '../history/reading.ts';
import { NOWHERE, type Unpacking } from '../history/unpacking.ts';
import { Team } from './team.ts';
import type { RowRange } from './thread.ts';

const db = withDatabase();
const MAIN = new URL('../../../cli/main.ts', import.meta.url);
/** As if there were so many that they are worth threads. */
const MANY = 1_000_000;
const DAY = 86_400_000;

/** Three leads who did seven things; of the second nothing is wanted. */
const bytes = packActivities({
  leads: Float64Array.of(4, 5, 9),
  starts: Uint32Array.of(0, 3, 4, 7),
  instants: Float64Array.of(0, 1, 40 * 365 * DAY, 5, 1_000, 2_000, 90 * DAY),
  codes: Uint32Array.of(0, 1, 0, 2, 1, 1, 1),
  signatures: ['"page"\n{}', '"form"\n{}', '"mail"\n{}'],
});
const chunk = `'\\x${bytes.toString('hex')}'::bytea`;

/** So many of these chunks, in ranges of two, and room for what comes out of them. */
function work(chunks: number): { ranges: RowRange[]; unpacking: Unpacking } {
  const numbers = (length: number, of: (i: number) => number) =>
    allocate(Uint32Array, length, true).map((_, i) => of(i));
  const counts = [3, 1, 3];
  const to = [0, NOWHERE, 3];
  return {
    ranges: Array.from({ length: Math.ceil(chunks / 2) }, (_, i) => {
      const count = Math.min(2, chunks - 2 * i);
      return { select: `SELECT ${chunk} FROM generate_series(1, ${count})`, first: 2 * i, count };
    }),
    unpacking: {
      announced: {
        leadsFrom: numbers(chunks + 1, (i) => 3 * i),
        codesFrom: numbers(chunks + 1, (i) => 3 * i),
        counts: numbers(chunks * 3, (i) => counts[i % 3]!),
        most: 3,
        // Codes are by frequency in chunks: form, page, mail.
        own: numbers(chunks * 3, (i) => [20, 10, 30][i % 3]!),
      },
      placesOf: new Int32Array(new SharedArrayBuffer(0)), // asked for where leads are met
      to: numbers(chunks * 3, (i) => (to[i % 3] === NOWHERE ? NOWHERE : to[i % 3]! + 6 * Math.floor(i / 3))),
      instants: allocate(Float64Array, chunks * 6, true),
      codes: allocate(Uint32Array, chunks * 6, true),
    },
  };
}

const expectUnpacked = ({ instants, codes }: Unpacking): void => {
  for (let i = 0; i < instants.length; i += 6) {
    expect([...instants.slice(i, i + 6)]).toEqual([0, 1, 40 * 365 * DAY, 1_000, 2_000, 90 * DAY]);
    expect([...codes.slice(i, i + 6)]).toEqual([10, 20, 10, 20, 20, 20]);
  }
};

const teams: Team[] = [];
function teamWith(database: Database | undefined): Team {
  const team = new Team(MAIN, { along: false, size: 2, ...(database && { database }) });
  teams.push(team);
  return team;
}
afterEach(async () => {
  for (const team of teams.splice(0)) await team.close();
});

/** Reads as part of a transaction, in which it is seen how much that one copies itself. */
async function read(team: Team, { ranges, unpacking }: ReturnType<typeof work>): Promise<number> {
  let copied = 0;
  const { done } = await db.database.inWorkspace(
    await db.newWorkspace(),
    (_, query, copy) => {
      const counted: Copy = (select, take) => {
        copied++;
        return copy(select, take);
      };
      const from = { workspace: WORKSPACE, options: READING, query, copy: counted };
      return team.read({ taker: 'unpack', work: unpacking, ranges }, from, MANY);
    },
    READING,
  );
  await done;
  return copied;
}
const WORKSPACE = '00000000-0000-7000-8000-000000000001';

/** The database as one whose address is another. */
const at = (address: (own: DatabaseAddress) => DatabaseAddress | null): Database =>
  Object.assign(Object.create(db.database), { address: (max: number) => address(db.database.address(max)!) });

describe('chunks are read', () => {
  it('by threads themselves, once more on the same connections', async () => {
    const team = teamWith(db.database);
    for (const chunks of [7, 4]) {
      const asked = work(chunks);
      expect(await read(team, asked)).toBe(0);
      expectUnpacked(asked.unpacking);
    }
  });

  it.each([
    ['there is no database for threads', () => undefined],
    ['a login cannot go to a thread', () => at(() => null)],
    [
      'the server is Citus, of whose snapshots there are several',
      () => at((own) => ({ ...own, citus: true })),
    ],
    [
      'threads do not get through to it',
      () => at((own) => ({ ...own, wait: 200, logins: own.logins.map((login) => ({ ...login, port: 1 })) })),
    ],
  ])('by whoever asks where %s', async (_, database) => {
    const asked = work(5);
    expect(await read(teamWith(database()), asked)).toBe(3);
    expectUnpacked(asked.unpacking);
  });

  it('or not all of them: that is told', async () => {
    const { ranges, unpacking } = work(6);
    ranges[1] = { ...ranges[1]!, select: `SELECT ${chunk}` };
    for (const team of [teamWith(db.database), teamWith(undefined)])
      await expect(read(team, { ranges, unpacking })).rejects.toThrow(
        'of 2 chunks of a history 1 were there',
      );
  });

  it('until a connection is lost on the way: that is told, and the next time it is all there', async () => {
    const { logins } = db;
    const options = { max: 1, wait: 5_000, log: openLog('silent'), citus: false };
    const database = new Database({ ...options, logins: () => [logins.app], name: 'threads that read' });
    const team = teamWith(database);
    const { ranges, unpacking } = work(4);
    ranges[1] = { ...ranges[1]!, select: `SELECT ${chunk} FROM pg_sleep(20), generate_series(1, 2)` };
    const reading = read(team, { ranges, unpacking });
    reading.catch(() => undefined);
    for (let ended = 0; ended === 0; ) {
      await pause(50);
      const { rowCount } = await db.owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'threads that read' AND query LIKE '%pg_sleep%'`,
      );
      ended = rowCount ?? 0;
    }
    await expect(reading).rejects.toThrow('a thread failed');
    const again = work(4);
    expect(await read(team, again)).toBe(0);
    expectUnpacked(again.unpacking);
    await database.close();
  });
});
