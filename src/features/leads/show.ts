/** One lead, as its page shows it, in one statement. */
import type { Lead } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { instant, SUMMARY, type SummaryRow, summarise } from './summary.ts';

type Handoff = NonNullable<Lead['handoff']>;
type Row = SummaryRow &
  Pick<Lead, 'origin' | 'merged_into' | 'fast_lane' | 'pact_id' | 'version'> & {
    next_at: Date | null;
    handoff: (Handoff & { owner_id: string | null }) | null;
  };

/** @throws HttpProblem 404 */
export async function showLead(query: Query, workspace: string, id: string): Promise<Lead> {
  const [row] = await query<Row>(
    `SELECT ${SUMMARY}, l.origin, i.id AS merged_into, s.fast_lane, s.pact_id, s.version, s.next_at,
       to_jsonb(h) AS handoff
     FROM leads l LEFT JOIN lead_states s ON s.workspace_id = l.workspace_id AND s.lead = l.number
       LEFT JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id
       LEFT JOIN leads i ON i.workspace_id = l.workspace_id AND i.number = l.merged_into
       LEFT JOIN LATERAL (
         SELECT h.id, h.tier, h.origin, h.offered_at, h.accept_by, h.answer, h.owner_id, h.queue FROM handoffs h
         WHERE h.workspace_id = l.workspace_id AND h.lead = l.number AND h.decision IS NULL
           AND (h.answer IS NULL OR h.answer = 'acceptance')
         ORDER BY h.offered_at DESC LIMIT 1) h ON true
     WHERE l.workspace_id = $1 AND l.id = $2 AND l.erased_at IS NULL`,
    [workspace, id],
    'lead-show',
  );
  if (row === undefined) throw noSuchLead();
  const { attributes, origin, fast_lane, pact_id, version, next_at, merged_into, handoff } = row;
  return {
    ...summarise(row),
    attributes,
    origin,
    fast_lane,
    pact_id,
    version,
    next_at: instant(next_at),
    merged_into,
    handoff: handoff && openHandoff(handoff),
  };
}

/** Dates within JSON are PostgreSQL's own spelling of them. */
function openHandoff({
  owner_id,
  offered_at,
  accept_by,
  ...handoff
}: Handoff & { owner_id: string | null }): Handoff {
  const { id, tier, origin, answer, queue } = handoff;
  const spelled = (text: string) => new Date(text).toISOString();
  return {
    id,
    tier,
    origin,
    answer,
    queue,
    owner: owner_id,
    offered_at: spelled(offered_at),
    accept_by: spelled(accept_by),
  };
}

const noSuchLead = (): HttpProblem =>
  new HttpProblem(404, 'not_found', 'There is no lead of that id in this workspace.');

/** A lead's number, by its id. @throws HttpProblem 404 */
export async function numberOf(query: Query, workspace: string, id: string): Promise<number> {
  const [row] = await query<{ number: number }>(
    'SELECT coalesce(merged_into, number) AS number FROM leads WHERE workspace_id = $1 AND id = $2 AND erased_at IS NULL',
    [workspace, id],
    'lead-number',
  );
  if (row === undefined) throw noSuchLead();
  return row.number;
}
