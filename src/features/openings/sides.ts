/** An opening as it is in the database, and the two texts once both are in. */
import type { Selectable } from 'kysely';
import type { Pact, PartyName } from '#engine/pact/pact.ts';
import { readAhead, readPact } from '#features/pacts/reading/reading.ts';
import type { HandIns, Openings } from '#platform/db/tables.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

export type OpeningRow = Selectable<Openings>;
export type HandIn = Selectable<HandIns>;

/** @throws HttpProblem 404 */
export async function openingOf(
  tx: Tx,
  workspace: string,
  id: string,
  forUpdate = false,
): Promise<OpeningRow> {
  const found = tx
    .selectFrom('openings')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id);
  const row = await (forUpdate ? found.forUpdate() : found).executeTakeFirst();
  if (row === undefined) throw new HttpProblem(404, 'not_found', 'There is no such opening here.');
  return row;
}

export const handInsOf = (tx: Tx, workspace: string, ids: readonly string[]): Promise<HandIn[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('hand_ins')
        .selectAll()
        .where('workspace_id', '=', workspace)
        .where('opening_id', 'in', ids)
        .execute();

export type Sides = { texts: Record<PartyName, string>; pacts: Record<PartyName, Pact> };

/** Both definitions. @throws HttpProblem 409 while one of them is not in: they are opened together */
export async function sidesOf(tx: Tx, workspace: string, { id, revealed_at }: OpeningRow): Promise<Sides> {
  if (revealed_at === null) {
    throw new HttpProblem(
      409,
      'not_open_yet',
      'Both definitions are opened together, when marketing and sales have both handed theirs in.',
    );
  }
  const rows = await tx
    .selectFrom('opening_texts')
    .select(['party', 'text'])
    .where('workspace_id', '=', workspace)
    .where('opening_id', '=', id)
    .execute();
  const texts = Object.fromEntries(rows.map(({ party, text }) => [party, text])) as Record<PartyName, string>;
  const { marketing, sales } = texts;
  await readAhead(marketing, sales);
  return { texts, pacts: { marketing: readPact(marketing), sales: readPact(sales) } };
}
