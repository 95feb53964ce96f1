/**
 * A workspace's history as the engine's columns: what is packed, and what has come in since, read in one snapshot. The
 * result is that of the ledger read row by row, whatever was packed when.
 */

import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Dictionary } from '#engine/replay/columns/dictionary.ts';
import { allocate } from '#engine/replay/columns/memory.ts';
import { sortWithin } from '#engine/replay/columns/order.ts';
import { Signatures } from '#engine/replay/columns/signatures.ts';
import type { Columns, Footprint, LeadColumns } from '#engine/replay/columns.ts';
import type { TransactionOptions, Work } from '#platform/db/database.ts';
import type { Copy, Query } from '#platform/db/transaction.ts';
import { ActivityChunk } from './activity-chunk.ts';
import {
  FIRST_ID,
  foldStates,
  leadsStatedOf,
  readBooked,
  takeActivities,
  takeActivitiesOf,
} from './ledger-rows.ts';
import { type Run, RunBuilder } from './run.ts';
import { type Booked, StateChunk } from './state-chunk.ts';

export type History = {
  /**
   * The number of each lead that stands for a person; its place is its number in the columns. However many of the first
   * are taken, they are a fair sample of all.
   */
  leads: Float64Array;
  /** For each lead number the place of whom it stands for; -1 for nobody. */
  places: Int32Array;
  columns: LeadColumns;
};

/** One snapshot for all that is read; millions of rows take their time. */
export const READING: TransactionOptions = {
  isolation: 'repeatable read',
  readOnly: true,
  statementTimeout: 120_000,
};

/** What there is of a history, before it is put together. */
export type Collected = { packed: Packed; people: People; folded: Columns['states'] };

/** Collects a workspace's history, as far as some pacts look at it. */
export const collectHistory =
  (workspace: string, footprint: Footprint): Work<Collected> =>
  async (_, query, copy) => {
    const packed = await readPacked(query, copy, workspace);
    const people = await readPeople(query, workspace, packed);
    return { packed, people, folded: await foldStates(query, copy, workspace, people.anew, footprint) };
  };

/** Puts a history together, for the same pacts; with `shared`, in memory that threads share. */
export async function assembleHistory(
  { packed, people, folded }: Collected,
  footprint: Footprint,
  shared: boolean,
): Promise<History> {
  const activities = await placeActivities(people, packed, footprint, shared);
  const states = await placeStates(people, packed, folded, footprint, shared);
  return { leads: people.roots, places: people.places, columns: { activities, states } };
}

type Packed = {
  /** Leads of which what is packed may not be so. */
  doubted: Set<number>;
  /** Of these, those whose entries are read from the ledger. */
  again: Set<number>;
  /** Whether anything is known of who the leads are. */
  booked: boolean;
  chunks: ActivityChunk[];
  stretches: StateChunk[];
  /** Activities that are not in chunks. */
  rest: Run[];
};

async function readPacked(query: Query, copy: Copy, workspace: string): Promise<Packed> {
  const [head] = await query<{ upto: string | null }>(
    'SELECT upto FROM history_heads WHERE workspace_id = $1',
    [workspace],
  );
  const [last] = await query<{ upto: string | null }>(
    'SELECT max(upto::text)::uuid AS upto FROM history_layers WHERE workspace_id = $1',
    [workspace],
  );
  const doubts = await query<{ lead: number; entries: boolean }>(
    'SELECT DISTINCT lead, entries FROM history_doubts WHERE workspace_id = $1',
    [workspace],
  );
  const doubted = new Set(doubts.map(({ lead }) => lead));
  const again = new Set(doubts.filter(({ entries }) => entries).map(({ lead }) => lead));
  const chunks: ActivityChunk[] = [];
  const stretches: StateChunk[] = [];
  // In the order of the layers, so that activities of the same instant keep the order they came in.
  await copy(
    `SELECT c.data FROM history_chunks c JOIN history_layers l ON l.workspace_id = c.workspace_id AND l.id = c.layer
     WHERE c.workspace_id = '${workspace}'::uuid ORDER BY l.upto, c.first_lead`,
    (row) => chunks.push(new ActivityChunk(Buffer.from(row.subarray(4)))),
  );
  await copy(
    `SELECT data FROM history_states WHERE workspace_id = '${workspace}'::uuid ORDER BY stretch`,
    (row) => stretches.push(new StateChunk(Buffer.from(row.subarray(4)))),
  );
  const upto = last?.upto ?? FIRST_ID;
  const [anew, tail] = [new RunBuilder(), new RunBuilder()];
  await takeActivitiesOf(copy, workspace, [...again], { after: FIRST_ID, upto }, anew);
  await takeActivities(copy, workspace, { after: upto }, Number.MAX_SAFE_INTEGER, tail);
  const booked = head !== undefined && head.upto !== null;
  if (booked)
    for (const lead of await leadsStatedOf(query, workspace, { after: head.upto! })) doubted.add(lead);
  return { doubted, again, booked, chunks, stretches, rest: [anew.build(), tail.build()] };
}

