/** Cursors: where a page of a list ended, as a text that callers hand back as it is. */
import { HttpProblem } from '#platform/http/problem.ts';

type Place = string | number;

/** Where the next page begins: after a row, by what the list is sorted by. */
const writeCursor = (places: readonly Place[]): string =>
  Buffer.from(JSON.stringify(places)).toString('base64url');

/**
 * The places of a cursor, each of the type its pattern has there.
 * @throws HttpProblem when it is not one that this list gave out.
 */
export function readCursor<Pattern extends readonly Place[]>(cursor: string, pattern: Pattern): Pattern {
  const places = parse(cursor);
  const fits =
    Array.isArray(places) &&
    places.length === pattern.length &&
    pattern.every((place, i) => typeof place === typeof places[i]);
  if (fits) return places as unknown as Pattern;
  throw new HttpProblem(
    400,
    'bad_cursor',
    'The cursor is not one of this list: hand "next" back as it was given.',
  );
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

/**
 * A page, from one row more than it holds.
 * @param rows read with a limit of `limit + 1`.
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { item, place }: { item: (row: Row) => Item; place: (row: Row) => readonly Place[] },
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(item), next: last === undefined ? null : writeCursor(place(last)) };
}
