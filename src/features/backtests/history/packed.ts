/** What there is of a workspace's history: chunks and stretches as they are packed, and the rows that came since. */
import { Fields } from '#platform/db/fields.ts';
import type { Copy, Query } from '#platform/db/transaction.ts';
import type { ChunkRange } from '../threads/thread.ts';
import { type Contents, contentsOf } from './activity-chunk.ts';
import { FIRST_ID, leadsStatedOf, takeActivities, takeActivitiesOf } from './ledger-rows.ts';
import { type Run, RunBuilder } from './run.ts';
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
  stretches: StateChunk[];
  /** Activities that are not in chunks. */
  rest: Run[];
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
  const stretches: StateChunk[] = [];
  await copy(
    `SELECT data FROM history_states WHERE workspace_id = '${workspace}'::uuid ORDER BY stretch`,
    (row) => {
      stretches.push(new StateChunk(sharedCopy(new Fields(row).raw())));
    },
  );
  const upto = last?.upto ?? FIRST_ID;
  const [anew, tail] = [new RunBuilder(), new RunBuilder()];
  await takeActivitiesOf(copy, workspace, [...again], { after: FIRST_ID, upto }, anew);
  await takeActivities(copy, workspace, { after: upto }, Number.MAX_SAFE_INTEGER, tail);
  const booked = head !== undefined && head.upto !== null;
  if (booked)
    for (const lead of await leadsStatedOf(query, workspace, { after: head.upto! })) doubted.add(lead);
  return { doubted, again, booked, contents, stretches, rest: [anew.build(), tail.build()] };
}

/** Mostly enough of a chunk's first bytes, and of its last. */
const CONTENTS_BYTES = 16_384;

/** In the order of the layers: so activities of one instant keep the order they came in. */
async function readContents(copy: Copy, workspace: string): Promise<Placed[]> {
  for (let most = CONTENTS_BYTES; ; ) {
    const contents: Placed[] = [];
    let lacking = 0;
    await copy(
      `SELECT c.layer, c.first_lead, substring(c.data FROM 1 FOR ${most}),
         substring(c.data FROM greatest(1, octet_length(c.data) - ${most - 1}))
       FROM history_chunks c JOIN history_layers l ON l.workspace_id = c.workspace_id AND l.id = c.layer
       WHERE c.workspace_id = '${workspace}'::uuid ORDER BY l.upto, c.first_lead`,
      (row) => {
        const fields = new Fields(row);
        const place = { layer: fields.uuid(), first: fields.whole() };
        const read = contentsOf(fields.raw(), fields.raw());
        if (typeof read === 'number') lacking = Math.max(lacking, read);
        else contents.push({ ...place, ...read });
      },
    );
    if (lacking === 0) return contents;
    most = lacking;
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
