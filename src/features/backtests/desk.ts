/**
 * Where histories are replayed in this process: threads that stay, and the histories of the workspaces that asked last,
 * kept in memory that the threads share. Each workspace has its own, and there is a most that all may take together.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { type Footprint, footprint } from '#engine/replay/columns.ts';
import type { Tracks } from '#engine/replay/fast/tracks.ts';
import type { Database } from '#platform/db/database.ts';
import { type DealRow, readDeals } from './deals.ts';
import { assembleHistory, collectHistory, type History, READING } from './history/reading.ts';
import { type Asked, beginSweep, finishSweep } from './history/sweep.ts';
import { readMark } from './mark.ts';
import { replayBy } from './threads/replaying.ts';
import { Team, type Watch } from './threads/team.ts';

/** Bytes that all histories together may take. */
const MOST_BYTES = 1.5 * 2 ** 30;
/** So long a history is taken for the present one without another look, in milliseconds. */
const FRESH = 30_000;
/** For a look while a hand moves: a history that took longer than this to read, in milliseconds, may be older, … */
const AT_HAND = 150;
/** … so old before it is read again beside the work, and so old at most. */
const AGED = 300_000;
const OLD = 3_600_000;
/** Tracks of versions that are asked for again and again, for each history. */
const MOST_TRACKS = 4;

/** Whose history it is, as of an instant. */
export type Past = {
  /** The number of each lead, by its place. */
  leads: Float64Array;
  activities: number;
  deals: readonly DealRow[];
  /** What the history was like: the same mark, the same history. */
  mark: string;
  /** When it was read: it is replayed up to here. */
  at: Instant;
};

/** A workspace's history at hand. */
export type Loaded = Past & { history: History };

type Kept = Loaded & {
  footprint: Footprint;
  bytes: number;
  /** How long it took to read, in milliseconds. */
  took: number;
  looked: Instant;
  tracks: Map<string, Promise<Tracks>>;
};

export class Desk {
  readonly #database: Database;
  readonly #team: Team;
  /** The one that was asked for last comes last. */
  readonly #kept = new Map<string, Kept>();
  readonly #loading = new Map<string, Promise<Kept>>();

  /** @param entry the module that threads are started with; null for none */
  constructor(database: Database, entry: URL | null) {
    this.#database = database;
    this.#team = new Team(entry, { along: false, database });
  }

  /** The history of a workspace, as far as these pacts look at it; not older than half a minute, or unchanged since. */
  async load(workspace: string, pacts: readonly Pact[], now: Instant): Promise<Loaded> {
    const wanted = footprint(pacts);
    const atHand = await this.#atHand(workspace, wanted, now);
    if (atHand !== null) return atHand;
    const kept = this.#kept.get(workspace);
    const whole = kept === undefined ? wanted : united(kept.footprint, wanted);
    const read = this.#read(workspace, whole, now).finally(() => this.#loading.delete(workspace));
    this.#loading.set(workspace, read);
    return read;
  }

  /** The history that is kept, or being read, if it is no older than that and has all that is wanted of it. */
  async #atHand(workspace: string, wanted: Footprint, now: Instant): Promise<Kept | null> {
    const kept = this.#kept.get(workspace);
    if (kept !== undefined && covers(kept.footprint, wanted)) {
      const isFresh = Math.abs(now - kept.looked) < FRESH;
      if (
        isFresh ||
        kept.mark === (await this.#database.inWorkspace(workspace, (_, query) => readMark(query, workspace)))
      ) {
        if (!isFresh) kept.looked = now;
        this.#keep(workspace, kept);
        return kept;
      }
    }
    const loaded = await this.#loading.get(workspace);
    return loaded !== undefined && covers(loaded.footprint, wanted) ? loaded : null;
  }

