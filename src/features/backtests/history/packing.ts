/**
 * Packs histories, in the background: what came in since is made into a layer, small layers are merged, and whatever
 * is in doubt is packed anew from the ledger. Each round is one transaction: one that fails has done nothing.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Database } from '#platform/db/database.ts';
import type { Copy, Query } from '#platform/db/transaction.ts';
import { newId } from '#platform/ids.ts';
import { type Layer, mergeLayers, repackLeads, writeLayer } from './layers.ts';
import {
  countActivities,
  FIRST_ID,
  foldStates,
  type IdSpan,
  leadsStatedOf,
  readBooked,
  readStretch,
  takeActivities,
} from './ledger-rows.ts';
import { RunBuilder } from './run.ts';
import { packStates, stretchOf } from './state-chunk.ts';

export type Packing = {
  /** Activities that make it worth a layer; fewer are read as rows. */
  worth: number;
  /** The most that go into a new layer. */
  most: number;
  /** Leads with news that make it worth packing their states. */
  leads: number;
  /** Activities that fill a chunk. */
  full: number;
  /** What is younger than this is not packed, in milliseconds: a minute at least, as triggers count (0060_history.sql). */
  young: number;
  /** Packed after so long in any case, in milliseconds. */
  atLeast: number;
};

/** Those of some eight thousand leads. Fewer would mean more chunks, each of which says anew what its codes stand for. */
export const FULL = 400_000;
const USUAL: Packing = {
  worth: 50_000,
  most: 250_000,
  leads: 5_000,
  full: FULL,
  young: 60_000,
  atLeast: 3_600_000,
};

const PATIENCE = 300_000;

/** Who packs a workspace's history while much of it waits: another thread, where there is one. */
export type Packer = (workspace: string, now: Instant) => Promise<void>;

/** Packs the histories of all workspaces, as far as it is worth it. Whatever another node has in hand is left to it. */
export async function packHistories(
  database: Database,
  now: Instant,
  packMuch: Packer = (workspace, now) => packWhole(database, workspace, now),
): Promise<void> {
  const workspaces = await database.acrossWorkspaces((_, query) =>
    query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces ORDER BY workspace_id'),
  );
  const floor = await database.acrossWorkspaces((_, query) => oldest(query, USUAL.young));
  for (const { workspace_id } of workspaces) {
    const waits = await database.inWorkspace(workspace_id, (_, query) =>
      weigh(query, workspace_id, now, floor),
    );
    if (waits === 'much') await packMuch(workspace_id, now);
    else if (waits === 'little') await packWhole(database, workspace_id, now);
  }
}

/** Packs a workspace's history, round by round. */
export async function packWhole(database: Database, workspace: string, now: Instant): Promise<void> {
  while ((await packHistory(database, workspace, now)) === 'more');
}

/** How much waits to be packed: so much that it is worth it, some that is due, or nothing. */
async function weigh(
  query: Query,
  workspace: string,
  now: Instant,
  floor: string,
): Promise<'much' | 'little' | 'nothing'> {
  const [waiting] = await query<{
    packed_at: Date | null;
    activities: number;
    news: number;
    entries: boolean;
  }>(
    `SELECT h.packed_at,
       (SELECT count(*) FROM (SELECT FROM activities a WHERE a.workspace_id = $1 AND a.id > coalesce(
         (SELECT max(l.upto::text)::uuid FROM history_layers l WHERE l.workspace_id = $1), $2) AND a.id <= $5
           LIMIT $3) a) AS activities,
       (SELECT count(*) FROM (SELECT FROM history_doubts d WHERE d.workspace_id = $1 LIMIT $4) d)
         + (SELECT count(*) FROM (SELECT FROM attribute_changes c WHERE c.workspace_id = $1 AND c.id > coalesce(h.upto, $2)
             AND c.id <= $5 LIMIT $4) c) AS news,
       EXISTS (SELECT FROM history_doubts d WHERE d.workspace_id = $1 AND d.entries) AS entries
     FROM (SELECT $1::uuid AS workspace_id) w LEFT JOIN history_heads h ON h.workspace_id = w.workspace_id`,
    [workspace, FIRST_ID, USUAL.worth, USUAL.leads, floor],
  );
  const { packed_at, activities, news, entries } = waiting!;
  if (activities >= USUAL.worth || news >= USUAL.leads) return 'much';
  if (entries) return 'little';
  const due = now - (packed_at?.getTime() ?? 0) >= USUAL.atLeast;
  return due && activities + news > 0 ? 'little' : 'nothing';
}

