/** P10, P11: years of history out of PostgreSQL, packed; and how fast it is packed. */
import { setTimeout as pause } from 'node:timers/promises';
import { footprint, type LeadColumns } from '#engine/replay/columns.ts';
import { writeLayer } from '#features/backtests/history/layers.ts';
import { FULL, packHistory } from '#features/backtests/history/packing.ts';
import {
  assembleHistory,
  collectHistory,
  type History,
  READING,
} from '#features/backtests/history/reading.ts';
import type { Run } from '#features/backtests/history/run.ts';
import { Sections } from '#features/backtests/history/sections.ts';
import { packStates, STRETCH } from '#features/backtests/history/state-chunk.ts';
import { beginSweep, finishSweep, type Swept } from '#features/backtests/history/sweep.ts';
import { replayBy } from '#features/backtests/threads/replaying.ts';
import { Team } from '#features/backtests/threads/team.ts';
import { newId } from '#platform/ids.ts';
import { END, madeUp } from './support/history.ts';
import { type Bench, type Line, median, seconds, sideBySide } from './support/measure.ts';
import { fullPact } from './support/pacts.ts';
import { withPlace } from './support/place.ts';

const entry = new URL('../src/cli/main.ts', import.meta.url);
/** The size that targets are given for. */
const WHOLE = 50_000_000;
/** Of a chunk of activities. */
const SECTIONS = 6;
const ROWS = 300_000;
const PACKING = { worth: 1, most: ROWS, leads: 1, full: FULL, young: 60_000, atLeast: 0 };

/** The activities of columns, as what was read from the ledger; `unit` to which their instants are rounded. */
function runOf({ activities }: LeadColumns, unit: number): Run {
  const { starts, instants, codes, signatures } = activities;
  return {
    leads: Float64Array.from({ length: starts.length - 1 }, (_, i) => i + 1),
    starts,
    instants: instants.map((at) => Math.floor(at / unit) * unit),
    codes,
    signatures: signatures.map(
      ({ type, properties }) => `${JSON.stringify(type)}\n${JSON.stringify(Object.fromEntries(properties))}`,
    ),
  };
}

/** The states of a stretch of lead numbers; lead `i` of the columns has number `i + 1`. */
function packStretch({ states }: LeadColumns, leads: number, stretch: number): Buffer {
  const from = Math.max(0, stretch * STRETCH - 1);
  const to = Math.min(leads, (stretch + 1) * STRETCH - 1);
  const [first, last] = [states.starts[from]!, states.starts[to]!];
  const rows = <A extends Float64Array | Uint32Array>(array: A): A => array.subarray(first - 1, last) as A;
  const booked = Array.from({ length: to - from }, (_, i) => {
    const number = from + i + 1;
    return { number, root: number, erased: false, created: states.since[states.starts[from + i]!]! };
  });
  return packStates(booked, {
    starts: states.starts.slice(from, to + 1).map((start) => start - first + 1),
    since: rows(states.since),
    attributes: states.attributes.map((attribute) => ({ ...attribute, codes: rows(attribute.codes) })),
  });
}

