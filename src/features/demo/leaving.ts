/** How things stand today: an appeal that waits for its ruling, and a rep who has left with leads in hand. */
import { dispute } from '#features/handoffs/disputing.ts';
import { reassign } from '#features/handoffs/reassigning.ts';
import { removeMember } from '#features/people/members.ts';
import { actorOf } from '#features/people/policy.ts';
import type { History, Stage } from './history.ts';

const HOUR = 3_600_000;
const IN_HAND = 3;

export async function leaveOpen(history: History, { query, members, now, workspace }: Stage): Promise<void> {
  const [miriam, henrik, sven] = [
    members['Miriam Albrecht'],
    members['Henrik Vogel'],
    members['Sven Hartung'],
  ];
  const accused = await query<{ id: string }>(
    `SELECT r.handoff_id AS id FROM returns r WHERE r.workspace_id = $1 AND r.reason IN ('not_fit', 'no_need')
       AND NOT EXISTS (SELECT FROM disputes d WHERE d.workspace_id = r.workspace_id AND d.handoff_id = r.handoff_id)
     ORDER BY r.at DESC LIMIT 1`,
    [workspace],
  );
  for (const { id } of accused) {
    const text =
      'The packet names forty pumps on three lines. What was asked, and whom, before "no" was said?';
    await history.act(actorOf(miriam), now - 2 * HOUR, (deed) => dispute(deed, miriam, id, text));
  }
  const given = await query<{ id: string }>(
    `SELECT id FROM handoffs WHERE workspace_id = $1 AND decision IS NULL AND (answer IS NULL OR answer = 'acceptance')
     ORDER BY offered_at DESC LIMIT $2`,
    [workspace, IN_HAND],
  );
  for (const { id } of given) {
    await history.act(actorOf(henrik), now - 4 * HOUR, (deed) =>
      reassign(deed, henrik, id, { member: sven.id, reason: 'Sven knows their plant.' }),
    );
  }
  await history.act(actorOf(henrik), now - HOUR, ({ tx }) =>
    removeMember(tx, { workspace, actor: actorOf(henrik) }, sven.id, now - HOUR),
  );
}
