/**
 * Brings what is derived of leads up to date with their ledger: attributes, e-mail address, source, account, and since
 * when they have been known. Holds the identity lock.
 */
import { readValue } from '#engine/criterion/value.ts';
import type { Instant, Raw } from '#engine/facts/facts.ts';
import { accountOf } from '#features/leads/accounts/account.ts';
import { keepAccounts } from '#features/leads/accounts/keep.ts';
import { settleAccounts, statedOfAccount } from '#features/leads/accounts/settle.ts';
import {
  ACCOUNT_ID,
  type Attributes,
  foldAttributes,
  type Statement,
  saysNothingNew,
} from '#features/leads/attributes.ts';
import { type Family, familiesOf } from '#features/leads/family.ts';
import { readEmail } from '#features/leads/identity/email.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { instantText, readStatements } from '#features/leads/statements.ts';

/** As long as one that can be asked for: leads are listed by it. What was said of it is kept whole. */
const LONGEST_SOURCE = 500;

type Settled = {
  lead: number;
  statements: Statement[];
  attributes: Attributes;
  since: Instant | null;
  account: string | null;
};

/** @param leads of which something new was stated, or whose persons have changed */
export async function settleLeads(scope: Scope, leads: readonly number[]): Promise<void> {
  const families = await familiesOf(scope, leads);
  const roots = new Set(families.map(({ root }) => root));
  const merged = leads.filter((lead) => !roots.has(lead));
  const left = merged.length > 0 ? await empty(scope, merged) : [];
  const settled = families.length > 0 ? await workOut(scope, families) : [];
  const before = await readAccounts(scope, settled);
  if (settled.length > 0) await write(scope, settled);
  await settleAccounts(scope, [...new Set([...left, ...accountsTouched(settled, before)])]);
}

/**
 * A lead that was merged into another holds nothing itself.
 * @returns the accounts that such leads were in
 */
async function empty({ query, workspace }: Scope, merged: readonly number[]): Promise<string[]> {
  const rows = await query<{ account_id: string }>(
    'SELECT account_id FROM leads WHERE workspace_id = $1 AND number = ANY ($2::bigint[]) AND account_id IS NOT NULL',
    [workspace, merged],
  );
  await query(
    `UPDATE leads SET attributes = '{}', email = NULL, source = NULL, account_id = NULL
     WHERE workspace_id = $1 AND number = ANY ($2::bigint[]) AND attributes <> '{}'`,
    [workspace, merged],
  );
  return rows.map(({ account_id }) => account_id);
}

async function workOut(scope: Scope, families: readonly Family[]): Promise<Settled[]> {
  const members = families.flatMap(({ leads }) => leads);
  const statements = Map.groupBy(await readStatements(scope, members), ({ lead }) => lead);
  const since = await knownSince(scope, members);
  const folded = families.map(({ root, leads }) => {
    const all = leads.flatMap((lead) => statements.get(lead) ?? []);
    const attributes = foldAttributes(all);
    return {
      lead: root,
      statements: all,
      attributes,
      since: earliest(leads, since),
      key: accountOf(attributes),
    };
  });
  const accounts = await keepAccounts(
    scope,
    folded.flatMap(({ key }) => key ?? []),
  );
  return folded.map(({ key, ...one }) => ({ ...one, account: key === null ? null : accounts.get(key.id)! }));
}

type Since = { known: Instant | null; visited: Instant | null };

async function knownSince({ query, workspace }: Scope, leads: number[]): Promise<Map<number, Since>> {
  const rows = await query<{ lead: number; known: Date | null; visited: Date | null }>(
    `SELECT lead, min(first_seen_at) FILTER (WHERE kind <> 'anonymous') AS known, min(first_seen_at) AS visited
     FROM identities WHERE workspace_id = $1 AND lead = ANY ($2::bigint[]) GROUP BY lead`,
    [workspace, leads],
  );
  return new Map(
    rows.map(({ lead, known, visited }) => [
      lead,
      { known: known?.getTime() ?? null, visited: visited?.getTime() ?? null },
    ]),
  );
}

/** Since when a person has been known by name; since the first visit for one who is not. */
function earliest(leads: readonly number[], since: ReadonlyMap<number, Since>): Instant | null {
  const of = (part: keyof Since): Instant[] => leads.flatMap((lead) => since.get(lead)?.[part] ?? []);
  const instants = of('known').length > 0 ? of('known') : of('visited');
  return instants.length > 0 ? Math.min(...instants) : null;
}

type Membership = { account: string | null; known: string | null };

type AccountsBefore = {
  /** The account each lead was in, and the id it was known by to who put it there. */
  of: Map<number, Membership>;
  /** What each account's attributes were. */
  attributes: Map<string, Attributes>;
};

async function readAccounts(
  { query, workspace }: Scope,
  settled: readonly Settled[],
): Promise<AccountsBefore> {
  const rows = await query<Membership & { number: number }>(
    `SELECT number, account_id AS account, attributes ->> '${ACCOUNT_ID}' AS known FROM leads
     WHERE workspace_id = $1 AND number = ANY ($2::bigint[])`,
    [workspace, settled.map(({ lead }) => lead)],
  );
  const of = new Map(rows.map(({ number, ...membership }) => [number, membership]));
  const accounts = await query<{ id: string; attributes: Record<string, Raw> }>(
    'SELECT id, attributes FROM accounts WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
    [workspace, settled.flatMap(({ account }) => account ?? [])],
  );
  return {
    of,
    attributes: new Map(accounts.map(({ id, attributes }) => [id, new Map(Object.entries(attributes))])),
  };
}

async function write({ query, workspace }: Scope, settled: readonly Settled[]): Promise<void> {
  await query(
    `UPDATE leads l SET attributes = g.attributes, email = g.email, source = g.source, account_id = g.account_id,
       created_at = coalesce(g.since, l.created_at)
     FROM unnest($2::bigint[], $3::jsonb[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[])
       AS g(lead, attributes, email, source, account_id, since)
     WHERE l.workspace_id = $1 AND l.number = g.lead`,
    [
      workspace,
      settled.map(({ lead }) => lead),
      settled.map(({ attributes }) => JSON.stringify(Object.fromEntries(attributes))),
      settled.map(({ attributes }) => readEmail(attributes.get('email'))),
      settled.map(
        ({ attributes }) => readValue(attributes.get('source'))?.text.slice(0, LONGEST_SOURCE) ?? null,
      ),
      settled.map(({ account }) => account),
      settled.map(({ since }) => instantText(since)),
    ],
  );
}

/**
 * Accounts of which something may now be held that was not: one that a lead left behind with what it had said of it, and
 * one of which a lead says something new. Where nobody says anything new nothing is read, however many leads it has.
 */
function accountsTouched(settled: readonly Settled[], before: AccountsBefore): string[] {
  const touched = new Set<string>();
  for (const { lead, account, attributes, statements } of settled) {
    const stated = statements
      .map(({ values }) => statedOfAccount(values)?.attributes)
      .filter((attributes) => attributes !== undefined);
    if (stated.length === 0) continue;
    const was = before.of.get(lead)!;
    const known = readValue(attributes.get(ACCOUNT_ID))?.text ?? null;
    if (was.account !== null && (was.account !== account || was.known !== known)) touched.add(was.account);
    const held = account === null ? null : before.attributes.get(account)!;
    if (held !== null && stated.some((values) => !saysNothingNew(values, held))) touched.add(account!);
  }
  return [...touched];
}
