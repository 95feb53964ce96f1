import { beforeEach, describe, expect, it } from 'vitest';
import type { Facts, Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { ColumnsBuilder, footprint, type LeadColumns } from '#engine/replay/columns.ts';
import { VERDICTS } from '#engine/replay/fast/tracks.ts';
import { replayColumns } from '#engine/replay/fast.ts';
import { replay } from '#engine/replay/replay.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import type { Database, Work } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { withDatabase } from '#tests/support/db.ts';
import { ACME } from '#tests/support/pacts.ts';
import { packBeside } from '../threads/packing.ts';
import { Team, type Watch } from '../threads/team.ts';
import { writeLayer } from './layers.ts';
import { type Packing, packHistories, packHistory } from './packing.ts';
import { assembleHistory, collectHistory, type History, READING } from './reading.ts';
import { RunBuilder } from './run.ts';
import { beginSweep, finishSweep, type Swept } from './sweep.ts';

const db = withDatabase();
const pact = parsePact(ACME).pact;
/** Under which a lead becomes an MQL by the so-manieth thing it does, whatever that is. */
const counting = (things: number) =>
  parsePact(`
pact: Counting
language: 1
lead: { when: { not: { attribute: nobody, exists: true } } }
interest: [{ id: did, text: Did., points: 1, when: { any: [{ did: page }, { did: Form Submitted }, { did: Webinar Attended }, { did: "seen\\n\\"x\\"" }] } }]
mql: { when: { interest: { gte: ${things} } } }
`).pact;
const probes = [1, 2, 4, 7, 11].map(counting);
/** Under which most leads cannot become MQLs, unless they take the lane. */
const barred = parsePact(`
pact: Barred
language: 1
lead: { when: { not: { attribute: nobody, exists: true } } }
interest: [{ id: read, text: Read., points: 1, when: { did: page } }]
mql: { when: { all: [{ attribute: account.employees, gte: 1000 }, { interest: { gte: 2 } }] } }
fast_lanes: [{ id: webinar, text: Attended., when: { did: Webinar Attended, times: { gte: 2 } }, tier: standard }]
`).pact;
const read = footprint([pact]);
const packing: Packing = { worth: 1, most: 40, leads: 1, full: 12, young: 60_000, atLeast: 1e15 };

/** Repeatable chance (mulberry32). */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((((t ^ (t >>> 14)) >>> 0) * below) / 2 ** 32) | 0;
  };
}

const DAY = 86_400_000;
const NOW = Date.now();
const BEGIN = NOW - 90 * DAY;

const types = ['page', 'Page', 'Form Submitted', 'Webinar Attended', 'seen\n"x"'];
const paths = ['/pricing', '/pricing/plans', '/blog', '/docs', '/ünïcode'];

let workspace = '';
/** When what arrives has arrived: long enough ago to be packed. */
let arrival: Instant = 0;
let leads = 0;

beforeEach(async () => {
  workspace = await db.newWorkspace();
  arrival = NOW - 10 * 3_600_000;
  leads = 0;
});

function later(): Instant {
  arrival += 1_000;
  return arrival;
}

const inWorkspace = <T>(work: Work<T>): Promise<T> => db.database.inWorkspace(workspace, work);

/** As if it had been written when its id says. */
async function arrived(sql: string, values: unknown[]): Promise<void> {
  await db.owner.query('SET session_replication_role = replica');
  await db.owner.query(sql, values);
  await db.owner.query('SET session_replication_role = DEFAULT');
}

const ACTIVITY = `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
  VALUES ($1, $2, $3, $4, now(), $5, 'server', $6)`;
const STATEMENT = `INSERT INTO attribute_changes (workspace_id, id, lead, at, received_at, trust, values)
  VALUES ($1, $2, $3, $4, now(), $5, $6)`;

