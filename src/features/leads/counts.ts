/** How many leads a filter finds, and how many of these stand on each stage. */
import type { LeadFilter } from '#contract/leads.ts';
import type { Query } from '#platform/db/transaction.ts';
import { leftBy, type Narrowed, narrowed, testsOf, Values } from './filter.ts';
import { EACH } from './list.ts';

/** A stage or a filter counted up to here is told as "10,000+". */
const MOST_COUNTED = 10_000;
/** So many leads are asked in one statement; after so many milliseconds what was found is told as "so many, or more". */
const STRETCH = 2_500;
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

/** How many leads a filter finds, in all and by stage. Two statements mostly. */
export async function countLeads(query: Query, workspace: string, filter: LeadFilter): Promise<LeadCounts> {
  if (Object.values(filter).every((value) => value === undefined)) return countEverybody(query, workspace);
  const begun = performance.now();
  const found = await narrowed(query, workspace, filter);
  const few = leftBy(found);
  const stages = new Map<string, number>();
  let all = 0;
  for (let after = 0; ; ) {
    const values = new Values();
    values.add(workspace);
    const some = few === null ? NEXT(values.add(after), values.add(STRETCH)) : AMONG(values.add(few));
    const { counted, asked, last } = await ask(query, some, filter, values, found);
    for (const { stage, n } of counted) {
      all += n;
      if (stage !== null) stages.set(stage, (stages.get(stage) ?? 0) + n);
    }
    const isWhole = few !== null || last === null || asked < STRETCH;
    const isCut = !isWhole && (all > MOST_COUNTED || performance.now() - begun > PATIENCE);
    if (isWhole || isCut) return told(all, stages, isCut);
    after = last;
  }
}

const NEXT = (after: string, most: string): string =>
  `SELECT number FROM leads WHERE workspace_id = $1 AND number > ${after} ORDER BY number LIMIT ${most}`;
const AMONG = (leads: string): string => `SELECT unnest(${leads}::bigint[]) AS number`;

type StageCount = { stage: string | null; n: number };

/** @returns those that pass by stage, how many were asked and the last of them; null when none was left */
async function ask(
  query: Query,
  some: string,
  filter: LeadFilter,
  values: Values,
  found: Narrowed,
): Promise<{ counted: StageCount[]; asked: number; last: number | null }> {
  const rows = await query<StageCount & { asked: number | null; last: number | null }>(
    `WITH asked AS MATERIALIZED (${some})
     SELECT NULL AS stage, 0 AS n, count(*)::int AS asked, max(number) AS last FROM asked
     UNION ALL SELECT s.stage, count(*)::int, NULL, NULL FROM asked ${EACH('asked.number')}
     WHERE ${testsOf(filter, values, found).join(' AND ')} GROUP BY s.stage`,
    values.all,
  );
  const whole = rows.find(({ asked }) => asked !== null)!;
  return { counted: rows.filter(({ n }) => n > 0), asked: whole.asked!, last: whole.last };
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
