/** The digest by mail: once a week and workspace, to both teams at once, and to nobody who does not want it. */
import type { Instant } from '#engine/facts/facts.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import type { Database } from '#platform/db/database.ts';
import { inEveryWorkspace } from '#platform/db/every-workspace.ts';
import type { Query } from '#platform/db/transaction.ts';
import { messageKey } from '#platform/ids.ts';
import type { Letter } from '#platform/mail/letter.ts';
import { post } from '#platform/outbox/outbox.ts';
import { digest, lastWeek, weekOf } from './digest.ts';
import { readScope } from './scope.ts';

/** Not before this hour of the week, by the workspace's clock: Monday, 7 o'clock. */
const HOUR = 7;

/** Posts the digest of the last week to every workspace that was not sent it. To be called every few minutes. */
export const sendDigests = (database: Database, now: Instant): Promise<void> =>
  inEveryWorkspace(database, (workspace) => async (_, query) => {
    await sendDigest(query, workspace, now);
    return 'done';
  });

async function sendDigest(query: Query, workspace: string, now: Instant): Promise<void> {
  const [{ demo, zone: own } = { demo: true, zone: 'UTC' }] = await query<{ demo: boolean; zone: string }>(
    'SELECT demo, zone FROM workspaces WHERE workspace_id = $1',
    [workspace],
  );
  const timeline = await readTimeline(query, workspace);
  // Without a pact there is nothing to tell, and nobody made up reads mail.
  if (demo || !timeline.hasBegun(now)) return;
  const zone = timeline.at(now)?.pact.calendar.zone ?? own;
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  if (here.dayOfWeek === 1 && here.hour < HOUR) return;
  const week = lastWeek(now, zone);
  if (timeline.versions[0]!.from >= weekOf(week, zone).to) return; // the week was before any pact
  const fresh = await query(
    'INSERT INTO digests (workspace_id, week, sent_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING week',
    [workspace, week, new Date(now)],
  );
  if (fresh.length === 0) return;
  const members = await query<{ id: string }>(
    `SELECT m.id FROM members m LEFT JOIN preferences p ON p.workspace_id = m.workspace_id AND p.member_id = m.id
     WHERE m.workspace_id = $1 AND m.joined_at IS NOT NULL AND m.left_at IS NULL
       AND coalesce((p.mail ->> 'digest')::boolean, true) ORDER BY m.id`,
    [workspace],
  );
  const parcels = members.map(({ id }) => ({
    id: messageKey(`${workspace} digest ${week} ${id}`),
    topic: 'mail.digest',
    payload: { member: id, week },
  }));
  await post(query, workspace, parcels, now);
}

export type Reader = { name: string; email: string };

/** The letter; the same words for everybody. */
export async function digestLetter(
  query: Query,
  workspace: string,
  { reader, week, now, publicUrl }: { reader: Reader; week: string; now: Instant; publicUrl: string },
): Promise<Letter> {
  const { zone } = await readScope({ query, workspace, now }, {});
  const { from, to } = weekOf(week, zone);
  const period = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const { title, says, marketing, sales, waiting } = await digest(
    await readScope({ query, workspace, now }, period),
    week,
  );
  const lines = [...marketing, ...sales].map((figure) => `${figure.name}: ${figure.says}`);
  return {
    to: { name: reader.name, address: reader.email },
    subject: title,
    parts: [
      { kind: 'text', text: says },
      { kind: 'list', items: lines },
      ...(waiting.length > 0
        ? [{ kind: 'list', items: waiting.map(({ says: told }) => told) } as const]
        : []),
      { kind: 'action', label: 'Open the digest', url: `${publicUrl}/measures/digest?week=${week}` },
      {
        kind: 'text',
        text: 'Both teams are sent this same page. Whoever does not want it switches it off in their preferences.',
      },
    ],
  };
}
