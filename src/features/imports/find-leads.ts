import { readEmail } from '#features/leads/identity/email.ts';
import { isUuid } from '#platform/ids.ts';
import type { ImportOptions, Scope } from './kind.ts';

/**
 * The leads that other files name, by the words they use: an id of the system the file comes from, an id that events
 * came with, an e-mail address, or our own id.
 */
export async function findLeads(
  { query, workspace }: Scope,
  keys: readonly string[],
  { system }: ImportOptions,
): Promise<Map<string, number>> {
  const asked = [...new Set(keys)].flatMap((key) => {
    const address = readEmail(key);
    if (address !== null) return [{ key, kind: 'email', value: address }];
    return [
      { key, kind: 'external', value: `${system}:${key}` },
      { key, kind: 'user', value: key },
    ];
  });
  const rows = await query<{ key: string; lead: number }>(
    `SELECT g.key, i.lead FROM unnest($2::text[], $3::text[], $4::text[]) AS g(key, kind, value)
       JOIN identities i ON i.workspace_id = $1 AND i.kind = g.kind AND i.value = g.value
     ORDER BY g.kind DESC`, // what the system itself says counts for more
    [workspace, asked.map(({ key }) => key), asked.map(({ kind }) => kind), asked.map(({ value }) => value)],
  );
  const own = await query<{ key: string; lead: number }>(
    'SELECT id::text AS key, number AS lead FROM leads WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
    [workspace, [...new Set(keys)].filter(isUuid).map((key) => key.toLowerCase())],
  );
  return new Map([...rows, ...own].map(({ key, lead }) => [key, lead]));
}

/** Lets the workers fold leads again: something was learned of them. */
export async function markLeads(
  { query, workspace }: Scope,
  leads: Iterable<number>,
  newMark: () => string,
): Promise<void> {
  const marked = [...new Set(leads)];
  if (marked.length === 0) return;
  await query(
    'INSERT INTO dirty_leads (workspace_id, mark, lead) SELECT $1, g.mark, g.lead FROM unnest($2::uuid[], $3::bigint[]) AS g(mark, lead)',
    [workspace, marked.map(newMark), marked],
  );
}
