/** Marketing's day: what became of its leads this week, and for who leads it, the pace against the promise. */
import type { Today } from '#contract/today.ts';
import { paceOf } from '#engine/measures/promises.ts';
import { calendarOf } from '#features/handoffs/calendars.ts';
import { thisMonth, thisWeek, workingDays } from './day.ts';
import {
  type Filter,
  handoffFigure,
  iso,
  type Looking,
  leadFigure,
  STANDS,
  WHOSE,
  type Whose,
} from './looking.ts';

const MOST = 50;

/** Weeks and months are the pact's, not the reader's: both teams count the same ones. */
const zoneOf = ({ inForce, zone }: Looking): string => inForce?.pact.calendar.zone ?? zone;

export async function marketersDay(looking: Looking): Promise<NonNullable<Today['marketer']>> {
  const week = thisWeek(looking.now, zoneOf(looking));
  const since = iso(week);
  return {
    week_from: since,
    handed_over: await handoffFigure(looking, { standing: 'any', offered_from: since }),
    accepted: await handoffFigure(looking, { standing: 'any', answer: 'acceptance', answered_from: since }),
    qualified: await handoffFigure(looking, { standing: 'qualified', decided_from: since }),
    lapsed: await handoffFigure(looking, { standing: 'lapsed', answered_from: since }),
    returned: await handoffFigure(looking, { standing: 'returned', decided_from: since }),
    returns: await returns(looking, week),
    unready: await unready(looking),
    unready_all: await leadFigure(looking, { handoff: 'unready' }),
  };
}

type ReturnRow = {
  handoff: string;
  lead: Whose;
  at: Date;
  by: string;
  reason: string;
  clause: string | null;
  next: 'disqualify' | 'recycle';
  note: string | null;
  disputed: boolean;
};

async function returns({ query, caller, inForce }: Looking, since: number) {
  const rows = await query<ReturnRow>(
    `SELECT x.id AS handoff, ${WHOSE}, r.at, r.member_id AS by, r.reason, r.clause, r.next, r.note,
       EXISTS (SELECT FROM disputes d WHERE d.workspace_id = $1 AND d.handoff_id = x.id) AS disputed
     FROM handoffs x JOIN returns r ON r.workspace_id = $1 AND r.handoff_id = x.id ${STANDS}
     WHERE x.workspace_id = $1 AND x.decided_at >= $2 AND x.decision = 'return'
     ORDER BY x.decided_at DESC, x.id LIMIT ${MOST}`,
    [caller.workspace, new Date(since)],
  );
  const said = new Map(inForce?.pact.reasons.map(({ id, text }) => [id, text]));
  return rows.map(({ at, ...row }) => ({
    ...row,
    at: iso(at),
    reason_text: said.get(row.reason) ?? row.reason,
    disputable_until: null,
  }));
}

type UnreadyRow = { lead: Whose; missing: string[]; since: Date };

async function unready({ query, caller }: Looking) {
  const rows = await query<UnreadyRow>(
    `SELECT ${WHOSE}, x.missing, x.since FROM unready_handoffs x ${STANDS}
     WHERE x.workspace_id = $1 ORDER BY x.since, x.lead LIMIT ${MOST}`,
    [caller.workspace],
  );
  return rows.map(({ since, ...row }) => ({ ...row, since: iso(since) }));
}

export async function marketingLeadsDay(looking: Looking): Promise<NonNullable<Today['marketing_lead']>> {
  const { now, inForce } = looking;
  const month = iso(thisMonth(now, zoneOf(looking)));
  const promised = inForce?.pact.terms.marketing;
  const mqls = await leadFigure(looking, { mql_from: month });
  const answered = { standing: 'any', answered_from: month };
  const handedOver = { standing: 'any', offered_from: month };
  return {
    month_from: month,
    pace: await pace(looking, mqls),
    mqls,
    acceptance: await share(
      looking,
      { ...answered, answer: 'acceptance' },
      { ...answered, answer: 'by_sales' },
      promised?.acceptance,
    ),
    compliance: await share(looking, { ...handedOver, compliant: 'true' }, handedOver, promised?.compliance),
  };
}

/** N promised a month, d of D working days gone: N·d/D are due by now (methods: pace line). */
async function pace(looking: Looking, soFar: Awaited<ReturnType<typeof leadFigure>>) {
  const { now, inForce } = looking;
  const promised = inForce?.pact.terms.marketing.mqls_per_month;
  if (!inForce || promised === undefined) return null;
  const { days, inMonth } = workingDays(await calendarOf(inForce.pact), now, zoneOf(looking));
  const { expected, gap } = paceOf(promised, inMonth, days, soFar.n);
  return {
    promised,
    days,
    days_in_month: inMonth,
    due_by_now: expected,
    so_far: soFar,
    ahead: gap,
  };
}

async function share(looking: Looking, some: Filter, all: Filter, promised: number | undefined) {
  const n = await handoffFigure(looking, some);
  const of = await handoffFigure(looking, all);
  return { share: of.n === 0 ? null : n.n / of.n, n, of, promised: promised ?? null };
}
