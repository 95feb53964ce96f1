import { readValue } from '#engine/criterion/value.ts';
import type { Raw } from '#engine/facts/facts.ts';
import { ACCOUNT, ACCOUNT_ID, flatten, foldAttributes, type Statement } from '#features/leads/attributes.ts';
import { familiesOf } from '#features/leads/family.ts';
import type { Scope } from '#features/leads/identity/scope.ts';
import { readStatements } from '#features/leads/statements.ts';

/**
 * Brings the attributes of accounts up to date: folded, as a lead's are, from what was stated of the account through
 * each of its leads. Holds the identity lock.
 */
export async function settleAccounts(scope: Scope, accounts: readonly string[]): Promise<void> {
  if (accounts.length === 0) return;
  const { query, workspace } = scope;
  const members = await query<{ account_id: string; number: number; id: string | null }>(
    `SELECT account_id, number, attributes ->> '${ACCOUNT_ID}' AS id FROM leads
     WHERE workspace_id = $1 AND account_id = ANY ($2::uuid[]) AND merged_into IS NULL`,
    [workspace, accounts],
  );
  const families = await familiesOf(
    scope,
    members.map(({ number }) => number),
  );
  const leadsOf = new Map(families.map(({ root, leads }) => [root, leads]));
  const statements = Map.groupBy(
    await readStatements(
      scope,
      families.flatMap(({ leads }) => leads),
    ),
    ({ lead }) => lead,
  );
  const membersOf = Map.groupBy(members, ({ account_id }) => account_id);
  const settled = accounts.map((account) => {
    const stated = (membersOf.get(account) ?? []).flatMap(({ number, id }) =>
      (leadsOf.get(number) ?? [])
        .flatMap((lead) => statements.get(lead) ?? [])
        .flatMap((statement) => ofAccount(statement, id)),
    );
    return { account, attributes: foldAttributes(stated) };
  });
  await query(
    `UPDATE accounts a SET attributes = g.attributes, name = g.name
     FROM unnest($2::uuid[], $3::jsonb[], $4::text[]) AS g(id, attributes, name)
     WHERE a.workspace_id = $1 AND a.id = g.id`,
    [
      workspace,
      settled.map(({ account }) => account),
      settled.map(({ attributes }) => JSON.stringify(Object.fromEntries(attributes))),
      settled.map(({ attributes }) => readValue(attributes.get('name'))?.text ?? null),
    ],
  );
}

/** What a statement says of the account with this id, or of an account it does not name; nothing when of another. */
function ofAccount({ at, trust, values }: Statement, id: string | null): Statement[] {
  const stated = statedOfAccount(values);
  if (stated === null || (stated.id !== null && stated.id !== id)) return [];
  return [{ at, trust, values: stated.attributes }];
}

/** What a statement says of an account, under the names without "account."; null when nothing. */
export function statedOfAccount(
  values: Record<string, Raw>,
): { id: string | null; attributes: Record<string, Raw> } | null {
  const flat = flatten(values);
  const named = [...flat].filter(([name]) => name.startsWith(ACCOUNT) && name !== ACCOUNT_ID);
  if (named.length === 0) return null;
  const attributes = Object.fromEntries(named.map(([name, raw]) => [name.slice(ACCOUNT.length), raw]));
  return { id: readValue(flat.get(ACCOUNT_ID))?.text ?? null, attributes };
}
