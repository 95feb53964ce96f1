/**
 * A history that is swept: replayed as it is read, and not kept. Each chunk is unpacked into memory that is used again,
 * replayed there, and forgotten. Leads are met in the chunks of the largest layer, one after the other; of whoever did
 * something elsewhere too, all is put together first and replayed in the end.
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Footprint } from '#engine/replay/columns.ts';
import type { Tracks } from '#engine/replay/fast/tracks.ts';
import { type ReplayWork, replayWork } from '#engine/replay/fast.ts';
import type { Work } from '#platform/db/database.ts';
import { replayLeads } from '../threads/replaying.ts';
import type { Team, Watch } from '../threads/team.ts';
import { foldStates } from './ledger-rows.ts';
import { chunkRanges, type Packed, readPacked } from './packed.ts';
import { type Arrange, NOBODY, readPeople } from './people.ts';
import { type PlacingActivities, placeActivities } from './placing-activities.ts';
import { placeStates } from './placing-states.ts';
import { READING } from './reading.ts';

/** What is replayed: the footprint is that of all the pacts. */
export type Asked = { pacts: readonly Pact[]; footprint: Footprint; until: Instant };

/** A history as it was found: for each pact the tracks of the leads by their places. */
export type Swept = {
  /** The number of each lead that stands for a person, by place. */
  leads: Float64Array;
  /** For each lead number the place of whom it stands for; -1 for nobody. */
  places: Int32Array;
  activities: number;
  tracks: Tracks[];
};

/** A sweep that has begun: the transaction is no longer needed. */
export type Sweep = Pick<Swept, 'leads' | 'places'> & {
  works: readonly ReplayWork[];
  placing: PlacingActivities;
  /** The places from here on are not met in chunks. */
  met: number;
  chunks: Promise<unknown>;
};

/** Begins to replay a workspace's history under some pacts as it is read. */
export const beginSweep =
  (workspace: string, { pacts, footprint, until }: Asked, team: Team, watch: Watch): Work<Sweep> =>
  async (_, query, copy) => {
    const from = { workspace, options: READING, query, copy };
    const packed = await readPacked(from, footprint, team);
    const route = routeThrough(packed);
    const people = await readPeople(query, workspace, packed, route.arrange);
    const folded = await foldStates(query, copy, workspace, people.anew, footprint);
    const met = route.met();
    // The one by threads, mostly, while the other is done here.
    const [states, placing] = await Promise.all([
      placeStates(people, packed, folded, footprint, team),
      placeActivities(people, packed, footprint, team, met),
    ]);
    const { columns: activities, unpacking } = placing;
    const columns = { activities, states };
    const works = pacts.map((pact) => replayWork(columns, pact, until, team.shares(packed.most)));
    const bounds = boundsOf(packed, route.main, people.roots.subarray(0, met));
    const work = { ...unpacking, bounds, works };
    const rows = { taker: 'sweep', work, ranges: chunkRanges(packed, workspace) } as const;
    const { done } = await team.read(rows, from, packed.most, watch);
    const { roots: leads, places } = people;
    return { leads, places, works, placing, met: route.main === null ? 0 : met, chunks: done };
  };

/** Replays whoever was not met. */
export async function finishSweep(
  { leads, places, works, placing, met, chunks }: Sweep,
  team: Team,
  watch: Watch,
): Promise<Swept> {
  await chunks;
  await placing.sort(team);
  for (const work of works) await replayLeads(team, work, met, leads.length, { signal: watch.signal });
  return { leads, places, activities: placing.total, tracks: works.map(({ tracks }) => tracks) };
}

/** Where leads are met: who did nothing but what one chunk of the largest layer has under its number. Others come last. */
function routeThrough({ chunks, rest }: Packed) {
  const main = largestLayer(chunks.map(({ layer }) => layer));
  let met = 0;
  const arrange: Arrange = (standing, rootOf) => {
    const elsewhere = new Uint8Array(rootOf.length);
    let isAny = false;
    const find = (leads: Float64Array, isMain: boolean): void => {
      for (let i = 0; i < leads.length; i++) {
        const lead = leads[i]!;
        const root = rootOf[lead] ?? NOBODY;
        if (root === NOBODY || (isMain && root === lead)) continue;
        elsewhere[root] = 1;
        isAny = true;
      }
    };
    for (const { layer, leads } of chunks) find(leads, layer === main);
    for (const { leads } of rest) find(leads, false);
    met = standing.length;
    if (!isAny) return standing;
    const out = new Float64Array(standing.length);
    met = 0;
    let end = out.length;
    for (let i = 0; i < standing.length; i++) {
      const lead = standing[i]!;
      if (elsewhere[lead] === 1) out[--end] = lead;
      else out[met++] = lead;
    }
    return out;
  };
  return { main, arrange, met: () => met };
}

/** Out of the layer of each chunk; null where there is none. */
function largestLayer(layers: readonly string[]): string | null {
  const chunks = new Map<string, number>();
  for (const layer of layers) chunks.set(layer, (chunks.get(layer) ?? 0) + 1);
  let largest: string | null = null;
  for (const [layer, count] of chunks) if (largest === null || count > chunks.get(largest)!) largest = layer;
  return largest;
}

/** For each chunk the places of the leads it answers for, from the first up to another: of the main layer, together all. */
function boundsOf({ chunks }: Packed, main: string | null, met: Float64Array): Uint32Array {
  const bounds = new Uint32Array(2 * chunks.length);
  let last = -1;
  for (const [chunk, { layer, first }] of chunks.entries()) {
    if (layer !== main) continue;
    if (last >= 0) {
      const from = firstFrom(met, first);
      bounds[2 * last + 1] = from;
      bounds[2 * chunk] = from;
    }
    last = chunk;
  }
  if (last >= 0) bounds[2 * last + 1] = met.length;
  return bounds;
}

/** The place of the first of some sorted numbers that is not less than a number. */
function firstFrom(sorted: Float64Array, number: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
