/** What the parts of a day are worked out from, and numbers that open exactly the rows they count. */
import { listHandoffs } from '#contract/handoffs.ts';
import { leadFilter } from '#contract/leads.ts';
import type { Figure } from '#contract/today.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { countHandoffsOf } from '#features/handoffs/listing.ts';
import { countAll } from '#features/leads/counts.ts';
import type { InForceVersion } from '#features/pacts/timeline.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';

export type Looking = {
  query: Query;
  caller: Caller;
  now: Instant;
  /** The caller's. */
  zone: string;
  /** The version in force; null before there is any. */
  inForce: InForceVersion | null;
};

export type Filter = Record<string, string>;

/** Counted by the list that it opens, read from the same filter. */
export async function handoffFigure({ query, caller, now }: Looking, filter: Filter): Promise<Figure> {
  const count = await countHandoffsOf(query, caller, listHandoffs.query.parse(filter), now);
  return { ...count, open: { noun: 'handoffs', filter } };
}

export async function leadFigure({ query, caller }: Looking, filter: Filter): Promise<Figure> {
  const count = await countAll(query, caller.workspace, leadFilter.parse(filter));
  return { ...count, open: { noun: 'leads', filter } };
}

/** What no list opens. */
export const bareFigure = (n: number, most: number): Figure => ({
  n: Math.min(n, most),
  more: n > most,
  open: null,
});

export const iso = (at: Date | Instant): string => new Date(at).toISOString();

/** A lead `s`, as those who act on it know it. */
export const WHOSE = `jsonb_build_object('id', s.id, 'email', s.email, 'name', coalesce(s.attributes ->> 'name',
  nullif(btrim(concat_ws(' ', s.attributes ->> 'first_name', s.attributes ->> 'last_name')), ''))) AS lead`;
export type Whose = { id: string; email: string | null; name: string | null };

/** From a row `x` that says `lead`, to the lead `s` that stands for that person now. */
export const STANDS = `JOIN leads l ON l.workspace_id = $1 AND l.number = x.lead
  JOIN leads s ON s.workspace_id = $1 AND s.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END`;
