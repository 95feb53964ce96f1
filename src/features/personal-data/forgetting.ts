/** Everything that is kept of a person, emptied or deleted: that something happened stays, who it was and what was said goes. */
import type { Query } from '#platform/db/transaction.ts';

/** Whom it is about: the numbers and ids of their leads, and everything they are recognised by. */
export type Person = { workspace: string; numbers: number[]; ids: string[]; names: string[] };

type Step = {
  /** What is counted. */
  what: string;
  text: string;
  values: (person: Person) => unknown[];
};

const LEADS = 'lead = ANY ($2::bigint[])';
const HANDOFFS = `handoff_id IN (SELECT id FROM handoffs WHERE workspace_id = $1 AND ${LEADS})`;
/** Stands where words were that must not be nothing. */
const GONE = "'(erased)'";

const byLead = (what: string, text: string): Step => ({
  what,
  text,
  values: ({ workspace, numbers }) => [workspace, numbers],
});
const empty = (table: string, set: string, where = HANDOFFS): Step =>
  byLead(table, `UPDATE ${table} SET ${set} WHERE workspace_id = $1 AND ${where}`);
const remove = (table: string): Step =>
  byLead(table, `DELETE FROM ${table} WHERE workspace_id = $1 AND ${LEADS}`);

/** What came in by the person's own doing. Also done again for whoever was erased lately. */
export const LEDGER: readonly Step[] = [
  remove('identities'),
  remove('attribute_changes'),
  byLead(
    'activities',
    `UPDATE activities SET properties = '{}', context = NULL
     WHERE workspace_id = $1 AND ${LEADS} AND (properties <> '{}' OR context IS NOT NULL)`,
  ),
  byLead(
    'leads',
    `UPDATE leads SET attributes = '{}', email = NULL, source = NULL, account_id = NULL
     WHERE workspace_id = $1 AND number = ANY ($2::bigint[]) AND (attributes <> '{}' OR email IS NOT NULL)`,
  ),
  remove('dirty_leads'),
];

/** Criteria that held stay told, the values by which they did do not. */
const reasons = (part: string): string =>
  `'${part}', (SELECT coalesce(jsonb_agg(r || '{"because": ""}'), '[]') FROM jsonb_array_elements(packet -> '${part}') r)`;

/** What was said of them, and what follows from it. */
const SAID: readonly Step[] = [
  remove('consents'),
  remove('unready_handoffs'),
  remove('stuck_leads'),
  byLead(
    'lead_states',
    `UPDATE lead_states SET fold = '{}', next_at = NULL, revision = revision + 1 WHERE workspace_id = $1 AND ${LEADS}`,
  ),
  byLead(
    'handoffs',
    `UPDATE handoffs SET packet = packet || jsonb_build_object('why_now', '[]'::jsonb, 'lead', '{}'::jsonb,
       'timeline', '[]'::jsonb, 'topics', '[]'::jsonb, ${['met', 'not_met', 'unknown'].map(reasons).join(', ')})
     WHERE workspace_id = $1 AND ${LEADS}`,
  ),
  empty('acceptances', 'note = NULL'),
  empty('returns', "note = NULL, asked = CASE WHEN asked ? 'text' THEN NULL ELSE asked END"),
  empty('lapses', 'note = NULL'),
  empty('qualifications', "answers = '{}'"),
  empty('disputes', `text = ${GONE}`),
  empty('rulings', `text = ${GONE}`),
  empty('given_answers', "before = '{}', removed = NULL"),
  empty('touches', 'note = NULL, external_id = NULL', LEADS),
  empty('exceptions', `reason = ${GONE}`, LEADS),
  empty('holds', `reason = ${GONE}`, LEADS),
  empty('workshop_leads', `packet = '{"attributes": {}, "activities": []}'`, LEADS),
  byLead(
    'workshop_labels',
    `UPDATE workshop_labels l SET note = NULL FROM workshop_leads w WHERE l.workspace_id = $1 AND l.note IS NOT NULL
       AND w.workspace_id = l.workspace_id AND w.workshop_id = l.workshop_id AND w.place = l.place
       AND w.lead = ANY ($2::bigint[])`,
  ),
  empty('deals', 'name = NULL, reason = NULL, external_id = NULL', LEADS),
  byLead(
    'messages',
    `UPDATE messages SET body = ${GONE}, mentions = '{}' WHERE workspace_id = $1 AND thread_id IN (
       SELECT id FROM threads WHERE workspace_id = $1 AND ${LEADS}
       UNION SELECT t.id FROM handoffs h JOIN threads t ON t.workspace_id = $1 AND t.handoff_id = h.id
       WHERE h.workspace_id = $1 AND h.lead = ANY ($2::bigint[]))`,
  ),
];

/** Copies of what was sent in or out, found by what the person is recognised by, or by their leads' ids. */
const named = (table: string, column: string, withIds: boolean): Step => ({
  what: table,
  text: `DELETE FROM ${table} WHERE workspace_id = $1
    AND EXISTS (SELECT FROM unnest($2::text[]) name WHERE strpos(lower(${column}::text), name) > 0)`,
  values: ({ workspace, names, ids }) => [
    workspace,
    (withIds ? [...names, ...ids] : names).map((name) => name.toLowerCase()),
  ],
});
const COPIES: readonly Step[] = [
  named('quarantine', 'body', false),
  named('import_rejects', 'cells', false),
  named('idempotency_keys', 'response', true),
  named('webhook_deliveries', 'body', true),
  named('outbox', 'payload', false),
];

/** @returns how many rows of each kind were emptied or deleted */
export async function forget(
  query: Query,
  person: Person,
  steps: readonly Step[] = [...LEDGER, ...SAID, ...COPIES],
): Promise<Record<string, number>> {
  const forgotten: Record<string, number> = {};
  for (const { what, text, values } of steps) {
    const [row] = await query<{ n: number }>(
      `WITH gone AS (${text} RETURNING 1) SELECT count(*)::int AS n FROM gone`,
      values(person),
    );
    if (row!.n > 0) forgotten[what] = row!.n;
  }
  return forgotten;
}
