/** What there is of a workspace's history: chunks and stretches as they are packed, and the rows that came since. */
import type { Copy, Query } from '#platform/db/transaction.ts';
import { type Contents, contentsOf } from './activity-chunk.ts';
import { FIRST_ID, leadsStatedOf, takeActivities, takeActivitiesOf } from './ledger-rows.ts';
import { type Run, RunBuilder } from './run.ts';
import { StateChunk } from './state-chunk.ts';

export type Packed = {
  /** Leads of which what is packed may not be so. */
  doubted: Set<number>;
  /** Of these, those whose entries are read from the ledger. */
  again: Set<number>;
  /** Whether anything is known of who the leads are. */
  booked: boolean;
  /** What the chunks of activities begin with, in their order. */
  contents: Contents[];
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
      stretches.push(new StateChunk(sharedCopy(row.subarray(LENGTH))));
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

/** Of the chunks of a workspace, in the order of the layers: so activities of one instant keep the order they came in. */
const ofChunks = (what: string, workspace: string): string =>
  `SELECT ${what} FROM history_chunks c JOIN history_layers l ON l.workspace_id = c.workspace_id AND l.id = c.layer
   WHERE c.workspace_id = '${workspace}'::uuid ORDER BY l.upto, c.first_lead`;

/** Mostly enough for a chunk's head. */
const CONTENTS_BYTES = 16_384;

async function readContents(copy: Copy, workspace: string): Promise<Contents[]> {
  for (let most = CONTENTS_BYTES; ; ) {
    const contents: Contents[] = [];
    let longest = 0;
    await copy(ofChunks(`substring(c.data FROM 1 FOR ${most})`, workspace), (row) => {
      const head = contentsOf(row.subarray(LENGTH));
      if (typeof head === 'number') longest = Math.max(longest, head);
      else contents.push(head);
    });
    if (longest === 0) return contents;
    most = longest;
  }
}

/** So many chunks are in memory at a time, where others take as long as they like. */
const IN_HAND = 16;

/**
 * Takes the chunks themselves, each with its number among the contents, in the same snapshot.
 * @param take is given memory that threads share, which is used again when it has done with it
 */
export async function takeChunks(
  copy: Copy,
  workspace: string,
  take: (chunk: Uint8Array, index: number) => Promise<void>,
): Promise<void> {
  const rooms: SharedArrayBuffer[] = [];
  let [index, inHand] = [0, 0];
  await copy(ofChunks('c.data', workspace), (row) => {
    const bytes = row.subarray(LENGTH);
    const known = rooms.pop();
    // With some room more than asked for, so that the next fits as well.
    const room =
      known && known.byteLength >= bytes.length ? known : new SharedArrayBuffer(bytes.length * 1.25);
    const chunk = new Uint8Array(room, 0, bytes.length);
    chunk.set(bytes);
    inHand++;
    const taken = take(chunk, index++).then(() => {
      inHand--;
      rooms.push(room);
    });
    if (inHand >= IN_HAND) return taken;
    taken.catch(() => undefined); // told by whoever waits for all
  });
}

/** Before each field of a row that is copied. */
const LENGTH = 4;

/** The same bytes, where threads see them too. */
function sharedCopy(bytes: Buffer): Buffer {
  const copy = Buffer.from(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
