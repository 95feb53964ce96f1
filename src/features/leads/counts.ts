/** How many leads a filter finds, and how many of these stand on each stage. */
import type { LeadFilter } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { andAll, isAmong, LOOK_UP, nextStretch } from './asking.ts';
import { leftBy, type Narrowed, narrowed, STANDS, testsOf, Values } from './filter.ts';

/** A stage or a filter counted up to here is told as "10,000+". */
const MOST_COUNTED = 10_000;
/** Leads that are asked in the first statement, and in one at most. */
const STRETCH = { first: 1_000, most: 2_500 };
/** After so many milliseconds what was found is told as "so many, or more". */
const PATIENCE = 25;

type Count = { n: number; more: boolean };
type LeadCounts = Count & { stages: ({ stage: string } & Count)[] };

/** A number counted up to a bound. */
const bounded = (n: number, cut = false): Count => ({
  n: Math.min(n, MOST_COUNTED),
  more: cut || n > MOST_COUNTED,
});

/** How many leads a filter finds, in all. */
export async function countAll(query: Query, workspace: string, filter: LeadFilter): Promise<Count> {
  const { n, more } = await countLeads(query, workspace, filter);
  return { n, more };
}

/**
 * How many leads a filter finds, in all and by stage. Two statements mostly.
 * @param patience how long, in milliseconds, leads are asked before what was found is told as it is
 */
export async function countLeads(
  query: Query,
  workspace: string,
  filter: LeadFilter,
  patience = PATIENCE,
): Promise<LeadCounts> {
  if (Object.values(filter).every((value) => value === undefined)) return countEverybody(query, workspace);
  const begun = performance.now();
  const found = await narrowed(query, workspace, filter);
  const list: List = { query, workspace, filter, found, few: leftBy(found) };
  const stages = new Map<string, number>();
  let [all, after, length] = [0, 0, STRETCH.first];
  for (;;) {
    const started = performance.now();
    const { counted, asked, last } = await ask(list, after, length);
    for (const { stage, n } of counted) {
      all += n;
      if (stage !== null) stages.set(stage, (stages.get(stage) ?? 0) + n);
    }
    if (asked < length) return told(all, stages, false);
    const now = performance.now();
    const left = patience - (now - begun);
    if (all > MOST_COUNTED || left < 0) return told(all, stages, true);
    after = last;
    length = Math.min(STRETCH.most, nextStretch(length, now - started, left));
  }
}

/** @param few the leads that are left, where a filter leaves few */
type List = {
  query: Query;
  workspace: string;
  filter: LeadFilter;
  found: Narrowed;
  few: readonly string[] | null;
};
type StageCount = { stage: string | null; n: number };

/**
 * Asks so many leads: of the few that are left, from a place among them; or the next by their number.
 * @returns those that pass by stage, how many were asked, and after what the next ones are
 */
async function ask(
  { query, workspace, filter, found, few }: List,
  after: number,
  length: number,
): Promise<{ counted: StageCount[]; asked: number; last: number }> {
  const values = new Values();
  values.add(workspace);
  const { lead, state, handoffs } = testsOf(filter, values, found);
  const some = few?.slice(after, after + length);
  const which =
    some === undefined
      ? `l.number > ${values.add(after)} ORDER BY l.number LIMIT ${values.add(length)}`
      : isAmong('l.number', some, values);
  const rows = await query<StageCount & { asked: number | null; last: number | null }>(
    `WITH asked AS MATERIALIZED (
       SELECT l.number, ${andAll([STANDS, ...lead])} AS passes FROM leads l WHERE l.workspace_id = $1 AND ${which})
     SELECT NULL AS stage, 0 AS n, count(*)::int AS asked, max(number) AS last FROM asked
     UNION ALL SELECT s.stage, count(*)::int, NULL, NULL
     FROM (SELECT * FROM asked WHERE passes OFFSET 0) w ${state.length === 0 ? LOOK_UP.stateIfAny : LOOK_UP.state}
     WHERE ${andAll([...state, ...handoffs])} GROUP BY s.stage`,
    values.all,
  );
  const whole = rows.find(({ asked }) => asked !== null)!;
  return {
    counted: rows.filter(({ n }) => n > 0),
    asked: some?.length ?? whole.asked!,
    last: some === undefined ? (whole.last ?? after) : after + length,
  };
}

/** The stages there are, each found by one step in the index and counted in it. */
async function countEverybody(query: Query, workspace: string): Promise<LeadCounts> {
  const rows = await query<StageCount>(
    `WITH RECURSIVE stages AS (
       (SELECT stage FROM lead_states WHERE workspace_id = $1 ORDER BY stage LIMIT 1)
       UNION ALL SELECT (SELECT n.stage FROM lead_states n WHERE n.workspace_id = $1 AND n.stage > o.stage
         ORDER BY n.stage LIMIT 1) FROM stages o WHERE o.stage IS NOT NULL)
     SELECT NULL AS stage, count(*)::int AS n FROM (
       SELECT FROM leads WHERE workspace_id = $1 AND merged_into IS NULL AND erased_at IS NULL LIMIT ${MOST_COUNTED + 1}) few
     UNION ALL SELECT o.stage, few.n FROM stages o CROSS JOIN LATERAL (
       SELECT count(*)::int AS n FROM (
         SELECT FROM lead_states s WHERE s.workspace_id = $1 AND s.stage = o.stage LIMIT ${MOST_COUNTED + 1}) every) few
     WHERE o.stage IS NOT NULL`,
    [workspace],
  );
  const stages = new Map(rows.flatMap(({ stage, n }) => (stage === null ? [] : [[stage, n] as const])));
  return told(rows.find(({ stage }) => stage === null)!.n, stages, false);
}

const told = (all: number, stages: ReadonlyMap<string, number>, cut: boolean): LeadCounts => ({
  ...bounded(all, cut),
  stages: [...stages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stage, n]) => ({ stage, ...bounded(n, cut) })),
});