type People = {
  /** Those that stand for a person and are not erased, in an order that mixes them. */
  roots: Float64Array;
  /** For each lead number the place of whom it stands for among the roots; -1 for nobody. */
  places: Int32Array;
  /** Roots whose states are folded anew from the ledger, in order. */
  anew: Booked[];
  /** For each stretch the places of its roots whose states are taken as packed; -1 for one whose are not. */
  packedRoots: Int32Array[];
};

/** Nobody, where a lead is wanted. */
const NOBODY = -1;

async function readPeople(query: Query, workspace: string, packed: Packed): Promise<People> {
  const stretches = packed.stretches.map((stretch) => stretch.booked());
  const known = new Directory();
  for (const { numbers, roots, erased } of stretches) {
    known.reach(numbers.at(-1) ?? 0);
    for (let i = 0; i < numbers.length; i++) known.book(numbers[i]!, roots[i]!, erased[i] === 1);
  }
  const affected = new Set<number>(packed.doubted);
  for (const lead of packed.doubted) if (known.rootOf(lead) !== NOBODY) affected.add(known.rootOf(lead));
  const fresh = await readBooked(query, workspace, packed.booked ? [...affected] : null);
  for (const { number, root, erased } of fresh) {
    known.reach(Math.max(number, root));
    known.book(number, root, erased);
    affected.add(root);
  }
  const roots = mixed(known.standing());
  const places = new Int32Array(known.length).fill(NOBODY);
  roots.forEach((number, place) => {
    places[number] = place;
  });
  for (let number = 0; number < places.length; number++) {
    const root = known.rootOf(number);
    if (root !== number && root !== NOBODY) places[number] = places[root]!;
  }
  const standing = [...affected].filter((number) => known.stands(number));
  return {
    roots,
    places,
    anew: await readBooked(query, workspace, standing),
    packedRoots: stretches.map(({ numbers, roots: whose, erased }) =>
      Int32Array.from(
        numbers.filter((number, i) => whose[i] === number && erased[i] === 0),
        (number) => (affected.has(number) ? NOBODY : places[number]!),
      ),
    ),
  };
}

/** Whom each lead number stands for. Numbers are dense, so that they are places themselves. */
class Directory {
  #roots = new Int32Array(0);
  #erased = new Uint8Array(0);

  get length(): number {
    return this.#roots.length;
  }

