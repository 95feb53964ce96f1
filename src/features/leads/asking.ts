/** How many leads are asked at once: parts of statements, and how long a stretch of leads is. */
import type { Values } from './filter.ts';

export const andAll = (tests: readonly string[]): string =>
  tests.length === 0 ? 'true' : tests.join(' AND ');

/** The lead of a row `w` by its number, or its state, looked up by its key, whatever the planner thinks of it. */
export const LOOK_UP = {
  lead: `CROSS JOIN LATERAL (
    SELECT * FROM leads WHERE workspace_id = $1 AND number = w.number OFFSET 0) l`,
  state: `CROSS JOIN LATERAL (
    SELECT * FROM lead_states WHERE workspace_id = $1 AND lead = w.number OFFSET 0) s`,
  stateIfAny: `LEFT JOIN LATERAL (
    SELECT * FROM lead_states WHERE workspace_id = $1 AND lead = w.number OFFSET 0) s ON true`,
};

/**
 * Whether a lead is one of those that are given: thousands are found in one go through the index. What is in the array
 * is hidden from the planner, who would look at each of them to guess how many rows they make.
 */
export const isAmong = (column: string, leads: readonly string[], values: Values): string =>
  `${column} = ANY ((SELECT ${values.add(`{${leads.join(',')}}`)}::bigint[])::bigint[])`;

/** A stretch is not that much longer than the one before it. */
const GROWTH = 4;

/**
 * How many leads are asked next, where it is not known how many of them will pass: more than the time before, as far as
 * the time allows that is left.
 * @param took what the stretch before took, in milliseconds, as `left` is told
 */
export const nextStretch = (length: number, took: number, left: number): number =>
  Math.ceil(length * Math.min(GROWTH, Math.max(1, left / Math.max(took, 0.1))));
