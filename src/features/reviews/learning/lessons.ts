/** What won and lost deals say of a pact: asked for, worked out in the background, kept, and made drafts of. */
import type { Lessons } from '#contract/lessons.ts';
import type { Lessons as Learnt } from '#engine/calibration/lessons/lessons.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { readMark } from '#features/backtests/mark.ts';
import type { Deed } from '#features/handoffs/deed.ts';
import { draft, type VersionKey } from '#features/pacts/drafting.ts';
import { edited } from '#features/pacts/editing.ts';
import { ask } from '#features/pacts/reading/reading.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { Query } from '#platform/db/transaction.ts';
import { messageOf } from '#platform/errors.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { type Looking, requireDue, reviewOf, tell } from '../review.ts';
import { gatherLeads } from './gathering.ts';

/** So long whoever works at them is taken to be alive without a word, in milliseconds. */
const LEASE = 60_000;
/** How much of the way the gathering of leads is. */
const GATHERED = 0.8;

type Row = {
  pact_id: string;
  version: number;
  since: Date;
  mark: string;
  state: Lessons['state'];
  progress: number;
  error: string | null;
  learnt: Learnt | null;
  begun_at: Date;
  leased_until: Date;
  finished_at: Date | null;
};

const lessonsOf = async (query: Query, workspace: string, pact: string): Promise<Row | null> => {
  const [row] = await query<Row>('SELECT * FROM lessons WHERE workspace_id = $1 AND pact_id = $2', [
    workspace,
    pact,
  ]);
  return row ?? null;
};

/** What was learnt last of a pact, for its agenda; null while nothing was. */
export const learntOf = async (query: Query, workspace: string, pact: string): Promise<Learnt | null> =>
  (await lessonsOf(query, workspace, pact))?.learnt ?? null;

export async function showLessons(
  { tx, query, workspace, now }: Looking,
  id: string,
): Promise<Lessons | null> {
  const { pact_id } = await reviewOf(tx, workspace, id);
  const row = await lessonsOf(query, workspace, pact_id);
  return row === null ? null : shown(row, await presentOf(query, workspace, pact_id, now), now);
}

type Present = { version: number; text: string; mark: string };

/** The version in force of a pact, and what the history is like. @throws HttpProblem 409 */
async function presentOf(query: Query, workspace: string, pact: string, now: Instant): Promise<Present> {
  const timeline = await readTimeline(query, workspace);
  const version = timeline.hasBegun(now) ? timeline.at(now) : null;
  if (version === null || version.pact_id !== pact) {
    throw new HttpProblem(
      409,
      'nothing_in_force',
      'No version of this pact is in force: there is nothing to study.',
    );
  }
  const [row] = await query<{ text: string }>(
    'SELECT text FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND number = $3',
    [workspace, pact, version.number],
  );
  return { version: version.number, text: row!.text, mark: await readMark(query, workspace) };
}

function shown(row: Row, { version, mark }: Pick<Present, 'version' | 'mark'>, now: Instant): Lessons {
  const { state, progress, error, learnt, begun_at, finished_at, leased_until } = row;
  const isLost = state === 'running' && leased_until.getTime() < now;
  return {
    state: isLost ? 'failed' : state,
    progress,
    error: isLost ? 'Whoever worked at it has stopped: ask again.' : error,
    version: row.version,
    begun_at: begun_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
    stale: version !== row.version || mark !== row.mark,
    learnt:
      learnt === null
        ? null
        : { ...learnt, suggestions: learnt.suggestions.map(({ edits: _edits, ...one }) => one) },
  };
}

/** What is to be worked out, once it is written down that somebody does. */
export type Study = { workspace: string; pact: string; text: string; since: Instant };

