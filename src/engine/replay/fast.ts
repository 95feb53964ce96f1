/**
 * The fast path: a pact over the histories of many leads, held as columns.
 *
 * One result with the plain interpreter (`replay`, `judge`), bit for bit; property tests hold it to that. Every
 * distinct signature and value is asked once (`bind`), what attributes decide is worked out many leads at a time
 * (`states`), each lead is walked once (`walk`), and interest is worked out only where it could matter (`need`).
 */
import type { Instant } from '#engine/facts/facts.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Columns } from './columns.ts';
import { bind } from './fast/bind.ts';
import { plan } from './fast/plan.ts';
import { emptyTracks, type Standings, type Tracks } from './fast/tracks.ts';
import { type Numbers, Walk } from './fast/walk.ts';

/** Replays every lead of the columns under a pact, up to an instant. */
export function replayColumns(columns: Columns, pact: Pact, until: Instant): Tracks {
  const tracks = emptyTracks(pact, columns.ids.length);
  walk(columns, pact, until).replay(0, columns.ids.length, tracks);
  return tracks;
}

/** Judges every lead of the columns under a pact at one instant. */
export function judgeColumns(columns: Columns, pact: Pact, at: Instant): Standings {
  const { mqlAt: _, ...standings } = emptyTracks(pact, columns.ids.length);
  walk(columns, pact, at).judge(0, columns.ids.length, standings);
  return standings;
}

function walk(columns: Columns, pact: Pact, until: Instant): Walk {
  const parts = plan(pact);
  return new Walk(parts, bind(parts, columns), numbersOf(columns), until);
}

/** The numbers of columns, without their texts. */
export function numbersOf({ activities: { starts, instants, codes }, states }: Columns): Numbers {
  return {
    activities: { starts, instants, codes },
    states: {
      starts: states.starts,
      since: states.since,
      codes: states.attributes.map((attribute) => attribute.codes),
    },
  };
}
