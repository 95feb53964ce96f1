/** Where a page ended: opaque to callers, who hand it back as it is. */
import { HttpProblem } from '#platform/http/problem.ts';

export type Place = readonly [sorted: string | number, tie: string | number];

export const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws HttpProblem for what was never handed out. */
export function readCursor(cursor: string | undefined, wanted: (place: Place) => boolean): Place | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(place) &&
      place.length === 2 &&
      place.every(isScalar) &&
      wanted(place as unknown as Place)
    )
      return place as unknown as Place;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HttpProblem(400, 'cursor', 'The cursor is none that this list handed out: begin without one.');
}

const isScalar = (part: unknown): boolean => typeof part === 'string' || Number.isFinite(part);