export const packedHistory: Bench = {
  title: 'History out of PostgreSQL',
  measure: ({ rounds, all: leads, each }) =>
    withPlace(async ({ running: { database }, owner }) => {
      const lines: Line[] = [];
      const made = madeUp(leads, each);
      const activities = made.activities.instants.length;
      const pact = fullPact();

      const workspaces: { workspace: string; bytes: number }[] = [];
      for (const unit of [1, 1_000]) {
        const workspace = newId(Date.now());
        await database.inWorkspace(
          workspace,
          async (_, query, copy) => {
            await query("INSERT INTO workspaces (workspace_id, name) VALUES ($1, 'Bench')", [workspace]);
            await query('INSERT INTO history_heads (workspace_id, upto) VALUES ($1, $2)', [
              workspace,
              newId(1),
            ]);
            const layer = { id: newId(1), after: newId(0), upto: newId(1), activities };
            await writeLayer({ query, copy, workspace, full: FULL }, layer, [runOf(made, unit)]);
            for (let stretch = 0; stretch * STRETCH <= leads; stretch++) {
              const data = packStretch(made, leads, stretch);
              await query('INSERT INTO history_states (workspace_id, stretch, data) VALUES ($1, $2, $3)', [
                workspace,
                stretch,
                data,
              ]);
            }
          },
          { statementTimeout: 120_000 },
        );
        const { rows } = await owner.query(
          'SELECT sum(octet_length(data)) AS bytes FROM history_chunks WHERE workspace_id = $1',
          [workspace],
        );
        workspaces.push({ workspace, bytes: Number((rows as { bytes: string }[])[0]!.bytes) });
      }
      workspaces.forEach(({ bytes }, i) => {
        lines.push({
          target: `P11 bytes an activity stored, instants to the ${i === 0 ? 'millisecond' : 'second'}`,
          wanted: '≤ 4',
          measured: (bytes / activities).toFixed(2),
          met: bytes / activities <= 4,
        });
      });

      const { workspace } = workspaces[0]!;
      const team = new Team(entry, { along: false, size: 2, database });
      const read = footprint([pact]);
      const load = async (): Promise<History> =>
        assembleHistory(
          await database.inWorkspace(workspace, collectHistory(workspace, read, team), READING),
          read,
          team,
        );
      let history = await load();
      const replay = (share: number) =>
        replayBy(team, { columns: history.columns, pact, until: END, leads: Math.round(leads * share) });
      const sweep = async (): Promise<Swept> => {
        const begin = beginSweep(workspace, { pacts: [pact], footprint: read, until: END }, team, {});
        return finishSweep(await database.inWorkspace(workspace, begin, READING), team, {});
      };
      // A tenth of a million leads is as many as are here, or what there is scaled up.
      const tenth = Math.min(1, WHOLE / 10 / activities);
      // What reading cannot do without, whatever is done with it: half of what two processors share.
      const chunks: Buffer[] = [];
      const receive = (take: (row: Buffer) => void): Promise<void> =>
        database.inWorkspace(
          workspace,
          (_, __, copy) =>
            copy(`SELECT data FROM history_chunks WHERE workspace_id = '${workspace}'::uuid`, take),
          READING,
        );
      let received = 0;
      await receive((row) => {
        if (received++ % 2 === 0) chunks.push(Buffer.from(row.subarray(4)));
      });
      const [swept, loaded, warm, preview, least] = await sideBySide(
        [
          { name: 'swept', run: sweep },
          {
            name: 'loaded',
            run: async () => {
              history = await load();
              await replay(1);
            },
          },
          { name: 'warm', run: () => replay(1) },
          { name: 'preview', run: () => replay(tenth) },
          {
            name: 'least',
            run: async () => {
              await receive(() => undefined);
              for (const chunk of chunks) {
                const sections = new Sections(chunk);
                for (let i = 0; i < SECTIONS; i++) sections.at(i);
              }
              await replay(1);
            },
          },
        ],
        rounds,
      );
      await team.close();
      const scaled = (what: string, wanted: number, wall: number, done: number, of: number): Line => ({
        target: `P10 ${what}, two threads, ${of / 1e6} M activities`,
        wanted: `≤ ${seconds(wanted)}`,
        measured: `${seconds((wall / done) * of)}${done < of * 0.9 ? ` (${seconds(wall)} for ${(done / 1e6).toFixed(1)} M)` : ''}`,
        met: (wall / done) * of <= wanted,
      });
      lines.push(
        scaled('cold from PostgreSQL, replayed as it is read', 1_500, swept!.wall, activities, WHOLE),
        {
          target: 'P10 the same / receiving, decompressing and the warm replay alone',
          wanted: '',
          measured: `${(swept!.wall / least!.wall).toFixed(2)} × (${seconds((least!.wall / activities) * WHOLE)})`,
          met: null,
        },
        {
          target: 'P10 the same / the warm replay, which is 1.5 in what is wanted',
          wanted: '',
          measured: `${(swept!.wall / warm!.wall).toFixed(2)} ×`,
          met: null,
        },
        scaled('cold, kept in memory and then replayed', 1_500, loaded!.wall, activities, WHOLE),
        scaled('warm', 1_000, warm!.wall, activities, WHOLE),
        scaled('a 10 % preview', 150, preview!.wall, activities * tenth, WHOLE / 10),
      );

      const rates: number[] = [];
      for (let round = 0; round < Math.min(3, rounds); round++) {
        const own = newId(Date.now());
        const past = Date.now() - 3_600_000;
        await database.inWorkspace(own, (_, query) =>
          query("INSERT INTO workspaces (workspace_id, name) VALUES ($1, 'Bench')", [own]),
        );
        await owner.query('SET session_replication_role = replica');
        await owner.query(
          `INSERT INTO activities (workspace_id, id, lead, at, received_at, type, trust, properties)
           SELECT $1, (lpad(to_hex($2::bigint + n), 12, '0') || '00000000000000000000')::uuid, 1 + n * 7919 % 20000,
             to_timestamp(($2::bigint - n * 1000) / 1000.0), now(), 'page', 'server',
             jsonb_build_object('path', '/blog/' || n % 900, 'title', 'A page')
           FROM generate_series(1::bigint, $3::bigint) AS n`,
          [own, past, ROWS],
        );
        await owner.query('SET session_replication_role = DEFAULT');
        await pause(100);
        const started = performance.now();
        await packHistory(database, own, Date.now(), PACKING);
        rates.push((ROWS / (performance.now() - started)) * 1_000);
      }
      lines.push({
        target: 'P11 packed from the ledger',
        wanted: '≥ the ingest rate',
        measured: `${(median(rates) / 1_000).toFixed(0)} k activities/s`,
        met: null,
      });
      return lines;
    }),
};
