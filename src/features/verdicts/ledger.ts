/** Everything that happened to leads, read from the tables and handed to the engine in its own words. */
import type { Facts, Instant } from '#engine/facts/facts.ts';
import { inOrder, type Occurrence } from '#engine/ladder/occurrence.ts';
import type { PartyName } from '#engine/pact/pact.ts';
import { effectiveChanges, type Statement } from '#features/leads/attributes.ts';
import { propertiesOf } from '#features/verdicts/properties.ts';
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

type MemberRow = {
  number: number;
  lead: number;
  id: string;
  created_at: Date;
  asked: boolean;
  gone: boolean;
};
/** `properties` as JSON text. */
type ActivityRow = { lead: number; id: string; at: Date; type: string; properties: string };
type StatementRow = Omit<Statement, 'at'> & { lead: number; id: string; at: Date | null };
type AnswerRow = {
  kind: Exclude<Occurrence['kind'], 'activity' | 'attributes'>;
  id: string;
  at: Date;
  /** A return's reason, the party of a hold or an exception. */
  word: string | null;
  /** A return's date not to come back before. */
  until: string | null;
};
type WordRow = Omit<AnswerRow, 'kind'> & { kind: AnswerRow['kind'] | 'offered'; lead: number };

/*
 * Rows are always asked for by the numbers and ids themselves, never by a join: whatever the planner knows of a table,
 * or does not know yet, it reads these rows by their index.
 */

/** The leads, and what was merged into them: what is booked under whose number. */
const FAMILIES = `SELECT number, coalesce(merged_into, number) AS lead, id, created_at,
    number = ANY ($2::bigint[]) AS asked, merged_into IS NOT NULL OR erased_at IS NOT NULL AS gone
  FROM leads WHERE workspace_id = $1 AND number = ANY ($2::bigint[])
  UNION ALL
  SELECT number, merged_into, id, created_at, false, true
  FROM leads WHERE workspace_id = $1 AND merged_into = ANY ($2::bigint[])`;

/** What was said of leads themselves, and the handoffs under which more was said. */
const WORDS = `SELECT lead, 'offered' AS kind, id, offered_at AS at, NULL AS word, NULL AS until
  FROM handoffs WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
UNION ALL SELECT lead, 'opened', id, opened_at, NULL, NULL
  FROM deals WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
UNION ALL SELECT lead, outcome, id, coalesce(closed_at, opened_at), NULL, NULL
  FROM deals WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) AND outcome <> 'open'
UNION ALL SELECT lead, 'exception', id, opened_at, party, NULL
  FROM exceptions WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
UNION ALL SELECT lead, 'held', id, from_at, party, NULL
  FROM holds WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
UNION ALL SELECT lead, 'released', id, least(released_at, until_at), NULL, NULL
  FROM holds WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])
    AND (released_at IS NOT NULL OR until_at IS NOT NULL)`;

/** How handoffs were answered. */
const ANSWERS = `SELECT 'accepted' AS kind, handoff_id AS id, at, NULL AS word, NULL AS until
  FROM acceptances WHERE workspace_id = $1 AND handoff_id = ANY ($2::uuid[])
UNION ALL SELECT 'returned', handoff_id, at, reason, asked ->> 'date'
  FROM returns WHERE workspace_id = $1 AND handoff_id = ANY ($2::uuid[])
UNION ALL SELECT 'lapsed', handoff_id, at, NULL, NULL
  FROM lapses WHERE workspace_id = $1 AND handoff_id = ANY ($2::uuid[])
UNION ALL SELECT 'qualified', handoff_id, at, NULL, NULL
  FROM qualifications WHERE workspace_id = $1 AND handoff_id = ANY ($2::uuid[])`;

/** Reads the ledgers of leads. Five statements at most, however many leads. */
export async function readLedgers(
  query: Query,
  workspace: string,
  leads: readonly number[],
): Promise<Map<number, Ledger>> {
  const members = await query<MemberRow>(FAMILIES, [workspace, leads], 'ledger-families');
  const ledgers = new Map(members.filter(({ asked }) => asked).map((row) => [row.number, emptyLedger(row)]));
  // A lead that was merged into another is asked for, and is gone: what is booked under it is the other's.
  const whose = new Map(
    members.filter(({ lead }) => ledgers.has(lead)).map(({ number, lead }) => [number, lead]),
  );
  const add = (booked: number, one: Occurrence) =>
    ledgers.get(whose.get(booked) ?? booked)?.occurrences.push(one);
  const given = [workspace, [...whose.keys()]];

  const did = await query<ActivityRow>(
    `SELECT lead, id, at, type, properties::text AS properties FROM activities WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])`,
    given,
    'ledger-activities',
  );
  for (const row of did) add(row.lead, activityOf(row));

  const stated = await query<StatementRow>(
    `SELECT lead, id, at, trust, values FROM attribute_changes WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])`,
    given,
    'ledger-statements',
  );
  for (const [lead, rows] of Map.groupBy(stated, (row) => whose.get(row.lead)!))
    for (const one of becameSo(rows)) add(lead, one);

  const words = await query<WordRow>(WORDS, given, 'ledger-words');
  const handoffs = new Map(words.filter(({ kind }) => kind === 'offered').map(({ id, lead }) => [id, lead]));
  for (const row of words) if (row.kind !== 'offered') add(row.lead, wordOf({ ...row, kind: row.kind }));
  if (handoffs.size > 0) {
    const answers = await query<AnswerRow>(ANSWERS, [workspace, [...handoffs.keys()]], 'ledger-answers');
    for (const row of answers) add(handoffs.get(row.id)!, wordOf(row));
  }
  for (const ledger of ledgers.values()) ledger.occurrences.sort(inOrder);
  return ledgers;
}

/** Activities by their ids; those that are gone are not among them. */
export async function readActivities(
  query: Query,
  workspace: string,
  ids: readonly string[],
): Promise<Map<string, Occurrence>> {
  if (ids.length === 0) return new Map();
  const did = await query<ActivityRow>(
    'SELECT id, at, type, properties::text AS properties FROM activities WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
    [workspace, ids],
    'activities-new',
  );
  return new Map(did.map((row) => [row.id, activityOf(row)]));
}

const activityOf = ({ id, at, type, properties }: Omit<ActivityRow, 'lead'>): Occurrence => ({
  kind: 'activity',
  at: at.getTime(),
  type,
  properties: propertiesOf(properties),
  id,
});

/** A lead is judged at its creation, whatever else is known of it. */
const emptyLedger = ({ number, id, created_at, gone }: MemberRow): Ledger => ({
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

function wordOf({ kind, id, at: date, word, until }: AnswerRow): Occurrence {
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
