/** Everything that happened to leads, read from the tables and handed to the engine in its own words. */
import type { Facts, Instant, Raw } from '#engine/facts/facts.ts';
import { inOrder, type Occurrence } from '#engine/ladder/occurrence.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import { effectiveChanges, type Statement } from '#features/leads/attributes.ts';
import type { Query } from '#platform/db/transaction.ts';

/** A lead's ledger: who it is, and what happened to it, in order of time. What is dated later than now included. */
export type Ledger = {
  lead: number;
  id: string;
  created_at: Instant;
  /** Merged into another, or erased: there is nothing to fold any more. */
  gone: boolean;
  occurrences: Occurrence[];
};

type LeadRow = { number: number; id: string; created_at: Date; gone: boolean };
type ActivityRow = { lead: number; id: string; at: Date; type: string; properties: Record<string, Raw> };
type StatementRow = Omit<Statement, 'at'> & { lead: number; id: string; at: Date | null };
type WordRow = {
  lead: number;
  kind: Exclude<Occurrence['kind'], 'activity' | 'attributes'>;
  id: string;
  at: Date;
  /** A return's reason, the party of a hold or an exception. */
  word: string | null;
  /** A return's date not to come back before. */
  until: string | null;
};

/** The leads themselves, and what was merged into them: the row each ledger entry is booked under, and whose it is. */
const WHOSE = `WITH whose AS (
  SELECT number AS own, number AS lead FROM leads WHERE workspace_id = $1 AND number = ANY ($2::bigint[])
  UNION ALL
  SELECT number, merged_into FROM leads WHERE workspace_id = $1 AND merged_into = ANY ($2::bigint[]))`;

/** What people said, and when; one statement, since most leads have little or nothing of it. */
const WORDS = `${WHOSE}, passed AS (
  SELECT h.id, w.lead FROM handoffs h JOIN whose w ON h.lead = w.own WHERE h.workspace_id = $1)
SELECT lead, 'accepted' AS kind, a.handoff_id AS id, a.at, NULL AS word, NULL AS until
  FROM passed p JOIN acceptances a ON a.workspace_id = $1 AND a.handoff_id = p.id
UNION ALL SELECT lead, 'returned', r.handoff_id, r.at, r.reason, r.asked ->> 'date'
  FROM passed p JOIN returns r ON r.workspace_id = $1 AND r.handoff_id = p.id
UNION ALL SELECT lead, 'lapsed', l.handoff_id, l.at, NULL, NULL
  FROM passed p JOIN lapses l ON l.workspace_id = $1 AND l.handoff_id = p.id
UNION ALL SELECT lead, 'qualified', q.handoff_id, q.at, NULL, NULL
  FROM passed p JOIN qualifications q ON q.workspace_id = $1 AND q.handoff_id = p.id
UNION ALL SELECT w.lead, 'opened', d.id, d.opened_at, NULL, NULL
  FROM whose w JOIN deals d ON d.workspace_id = $1 AND d.lead = w.own
UNION ALL SELECT w.lead, d.outcome, d.id, coalesce(d.closed_at, d.opened_at), NULL, NULL
  FROM whose w JOIN deals d ON d.workspace_id = $1 AND d.lead = w.own AND d.outcome <> 'open'
UNION ALL SELECT w.lead, 'exception', e.id, e.opened_at, e.party, NULL
  FROM whose w JOIN exceptions e ON e.workspace_id = $1 AND e.lead = w.own
UNION ALL SELECT w.lead, 'held', h.id, h.from_at, h.party, NULL
  FROM whose w JOIN holds h ON h.workspace_id = $1 AND h.lead = w.own
UNION ALL SELECT w.lead, 'released', h.id, least(h.released_at, h.until_at), NULL, NULL
  FROM whose w JOIN holds h ON h.workspace_id = $1 AND h.lead = w.own
  WHERE h.released_at IS NOT NULL OR h.until_at IS NOT NULL`;