/** @returns whether there is more to pack, which a next round takes */
export async function packHistory(
  database: Database,
  workspace: string,
  now: Instant,
  packing = USUAL,
): Promise<'done' | 'more'> {
  const floor = await database.acrossWorkspaces((_, query) => oldest(query, packing.young)); // before the snapshot is taken
  return database.inWorkspace(
    workspace,
    async (_, query, copy) => {
      await query('INSERT INTO history_heads (workspace_id) VALUES ($1) ON CONFLICT DO NOTHING', [workspace]);
      const [head] = await query<Head>(
        'SELECT upto, packed_at FROM history_heads WHERE workspace_id = $1 FOR UPDATE SKIP LOCKED',
        [workspace],
      );
      if (head === undefined) return 'done';
      return new Round({ query, copy, workspace, full: packing.full }, packing, now, floor).run(head);
    },
    { isolation: 'repeatable read', statementTimeout: PATIENCE },
  );
}

/** The least id that a transaction under way may still write without raising a doubt. */
async function oldest(query: Query, young: number): Promise<string> {
  const [row] = await query<{ at: Date }>(
    `SELECT least(clock_timestamp(), min(xact_start)) AS at FROM pg_stat_activity WHERE datname = current_database()`,
  );
  const hex = (row!.at.getTime() - young).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

type Head = { upto: string | null; packed_at: Date | null };
export type Scope = { query: Query; copy: Copy; workspace: string; full: number };

class Round {
  readonly #scope: Scope;
  readonly #packing: Packing;
  readonly #now: Instant;
  readonly #floor: string;

  constructor(scope: Scope, packing: Packing, now: Instant, floor: string) {
    this.#scope = scope;
    this.#packing = packing;
    this.#now = now;
    this.#floor = floor;
  }

  async run(head: Head): Promise<'done' | 'more'> {
    const due = this.#now - (head.packed_at?.getTime() ?? 0) >= this.#packing.atLeast;
    const left = await this.#packActivities(due);
    await this.#packStates(head, due);
    return left;
  }

  async #packActivities(due: boolean): Promise<'done' | 'more'> {
    const { query, copy, workspace } = this.#scope;
    const layers = await query<Layer>(
      'SELECT id, after, upto, activities FROM history_layers WHERE workspace_id = $1 ORDER BY upto',
      [workspace],
    );
    const span = { after: layers.at(-1)?.upto ?? FIRST_ID, upto: this.#floor };
    const wanted = due ? 1 : this.#packing.worth;
    if (span.after >= span.upto || (await countActivities(query, workspace, span, wanted)) < wanted)
      return 'done';
    const run = new RunBuilder();
    const last = await takeActivities(copy, workspace, span, this.#packing.most, run);
    if (last === null) return 'done';
    const layer = { id: newId(this.#now), after: span.after, upto: last, activities: run.length };
    await writeLayer(this.#scope, layer, [run.build()]);
    await mergeLayers(this.#scope, [...layers, layer], () => newId(this.#now));
    return run.length === this.#packing.most ? 'more' : 'done';
  }

  async #packStates(head: Head, due: boolean): Promise<void> {
    const { query, workspace } = this.#scope;
    const doubts = await query<{ id: string; lead: number; entries: boolean }>(
      'SELECT id, lead, entries FROM history_doubts WHERE workspace_id = $1',
      [workspace],
    );
    const span: IdSpan = { after: head.upto ?? FIRST_ID, upto: this.#floor };
    const stated =
      head.upto === null || span.after >= this.#floor ? [] : await leadsStatedOf(query, workspace, span);
    const entries = [...new Set(doubts.filter(({ entries }) => entries).map(({ lead }) => lead))];
    const news = doubts.length + stated.length;
    // What is gone from the ledger is not kept here for longer than it takes to find out.
    if (head.upto !== null && entries.length === 0 && news < this.#packing.leads && !(due && news > 0))
      return;
    await repackLeads(this.#scope, entries);
    await this.#packStretches(head.upto === null ? null : [...stated, ...doubts.map(({ lead }) => lead)]);
    await query('DELETE FROM history_doubts WHERE workspace_id = $1 AND id = ANY ($2::uuid[])', [
      workspace,
      doubts.map(({ id }) => id),
    ]);
    const upto = [span.after, this.#floor].sort().at(-1); // clocks may go back
    await query('UPDATE history_heads SET upto = $2, packed_at = $3 WHERE workspace_id = $1', [
      workspace,
      upto,
      new Date(this.#now),
    ]);
  }

  /** Packs the stretches anew that some leads, and those they stand for, lie in; all stretches when none are named. */
  async #packStretches(leads: readonly number[] | null): Promise<void> {
    const { query, copy, workspace } = this.#scope;
    const named = await readBooked(query, workspace, leads);
    const stretches = new Set(named.flatMap(({ number, root }) => [stretchOf(number), stretchOf(root)]));
    for (const stretch of [...stretches].sort((a, b) => a - b)) {
      const booked = await readStretch(query, workspace, stretch);
      const roots = booked.filter(({ number, root, erased }) => number === root && !erased);
      const data = packStates(booked, await foldStates(query, copy, workspace, roots));
      await query(
        `INSERT INTO history_states (workspace_id, stretch, data) VALUES ($1, $2, $3)
         ON CONFLICT (workspace_id, stretch) DO UPDATE SET data = excluded.data`,
        [workspace, stretch, data],
      );
    }
  }
}
