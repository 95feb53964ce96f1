/** Which leads are labelled: some from everywhere on the score range, and some that were disputed. */
import { someLeads } from '#features/leads/some.ts';
import type { Query } from '#platform/db/transaction.ts';

export type Chosen = { lead: number; why: 'sample' | 'disputed' };

/** Enough to find leads of every score among them. */
const POOL = 2_000;
const STRATA = 5;
/** The share that may be disputed ones. */
const DISPUTED = 0.25;

export async function pickLeads(
  query: Query,
  workspace: string,
  count: number,
  seed: string,
): Promise<Chosen[]> {
  const disputed = await query<{ lead: number }>(
    `SELECT coalesce(l.merged_into, l.number) AS lead, max(d.at) AS at FROM disputes d
     JOIN handoffs h ON h.workspace_id = d.workspace_id AND h.id = d.handoff_id
     JOIN leads l ON l.workspace_id = h.workspace_id AND l.number = h.lead
     WHERE d.workspace_id = $1 AND l.erased_at IS NULL GROUP BY 1 ORDER BY 2 DESC LIMIT $2`,
    [workspace, Math.floor(count * DISPUTED)],
  );
  const taken = new Set(disputed.map(({ lead }) => lead));
  const { leads } = await someLeads(query, workspace, POOL, seed);
  const states = await query<{ lead: number; score: number }>(
    `SELECT lead, fit + interest AS score FROM lead_states
     WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) AND verdict <> 'visitor'`,
    [workspace, leads.map(({ number }) => number)],
  );
  const scores = new Map(states.map(({ lead, score }) => [lead, score]));
  const pool = leads.map(({ number }) => number).filter((lead) => scores.has(lead) && !taken.has(lead));
  const ranked = pool.toSorted((a, b) => scores.get(a)! - scores.get(b)!);
  const stratum = new Map(ranked.map((lead, i) => [lead, Math.floor((i * STRATA) / ranked.length)]));
  // The pool is in random order: the next of each stratum in turn, until there are enough.
  const strata = Array.from({ length: STRATA }, (_, i) => pool.filter((lead) => stratum.get(lead) === i));
  const sampled: number[] = [];
  for (let turn = 0; sampled.length < count - taken.size && strata.some((one) => one.length > turn); turn++)
    for (const one of strata) if (one[turn] !== undefined) sampled.push(one[turn]!);
  const chosen: Chosen[] = [
    ...[...taken].map((lead) => ({ lead, why: 'disputed' as const })),
    ...sampled.slice(0, count - taken.size).map((lead) => ({ lead, why: 'sample' as const })),
  ];
  const order = new Map(leads.map(({ number }, i) => [number, i]));
  // Mixed, so that the place in the list tells nothing of the score, or of a dispute.
  return chosen.toSorted((a, b) => (order.get(a.lead) ?? a.lead) - (order.get(b.lead) ?? b.lead));
}
