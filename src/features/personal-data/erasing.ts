/** A person erased for good: identity and content go, the tombstone of what happened stays. */
import { hash } from 'node:crypto';
import type { Instant } from '#engine/facts/facts.ts';
import { carryOut, type Deed } from '#features/handoffs/deed.ts';
import { settleAccounts } from '#features/leads/accounts/settle.ts';
import { lockIdentity } from '#features/leads/identity/lock.ts';
import type { Database } from '#platform/db/database.ts';
import { inEveryWorkspace } from '#platform/db/every-workspace.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';
import { forget, LEDGER } from './forgetting.ts';
import { takeNamesOut } from './naming.ts';
import { type SignedText, takeNamesOutOfPacts } from './pact-texts.ts';

type Lead = { number: number; id: string; account_id: string | null };
type Reason = 'asked' | 'consent_withdrawn' | 'not_needed' | 'unlawful' | 'erased_before';
type Erased = {
  id: string;
  erased_at: string;
  forgotten: Record<string, number>;
  still_named_in: SignedText[];
};

/** Texts shorter than this are found in too much that is not about the person. */
const TELLING = 6;

/** @throws HttpProblem 404 for an unknown lead or one that is erased already */
export async function erase(deed: Deed, member: string | null, id: string, reason: Reason): Promise<Erased> {
  const { query, workspace, now } = deed;
  await lockIdentity(deed);
  const family = await query<Lead>(
    `SELECT f.number, f.id, f.account_id FROM leads l
       JOIN leads f ON f.workspace_id = $1
         AND (f.number = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END OR f.merged_into = CASE WHEN l.merged_into IS NULL THEN l.number ELSE l.merged_into END)
     WHERE l.workspace_id = $1 AND l.id = $2 AND f.erased_at IS NULL ORDER BY f.number FOR NO KEY UPDATE OF f`,
    [workspace, id],
  );
  if (family.length === 0) throw new HttpProblem(404, 'not_found', 'There is no lead of that id here.');
  const numbers = family.map(({ number }) => number);
  const known = await keepHashes(deed, member, numbers);
  const names = await namesOf(query, workspace, numbers);
  const words = [...new Set([...known, ...names].map((name) => name.trim()))].filter(
    (name) => name.length >= TELLING,
  );
  await query("SET LOCAL app.erasing = 'on'"); // what one side keeps from the other is in reach until the end
  const ids = family.map((lead) => lead.id);
  const forgotten = await forget(query, { workspace, numbers, ids, names: words });
  // An id may be a word or a number that stands for something else in a text.
  const unmistakable = words.filter((word) => /[@\s]/.test(word));
  const pacts = await takeNamesOutOfPacts(query, workspace, unmistakable);
  for (const found of [await takeNamesOut(query, workspace, unmistakable), pacts.cleared])
    for (const [what, n] of Object.entries(found)) forgotten[what] = (forgotten[what] ?? 0) + n;
  await query('UPDATE leads SET erased_at = $3 WHERE workspace_id = $1 AND number = ANY ($2::bigint[])', [
    workspace,
    numbers,
    new Date(now),
  ]);
  await settleAccounts(deed, [...new Set(family.flatMap(({ account_id }) => account_id ?? []))]);
  for (const lead of family) {
    const data = { reason };
    deed.journal({ at: now, what: 'lead.erased', subject: { kind: 'lead', id: lead.id }, data });
    deed.send('lead.erased', { lead: lead.id, at: now, ...data });
  }
  return { id, erased_at: new Date(now).toISOString(), forgotten, still_named_in: pacts.signed };
}

/** What people would write when they mean the person: their e-mail, and their whole name. A first name is many people's. */
async function namesOf(query: Query, workspace: string, numbers: number[]): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `SELECT DISTINCT n.name FROM leads l CROSS JOIN LATERAL (
       SELECT l.email UNION ALL SELECT l.attributes ->> 'email' UNION ALL SELECT l.attributes ->> 'name'
       UNION ALL SELECT concat_ws(' ', l.attributes ->> 'first_name', l.attributes ->> 'last_name')
         WHERE l.attributes ?& ARRAY['first_name', 'last_name']) AS n(name)
     WHERE l.workspace_id = $1 AND l.number = ANY ($2::bigint[]) AND n.name <> ''`,
    [workspace, numbers],
  );
  return rows.map(({ name }) => name);
}

/** Who was erased is kept as hashes alone, so that a restored backup forgets them again. @returns what they were known by */
async function keepHashes(
  { query, workspace, now }: Deed,
  member: string | null,
  numbers: number[],
): Promise<string[]> {
  const known = await query<{ kind: string; value: string; lead: number }>(
    'SELECT kind, value, lead FROM identities WHERE workspace_id = $1 AND lead = ANY ($2::bigint[])',
    [workspace, numbers],
  );
  await query(
    `INSERT INTO erasures (workspace_id, id, lead, identity_hash, at, member_id)
     SELECT $1, g.id, g.lead, g.hash, $5, $6 FROM unnest($2::uuid[], $3::bigint[], $4::text[]) AS g(id, lead, hash)`,
    [
      workspace,
      known.map(() => newId(now)),
      known.map(({ lead }) => lead),
      known.map(({ kind, value }) => hash('sha256', `${workspace}\n${kind}:${value}`)),
      new Date(now),
      member,
    ],
  );
  return known.map(({ value }) => value);
}

/**
 * Erases again who was erased after a backup was made that is back in place now.
 * @param hashes what is kept of the erased: of their workspace, and what they were recognised by
 * @returns how many leads were erased
 */
export async function eraseAgain(
  database: Database,
  hashes: ReadonlySet<string>,
  now: Instant,
): Promise<number> {
  const found: { workspace: string; id: string }[] = [];
  await inEveryWorkspace(database, (workspace) => async (_, query) => {
    const leads = await query<{ id: string }>(
      `SELECT DISTINCT l.id FROM identities i
         JOIN leads l ON l.workspace_id = i.workspace_id AND l.number = i.lead AND l.erased_at IS NULL
       WHERE i.workspace_id = $1
         AND encode(sha256(convert_to(concat(i.workspace_id, E'\\n', i.kind, ':', i.value), 'UTF8')), 'hex') = ANY ($2)`,
      [workspace, [...hashes]],
    );
    found.push(...leads.map(({ id }) => ({ workspace, id })));
    return 'done';
  });
  let erased = 0;
  for (const { workspace, id } of found) {
    const again = (deed: Deed) => erase(deed, null, id, 'erased_before').then(() => 1, notThere);
    erased += await carryOut(database, workspace, { kind: 'system' }, now, again);
  }
  return erased;
}

/** One of a family was met, and its others went with it. */
function notThere(error: unknown): 0 {
  if (error instanceof HttpProblem && error.status === 404) return 0;
  throw error;
}

/** A process may take somebody for known a while after they were erased: what came in meanwhile is forgotten as well. */
const LATELY = 86_400_000;

/** To be called now and then: forgets what came in, after their erasure, for those erased within the last day. */
export const forgetLateNews = (database: Database, now: Instant): Promise<void> =>
  inEveryWorkspace(database, (workspace) => async (_, query) => {
    const rows = await query<{ number: number }>(
      'SELECT number FROM leads WHERE workspace_id = $1 AND erased_at > $2',
      [workspace, new Date(now - LATELY)],
    );
    const numbers = rows.map(({ number }) => number);
    if (numbers.length > 0) await forget(query, { workspace, numbers, ids: [], names: [] }, LEDGER);
    return 'done';
  });
