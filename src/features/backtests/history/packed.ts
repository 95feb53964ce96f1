/** What there is of a workspace's history: chunks and stretches as they are packed, and the rows that came since. */
import type { Copy, Query } from '#platform/db/transaction.ts';
import { ActivityChunk } from './activity-chunk.ts';
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
  chunks: ActivityChunk[];
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
  const chunks: ActivityChunk[] = [];
  const stretches: StateChunk[] = [];
  // In the order of the layers, so that activities of the same instant keep the order they came in.
  await copy(
    `SELECT c.data FROM history_chunks c JOIN history_layers l ON l.workspace_id = c.workspace_id AND l.id = c.layer
     WHERE c.workspace_id = '${workspace}'::uuid ORDER BY l.upto, c.first_lead`,
    (row) => chunks.push(new ActivityChunk(sharedCopy(row.subarray(4)))),
  );
  await copy(
    `SELECT data FROM history_states WHERE workspace_id = '${workspace}'::uuid ORDER BY stretch`,
    (row) => stretches.push(new StateChunk(sharedCopy(row.subarray(4)))),
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

/** The same bytes, where threads see them too. */
function sharedCopy(bytes: Buffer): Buffer {
  const copy = Buffer.from(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