  /**
   * The same for a look while a hand moves: where reading the history would take longer than a hand waits, the one at
   * hand is taken, and read again beside when it has aged. It says itself of when it is.
   */
  async glance(workspace: string, pacts: readonly Pact[], now: Instant): Promise<Loaded> {
    const kept = this.#kept.get(workspace);
    const isAtHand =
      kept !== undefined &&
      kept.took > AT_HAND &&
      now - kept.at < OLD &&
      covers(kept.footprint, footprint(pacts));
    if (!isAtHand) return this.load(workspace, pacts, now);
    if (now - kept.looked >= AGED && !this.#loading.has(workspace))
      this.load(workspace, pacts, now).catch(() => undefined); // who asks for more than a glance is told
    return kept;
  }

  /** Replays the first leads of a history at hand (all, when not said) under a pact. */
  replay({ history, at }: Loaded, pact: Pact, leads: number | undefined, watch: Watch = {}): Promise<Tracks> {
    const { columns } = history;
    return replayBy(this.#team, { columns, pact, until: at, ...(leads !== undefined && { leads }) }, watch);
  }

  /**
   * Replays all of a workspace's history under some pacts: the one at hand, if there is one; otherwise as it is read, which
   * takes little memory however large it is, and leaves nothing behind.
   * @returns the tracks of the leads for each pact
   */
  async replayAll(
    workspace: string,
    pacts: readonly Pact[],
    now: Instant,
    watch: Watch = {},
  ): Promise<Past & { tracks: Tracks[] }> {
    const wanted = footprint(pacts);
    const atHand = await this.#atHand(workspace, wanted, now);
    if (atHand === null) return this.#sweep(workspace, { pacts, footprint: wanted, until: now }, watch);
    const tracks: Tracks[] = [];
    for (const [i, pact] of pacts.entries()) {
      const progress = (share: number): void => watch.progress?.((i + share) / pacts.length);
      tracks.push(await this.replay(atHand, pact, undefined, { ...watch, progress }));
    }
    return { ...atHand, tracks };
  }

  async #sweep(workspace: string, asked: Asked, watch: Watch): Promise<Past & { tracks: Tracks[] }> {
    const begin = beginSweep(workspace, asked, this.#team, watch);
    const { sweep, ...read } = await this.#database.inWorkspace(
      workspace,
      async (tx, query, copy) => {
        const mark = await readMark(query, workspace);
        const sweep = await begin(tx, query, copy);
        return { sweep, mark, deals: await readDeals(query, workspace, sweep) };
      },
      READING,
    );
    const { leads, activities, tracks } = await finishSweep(sweep, this.#team, watch);
    return { ...read, leads, activities, at: asked.until, tracks };
  }

  /** Replays the first leads, once as long as the history is kept: for versions that others are held against. */
  replayKept(loaded: Loaded, digest: string, pact: Pact, leads: number): Promise<Tracks> {
    const { tracks } = loaded as Kept;
    const key = `${digest} ${leads}`;
    const known = tracks.get(key);
    if (known !== undefined) return known;
    const replayed = this.replay(loaded, pact, leads);
    tracks.set(key, replayed);
    replayed.catch(() => tracks.delete(key));
    for (const oldest of tracks.keys()) {
      if (tracks.size <= MOST_TRACKS) break;
      tracks.delete(oldest);
    }
    return replayed;
  }

  async #read(workspace: string, wanted: Footprint, now: Instant): Promise<Kept> {
    const begun = performance.now();
    const collect = collectHistory(workspace, wanted, this.#team);
    const { collected, ...read } = await this.#database.inWorkspace(
      workspace,
      async (tx, query, copy) => {
        const mark = await readMark(query, workspace);
        const collected = await collect(tx, query, copy);
        return { collected, mark, deals: await readDeals(query, workspace, collected.people) };
      },
      READING,
    );
    const history = await assembleHistory(collected, wanted, this.#team);
    const kept = {
      ...read,
      history,
      leads: history.leads,
      activities: history.columns.activities.instants.length,
      at: now,
      footprint: wanted,
      bytes: bytesOf(history),
      took: performance.now() - begun,
      looked: now,
      tracks: new Map(),
    };
    this.#keep(workspace, kept);
    return kept;
  }

  /** Keeps a history as the last that was asked for; lets the first ones go while they take too much together. */
  #keep(workspace: string, kept: Kept): void {
    this.#kept.delete(workspace);
    this.#kept.set(workspace, kept);
    let bytes = 0;
    for (const one of this.#kept.values()) bytes += one.bytes;
    for (const [name, one] of this.#kept) {
      if (bytes <= MOST_BYTES || name === workspace) break;
      this.#kept.delete(name);
      bytes -= one.bytes;
    }
  }

  /** Lets go of everything. */
  async close(): Promise<void> {
    this.#kept.clear();
    await this.#team.close();
  }
}

function covers(kept: Footprint, wanted: Footprint): boolean {
  const all = (of: ReadonlySet<string>, some: ReadonlySet<string>): boolean =>
    [...some].every((one) => of.has(one));
  return (
    all(kept.attributes, wanted.attributes) &&
    all(kept.values, wanted.values) &&
    [...wanted.properties].every(([type, names]) => {
      const read = kept.properties.get(type);
      return read !== undefined && all(read, names);
    })
  );
}

function united(one: Footprint, other: Footprint): Footprint {
  const properties = new Map([...one.properties].map(([type, names]) => [type, new Set(names)]));
  for (const [type, names] of other.properties) {
    properties.set(type, new Set([...(properties.get(type) ?? []), ...names]));
  }
  return {
    attributes: new Set([...one.attributes, ...other.attributes]),
    values: new Set([...one.values, ...other.values]),
    properties,
  };
}

function bytesOf({ leads, columns: { activities, states } }: History): number {
  const arrays = [
    leads,
    activities.starts,
    activities.instants,
    activities.codes,
    states.starts,
    states.since,
  ];
  const flat = [...arrays, ...states.attributes.map(({ codes }) => codes)];
  // A text takes some sixty bytes with everything around it.
  const texts =
    states.attributes.reduce((sum, { texts }) => sum + texts.length, 0) + activities.signatures.length;
  return flat.reduce((sum, { byteLength }) => sum + byteLength, 0) + texts * 60;
}

const desks = new WeakMap<Database, Desk>();

/**
 * The desk of a database, one for all who work with it in this process.
 * @param entry the module that threads are started with, said by whoever comes first
 */
export function deskOf(database: Database, entry: URL | null = null): Desk {
  const known = desks.get(database);
  if (known !== undefined) return known;
  const desk = new Desk(database, entry);
  desks.set(database, desk);
  return desk;
}
