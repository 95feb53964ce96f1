/**
 * A workspace's history as the engine's columns: what is packed, and what has come in since, read in one snapshot. The
 * result is that of the ledger read row by row, whatever was packed when.
 */
import type { Columns, Footprint, LeadColumns } from '#engine/replay/columns.ts';
import type { TransactionOptions, Work } from '#platform/db/database.ts';
import type { Team } from '../threads/team.ts';
import { foldStates } from './ledger-rows.ts';
import { chunkRanges, type Packed, readPacked } from './packed.ts';
import { mixed, type People, readPeople } from './people.ts';
import { type PlacingActivities, placeActivities } from './placing-activities.ts';
import { placeStates } from './placing-states.ts';

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

/** What there is of a history, before it is put together: its activities are being unpacked already. */
export type Collected = {
  packed: Packed;
  people: People;
  folded: Columns['states'];
  placing: PlacingActivities;
  /** When they all are. */
  unpacked: Promise<unknown>;
};

/** Collects a workspace's history, as far as some pacts look at it; if it is large, in memory that a team shares. */
export const collectHistory =
  (workspace: string, footprint: Footprint, team: Team): Work<Collected> =>
  async (_, query, copy) => {
    const from = { workspace, options: READING, query, copy };
    const packed = await readPacked(from, footprint, team);
    const people = await readPeople(query, workspace, packed, mixed);
    const folded = await foldStates(query, copy, workspace, people.anew, footprint);
    const placing = await placeActivities(people, packed, footprint, team);
    const ranges = chunkRanges(packed, workspace);
    const rows = { taker: 'unpack', work: placing.unpacking, ranges } as const;
    const { done } = await team.read(rows, from, packed.most);
    return { packed, people, folded, placing, unpacked: done };
  };

/** Puts a history together, for the same pacts and by the same team; the transaction is no longer needed. */
export async function assembleHistory(
  { packed, people, folded, placing, unpacked }: Collected,
  footprint: Footprint,
  team: Team,
): Promise<History> {
  const [states] = await Promise.all([
    placeStates(people, packed, folded, footprint, team),
    unpacked.then(() => placing.sort(team)),
  ]);
  return { leads: people.roots, places: people.places, columns: { activities: placing.columns, states } };
}
