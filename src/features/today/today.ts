/** Somebody's day: the parts that concern them. How many statements it takes hangs on who asks, not on how much there is. */
import type { Today } from '#contract/today.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import type { Caller } from '#features/people/policy.ts';
import type { Query } from '#platform/db/transaction.ts';
import { agreementsDay } from './agreement.ts';
import { yesterday } from './day.ts';
import { facilitatorsDay } from './facilitator.ts';
import { iso, type Looking } from './looking.ts';
import { marketersDay, marketingLeadsDay } from './marketing.ts';
import { repsDay, salesLeadsDay } from './sales.ts';

type Part = Exclude<keyof Today, 'at' | 'since'>;

/** Whom each part concerns. A program of neither party is shown what the facilitator sees. */
const concerns: Record<Part, (caller: Caller) => boolean> = {
  rep: ({ kind, party }) => kind === 'member' && party === 'sales',
  sales_lead: (caller) => caller.party === 'sales' && leads(caller),
  marketer: ({ party }) => party === 'marketing',
  marketing_lead: (caller) => caller.party === 'marketing' && leads(caller),
  facilitator: ({ party }) => party === null,
  agreement: (caller) => caller.party === null || leads(caller),
};
const leads = (caller: Caller): boolean => caller.kind === 'key' || caller.rank !== 'member';

const workers: { [P in Part]: (looking: Looking) => Promise<NonNullable<Today[P]>> } = {
  rep: repsDay,
  sales_lead: salesLeadsDay,
  marketer: marketersDay,
  marketing_lead: marketingLeadsDay,
  facilitator: facilitatorsDay,
  agreement: agreementsDay,
};

export async function todayOf(query: Query, caller: Caller, now: Instant): Promise<Today> {
  const { workspace } = caller;
  const timeline = await readTimeline(query, workspace);
  const inForce = timeline.hasBegun(now) ? timeline.at(now) : null;
  const zone = await zoneOf(query, caller);
  const looking: Looking = { query, caller, now, zone, inForce };
  const part = async <P extends Part>(name: P): Promise<NonNullable<Today[P]> | null> =>
    concerns[name](caller) ? workers[name](looking) : null;
  return {
    at: iso(now),
    since: iso(yesterday(now, zone)),
    rep: await part('rep'),
    sales_lead: await part('sales_lead'),
    marketer: await part('marketer'),
    marketing_lead: await part('marketing_lead'),
    facilitator: await part('facilitator'),
    agreement: await part('agreement'),
  };
}

/** The member's own, else the workspace's. */
async function zoneOf(query: Query, { workspace, id }: Caller): Promise<string> {
  const [row] = await query<{ zone: string }>(
    `SELECT coalesce(p.zone, m.zone, w.zone) AS zone FROM workspaces w
       LEFT JOIN members m ON m.workspace_id = $1 AND m.id = $2
       LEFT JOIN preferences p ON p.workspace_id = $1 AND p.member_id = $2
     WHERE w.workspace_id = $1`,
    [workspace, id],
  );
  return row?.zone ?? 'UTC';
}
