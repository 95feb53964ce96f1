/** The demo workspace: told from real ones, opened to visitors and closed. */
import type { Database } from '#platform/db/database.ts';
import { HttpProblem } from '#platform/http/problem.ts';

/** People of the demo company: no mail reaches them, and nobody sets anything up by their names. */
export const DEMO_MAIL = '@acme-industrial.example';

type Found = { id: string; isOpen: boolean };

/** The demo workspace, whether it can be visited or not. */
export async function findDemo(database: Database): Promise<Found | null> {
  const [found] = await database.acrossWorkspaces((_, query) =>
    query<{ id: string; open: boolean }>(
      `SELECT workspace_id AS id, coalesce((settings ->> 'demo_open')::boolean, false) AS open
       FROM workspaces WHERE demo ORDER BY created_at LIMIT 1`,
    ),
  );
  return found === undefined ? null : { id: found.id, isOpen: found.open };
}

/** Whoever is inside is shown out, and nobody comes in any more. Its data stays until it is removed. */
export async function closeDemo(database: Database): Promise<void> {
  const found = await findDemo(database);
  if (found === null || !found.isOpen) return;
  await setDemoOpen(database, found.id, false);
  const people = await database.inWorkspace(found.id, (_, query) =>
    query<{ person_id: string }>(
      'SELECT person_id FROM members WHERE workspace_id = $1 AND person_id IS NOT NULL',
      [found.id],
    ),
  );
  const ids = people.map(({ person_id }) => person_id);
  await database.atTheDoor((_, query) =>
    query('DELETE FROM people.sessions WHERE person_id = ANY ($1::uuid[])', [ids]),
  );
}

export const setDemoOpen = (database: Database, workspace: string, isOpen: boolean): Promise<unknown> =>
  database.inWorkspace(workspace, (_, query) =>
    query(
      `UPDATE workspaces SET settings = settings || jsonb_build_object('demo_open', $2::boolean)
       WHERE workspace_id = $1 AND demo`,
      [workspace, isOpen],
    ),
  );

/** @throws HttpProblem 409 when nobody may visit it */
export async function openDemo(database: Database): Promise<string> {
  const found = await findDemo(database);
  if (found?.isOpen) return found.id;
  throw new HttpProblem(
    409,
    found === null ? 'no_demo' : 'demo_closed',
    found === null
      ? 'There is no demo company here yet: POST /api/demo builds it.'
      : 'The demo company was closed when this installation was set up. "leadpact demo" opens it again.',
  );
}