/** Everything that can happen to a ledger. */
const happenings: ((chance: (below: number) => number) => Promise<unknown>)[] = [
  async (chance) => {
    const from = leads + 1 + (chance(3) === 0 ? 2 : 0); // numbers that were taken and not used
    leads = from + chance(5);
    await inWorkspace((_, query) =>
      query(
        `INSERT INTO leads (workspace_id, number, id, created_at)
         SELECT $1, n, gen_random_uuid(), $4 FROM generate_series($2::int, $3::int) AS n`,
        [workspace, from, leads, new Date(BEGIN + chance(80) * DAY)],
      ),
    );
  },
  async (chance) => {
    for (let i = 0; i < 15; i++) await arrived(ACTIVITY, activityOf(chance, later()));
  },
  async (chance) => {
    for (let i = 0; i < 5; i++) await arrived(STATEMENT, statementOf(chance, later()));
  },
  // Just now, not to be packed yet.
  (chance) => inWorkspace((_, query) => query(ACTIVITY, activityOf(chance, Date.now()))),
  (chance) => inWorkspace((_, query) => query(STATEMENT, statementOf(chance, Date.now()))),
  // From a transaction that took long: with an id from before.
  (chance) => inWorkspace((_, query) => query(ACTIVITY, activityOf(chance, arrival - chance(100) * 1_000))),
  (chance) => inWorkspace((_, query) => query(STATEMENT, statementOf(chance, arrival - chance(100) * 1_000))),
  // Merged, and split again.
  (chance) =>
    inWorkspace((_, query) =>
      query(
        `UPDATE leads SET merged_into = $3 WHERE workspace_id = $1 AND number = $2 AND number <> $3
           AND EXISTS (SELECT FROM leads r WHERE r.workspace_id = $1 AND r.number = $3 AND r.merged_into IS NULL)
           AND NOT EXISTS (SELECT FROM leads m WHERE m.workspace_id = $1 AND m.merged_into = $2)`,
        [workspace, anyLead(chance), anyLead(chance)],
      ),
    ),
  (chance) =>
    inWorkspace((_, query) =>
      query('UPDATE leads SET merged_into = NULL WHERE workspace_id = $1 AND number = $2', [
        workspace,
        anyLead(chance),
      ]),
    ),
  (chance) => inWorkspace((_, query) => erase(query, anyLead(chance), chance(3) > 0)),
  () => pack(db.database),
  () => pack(db.database),
  // A packer that dies on the way.
  (chance) => pack(dying(chance(14))).catch((error) => expect(String(error)).toContain('died')),
];

/** Everything that has arrived is old enough, and nothing that is still to arrive. */
const pack = async (database: Database): Promise<void> => {
  const young = Date.now() - later();
  while ((await packHistory(database, workspace, NOW, { ...packing, young })) === 'more');
};

const anyLead = (chance: (below: number) => number): number => 1 + chance(Math.max(1, leads));

const activityOf = (chance: (below: number) => number, id: Instant): unknown[] => [
  workspace,
  newId(id),
  anyLead(chance),
  new Date(chance(4) === 0 ? BEGIN + chance(90) * DAY : BEGIN + chance(90 * DAY)),
  types[chance(types.length)],
  JSON.stringify(chance(3) === 0 ? {} : { path: paths[chance(paths.length)], page: { n: chance(3) } }),
];

const statementOf = (chance: (below: number) => number, id: Instant): unknown[] => [
  workspace,
  newId(id),
  anyLead(chance),
  chance(5) === 0 ? null : new Date(BEGIN + chance(90) * DAY),
  chance(2) === 0 ? 'browser' : 'server',
  JSON.stringify({
    ...(chance(2) === 0 && { email: chance(4) === 0 ? null : `a${chance(9)}@acme.example` }),
    ...(chance(2) === 0 && { title: ['Engineer', 'Head of Production', '', 7][chance(4)] }),
    ...(chance(2) === 0 && {
      account: { id: `c${chance(2)}`, employees: chance(2_000), industry: 'Machinery' },
    }),
  }),
];

