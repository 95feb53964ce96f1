/** The catalogue of measures: what each is, who answers for it, and whether it is still in use. */
import type { Catalogued } from '#contract/measures.ts';
import { MEASURES } from '#engine/measures/catalogue.ts';
import { requireMatch } from '#features/etag.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';

type Place = { query: Query; workspace: string };
type Row = {
  measure: string;
  owner: string | null;
  review_on: string | null;
  retired_at: Date | null;
  note: string | null;
  revision: number;
};

export async function listMeasures({ query, workspace }: Place): Promise<Catalogued[]> {
  const rows = await query<Row>(
    'SELECT measure, owner_id AS owner, review_on, retired_at, note, revision FROM measure_cards WHERE workspace_id = $1',
    [workspace],
  );
  const own = new Map(rows.map((row) => [row.measure, row]));
  return Object.entries(MEASURES).map(([id, card]) => {
    const row = own.get(id);
    return {
      id,
      ...card,
      owner: row?.owner ?? null,
      review_on: row?.review_on ?? null,
      retired_at: row?.retired_at?.toISOString() ?? null,
      note: row?.note ?? null,
      revision: row?.revision ?? 0,
    };
  });
}

export type Change = {
  owner?: string | null | undefined;
  review_on?: string | null | undefined;
  retired?: boolean | undefined;
  note?: string | null | undefined;
  revision?: number | undefined;
  ifMatch: string | null;
};

/** @throws HttpProblem 404 for a measure there is none of, 412 when somebody was faster, 422 for an owner who is not here */
export async function changeMeasure(
  deed: Deed,
  measure: string,
  { owner, review_on, retired, note, revision, ifMatch }: Change,
): Promise<Catalogued> {
  const find = async () => (await listMeasures(deed)).find(({ id }) => id === measure);
  const present = Object.hasOwn(MEASURES, measure) ? await find() : undefined;
  if (present === undefined)
    throw new HttpProblem(404, 'not_found', `There is no measure ${JSON.stringify(measure)} here.`);
  requireMatch(ifMatch, present);
  if (revision !== undefined && revision !== present.revision) {
    throw new HttpProblem(
      412,
      'changed_meanwhile',
      'Somebody else changed it since you read it. Read it again, then say what to change.',
    );
  }
  if (owner !== undefined && owner !== null) await mustBeHere(deed, owner);
  const was = present.retired_at;
  const retiredAt = retired === undefined ? was : retired ? (was ?? new Date(deed.now).toISOString()) : null;
  await deed.query(
    `INSERT INTO measure_cards (workspace_id, measure, owner_id, review_on, retired_at, note) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace_id, measure) DO UPDATE SET owner_id = excluded.owner_id, review_on = excluded.review_on,
       retired_at = excluded.retired_at, note = excluded.note, revision = measure_cards.revision + 1`,
    [
      deed.workspace,
      measure,
      owner === undefined ? present.owner : owner,
      review_on === undefined ? present.review_on : review_on,
      retiredAt,
      note === undefined ? present.note : note,
    ],
  );
  const verb = retiredAt === was ? 'changed' : retiredAt === null ? 'reinstated' : 'retired';
  deed.journal({
    at: deed.now,
    what: `measure.${verb}`,
    subject: { kind: 'measure', id: measure },
    data: {},
  });
  return (await find())!;
}

async function mustBeHere({ query, workspace }: Place, member: string): Promise<void> {
  const found = await query(
    'SELECT id FROM members WHERE workspace_id = $1 AND id = $2 AND left_at IS NULL',
    [workspace, member],
  );
  if (found.length > 0) return;
  const message = 'wanted a member of this workspace who has not left';
  throw new HttpProblem(422, 'measure_owner', `Nobody answers for it: ${message}.`, {
    errors: [{ path: 'body.owner', message }],
  });
}
