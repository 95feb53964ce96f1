/** The facilitator's day: what waits for a ruling, a signature or a look. */
import type { Today } from '#contract/today.ts';
import { proposedVersions } from './agreement.ts';
import { bareFigure, handoffFigure, iso, type Looking, STANDS, WHOSE, type Whose } from './looking.ts';

const MOST = 50;
const MOST_COUNTED = 10_000;
const DAY = 86_400_000;
const SOON = 14 * DAY;

type Part = NonNullable<Today['facilitator']>;

export async function facilitatorsDay(looking: Looking): Promise<Part> {
  const { inForce } = looking;
  const { quarantined, stuck } = await troubles(looking);
  return {
    disputes: await disputes(looking),
    disputes_all: await handoffFigure(looking, { standing: 'returned', dispute: 'waiting' }),
    versions: await proposedVersions(looking),
    review:
      inForce === null
        ? null
        : {
            pact: inForce.pact_id,
            number: inForce.number,
            next: inForce.pact.review.next ?? null,
            expires: inForce.pact.review.expires ?? null,
          },
    exceptions: await exceptions(looking),
    quarantined: bareFigure(quarantined, MOST_COUNTED),
    stuck: bareFigure(stuck, MOST_COUNTED),
  };
}

type DisputeRow = Omit<Part['disputes'][number], 'at'> & { at: Date; lead: Whose };

async function disputes({ query, caller }: Looking): Promise<Part['disputes']> {
  const rows = await query<DisputeRow>(
    `SELECT x.id AS handoff, ${WHOSE}, d.at, d.member_id AS by, d.text, r.reason, r.clause
     FROM disputes d JOIN handoffs x ON x.workspace_id = $1 AND x.id = d.handoff_id
       JOIN returns r ON r.workspace_id = $1 AND r.handoff_id = x.id ${STANDS}
     WHERE d.workspace_id = $1
       AND NOT EXISTS (SELECT FROM rulings u WHERE u.workspace_id = $1 AND u.handoff_id = d.handoff_id)
     ORDER BY d.at, x.id LIMIT ${MOST}`,
    [caller.workspace],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: iso(at) }));
}

type ExceptionRow = Omit<Part['exceptions'][number], 'ends_at'> & { ends_at: Date };

async function exceptions({ query, caller, now }: Looking): Promise<Part['exceptions']> {
  const rows = await query<ExceptionRow>(
    `SELECT x.id, ${WHOSE}, x.sponsor_id AS sponsor, x.party, x.reason, x.ends_at FROM exceptions x ${STANDS}
     WHERE x.workspace_id = $1 AND x.ends_at >= $2 AND x.ends_at < $3 ORDER BY x.ends_at, x.id LIMIT ${MOST}`,
    [caller.workspace, new Date(now), new Date(now + SOON)],
  );
  return rows.map(({ ends_at, ...row }) => ({ ...row, ends_at: iso(ends_at) }));
}

async function troubles({ query, caller }: Looking): Promise<{ quarantined: number; stuck: number }> {
  const [row] = await query<{ quarantined: number; stuck: number }>(
    `SELECT (SELECT count(*)::int FROM (SELECT FROM quarantine WHERE workspace_id = $1
         AND replayed_at IS NULL AND dismissed_at IS NULL LIMIT ${MOST_COUNTED + 1}) few) AS quarantined,
       (SELECT count(*)::int FROM (SELECT FROM stuck_leads WHERE workspace_id = $1 LIMIT ${MOST_COUNTED + 1}) few) AS stuck`,
    [caller.workspace],
  );
  return row!;
}
