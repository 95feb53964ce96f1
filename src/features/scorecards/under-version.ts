/** What was handed over, judged again by a chosen version as of the hour it was handed over. */
import type { z } from 'zod';
import type { showUnderVersion } from '#contract/scorecards.ts';
import { attainment } from '#engine/measures/attainment.ts';
import { conversion } from '#engine/measures/cohort.ts';
import { count as counted, share } from '#engine/measures/figure.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { acceptance, feedback, unfairReturns } from '#engine/measures/scorecard.ts';
import type { Pact } from '#engine/pact/pact.ts';
import { replay } from '#engine/replay/replay.ts';
import { judge } from '#engine/verdict/judge.ts';
import { pactsOf } from '#features/pacts/texts.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { rowsAsOf, withFacts } from './as-of.ts';
import { baseNamed } from './bases/bases.ts';
import { count, rowsOf } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';
import { HORIZON, TOUCH_TERMS } from './scorecard.ts';
import { type By, Sql } from './sql.ts';

type Reply = z.infer<typeof showUnderVersion.reply>;
export type Chosen = { pact_id: string; number: number; pact: Pact };

/** More than anybody waits for: a backtest replays any number. */
const MOST = 20_000;
const MOST_OTHERS = 2_000;
const CLOCKS = ['met', 'late', 'overdue', 'open', 'due'] as const;

/** @throws HttpProblem 404 for a version there is none of */
export async function chosenVersion(
  { query, workspace, version }: Scope,
  { judge: number, pact }: { judge: number; pact?: string | undefined },
): Promise<Chosen> {
  const [found] = await query<{ pact_id: string; number: number; digest: string }>(
    `SELECT pact_id, number, digest FROM versions WHERE workspace_id = $1 AND number = $2
       AND ($3::uuid IS NULL OR pact_id = $3) ORDER BY in_force_from DESC NULLS LAST LIMIT 1`,
    [workspace, number, pact ?? version?.pact_id ?? null],
  );
  if (found === undefined)
    throw new HttpProblem(404, 'no_such_version', `There is no version ${number} of the pact here.`);
  const pacts = await pactsOf(query, workspace, [found]);
  return { pact_id: found.pact_id, number, pact: pacts.get(found.digest)! };
}

export type Judged = { handoff: string; verdict: string };

/** Judges every handoff of the scope. @throws HttpProblem 422 when there are more than anybody waits for */
export async function judgeAgain(scope: Scope, { pact }: Chosen): Promise<Judged[]> {
  const rows = await rowsAsOf(scope, 'handoffs', ['h.id', 'h.lead', 'h.offered_at'], {
    most: MOST,
    doing: 'handoffs would be judged again',
  });
  const judged: Judged[] = [];
  for await (const { id, at, facts } of withFacts(scope, rows))
    judged.push({ handoff: id, verdict: judge(pact, facts, at.getTime()).verdict });
  return judged;
}

/** Kept, so that figures drawn from it can be opened. */
export async function keepJudgements(
  { query, workspace, now }: Pick<Scope, 'query' | 'workspace' | 'now'>,
  { pact_id, number }: Chosen,
  judged: readonly Judged[],
): Promise<void> {
  await query(
    `INSERT INTO judgements AS j (workspace_id, handoff_id, pact_id, version, verdict, judged_at)
     SELECT $1, g.handoff, $2, $3, g.verdict, $6 FROM unnest($4::uuid[], $5::text[]) AS g (handoff, verdict) ORDER BY 2
     ON CONFLICT (workspace_id, handoff_id, pact_id, version) DO UPDATE SET verdict = excluded.verdict, judged_at = excluded.judged_at
     WHERE j.verdict <> excluded.verdict`,
    [
      workspace,
      pact_id,
      number,
      judged.map(({ handoff }) => handoff),
      judged.map(({ verdict }) => verdict),
      new Date(now),
    ],
  );
}

export async function underVersion(
  scope: Scope,
  chosen: Chosen,
): Promise<
  Pick<Reply, 'judge' | 'in_force' | 'chosen' | 'both' | 'in_force_only' | 'chosen_only' | 'same' | 'says'>
> {
  const by: By = { judge: `${chosen.pact_id} ${chosen.number}` };
  const { compliant } = await count(scope, 'handoffs', ['compliant']);
  const both = await count(scope, 'handoffs', ['compliant'], by);
  const others = await chosenOnly(scope, chosen);
  const lost = compliant - both.compliant;
  const found =
    others === null
      ? 'How many others it would have found, a backtest tells: there are too many to look at here.'
      : `Of the leads that came in the period and were never handed over, it would have made ${sayNumber(others)} MQLs.`;
  return {
    judge: chosen.number,
    in_force: await figuresOf(scope, {}),
    chosen: await figuresOf(scope, by),
    both: both.compliant,
    in_force_only: lost,
    chosen_only: others,
    same: SAME,
    says: `Of ${sayNumber(compliant)} MQLs handed over, version ${chosen.number} would have handed over ${sayNumber(both.compliant)}, and not ${sayNumber(lost)}. ${found}`,
  };
}

