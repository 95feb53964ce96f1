/** When a review is due, and who is reminded of it. */
import type { Instant } from '#engine/facts/facts.ts';
import { parseElapsed } from '#engine/pact/duration.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import type { Database } from '#platform/db/database.ts';
import { inEveryWorkspace } from '#platform/db/every-workspace.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { messageKey, newId } from '#platform/ids.ts';
import { record } from '#platform/journal/journal.ts';
import { post } from '#platform/outbox/outbox.ts';

const DAY = 86_400_000;
/** Days before it is due: the review is on the calendar from the first on, and a mail goes out at each. */
const STEPS = [14, 3, 0] as const;

/** Puts reviews that come near on the calendar, and reminds of them. To be called every hour or so. */
export const keepReviews = (database: Database, now: Instant): Promise<void> =>
  inEveryWorkspace(database, (workspace) => async (tx, query) => {
    const [{ demo } = { demo: true }] = await query<{ demo: boolean }>(
      'SELECT demo FROM workspaces WHERE workspace_id = $1',
      [workspace],
    );
    if (!demo) await keep(tx, query, workspace, now);
    return 'done';
  });

async function keep(tx: Tx, query: Query, workspace: string, now: Instant): Promise<void> {
  const timeline = await readTimeline(query, workspace);
  const version = timeline.hasBegun(now) ? timeline.at(now) : null;
  if (version === null) return;
  const { zone } = version.pact.calendar;
  await putOnCalendar(tx, query, workspace, { pact: version.pact_id, rules: version.pact, zone, now });
  const due = await query<{ id: string; due_on: string }>(
    'SELECT id, due_on::text FROM reviews WHERE workspace_id = $1 AND held_at IS NULL ORDER BY id',
    [workspace],
  );
  for (const one of due) await remind(tx, query, workspace, one, { today: dayAt(now, zone), now });
}

type Calendar = { pact: string; rules: Pact; zone: string; now: Instant };

async function putOnCalendar(
  tx: Tx,
  query: Query,
  workspace: string,
  { pact, rules, zone, now }: Calendar,
): Promise<void> {
  const open = await query(
    'SELECT FROM reviews WHERE workspace_id = $1 AND pact_id = $2 AND held_at IS NULL',
    [workspace, pact],
  );
  const beginning = await beginningOf(query, workspace, pact);
  if (open.length > 0 || beginning === null) return;
  const due_on = dueOn(rules.review, beginning.from.getTime(), zone);
  if (daysBetween(dayAt(now, zone), due_on) > STEPS[0]) return;
  const id = newId(now);
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('reviews')
    .values({
      workspace_id: workspace,
      id,
      pact_id: pact,
      version: beginning.version,
      due_on,
      from_at: beginning.from,
    })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) return;
  const subject = { kind: 'review', id };
  const actor = { kind: 'system' } as const;
  await record(tx, workspace, [{ at: now, actor, what: 'review.due', subject, data: { pact, due_on } }]);
}

/** The day of the next review: the one the pact names, if it lies ahead of the last, else its cadence after that. */
export function dueOn({ every, next }: Pact['review'], last: Instant, zone: string): string {
  if (next !== undefined && next > dayAt(last, zone)) return next;
  return dayAt(last + parseElapsed(every), zone);
}

/** Where a review begins to look: where the last one ended, else where the pact first came into force. */
export async function beginningOf(
  query: Query,
  workspace: string,
  pact: string,
): Promise<{ from: Date; version: number } | null> {
  const [row] = await query<{ from: Date | null; version: number | null }>(
    `SELECT coalesce(
        (SELECT max(held_at) FROM reviews WHERE workspace_id = $1 AND pact_id = $2),
        (SELECT min(in_force_from) FROM versions WHERE workspace_id = $1 AND pact_id = $2)) AS "from",
      (SELECT number FROM versions WHERE workspace_id = $1 AND pact_id = $2 AND in_force_from IS NOT NULL
       ORDER BY in_force_from DESC, number DESC LIMIT 1) AS version`,
    [workspace, pact],
  );
  return row === undefined || row.from === null || row.version === null
    ? null
    : { from: row.from, version: row.version };
}

/** Reminds once at each step; who comes late gets the nearest step alone. */
async function remind(
  tx: Tx,
  query: Query,
  workspace: string,
  { id, due_on }: { id: string; due_on: string },
  { today, now }: { today: string; now: Instant },
): Promise<void> {
  const left = daysBetween(today, due_on);
  const step = STEPS.findLast((days) => left <= days);
  if (step === undefined) return;
  const fresh = await tx
    .insertInto('review_reminders')
    .values({ workspace_id: workspace, review_id: id, days_before: step, at: new Date(now) })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst();
  if (fresh.numInsertedOrUpdatedRows === 0n) return;
  const members = await query<{ id: string }>(
    `SELECT m.id FROM members m LEFT JOIN preferences p ON p.workspace_id = m.workspace_id AND p.member_id = m.id
     WHERE m.workspace_id = $1 AND m.joined_at IS NOT NULL AND m.left_at IS NULL
       AND (m.rank <> 'member' OR m.party IS NULL) AND coalesce((p.mail ->> 'review')::boolean, true) ORDER BY m.id`,
    [workspace],
  );
  const mails = members.map(({ id: member }) => ({
    id: messageKey(`${id} review ${step} ${member}`),
    topic: 'mail.review',
    payload: { member, review: id },
  }));
  const told = {
    id: messageKey(`${id} review ${step}`),
    topic: 'pact.review_due',
    payload: { review: id, due_on },
  };
  await post(query, workspace, [told, ...mails], now);
}

/** The day of an instant, in a zone. */
export const dayAt = (at: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

const daysBetween = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / DAY;
