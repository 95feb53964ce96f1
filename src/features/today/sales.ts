/** Sales' day: what is theirs to answer, and for who leads them, how it is going for everybody. */
import { listHandoffs } from '#contract/handoffs.ts';
import type { Today } from '#contract/today.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { listHandoffsOf } from '#features/handoffs/listing.ts';
import { dutiesOf } from '#features/threads/messages.ts';
import { endOfToday, yesterday } from './day.ts';
import { handoffFigure, iso, type Looking, STANDS, WHOSE, type Whose } from './looking.ts';

const MOST = 50;
const DAY = 86_400_000;
/** Leads handed over longer ago than this have found another way. */
const STILL_MINE = 90 * DAY;

export async function repsDay(looking: Looking): Promise<NonNullable<Today['rep']>> {
  const { query, caller, now, zone } = looking;
  const mine = { scope: 'mine', standing: 'open' };
  const wanted = listHandoffs.query.parse({ ...mine, sort: 'due', limit: MOST });
  const until = iso(endOfToday(now, zone));
  return {
    handoffs: (await listHandoffsOf(query, caller, wanted, now)).items,
    open: await handoffFigure(looking, mine),
    late: await handoffFigure(looking, { ...mine, late: 'true' }),
    due_today: await handoffFigure(looking, { ...mine, late: 'false', due_until: until }),
    queue: await handoffFigure(looking, { scope: 'queue', standing: 'open' }),
    moved: await movedOnMine(looking),
    duties: await dutiesOf({ query, workspace: caller.workspace }, caller),
  };
}

type MovedRow = { lead: Whose; at: Date; from: string | null; to: string; grade: string | null };

async function movedOnMine({ query, caller, now, zone }: Looking) {
  const rows = await query<MovedRow>(
    `SELECT ${WHOSE}, m.at, m.from_stage AS "from", m.to_stage AS "to", m.grade
     FROM (SELECT DISTINCT lead FROM handoffs WHERE workspace_id = $1 AND owner_id = $2 AND offered_at >= $4) x ${STANDS}
       JOIN moves m ON m.workspace_id = $1 AND m.lead = s.number AND m.at >= $3 AND m.replaced_at IS NULL
     ORDER BY m.at DESC, m.id DESC LIMIT ${MOST}`,
    [caller.workspace, caller.id, new Date(yesterday(now, zone)), new Date(now - STILL_MINE)],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: iso(at) }));
}

export async function salesLeadsDay(looking: Looking): Promise<NonNullable<Today['sales_lead']>> {
  const { query, caller, now, zone } = looking;
  const until = iso(endOfToday(now, zone));
  const due = { standing: 'open', late: 'false', due_until: until };
  const soon = listHandoffs.query.parse({ ...due, sort: 'due', limit: MOST });
  return {
    due_soon: (await listHandoffsOf(query, caller, soon, now)).items,
    due: await handoffFigure(looking, due),
    late: await handoffFigure(looking, { standing: 'open', late: 'true' }),
    unanswered: await handoffFigure(looking, { standing: 'offered' }),
    unassigned: await handoffFigure(looking, { scope: 'queue', standing: 'open' }),
    load: await loads(looking),
    lapses: await lapses(looking),
    to_acknowledge: await handoffFigure(looking, { standing: 'lapsed', lapse: 'unacknowledged' }),
  };
}

type LoadRow = {
  id: string;
  name: string;
  email: string;
  open: number;
  late: number;
  absent_until: Date | null;
  has_left: boolean;
};

/** Everybody of sales, with what is open with them; whoever has left and still has something comes first. */
async function loads({ query, caller, now, inForce }: Looking) {
  const rows = await query<LoadRow>(
    `SELECT m.id, m.name, m.email, coalesce(h.open, 0)::int AS open, coalesce(h.late, 0)::int AS late,
       (SELECT max(a.until_at) FROM absences a WHERE a.workspace_id = $1 AND a.member_id = m.id
          AND a.from_at <= $2 AND a.until_at > $2) AS absent_until,
       m.left_at IS NOT NULL AS has_left
     FROM members m LEFT JOIN (
       SELECT h.owner_id, count(*) AS open, count(*) FILTER (WHERE EXISTS (
           SELECT FROM deadlines d WHERE d.workspace_id = $1 AND d.handoff_id = h.id
             AND d.met_at IS NULL AND d.void_at IS NULL AND d.due_at < $2)) AS late
       FROM handoffs h WHERE h.workspace_id = $1 AND h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')
       GROUP BY h.owner_id) h ON h.owner_id = m.id
     WHERE m.workspace_id = $1 AND m.party = 'sales' AND (m.left_at IS NULL OR h.open > 0)
     ORDER BY has_left DESC, open DESC, m.name, m.id LIMIT 500`,
    [caller.workspace, new Date(now)],
  );
  return rows.map(({ id, name, email, open, late, absent_until, has_left }) => {
    const theirs = { standing: 'open', owner: id };
    return {
      member: id,
      name,
      open: { n: open, more: false, open: { noun: 'handoffs' as const, filter: theirs } },
      late: {
        n: late,
        more: false,
        open: { noun: 'handoffs' as const, filter: { ...theirs, late: 'true' } },
      },
      cap: inForce === null ? null : capOf(inForce.pact, email),
      absent_until: absent_until === null ? null : iso(absent_until),
      has_left,
    };
  });
}

/** How much somebody takes at most: of all queues they are in, together. */
function capOf(pact: Pact, email: string): number | null {
  const caps = Object.values(pact.handoff.routing.queues).flatMap(({ members }) =>
    members.flatMap(({ person, cap }) => (person.toLowerCase() === email && cap !== undefined ? [cap] : [])),
  );
  return caps.length === 0 ? null : caps.reduce((sum, cap) => sum + cap, 0);
}

type LapseRow = {
  handoff: string;
  lead: Whose;
  owner: string | null;
  at: Date;
  reason: string | null;
  note: string | null;
};

async function lapses({ query, caller }: Looking) {
  const rows = await query<LapseRow>(
    `SELECT x.id AS handoff, ${WHOSE}, x.owner_id AS owner, p.at, p.reason, p.note
     FROM lapses p JOIN handoffs x ON x.workspace_id = $1 AND x.id = p.handoff_id ${STANDS}
     WHERE p.workspace_id = $1 AND p.acknowledged_at IS NULL ORDER BY p.at DESC, x.id LIMIT ${MOST}`,
    [caller.workspace],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: iso(at) }));
}