/** What hangs on which leads were handed over, of the MQLs that one version sees. */
async function figuresOf(scope: Scope, by: By): Promise<Reply['chosen']> {
  const horizon = { ...by, horizon: String(HORIZON) };
  const sets = ['compliant', 'accepted', 'answered', 'returned', 'overturned', 'returned_market'] as const;
  const n = await count(scope, 'handoffs', sets, by);
  const { accepted_mature: mature } = await count(scope, 'handoffs', ['accepted_mature'], horizon);
  const { accepted_won: won } = await count(scope, 'handoffs', ['accepted_won'], horizon);
  const touches = await count(scope, 'clocks', CLOCKS, { ...by, ...TOUCH_TERMS });
  const decisions = await count(scope, 'clocks', ['met', 'due'], { ...by, terms: 'decide' });
  const open = (set: (typeof sets)[number]) => opening(scope, 'handoffs', set, n[set], by);
  const clock = (set: 'met' | 'due', terms: { terms: string }, of: { met: number; due: number }) =>
    opening(scope, 'clocks', set, of[set], { ...by, ...terms });
  const close = conversion(
    'close_rate',
    { size: n.accepted, mature, converted: won },
    { of: 'accepted leads', did: 'were won', horizon: `accepted less than ${HORIZON} days ago` },
  );
  const market = share('market_returns', n.returned_market, n.returned, {
    of: 'returns',
    did: 'were for reasons of the market',
  });
  return [
    dressed(counted('volume', n.compliant, 'MQLs'), { numerator: open('compliant') }),
    dressed(acceptance(n.accepted, n.answered - n.accepted), {
      numerator: open('accepted'),
      denominator: open('answered'),
    }),
    dressed(attainment('attainment', touches, 'clocks'), {
      numerator: clock('met', TOUCH_TERMS, touches),
      denominator: clock('due', TOUCH_TERMS, touches),
    }),
    dressed(feedback(decisions.met, decisions.due), {
      numerator: clock('met', { terms: 'decide' }, decisions),
      denominator: clock('due', { terms: 'decide' }, decisions),
    }),
    dressed(unfairReturns(n.overturned, n.returned), {
      numerator: open('overturned'),
      denominator: open('returned'),
    }),
    dressed(market, { numerator: open('returned_market'), denominator: open('returned') }),
    dressed(close, {
      numerator: opening(scope, 'handoffs', 'accepted_won', won, horizon),
      denominator: opening(scope, 'handoffs', 'accepted_mature', mature, horizon),
    }),
  ];
}

/** What no definition changes, or what is said elsewhere; so that nobody looks for it here. */
const SAME: Reply['same'] = [
  {
    measures: ['won_value', 'velocity'],
    says: 'What was won, and how fast, is the same under any version: deals close whatever the definition says.',
  },
  {
    measures: ['compliance', 'value', 'marketing_score', 'sales_score'],
    says: 'Compliance, value and the scores hold what was handed over against what was promised then. Under another version nothing was promised.',
  },
  {
    measures: ['cost', 'cost_per_accepted', 'return_on_cost'],
    says: 'Money spent is the same under any version; what it brought by source hangs on who was accepted, above.',
  },
  {
    measures: ['conversion', 'so_far', 'untouched', 'missed_wins'],
    says: 'The ladder, the speed and missed wins are of what happened under the versions then in force. How many more or fewer a version would have found in time, a backtest of it tells.',
  },
];

/** Leads of the period that were never handed over, and an MQL by the chosen version; null when there are too many to look at. */
async function chosenOnly(scope: Scope, { pact }: Chosen): Promise<number | null> {
  const sql = new Sql(scope, {});
  const rows = await scope.query<{ lead: number }>(
    `SELECT l.number AS lead ${rowsOf(sql, baseNamed('leads'))}
       AND NOT EXISTS (SELECT FROM handoffs h WHERE h.workspace_id = $1 AND h.lead = l.number) LIMIT ${sql.value(MOST_OTHERS + 1, 'int')}`,
    sql.values,
  );
  if (rows.length > MOST_OTHERS) return null;
  const until = Math.min(scope.to, scope.now);
  let found = 0;
  for await (const { facts } of withFacts(scope, rows))
    if (replay(facts, pact, until).mql_at !== null) found++;
  return found;
}
