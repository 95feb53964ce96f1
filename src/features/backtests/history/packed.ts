/** What there is of a workspace's history: chunks and stretches as they are packed, and the rows that came since. */
import type { Footprint } from '#engine/replay/columns.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { Team, Transaction } from '../threads/team.ts';
import type { RowRange } from '../threads/thread.ts';
import { type ChunkContents, type Contents, type StretchContents, together } from './contents.ts';
import { FIRST_ID, leadsStatedOf, takeActivities, takeActivitiesOf } from './ledger-rows.ts';
import { type Run, RunBuilder } from './run.ts';
import { AT_ONCE } from './sections.ts';

/** Where a chunk is: its layer, and the first lead it has there. */
type ChunkPlace = { layer: string; first: number };

/** A chunk as it is found: what it holds, and where it is. */
type FoundChunk = ChunkContents & ChunkPlace;

export type Packed = {
  /** Leads of which what is packed may not be so. */
  doubted: Set<number>;
  /** Of these, those whose entries are read from the ledger. */
  again: Set<number>;
  /** Whether anything is known of who the leads are. */
  booked: boolean;
  /** What the chunks of activities hold, in their order. */
  chunks: FoundChunk[];
  /** What was known of leads. */
  stretches: StretchContents[];
  /** Activities that are not in chunks. */
  rest: Run[];
  /** How many activities there are at most. */
  most: number;
} & Pick<Contents, 'signatures' | 'texts'>;

/** Reads it, in the snapshot of a transaction, as far as some pacts look at it. */
export async function readPacked(from: Transaction, footprint: Footprint, team: Team): Promise<Packed> {
  const { workspace, query, copy } = from;
  const kept = await readKept(query, workspace);
  const [first, stretches] = [endsOf(kept, workspace, CONTENTS_BYTES), stretchesOf(kept, workspace)];
  const wanted = { ...footprint, chunks: kept.chunks.length };
  const read = (ranges: readonly RowRange[]) =>
    team.read({ taker: 'contents', work: wanted, ranges }, from, kept.activities);
  const reading = await read([...first, ...stretches]);
  const [head] = await query<{ upto: string | null }>(
    'SELECT upto FROM history_heads WHERE workspace_id = $1',
    [workspace],
  );
  const doubts = await query<{ lead: number; entries: boolean }>(
    'SELECT DISTINCT lead, entries FROM history_doubts WHERE workspace_id = $1',
    [workspace],
  );
  const doubted = new Set(doubts.map(({ lead }) => lead));
  const again = new Set(doubts.filter(({ entries }) => entries).map(({ lead }) => lead));
  const [anew, tail] = [new RunBuilder(), new RunBuilder()];
  await takeActivitiesOf(copy, workspace, [...again], { after: FIRST_ID, upto: kept.upto }, anew);
  await takeActivities(copy, workspace, { after: kept.upto }, Number.MAX_SAFE_INTEGER, tail);
  const booked = head !== undefined && head.upto !== null;
  if (booked)
    for (const lead of await leadsStatedOf(query, workspace, { after: head.upto! })) doubted.add(lead);
  const rest = [anew.build(), tail.build()];
  let contents = together(await reading.done);
  while (contents.lacking > 0) {
    const { done } = await read(endsOf(kept, workspace, contents.lacking));
    contents = together([{ ...contents, chunks: [], lacking: 0 }, ...(await done)]);
  }
  const chunks = contents.chunks.map((chunk) => ({ ...kept.chunks[chunk.number]!, ...chunk }));
  return { ...contents, doubted, again, booked, chunks, rest, most: countOf(chunks, rest) };
}

function countOf(chunks: readonly FoundChunk[], rest: readonly Run[]): number {
  let most = 0;
  for (const { counts } of chunks) for (let i = 0; i < counts.length; i++) most += counts[i]!;
  for (const { instants } of rest) most += instants.length;
  return most;
}

/** What is kept packed: where chunks and stretches are, and how far and about how much they go. */
type Kept = { chunks: ChunkPlace[]; stretches: number[]; upto: string; activities: number };

/** Chunks in the order of the layers: so activities of one instant keep the order they came in. */
async function readKept(query: Query, workspace: string): Promise<Kept> {
  const layers = await query<{ id: string; upto: string; activities: number }>(
    'SELECT id, upto, activities FROM history_layers WHERE workspace_id = $1 ORDER BY upto',
    [workspace],
  );
  const chunks = await query<{ layer: string; first: number }>(
    'SELECT layer, first_lead AS first FROM history_chunks WHERE workspace_id = $1 ORDER BY first_lead',
    [workspace],
  );
  const stretches = await query<{ stretch: number }>(
    'SELECT stretch FROM history_states WHERE workspace_id = $1 ORDER BY stretch',
    [workspace],
  );
  return {
    chunks: layers.flatMap(({ id }) => chunks.filter(({ layer }) => layer === id)),
    stretches: stretches.map(({ stretch }) => stretch),
    upto: layers.at(-1)?.upto ?? FIRST_ID,
    activities: layers.reduce((sum, { activities }) => sum + activities, 0),
  };
}

/** Mostly enough of a chunk's first bytes, and of its last. */
const CONTENTS_BYTES = 32_768;

/** The ends of chunks, so many bytes of each. */
const endsOf = ({ chunks }: Kept, workspace: string, bytes: number): RowRange[] =>
  rangesOf(chunks, workspace, {
    columns: `substring(data FROM 1 FOR ${bytes}), substring(data FROM greatest(1, octet_length(data) - ${bytes - 1}))`,
    atOnce: AT_ONCE,
  });

/** Stretches, numbered after the chunks. */
function stretchesOf({ chunks, stretches }: Kept, workspace: string): RowRange[] {
  const ranges: RowRange[] = [];
  for (let first = 0; first < stretches.length; first += AT_ONCE) {
    const some = stretches.slice(first, first + AT_ONCE);
    const select = `SELECT data FROM history_states WHERE workspace_id = '${workspace}'::uuid
      AND stretch BETWEEN ${some[0]} AND ${some.at(-1)} ORDER BY stretch`;
    ranges.push({ select, first: chunks.length + first, count: some.length });
  }
  return ranges;
}

/** The chunks themselves, some at a time, each with its number. */
export const chunkRanges = ({ chunks }: Packed, workspace: string): RowRange[] =>
  rangesOf(chunks, workspace, { columns: 'data', atOnce: 4 });

function rangesOf(
  chunks: readonly ChunkPlace[],
  workspace: string,
  { columns, atOnce }: { columns: string; atOnce: number },
): RowRange[] {
  const ranges: RowRange[] = [];
  for (let first = 0; first < chunks.length; ) {
    const { layer, first: from } = chunks[first]!;
    let end = first + 1;
    while (end < chunks.length && end < first + atOnce && chunks[end]!.layer === layer) end++;
    const select = `SELECT ${columns} FROM history_chunks WHERE workspace_id = '${workspace}'::uuid
      AND layer = '${layer}'::uuid AND first_lead BETWEEN ${from} AND ${chunks[end - 1]!.first} ORDER BY first_lead`;
    ranges.push({ select, first, count: end - first });
    first = end;
  }
  return ranges;
}