/** What a person did is emptied, as when they are forgotten; or deleted, as when it is too old. */
async function erase(query: Query, lead: number, whole: boolean): Promise<void> {
  const gone = whole ? "UPDATE activities SET properties = '{}'" : 'DELETE FROM activities';
  await query(`${gone} WHERE workspace_id = $1 AND lead = $2`, [workspace, lead]);
  await query('DELETE FROM attribute_changes WHERE workspace_id = $1 AND lead = $2', [workspace, lead]);
  if (whole) {
    await query('UPDATE leads SET erased_at = now() WHERE workspace_id = $1 AND number = $2', [
      workspace,
      lead,
    ]);
  }
}

/** A database on which the packer fails at one of its statements. */
const dying = (after: number): Database =>
  ({
    acrossWorkspaces: db.database.acrossWorkspaces.bind(db.database),
    inWorkspace: (name: string, work: Work<unknown>, options: object) =>
      db.database.inWorkspace(
        name,
        (tx, query, copy) => {
          let left = after;
          const mortal = ((...given: Parameters<Query>) => {
            if (left-- === 0) throw new Error('it died');
            return query(...given);
          }) as Query;
          return work(tx, mortal, copy);
        },
        options,
      ),
  }) as Database;

const MAIN = new URL('../../../cli/main.ts', import.meta.url);

/** Nobody but this thread: the same work, done here. */
const team = new Team(null, { along: false });

const load = async (by = team): Promise<History> =>
  assembleHistory(
    await db.database.inWorkspace(workspace, collectHistory(workspace, read, by), READING),
    read,
    by,
  );

/** The same in one go, under several pacts. */
async function sweep(pacts: readonly Pact[] = [pact], by = team, watch: Watch = {}): Promise<Swept> {
  const asked = { pacts, footprint: footprint(pacts), until: NOW };
  const begun = await db.database.inWorkspace(workspace, beginSweep(workspace, asked, by, watch), READING);
  return finishSweep(begun, by, watch);
}

/** What the ledger says, read lead by lead as every other reader does. */
const ledger = (): Promise<{ number: number; facts: Facts }[]> =>
  inWorkspace(async (_, query) => {
    const roots = await query<{ number: number }>(
      'SELECT number FROM leads WHERE workspace_id = $1 AND merged_into IS NULL AND erased_at IS NULL ORDER BY number',
      [workspace],
    );
    const ledgers = await readLedgers(
      query,
      workspace,
      roots.map(({ number }) => number),
    );
    return roots.map(({ number }) => {
      const one = ledgers.get(number)!;
      const facts = factsOf(one);
      const changes = [...facts.changes, { at: one.created_at, values: {} }];
      const place = ({ at }: { at: Instant | null }) => at ?? Number.NEGATIVE_INFINITY;
      return { number, facts: { ...facts, changes: changes.sort((a, b) => place(a) - place(b)) } };
    });
  });

/** A lead's columns in words that do not depend on how anything is numbered. */
function said({ activities, states }: LeadColumns, lead: number): unknown {
  const did = [];
  for (let i = activities.starts[lead]!; i < activities.starts[lead + 1]!; i++)
    did.push([activities.instants[i], JSON.stringify(activities.signatures[activities.codes[i]!])]);
  const was = [];
  for (let row = states.starts[lead]!; row < states.starts[lead + 1]!; row++) {
    const known = states.attributes.flatMap(({ name, codes, texts }) =>
      codes[row] === 0 ? [] : [[name, read.values.has(name) ? texts[codes[row]!] : 'some']],
    );
    was.push([states.since[row], known.sort()]);
  }
  return { did: did.sort(), was };
}

