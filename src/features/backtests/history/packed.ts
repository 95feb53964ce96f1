/** What there is of a workspace's history: chunks and stretches as they are packed, and the rows that came since. */
import { Fields } from '#platform/db/fields.ts';
import type { Copy, Query } from '#platform/db/transaction.ts';
import type { ChunkRange } from '../threads/thread.ts';
import { type Contents, contentsOf } from './activity-chunk.ts';
import { FIRST_ID, leadsStatedOf, takeActivities, takeActivitiesOf } from './ledger-rows.ts';
import { type Run, RunBuilder } from './run.ts';
import { AT_ONCE } from './sections.ts';
import { StateChunk } from './state-chunk.ts';

/** What a chunk holds, and where it is: its layer, and the first lead it has there. */
type Placed = Contents & { layer: string; first: number };

export type Packed = {
  /** Leads of which what is packed may not be so. */
  doubted: Set<number>;
  /** Of these, those whose entries are read from the ledger. */
  again: Set<number>;
  /** Whether anything is known of who the leads are. */
  booked: boolean;
  /** What the chunks of activities hold, in their order. */
  contents: Placed[];
  /** What was known of leads; who they are is open. */
  stretches: StateChunk[];
  /** Activities that are not in chunks. */
  rest: Run[];
  /** How many activities there are at most. */
  most: number;
};

/** Reads it, in the snapshot of a transaction. */
export async function readPacked(query: Query, copy: Copy, workspace: string): Promise<Packed> {
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
  const contents = await readContents(copy, workspace);
  const stretches = await readStretches(copy, workspace);
  const upto = last?.upto ?? FIRST_ID;
  const [anew, tail] = [new RunBuilder(), new RunBuilder()];
  await takeActivitiesOf(copy, workspace, [...again], { after: FIRST_ID, upto }, anew);
  await takeActivities(copy, workspace, { after: upto }, Number.MAX_SAFE_INTEGER, tail);
  const booked = head !== undefined && head.upto !== null;
  if (booked)
    for (const lead of await leadsStatedOf(query, workspace, { after: head.upto! })) doubted.add(lead);
  const rest = [anew.build(), tail.build()];
  return { doubted, again, booked, contents, stretches, rest, most: countOf(contents, rest) };
}

function countOf(contents: readonly Placed[], rest: readonly Run[]): number {
  let most = 0;
  for (const { counts } of contents) for (let i = 0; i < counts.length; i++) most += counts[i]!;
  for (const { instants } of rest) most += instants.length;
  return most;
}

/** Mostly enough of a chunk's first bytes, and of its last. */
const CONTENTS_BYTES = 16_384;

/** In the order of the layers: so activities of one instant keep the order they came in. */
async function readContents(copy: Copy, workspace: string): Promise<Placed[]> {
  for (let most = CONTENTS_BYTES; ; ) {
    const contents: Placed[] = [];
    let lacking = 0;
    const read = (chunks: readonly Ends[]): void => {
      const some = contentsOf(chunks);
      if (typeof some === 'number') lacking = Math.max(lacking, some);
      else for (const [i, one] of some.entries()) contents.push({ ...chunks[i]!.place, ...one });
    };
    const waiting = new Waiting(read);
    await copy(
      `SELECT c.layer, c.first_lead, substring(c.data FROM 1 FOR ${most}),
         substring(c.data FROM greatest(1, octet_length(c.data) - ${most - 1}))
       FROM history_chunks c JOIN history_layers l ON l.workspace_id = c.workspace_id AND l.id = c.layer
       WHERE c.workspace_id = '${workspace}'::uuid ORDER BY l.upto, c.first_lead`,
      (row) => {
        const fields = new Fields(row);
        const place = { layer: fields.uuid(), first: fields.whole() };
        waiting.push({ place, first: Buffer.from(fields.raw()), last: Buffer.from(fields.raw()) });
      },
    );
    waiting.end();
    if (lacking === 0) return contents;
    most = lacking;
  }
}

/** The first bytes of a chunk and the last, and where it is. */
type Ends = { place: Pick<Placed, 'layer' | 'first'>; first: Buffer; last: Buffer };

async function readStretches(copy: Copy, workspace: string): Promise<StateChunk[]> {
  const stretches: StateChunk[] = [];
  const waiting = new Waiting<StateChunk>((some) => {
    StateChunk.openAll(some);
    stretches.push(...some);
  });
  await copy(
    `SELECT data FROM history_states WHERE workspace_id = '${workspace}'::uuid ORDER BY stretch`,
    (row) => waiting.push(new StateChunk(sharedCopy(new Fields(row).raw()))),
  );
  waiting.end();
  return stretches;
}

/** What comes one by one, dealt with some at a time, while more comes. */
class Waiting<T> {
  readonly #take: (some: readonly T[]) => void;
  #some: T[] = [];

  constructor(take: (some: readonly T[]) => void) {
    this.#take = take;
  }

  push(one: T): void {
    if (this.#some.push(one) === AT_ONCE) this.end();
  }

  end(): void {
    if (this.#some.length > 0) this.#take(this.#some);
    this.#some = [];
  }
}

/** So many chunks are read at a time. */
const TOGETHER = 4;

/** The chunks themselves, some at a time, each with its number among the contents. */
export function chunkRanges({ contents }: Packed, workspace: string): ChunkRange[] {
  const ranges: ChunkRange[] = [];
  for (let first = 0; first < contents.length; ) {
    const { layer, first: from } = contents[first]!;
    let end = first + 1;
    while (end < contents.length && end < first + TOGETHER && contents[end]!.layer === layer) end++;
    const select = `SELECT data FROM history_chunks WHERE workspace_id = '${workspace}'::uuid AND layer = '${layer}'::uuid
      AND first_lead BETWEEN ${from} AND ${contents[end - 1]!.first} ORDER BY first_lead`;
    ranges.push({ select, first, count: end - first });
    first = end;
  }
  return ranges;
}

/** The same bytes, where threads see them too. */
function sharedCopy(bytes: Buffer): Buffer {
  const copy = Buffer.from(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