/** Takes a study on. @returns null where it is done or under way, and nothing has changed since */
export async function beginStudy(looking: Looking, id: string): Promise<Study | null> {
  const { tx, query, workspace, now } = looking;
  const review = await reviewOf(tx, workspace, id);
  requireDue(review);
  const pact = review.pact_id;
  const { version, text, mark } = await presentOf(query, workspace, pact, now);
  const since = review.from_at;
  const at = new Date(now);
  const taken = await query(
    `INSERT INTO lessons (workspace_id, pact_id, version, since, mark, begun_at, leased_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (workspace_id, pact_id) DO UPDATE SET version = $3, since = $4, mark = $5, state = 'running',
       progress = 0, error = NULL, learnt = NULL, begun_at = $6, leased_until = $7, finished_at = NULL
     WHERE lessons.state = 'failed' OR lessons.state = 'running' AND lessons.leased_until < $6
       OR lessons.state = 'done' AND (lessons.version, lessons.since, lessons.mark) IS DISTINCT FROM ($3, $4::timestamptz(3), $5)
     RETURNING pact_id`,
    [workspace, pact, version, since, mark, at, new Date(now + LEASE)],
  );
  return taken.length === 0 ? null : { workspace, pact, text, since: since.getTime() };
}

/** How old lessons may be while a review is near. */
const FRESH = 86_400_000;

/** Studies anew, once a day, what is under a review that is near. To be called every hour or so. */
export async function keepLessons(house: { database: Database; clock: Clock }): Promise<void> {
  const { database, clock } = house;
  const workspaces = await database.acrossWorkspaces((_, query) =>
    query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces WHERE NOT demo'),
  );
  for (const { workspace_id: workspace } of workspaces) {
    const now = clock();
    const study = await database.inWorkspace(workspace, async (tx, query) => {
      const timeline = await readTimeline(query, workspace);
      const inForce = timeline.hasBegun(now) ? timeline.at(now) : null;
      const [due] = await query<{ id: string }>(
        `SELECT r.id FROM reviews r LEFT JOIN lessons l ON l.workspace_id = $1 AND l.pact_id = r.pact_id
         WHERE r.workspace_id = $1 AND r.pact_id = $2 AND r.held_at IS NULL
           AND (l.begun_at IS NULL OR l.begun_at < $3) LIMIT 1`,
        [workspace, inForce?.pact_id ?? null, new Date(now - FRESH)],
      );
      return due === undefined ? null : beginStudy({ tx, query, workspace, now }, due.id);
    });
    if (study !== null) await carryOutStudy(house, study);
  }
}

/** Works it out. What goes wrong is written down with it. */
export async function carryOutStudy(
  { database, clock }: { database: Database; clock: Clock },
  { workspace, pact: id, text, since }: Study,
): Promise<void> {
  const write = (what: string, ...values: unknown[]): Promise<unknown> =>
    database.inWorkspace(workspace, (_, query) =>
      query(`UPDATE lessons SET ${what} WHERE workspace_id = $1 AND pact_id = $2 AND state = 'running'`, [
        workspace,
        id,
        ...values,
      ]),
    );
  const say = async (share: number): Promise<void> => {
    await write('progress = $3, leased_until = $4', share, new Date(clock() + LEASE));
  };
  try {
    const pact = await ask('pact', { text });
    const leads = await gatherLeads(database, { workspace, pact, now: clock() }, (share) =>
      say(share * GATHERED),
    );
    const learnt = await ask('learn', { text, leads, since });
    await write(
      "state = 'done', progress = 1, learnt = $3, finished_at = $4",
      JSON.stringify(learnt),
      new Date(clock()),
    );
  } catch (error) {
    await write("state = 'failed', error = $3, finished_at = $4", messageOf(error), new Date(clock()));
  }
}

/** Makes a draft of a suggestion, on what is in force. */
export async function draftSuggestion(
  deed: Deed,
  caller: Caller,
  id: string,
  clause: string,
): Promise<VersionKey> {
  const { tx, query, workspace, now } = deed;
  const { pact_id } = await reviewOf(tx, workspace, id);
  const row = await lessonsOf(query, workspace, pact_id);
  const suggestion = row?.learnt?.suggestions.find((one) => one.clause === clause);
  if (suggestion === undefined)
    throw new HttpProblem(404, 'not_found', `Nothing is suggested of ${clause} (any more).`);
  const { version, text } = await presentOf(query, workspace, pact_id, now);
  if (version !== row!.version) {
    throw new HttpProblem(
      409,
      'superseded',
      `It was suggested of version ${row!.version}, and version ${version} is in force by now: study it anew.`,
    );
  }
  const { text: after } = await edited(text, suggestion.edits);
  const note = suggestion.said.slice(0, 2_000);
  const key = await draft(tx, caller, pact_id, { text: after, base: version, note }, now);
  tell(deed, id, 'suggestion_drafted', { clause, pact: key.pact, version: key.number });
  return key;
}