async function compare(): Promise<void> {
  const [{ leads, columns }, unordered] = [await load(), await ledger()];
  expect([...leads].sort((a, b) => a - b)).toEqual(unordered.map(({ number }) => number));
  const wanted = Array.from(leads, (lead) => unordered.find(({ number }) => number === lead)!);
  const builder = new ColumnsBuilder({ footprint: read });
  for (const { number, facts } of wanted) {
    const lead = builder.lead(String(number));
    for (const { at, values } of facts.changes) builder.change(lead, at, values);
    for (const { at, type, properties } of facts.activities) builder.activity(lead, at, type, properties);
  }
  const plain = builder.finish();
  const tracks = replayColumns(columns, pact, NOW);
  wanted.forEach(({ number, facts }, lead) => {
    expect(said(columns, lead), `lead ${number}`).toEqual(said(plain, lead));
    expect(tracks.mqlAt[lead], `lead ${number}`).toBe(replay(facts, pact, NOW).mql_at ?? Number.NaN);
  });
  for (const asked of [[pact, ...probes], [pact], [barred]]) await compareSwept(asked, columns, wanted);
}

/** The same of what it says when it is swept. */
async function compareSwept(
  asked: readonly Pact[],
  columns: LeadColumns,
  wanted: readonly { number: number; facts: Facts }[],
): Promise<void> {
  const swept = await sweep(asked);
  expect(swept.leads.toSorted()).toEqual(Float64Array.from(wanted, ({ number }) => number).sort());
  expect(swept.activities).toBe(columns.activities.instants.length);
  for (const { number, facts } of wanted) {
    const place = swept.places[number]!;
    expect(swept.leads[place]).toBe(number);
    expect(
      swept.tracks.map(({ mqlAt, verdict }) => [mqlAt[place], VERDICTS[verdict[place]!]]),
      `lead ${number}`,
    ).toEqual(
      asked.map((one) => {
        const { mql_at, end } = replay(facts, one, NOW);
        return [mql_at ?? Number.NaN, end.verdict];
      }),
    );
  }
}

const bytesOf = ({ buffer }: { buffer: ArrayBufferLike }): Buffer => Buffer.from(buffer);

