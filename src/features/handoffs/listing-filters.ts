/** What lists of handoffs are filtered by, as the conditions of a statement on a handoff `h`. */
import type { z } from 'zod';
import type { listHandoffs } from '#contract/handoffs.ts';
import type { Caller } from '#features/people/policy.ts';

export type Wanted = z.infer<typeof listHandoffs.query>;

const CONDITIONS: Record<Wanted['standing'], string> = {
  open: "h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')",
  any: 'true',
  offered: 'h.answer IS NULL AND h.decision IS NULL',
  accepted: "h.answer = 'acceptance' AND h.decision IS NULL",
  qualified: "h.decision = 'qualification'",
  returned: "h.decision = 'return'",
  lapsed: "h.answer = 'lapse'",
  withdrawn: "h.answer = 'withdrawal'",
};

/** What a list is filtered by beside whose it is; `?` stands for the value. */
const FILTERS: { [F in Filter]: (value: NonNullable<Wanted[F]>) => [condition: string, value: unknown] } = {
  queue: (queue) => ['h.queue = ?', queue],
  owner: (owner) => ['h.owner_id = ?', owner],
  tier: (tier) => ['h.tier = ?', tier],
  due_until: (until) => [
    `EXISTS (SELECT FROM deadlines d WHERE d.workspace_id = h.workspace_id AND d.handoff_id = h.id
       AND d.met_at IS NULL AND d.void_at IS NULL AND d.due_at < ?::timestamptz)`,
    until,
  ],
  lead: (lead) => [
    `h.lead IN (SELECT f.number FROM leads o JOIN leads f ON f.workspace_id = $1
         AND (f.number = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END OR f.merged_into = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END)
       WHERE o.workspace_id = $1 AND o.id = ?)`,
    lead,
  ],
  offered_from: (from) => ['h.offered_at >= ?::timestamptz', from],
  offered_until: (until) => ['h.offered_at < ?::timestamptz', until],
  answer: (answer) => [
    `CASE ?::text WHEN 'by_sales' THEN h.answer = 'acceptance' OR h.answer = 'return' AND NOT EXISTS (
       SELECT FROM rulings u WHERE u.workspace_id = h.workspace_id AND u.handoff_id = h.id AND u.ruling = 'overturned')
     ELSE h.answer = ? END`,
    answer,
  ],
  compliant: (compliant) => [
    "?::boolean = (h.origin <> 'exception' AND h.answer IS DISTINCT FROM 'withdrawal')",
    compliant,
  ],
  answered_from: (from) => ['h.answered_at >= ?::timestamptz', from],
  answered_until: (until) => ['h.answered_at < ?::timestamptz', until],
  decided_from: (from) => ['h.decided_at >= ?::timestamptz', from],
  decided_until: (until) => ['h.decided_at < ?::timestamptz', until],
  pact: (pact) => ['h.pact_id = ?', pact],
  version: (version) => ['h.version = ?', version],
  held: (criterion) => ["h.packet -> 'met' @> ?::jsonb", JSON.stringify([{ criterion }])],
  reason: (reason) => [`${returned('r.reason = ?')}`, reason],
  clause: (clause) => [`${returned('r.clause = ?')}`, clause],
  dispute: (dispute) => [DISPUTES, dispute],
  lapse: (lapse) => [
    `EXISTS (SELECT FROM lapses p WHERE p.workspace_id = h.workspace_id AND p.handoff_id = h.id
       AND CASE ?::text WHEN 'unexplained' THEN p.explained_at IS NULL ELSE p.acknowledged_at IS NULL END)`,
    lapse,
  ],
};
type Filter = Exclude<keyof Wanted, 'scope' | 'standing' | 'late' | 'sort' | 'limit' | 'cursor'>;

function returned(test: string): string {
  return `EXISTS (SELECT FROM returns r WHERE r.workspace_id = h.workspace_id AND r.handoff_id = h.id AND ${test})`;
}

/** A return may be disputed once, at any time; a dispute is ruled on once. */
const DISPUTES = `h.decision = 'return' AND ?::text = (
  SELECT CASE WHEN d.handoff_id IS NULL THEN 'possible' ELSE coalesce(u.ruling, 'waiting') END
  FROM (SELECT h.id) one LEFT JOIN disputes d ON d.workspace_id = h.workspace_id AND d.handoff_id = h.id
    LEFT JOIN rulings u ON u.workspace_id = h.workspace_id AND u.handoff_id = h.id)`;

/** Whose handoffs, how they stand and what else is asked of them. The workspace is the first value. */
export function scoped(caller: Caller, wanted: Wanted): { where: string[]; values: unknown[] } {
  const where = ['h.workspace_id = $1', CONDITIONS[wanted.standing]];
  const values: unknown[] = [caller.workspace];
  const add = (condition: string, value: unknown) => {
    values.push(value);
    where.push(condition.replaceAll('?', `$${values.length}`));
  };
  if (wanted.scope === 'mine') add('h.owner_id = ?', caller.id);
  if (wanted.scope === 'queue') where.push('h.owner_id IS NULL');
  for (const filter of Object.keys(FILTERS) as Filter[]) {
    if (wanted[filter] !== undefined) add(...FILTERS[filter](wanted[filter] as never));
  }
  return { where, values };
}
