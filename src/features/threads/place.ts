/** What a thread is about: a lead, an account, a handoff or a review. A lead's thread goes with it when it is merged. */
import type { Deed } from '#features/handoffs/deed.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { newId } from '#platform/ids.ts';

type About = 'lead' | 'account' | 'handoff' | 'review';
export type Place = { about: About; id: string };
type Looking = Pick<Deed, 'query' | 'workspace'>;

/** What each is kept under: the lead's number that is written to, and all that are read from. */
type Found = { own: string | number; all: (string | number)[] };

const finders: Record<About, (looking: Looking, id: string) => Promise<Found | null>> = {
  lead: async ({ query, workspace }, id) => {
    const rows = await query<{ own: number; number: number }>(
      `SELECT l.own, f.number FROM (
         SELECT CASE WHEN merged_into IS NULL THEN number ELSE merged_into END AS own FROM leads
         WHERE workspace_id = $1 AND id = $2) l
       JOIN leads f ON f.workspace_id = $1 AND (f.number = l.own OR f.merged_into = l.own)`,
      [workspace, id],
    );
    const own = rows[0]?.own;
    return own === undefined ? null : { own, all: rows.map(({ number }) => number) };
  },
  account: ({ query, workspace }, id) => byId(query, workspace, 'accounts', id),
  handoff: ({ query, workspace }, id) => byId(query, workspace, 'handoffs', id),
  review: ({ query, workspace }, id) => byId(query, workspace, 'reviews', id),
};

async function byId(
  query: Deed['query'],
  workspace: string,
  table: 'accounts' | 'handoffs' | 'reviews',
  id: string,
) {
  const rows = await query(`SELECT 1 FROM ${table} WHERE workspace_id = $1 AND id = $2`, [workspace, id]);
  return rows.length === 0 ? null : { own: id, all: [id] };
}

const columns: Record<About, [column: string, type: string]> = {
  lead: ['lead', 'bigint'],
  account: ['account_id', 'uuid'],
  handoff: ['handoff_id', 'uuid'],
  review: ['review_id', 'uuid'],
};

async function find(looking: Looking, { about, id }: Place): Promise<Found> {
  const found = await finders[about](looking, id);
  if (found === null) throw new HttpProblem(404, 'not_found', `There is no such ${about} here.`);
  return found;
}

/** The threads that make up what was said: of a merged lead all of those it was made of. */
export async function threadsOf(looking: Looking, place: Place): Promise<string[]> {
  const { all } = await find(looking, place);
  const [column, type] = columns[place.about];
  const rows = await looking.query<{ id: string }>(
    `SELECT id FROM threads WHERE workspace_id = $1 AND ${column} = ANY ($2::${type}[])`,
    [looking.workspace, all],
  );
  return rows.map(({ id }) => id);
}

/** The thread that is written to; begun with its first message. */
export async function threadFor(deed: Deed, place: Place): Promise<string> {
  const { own } = await find(deed, place);
  const [column] = columns[place.about];
  const [row] = await deed.query<{ id: string }>(
    `INSERT INTO threads (workspace_id, id, ${column}, opened_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace_id, ${column}) DO UPDATE SET opened_at = threads.opened_at RETURNING id`,
    [deed.workspace, newId(deed.now), own, new Date(deed.now)],
  );
  return row!.id;
}
