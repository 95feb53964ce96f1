/** Lists of handoffs. Open ones are ranked by the engine, the rest come by when they were offered. */
import type { HandoffSummary } from '#contract/handoffs.ts';
import type { Instant } from '#engine/facts/facts.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { isUuid } from '#platform/ids.ts';
import { scoped, type Wanted } from './listing-filters.ts';
import { type Found, summaries } from './listing-summaries.ts';
import { type HandoffPlace, placeOf, rankOpen } from './ranking.ts';

type Page = { items: HandoffSummary[]; next: string | null };

const isRanked = (standing: Wanted['standing']): boolean =>
  standing === 'open' || standing === 'offered' || standing === 'accepted';

/** A page of handoffs: two statements beside the pacts, which are read once in the life of the process. */
export async function listHandoffsOf(
  query: Query,
  caller: Caller,
  wanted: Wanted,
  now: Instant,
): Promise<Page> {
  const after = readCursor(wanted.cursor);
  const found = isRanked(wanted.standing)
    ? (await rankOpen(query, caller, wanted, after, now)).map((one) => ({
        ...one,
        place: placeOf(one, wanted.sort),
      }))
    : await latest(query, caller, wanted, after);
  const shown = found.slice(0, wanted.limit);
  const items = await summaries(query, caller.workspace, shown, now);
  const last = shown.at(-1);
  return { items, next: found.length > wanted.limit && last !== undefined ? writeCursor(last.place) : null };
}

/** Counted up to here. */
const MOST_COUNTED = 10_000;

/** How many handoffs a list holds. One statement, by the very conditions of the list. */
export async function countHandoffsOf(
  query: Query,
  caller: Caller,
  wanted: Wanted,
  now: Instant,
): Promise<{ n: number; more: boolean }> {
  const { where, values } = scoped(caller, wanted);
  if (wanted.late !== undefined) {
    values.push(new Date(now));
    where.push(`${wanted.late ? '' : 'NOT '}EXISTS (SELECT FROM deadlines d WHERE d.workspace_id = h.workspace_id
      AND d.handoff_id = h.id AND d.met_at IS NULL AND d.void_at IS NULL AND d.due_at < $${values.length})`);
  }
  const [row] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (
       SELECT FROM handoffs h WHERE ${where.join(' AND ')} LIMIT ${MOST_COUNTED + 1}) few`,
    values,
  );
  return { n: Math.min(row!.n, MOST_COUNTED), more: row!.n > MOST_COUNTED };
}

const writeCursor = (place: HandoffPlace): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function readCursor(cursor: string | undefined): HandoffPlace | null {
  if (cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && isUuid(String(parts[0])) && Number.isInteger(parts[1]))
      return parts as unknown as HandoffPlace;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HttpProblem(400, 'cursor', 'This cursor is none of ours: begin with the first page.');
}

/** The latest first: a page and one more. */
async function latest(
  query: Query,
  caller: Caller,
  wanted: Wanted,
  after: HandoffPlace | null,
): Promise<(Found & { place: HandoffPlace })[]> {
  const { where, values } = scoped(caller, wanted);
  if (after !== null) {
    values.push(new Date(after[1]), after[0]);
    where.push(`(h.offered_at, h.id) < ($${values.length - 1}, $${values.length}::uuid)`);
  }
  const rows = await query<{ id: string; offered_at: Date }>(
    `SELECT h.id, h.offered_at FROM handoffs h WHERE ${where.join(' AND ')}
     ORDER BY h.offered_at DESC, h.id DESC LIMIT ${wanted.limit + 1}`,
    values,
  );
  return rows.map(({ id, offered_at }) => ({ id, priority: null, place: [id, offered_at.getTime()] }));
}