  /** Makes room for numbers up to this one. */
  reach(number: number): void {
    if (number < this.#roots.length) return;
    const [roots, erased] = [this.#roots, this.#erased];
    const length = Math.max(number + 1, Math.ceil(roots.length * 1.5));
    this.#roots = new Int32Array(length).fill(NOBODY);
    this.#roots.set(roots);
    this.#erased = new Uint8Array(length);
    this.#erased.set(erased);
  }

  book(number: number, root: number, erased: boolean): void {
    this.#roots[number] = root;
    this.#erased[number] = erased ? 1 : 0;
  }

  rootOf(number: number): number {
    return this.#roots[number] ?? NOBODY;
  }

  /** Whether it stands for a person, and is not erased. */
  stands(number: number): boolean {
    return this.#roots[number] === number && this.#erased[number] === 0;
  }

  /** All that do, in order. */
  standing(): Float64Array {
    let count = 0;
    for (let number = 0; number < this.length; number++) if (this.stands(number)) count++;
    const out = new Float64Array(count);
    let next = 0;
    for (let number = 0; number < this.length; number++) if (this.stands(number)) out[next++] = number;
    return out;
  }
}

/** Leads are dealt out to so many heaps, by their numbers; a sample is the first of them. */
export const HEAPS = 100;
const heapOf = (lead: number): number => (Math.imul(lead, 2_654_435_761) >>> 0) % HEAPS;

/** One heap after the other, each in order of numbers: what lay together in chunks mostly still does. */
function mixed(sorted: Float64Array): Float64Array {
  const ends = new Uint32Array(HEAPS + 1);
  for (const lead of sorted) ends[heapOf(lead) + 1]!++;
  for (let heap = 0; heap < HEAPS; heap++) ends[heap + 1]! += ends[heap]!;
  const out = new Float64Array(sorted.length);
  for (const lead of sorted) out[ends[heapOf(lead)]!++] = lead;
  return out;
}

/** Leads that are looked at in one turn. */
const TURN = 20_000;

/** Whoever else works in this process has a turn after every chunk. */
async function placeActivities(
  { roots, places }: People,
  { chunks, rest, again }: Packed,
  footprint: Footprint,
  shared: boolean,
): Promise<Columns['activities']> {
  const placeOf = (lead: number): number => places[lead] ?? NOBODY;
  const parts = chunks.map((chunk) => {
    const leads = chunk.leads();
    return {
      chunk,
      counts: chunk.counts(),
      to: Int32Array.from(leads, (lead) => (again.has(lead) ? -1 : placeOf(lead))),
    };
  });
  const starts = allocate(Uint32Array, roots.length + 1, shared);
  for (const { counts, to } of parts) {
    for (let i = 0; i < to.length; i++) if (to[i]! >= 0) starts[to[i]! + 1]! += counts[i]!;
  }
  // What was read again comes in with the rest, unless it is of a lead that was.
  for (const { leads, starts: from } of rest) {
    for (let i = 0; i < leads.length; i++) {
      const place = placeOf(leads[i]!);
      if (place >= 0) starts[place + 1]! += from[i + 1]! - from[i]!;
    }
  }
  for (let i = 0; i < roots.length; i++) starts[i + 1]! += starts[i]!;
  const instants = allocate(Float64Array, starts[roots.length]!, shared);
  const codes = allocate(Uint32Array, instants.length, shared);
  const signatures = new Signatures(footprint);
  const next = starts.slice();
  const known = new Map<string, number>();
  const codesOf = (texts: readonly string[]): Uint32Array => {
    const codes = new Uint32Array(texts.length);
    for (let i = 0; i < codes.length; i++) {
      let code = known.get(texts[i]!);
      if (code === undefined) {
        code = codeOf(signatures, texts[i]!);
        known.set(texts[i]!, code);
      }
      codes[i] = code;
    }
    return codes;
  };
  for (const { chunk, counts, to } of parts) {
    const local = codesOf(chunk.signatures());
    await yieldToOthers();
    const did = chunk.activities(counts);
    for (let lead = 0, from = 0; lead < to.length; lead++) {
      const end = from + counts[lead]!;
      const place = to[lead]!;
      if (place === NOBODY) {
        from = end;
        continue;
      }
      let i = next[place]!;
      for (; from < end; from++, i++) {
        instants[i] = did.instants[from]!;
        codes[i] = local[did.codes[from]!]!;
      }
      next[place] = i;
    }
  }
  for (const run of rest) {
    const local = codesOf(run.signatures);
    for (let lead = 0; lead < run.leads.length; lead++) {
      const place = placeOf(run.leads[lead]!);
      if (place < 0) continue;
      for (let from = run.starts[lead]!; from < run.starts[lead + 1]!; from++) {
        const i = next[place]!++;
        instants[i] = run.instants[from]!;
        codes[i] = local[run.codes[from]!]!;
      }
    }
  }
  for (let i = 0; i < roots.length; i++) {
    if (i % TURN === 0) await yieldToOthers();
    sortWithin(instants, codes, starts[i]!, starts[i + 1]!);
  }
  return { starts, instants, codes, signatures: signatures.list };
}

function codeOf(signatures: Signatures, text: string): number {
  const end = text.indexOf('\n');
  const type = JSON.parse(text.slice(0, end)) as string;
  const reads = signatures.kind(type).read?.length !== 0;
  return signatures.code(type, reads ? JSON.parse(text.slice(end + 1)) : {});
}

/** Where the states of some roots come from. */
type Source = { to: Int32Array; starts: ArrayLike<number>; since: Float64Array };

async function placeStates(
  { roots, places, anew, packedRoots }: People,
  { stretches }: Packed,
  folded: Columns['states'],
  footprint: Footprint,
  shared: boolean,
): Promise<Columns['states']> {
  const own: Source = {
    to: Int32Array.from(anew, ({ number }) => places[number]!),
    starts: folded.starts.map((start) => start - 1),
    since: folded.since.subarray(1),
  };
  const sources = [
    ...stretches.map(
      (stretch, i): Source => ({
        to: packedRoots[i]!,
        starts: startsOf(stretch.counts()),
        since: stretch.since(),
      }),
    ),
    own,
  ];
  const starts = allocate(Uint32Array, roots.length + 1, shared);
  for (const { to, starts: from } of sources) {
    for (let i = 0; i < to.length; i++) if (to[i]! >= 0) starts[to[i]! + 1] = from[i + 1]! - from[i]!;
  }
  starts[0] = 1; // row 0 is nobody's
  for (let i = 0; i < roots.length; i++) starts[i + 1]! += starts[i]!;
  const rows = starts[roots.length]!;
  const since = allocate(Float64Array, rows, shared);
  for (const source of sources) eachRow(source, starts, (from, to) => (since[to] = source.since[from]!));

  const columns = new Map<string, { codes: Uint32Array; dictionary: Dictionary }>();
  const put = (
    source: Source,
    name: string,
    codes: ArrayLike<number>,
    texts: readonly (string | null)[],
  ): void => {
    const column = columns.get(name) ?? {
      codes: allocate(Uint32Array, rows, shared),
      dictionary: new Dictionary(),
    };
    columns.set(name, column);
    const local = Uint32Array.from(texts, (text) => column.dictionary.code(text));
    eachRow(source, starts, (from, to) => (column.codes[to] = local[codes[from]!]!));
  };
  for (const [i, stretch] of stretches.entries()) {
    if (i % 8 === 0) await yieldToOthers();
    for (const { name, codes, texts } of stretch.attributes((name) => footprint.attributes.has(name))) {
      put(sources[i]!, name, codes, texts);
    }
  }
  for (const { name, codes, texts } of folded.attributes) put(own, name, codes.subarray(1), texts);
  const attributes = Array.from(columns, ([name, { codes, dictionary }]) => ({
    name,
    codes,
    texts: dictionary.texts,
  }));
  return { starts, since, attributes };
}

function startsOf(counts: Float64Array): Float64Array {
  const starts = new Float64Array(counts.length + 1);
  counts.forEach((count, i) => {
    starts[i + 1] = starts[i]! + count;
  });
  return starts;
}

/** Names the rows of a source with where they go. */
function eachRow(
  { to, starts: from }: Source,
  starts: Uint32Array,
  put: (from: number, to: number) => void,
): void {
  for (let i = 0; i < to.length; i++) {
    if (to[i]! < 0) continue;
    let row = starts[to[i]!]!;
    for (let at = from[i]!; at < from[i + 1]!; at++) put(at, row++);
  }
}
