/** What a replay says of many leads, as columns. */
import type { Pact } from '#engine/pact/pact.ts';
import type { VerdictName } from '#engine/verdict/verdict.ts';
import { allocate } from '../columns/memory.ts';

/** Verdicts by code. */
export const VERDICTS = ['visitor', 'bad_lead', 'mql', 'not_mql'] as const satisfies readonly VerdictName[];
export const VISITOR = 0;
export const BAD_LEAD = 1;
export const MQL = 2;
export const NOT_MQL = 3;

/** Stage codes: the first three are the verdicts of these codes, then comes marketing's ladder. */
export const CONVERSION = 3;

/** A pact's stages by code. */
export function stageNames({ stages }: Pact): string[] {
  const ladder = stages.flatMap(({ id, levels }) => [
    id,
    ...Object.keys(levels).map((level) => `${id}/${level}`),
  ]);
  return ['visitor', 'bad_lead', 'mql', 'conversion', ...ladder];
}

/** For each lead what a pact says of it at one instant. */
export type Standings = {
  /** Places in `VERDICTS`. */
  verdict: Uint8Array;
  fit: Float64Array;
  interest: Float64Array;
  /** Places in `GRADES`. */
  grade: Uint8Array;
  /** Places in `stages`. */
  stage: Uint16Array;
  stages: readonly string[];
};

/** For each lead the first instant whose verdict is `mql`, NaN when there is none; and its verdict at the end. */
export type Tracks = Pick<Standings, 'verdict'> & { mqlAt: Float64Array };

/** Room for the tracks of so many leads. */
export const emptyTracks = (leads: number, shared: boolean): Tracks => ({
  mqlAt: allocate(Float64Array, leads, shared),
  verdict: allocate(Uint8Array, leads, shared),
});

/** Room for how so many leads stand. */
export const emptyStandings = (pact: Pact, leads: number): Standings => ({
  verdict: new Uint8Array(leads),
  fit: new Float64Array(leads),
  interest: new Float64Array(leads),
  grade: new Uint8Array(leads),
  stage: new Uint16Array(leads),
  stages: stageNames(pact),
});
