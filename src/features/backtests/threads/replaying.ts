/** Replays, shared out among threads. */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { LeadColumns } from '#engine/replay/columns.ts';
import type { Tracks } from '#engine/replay/fast/tracks.ts';
import { evenParts, type ReplayWork, replayWork } from '#engine/replay/fast.ts';
import type { Team, Watch } from './team.ts';

/** A part has about so many activities: enough parts that all end at about the same time, and that progress shows. */
const PART = 100_000;

export type Replay = {
  columns: LeadColumns;
  pact: Pact;
  until: Instant;
  /** The leads from the first up to, not including, this one; all when left out. */
  leads?: number;
};

/**
 * For each lead when it became an MQL under the pact, and how it stands at the end. Columns must be in memory that
 * threads share, if there are many.
 * @throws what the watch's signal was aborted with
 */
export async function replayBy(
  team: Team,
  { columns, pact, until, leads }: Replay,
  watch: Watch = {},
): Promise<Tracks> {
  const { starts } = columns.activities;
  const count = leads ?? starts.length - 1;
  const work = replayWork(columns, pact, until, team.shares(starts[count]!));
  await replayLeads(team, work, 0, count, watch);
  return work.tracks;
}

/** Replays the leads from one up to, not including, another. */
export async function replayLeads(
  team: Team,
  work: ReplayWork,
  from: number,
  to: number,
  watch: Watch = {},
): Promise<void> {
  const { starts } = work.numbers.activities;
  const activities = starts[to]! - starts[from]!;
  const parts = Math.max(1, Math.ceil(activities / PART));
  const bounds = Uint32Array.from(evenParts(work.numbers, parts, from, to));
  await team.share('replay', { work, bounds }, parts, activities, watch);
}