/** Reads the ledgers of leads. Four statements, however many leads. */
export async function readLedgers(
  query: Query,
  workspace: string,
  leads: readonly number[],
): Promise<Map<number, Ledger>> {
  const given = [workspace, leads];
  const found = await query<LeadRow>(
    `SELECT number, id, created_at, merged_into IS NOT NULL OR erased_at IS NOT NULL AS gone
     FROM leads WHERE workspace_id = $1 AND number = ANY ($2::bigint[])`,
    given,
    'ledger-leads',
  );
  const ledgers = new Map(found.map((row) => [row.number, emptyLedger(row)]));
  const add = (lead: number, one: Occurrence) => ledgers.get(lead)?.occurrences.push(one);

  const did = await query<ActivityRow>(
    `${WHOSE} SELECT w.lead, a.id, a.at, a.type, a.properties
     FROM whose w JOIN activities a ON a.workspace_id = $1 AND a.lead = w.own`,
    given,
    'ledger-activities',
  );
  for (const { lead, id, at, type, properties } of did)
    add(lead, { kind: 'activity', at: at.getTime(), type, properties, id });

  const stated = await query<StatementRow>(
    `${WHOSE} SELECT w.lead, c.id, c.at, c.trust, c.values
     FROM whose w JOIN attribute_changes c ON c.workspace_id = $1 AND c.lead = w.own`,
    given,
    'ledger-statements',
  );
  for (const [lead, rows] of Map.groupBy(stated, (row) => row.lead))
    for (const one of becameSo(rows)) add(lead, one);

  for (const row of await query<WordRow>(WORDS, given, 'ledger-words')) add(row.lead, wordOf(row));
  for (const ledger of ledgers.values()) ledger.occurrences.sort(inOrder);
  return ledgers;
}

/** A lead is judged at its creation, whatever else is known of it. */
const emptyLedger = ({ number, id, created_at, gone }: LeadRow): Ledger => ({
  lead: number,
  id,
  created_at: created_at.getTime(),
  gone,
  occurrences: [{ kind: 'time', at: created_at.getTime() }],
});

type BecameSo = Extract<Occurrence, { kind: 'attributes' }>;

/** What of everything stated of a lead counts: one change an instant, known by the statement that came in last. */
function becameSo(rows: readonly StatementRow[]): BecameSo[] {
  const statements = rows.map(({ at, trust, values }) => ({ at: at?.getTime() ?? null, trust, values }));
  const changes = new Map<Instant | null, BecameSo>();
  for (const { at, values } of effectiveChanges(statements)) {
    const same = changes.get(at);
    changes.set(at, { kind: 'attributes', at, values: { ...same?.values, ...values } });
  }
  for (const { id, at } of rows) {
    const change = changes.get(at?.getTime() ?? null);
    if (change !== undefined && id > (change.id ?? '')) change.id = id;
  }
  return [...changes.values()];
}

function wordOf({ kind, id, at: date, word, until }: WordRow): Occurrence {
  const at = date.getTime();
  switch (kind) {
    case 'returned':
      return { kind, at, id, reason: word!, ...(until !== null && { until: Date.parse(until) }) };
    case 'held':
    case 'exception':
      return { kind, at, id, by: word as PartyName };
    default:
      return { kind, at, id };
  }
}

/** What is known of a lead, for `judge`, `explain` and `replay`. */
export function factsOf({ id, occurrences }: Pick<Ledger, 'id' | 'occurrences'>): Facts {
  const facts: Facts = { id, changes: [], activities: [] };
  for (const one of occurrences) {
    if (one.kind === 'attributes') facts.changes.push({ at: one.at, values: one.values });
    if (one.kind === 'activity') {
      const { at, type, properties, id: name } = one;
      facts.activities.push({ at, type, properties, ...(name !== undefined && { id: name }) });
    }
  }
  return facts;
}
