/** The people handoffs are routed to, as they stand at the moment, and whose turn it is. */

import type { Facts } from '#engine/facts/facts.ts';
import { queueFor, type RoutingDecision, route, type Standing, type Turns } from '#engine/handoff/route.ts';
import type { Pact } from '#engine/pact/pact.ts';
import type { Work } from '#features/verdicts/handlers.ts';
import { newId } from '#platform/ids.ts';
import { isAtWork } from './calendars.ts';

type Deed = Pick<Work, 'query' | 'workspace' | 'now'>;

type Row = {
  id: string;
  email: string;
  name: string;
  party: string | null;
  zone: string | null;
  left: boolean;
  away_until: Date | null;
  load: number;
};

/** Everybody of the workspace, with absences and how much is open with them. */
async function standings({ query, workspace, now }: Deed, pact: Pact): Promise<Standing[]> {
  const rows = await query<Row>(
    `SELECT m.id, m.email, m.name, m.party, m.zone, m.left_at IS NOT NULL AND m.left_at <= $2 AS left,
       (SELECT max(a.until_at) FROM absences a
        WHERE a.workspace_id = $1 AND a.member_id = m.id AND a.from_at <= $2 AND a.until_at > $2) AS away_until,
       (SELECT count(*) FROM handoffs h WHERE h.workspace_id = $1 AND h.owner_id = m.id
          AND h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')) AS load
     FROM members m WHERE m.workspace_id = $1`,
    [workspace, new Date(now)],
    'staff',
  );
  return Promise.all(
    rows.map(async ({ party, zone, away_until, ...row }) => ({
      ...row,
      sales: party === 'sales',
      awayUntil: away_until?.getTime() ?? null,
      atWork: await isAtWork(pact, zone, now),
    })),
  );
}

type Question = { pact: Pact; facts: Facts; except?: readonly string[] };

/** Who would get it, and why. Nothing is written. */
export async function dryRun(deed: Deed, question: Question): Promise<RoutingDecision> {
  const queue = queueFor({ ...question, at: deed.now });
  const rows = await deed.query<{ turns: Turns }>(
    'SELECT turns FROM routing_turns WHERE workspace_id = $1 AND queue = $2',
    [deed.workspace, queue],
  );
  return ask(deed, question, queue, rows[0]?.turns ?? {});
}

/** Who gets it. The queue is locked until the end of the transaction, so that no turn is taken twice. */
export async function assign(deed: Deed, question: Question): Promise<RoutingDecision> {
  const { query, workspace, now } = deed;
  const queue = queueFor({ ...question, at: now });
  if (queue === null) return ask(deed, question, null, {});
  const [row] = await query<{ turns: Turns }>(
    `INSERT INTO routing_turns (workspace_id, queue) VALUES ($1, $2)
     ON CONFLICT (workspace_id, queue) DO UPDATE SET turns = routing_turns.turns RETURNING turns`,
    [workspace, queue],
  );
  const decision = await ask(deed, question, queue, row!.turns);
  if (decision.turns !== null) {
    await query('UPDATE routing_turns SET turns = $3 WHERE workspace_id = $1 AND queue = $2', [
      workspace,
      queue,
      JSON.stringify(decision.turns),
    ]);
  }
  return decision;
}

const ask = async (
  deed: Deed,
  { pact, facts, except = [] }: Question,
  queue: string | null,
  turns: Turns,
): Promise<RoutingDecision> =>
  route({
    pact,
    facts,
    except,
    members: await standings(deed, pact),
    turns: queue === null ? {} : { [queue]: turns },
    at: deed.now,
  });

/** Keeps a decision with its reason; a person's word is one as well. */
export async function keepDecision(
  { tx, workspace, now }: Pick<Work, 'tx' | 'workspace' | 'now'>,
  handoff: string,
  { rule, queue, member, reason, candidates }: Omit<RoutingDecision, 'turns'>,
  by: string | null = null,
): Promise<void> {
  await tx
    .insertInto('routing_decisions')
    .values({
      workspace_id: workspace,
      id: newId(now),
      handoff_id: handoff,
      at: new Date(now),
      rule,
      queue,
      member_id: member,
      reason,
      candidates: JSON.stringify(candidates),
      by_member: by,
    })
    .execute();
}