describe('a history', () => {
  it.each([1, 2, 3, 4, 5])(
    'is that of the ledger, whatever happened and was packed when (%i)',
    async (seed) => {
      const chance = chanceOf(seed * 7919);
      for (let i = 0; i < 4; i++) await happenings[0]!(chance);
      for (let step = 0; step < 40; step++) {
        await happenings[chance(happenings.length)]!(chance);
        if (step % 8 === 7) await compare();
      }
      await pack(db.database);
      await compare();
    },
  );

  it.each([true, false])(
    'is read by threads as by this one, chunk by chunk, whoever works along (%s)',
    { timeout: 60_000 },
    async (along) => {
      const chance = chanceOf(17);
      for (let i = 0; i < 60; i++) await happenings[0]!(chance);
      await pack(db.database);
      const run = new RunBuilder();
      const codes = types.map((type) => run.code(`${JSON.stringify(type)}\n{"path": "/pricing"}`));
      // Of a few leads that are known and many that are not, so that what a chunk begins with is long.
      for (let i = 0; i < 420_000; i++)
        run.add(
          chance(3) === 0 ? chance(1e9) : anyLead(chance),
          BEGIN + chance(90 * DAY),
          codes[chance(codes.length)]!,
        );
      await inWorkspace((_, query, copy) => {
        const layer = {
          id: newId(later()),
          after: newId(arrival),
          upto: newId(arrival + 1),
          activities: run.length,
        };
        return writeLayer({ query, copy, workspace, full: 30_000 }, layer, [run.build()]);
      });
      for (let i = 0; i < 5; i++) await happenings[1]!(chance); // what is not packed comes from rows
      const plain = await load();
      const threads = new Team(MAIN, { along, size: 3, database: db.database });
      try {
        for (let again = 0; again < 2; again++) {
          const { columns, ...rest } = await load(threads);
          expect(columns.activities.instants.buffer).toBeInstanceOf(SharedArrayBuffer);
          expect(rest).toEqual({ leads: plain.leads, places: plain.places });
          expect(said(columns, 7)).toEqual(said(plain.columns, 7));
          for (const part of ['starts', 'instants', 'codes'] as const)
            expect(bytesOf(columns.activities[part]).equals(bytesOf(plain.columns.activities[part]))).toBe(
              true,
            );
          const told: number[] = [];
          const asked = again === 0 ? [pact, counting(20)] : [barred];
          const swept = await sweep(asked, threads, { progress: (share) => told.push(share) });
          expect(swept.activities).toBe(columns.activities.instants.length);
          for (const [i, tracks] of asked.map((one) => replayColumns(columns, one, NOW)).entries()) {
            const { mqlAt, verdict } = swept.tracks[i]!;
            for (const [lead, number] of rest.leads.entries()) {
              const place = swept.places[number]!;
              expect([mqlAt[place], verdict[place]]).toEqual([tracks.mqlAt[lead], tracks.verdict[lead]]);
            }
          }
          expect(told).toEqual(told.toSorted());
          const unwanted = new AbortController();
          unwanted.abort(new Error('nobody wants it'));
          await expect(sweep([pact], threads, { signal: unwanted.signal })).rejects.toThrow(
            'nobody wants it',
          );
        }
      } finally {
        await threads.close();
      }
    },
  );

  it('is packed by a thread of its own as it is by this one', async () => {
    const chance = chanceOf(11);
    for (let i = 0; i < 30; i++) await happenings[chance(happenings.length)]!(chance);
    await packHistories(db.database, NOW, packBeside(MAIN, db.database)); // nothing much, but due
    await inWorkspace((_, query) => query('DELETE FROM history_layers WHERE workspace_id = $1', [workspace]));
    await packBeside(MAIN, db.database)(workspace, NOW + DAY);
    const [packed] = await inWorkspace((_, query) =>
      query<{ chunks: number }>('SELECT count(*) AS chunks FROM history_chunks WHERE workspace_id = $1', [
        workspace,
      ]),
    );
    expect(packed!.chunks).toBeGreaterThan(0);
    await compare();
  });

  it('is packed by this thread where a login cannot go to another', async () => {
    const chance = chanceOf(13);
    for (let i = 0; i < 20; i++) await happenings[chance(happenings.length)]!(chance);
    const bound = Object.create(db.database, {
      address: { value: () => null },
      acrossWorkspaces: { value: db.database.acrossWorkspaces.bind(db.database) },
      inWorkspace: { value: db.database.inWorkspace.bind(db.database) },
    }) as Database;
    await packBeside(MAIN, bound)(workspace, NOW);
    await compare();
  });

  it('tells why a thread could not pack it', async () => {
    const nowhere = { address: () => ({ ...db.database.address(1), logins: [] }) } as unknown as Database;
    await expect(packBeside(MAIN, nowhere)(workspace, NOW)).rejects.toThrow(
      /a thread failed to pack a history/,
    );
  });

  it('holds nothing of what was erased once it has been packed again', async () => {
    const chance = chanceOf(3);
    await happenings[0]!(chance);
    await arrived(ACTIVITY, [
      workspace,
      newId(arrival),
      1,
      new Date(NOW - DAY),
      'page',
      '{"path": "/secret"}',
    ]);
    await arrived(ACTIVITY, [
      workspace,
      newId(arrival),
      2,
      new Date(NOW - DAY),
      'page',
      '{"path": "/pricing"}',
    ]);
    await pack(db.database);
    await inWorkspace((_, query) => erase(query, 1, true));
    await pack(db.database);
    const rows = await inWorkspace((_, query) =>
      query<{ data: Buffer }>('SELECT data FROM history_chunks WHERE workspace_id = $1', [workspace]),
    );
    const { ActivityChunk } = await import('./activity-chunk.ts');
    const texts = rows.flatMap(({ data }) => new ActivityChunk(data).contents().signatures).join();
    expect(texts).toContain('/pricing');
    expect(texts).not.toContain('/secret');
    await compare();
  });
});
