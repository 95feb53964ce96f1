/** The funnel: those who came to a rung in the period, and how far they went within the horizon. */
import type { z } from 'zod';
import type { showFunnel } from '#contract/funnels.ts';
import type { Figure as Shown } from '#contract/measures.ts';
import { conversion, type Ending, incidence, shrunk, soFar } from '#engine/measures/cohort.ts';
import { baseNamed } from './bases/bases.ts';
import { RUNGS, type Rung, reachedAt } from './bases/passes.ts';
import { type Cells, rowsOf, tally } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';
import { type By, Sql } from './sql.ts';

type Funnel = z.infer<typeof showFunnel.reply>;
type Cohort = Funnel['cohorts'][number];
type Step = Cohort['steps'][number];

export type Wanted = { entry: Rung; until: Rung; horizon: number; by: string };
/** More groups than anybody reads: the largest are told. */
const MOST_GROUPS = 40;

const SAID: Record<Rung, string> = {
  visitor: 'visitors',
  conversion: 'leads',
  mql: 'MQLs',
  sal: 'accepted leads',
  sql: 'SQLs',
  opportunity: 'opportunities',
  won: 'won deals',
};
const BECAME: Record<Rung, string> = {
  visitor: 'came',
  conversion: 'became leads',
  mql: 'became MQLs',
  sal: 'were accepted',
  sql: 'became SQLs',
  opportunity: 'became opportunities',
  won: 'were won',
};

export async function funnel(
  scope: Scope,
  { entry, until, horizon, by }: Wanted,
): Promise<Pick<Funnel, 'entry' | 'until' | 'horizon' | 'cohorts'>> {
  const [first, last] = [RUNGS.indexOf(entry), RUNGS.indexOf(until)];
  const rungs = RUNGS.slice(first, Math.max(first, last) + 1);
  const settings = { entry, horizon: String(horizon) };
  const group = by === 'all' ? undefined : by;
  const counted = await tally(scope, 'passes', cellsOf(rungs), { by: settings, group });
  const endings = await endingsOf(scope, settings, rungs.at(-1)!, group);
  const whole = counted.all;
  const make = (of: string | null, n: Record<string, number>): Cohort => {
    const own = { ...settings, ...(of !== null && group !== undefined && { [group]: of }) };
    const looked: Looked = { scope, rungs, horizon, n, by: own };
    const steps = rungs.map((_, i) => stepOf(looked, i));
    const overall = steps.at(-1)!.rate;
    const rate = whole.mature === 0 ? null : whole[`in_time_${rungs.at(-1)!}`]! / whole.mature!;
    return {
      of: of ?? 'all',
      size: n.entered!,
      mature: n.mature!,
      young: n.entered! - n.mature!,
      steps,
      curve: incidence(endings.get(of) ?? []),
      so_far: soFarOf(looked),
      overall,
      shrunk:
        of === null || rate === null ? null : shrunk(overall.numerator ?? 0, overall.denominator ?? 0, rate),
      says: overall.says,
    };
  };
  const groups = [...counted.groups].sort(([, a], [, b]) => b.entered! - a.entered!);
  if (groups.length > MOST_GROUPS)
    scope.notes.push(
      `The ${MOST_GROUPS} largest of ${groups.length} groups are shown; all are in the whole.`,
    );
  const cohorts = [make(null, whole), ...groups.slice(0, MOST_GROUPS).map(([of, n]) => make(of, n))];
  return { entry, until: rungs.at(-1)!, horizon, cohorts };
}

function cellsOf(rungs: readonly Rung[]): Cells<string> {
  const cells: Cells<string> = { entered: { set: 'entered' }, mature: { set: 'mature' } };
  for (const [i, rung] of rungs.entries()) {
    cells[`reached_${rung}`] = { set: 'reached', by: { rung } };
    cells[`in_time_${rung}`] = { set: 'reached_in_time', by: { rung } };
    cells[`skipped_${rung}`] = { set: 'skipped', by: { rung } };
    if (i === 0) continue;
    const days = `extract(epoch FROM ${reachedAt(rung)} - ${reachedAt(rungs[i - 1]!)})::float8 / 86400`;
    cells[`median_${rung}`] = () => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${days})`;
    cells[`p90_${rung}`] = () => `percentile_cont(0.9) WITHIN GROUP (ORDER BY ${days})`;
  }
  return cells;
}

type Looked = { scope: Scope; rungs: readonly Rung[]; horizon: number; n: Record<string, number>; by: By };

function stepOf({ scope, rungs, horizon, n, by }: Looked, place: number): Step {
  const rung = rungs[place]!;
  const [entry, former] = [rungs[0]!, rungs[place - 1]];
  const open = (set: string, count: number, one = rung) =>
    opening(scope, 'passes', set, count, { ...by, rung: one });
  const watched = `watched for less than ${horizon} days`;
  const inTime = n[`in_time_${rung}`]!;
  const rate = conversion(
    'conversion',
    { size: n.entered!, mature: n.mature!, converted: inTime },
    { of: SAID[entry], did: place === 0 ? 'are the cohort' : BECAME[rung], horizon: watched },
  );
  return {
    rung,
    reached: open('reached', n[`reached_${rung}`]!),
    rate: dressed(rate, {
      numerator: open('reached_in_time', inTime),
      denominator: opening(scope, 'passes', 'mature', n.mature!, by),
    }),
    onward: former === undefined ? null : onward(former, n[`in_time_${former}`]!),
    skipped: open('skipped', n[`skipped_${rung}`]!),
    median_days: n[`median_${rung}`] ?? null,
    p90_days: n[`p90_${rung}`] ?? null,
  };

  function onward(before: Rung, came: number): Shown {
    const figure = conversion(
      'conversion',
      { size: came, mature: came, converted: inTime },
      { of: SAID[before], did: BECAME[rung], horizon: watched },
    );
    return dressed(figure, {
      numerator: open('reached_in_time', inTime),
      denominator: open('reached_in_time', came, before),
    });
  }
}

/** From the first rung to the last, whoever came and whenever they got there. */
function soFarOf({ scope, rungs, n, by }: Looked): Shown {
  const [first, last] = [rungs[0]!, rungs.at(-1)!];
  const came = n[`reached_${last}`]!;
  const young = n.entered! - n.mature!;
  const did = rungs.length === 1 ? 'are the cohort' : BECAME[last];
  const figure = soFar('so_far', { size: n.entered!, young, came }, { of: SAID[first], did });
  return dressed(figure, {
    numerator: opening(scope, 'passes', 'reached', came, { ...by, rung: last }),
    denominator: opening(scope, 'passes', 'entered', n.entered!, by),
  });
}

/** How each pass ended, by the day of its time since it entered; under null those of all groups. */
async function endingsOf(
  scope: Scope,
  by: By,
  until: Rung,
  group: string | undefined,
): Promise<Map<string | null, Ending[]>> {
  const base = baseNamed('passes');
  const sql = new Sql(scope, group === undefined ? by : { ...by, [group]: '' });
  const reached = reachedAt(until);
  const began = sql.day(base.row.at(sql));
  const kind = `CASE WHEN ${reached} IS NOT NULL THEN 'converted' WHEN p.exit_at IS NOT NULL THEN 'left' ELSE 'open' END`;
  const day = `${sql.day(`coalesce(${reached}, p.exit_at, ${sql.now})`)} - ${began}`;
  const of = group === undefined ? 'NULL::text' : base.groups[group]!(sql);
  const from = group === undefined ? rowsOf(sql, base) : base.from(sql);
  const rows = await scope.query<Ending & { of: string | null }>(
    `SELECT ${of} AS of, greatest(${day}, 0) AS day, ${kind} AS kind, count(*) AS n ${from} GROUP BY 1, 2, 3`,
    sql.values,
  );
  const groups = new Map<string | null, Ending[]>([[null, rows]]);
  for (const row of rows) if (row.of !== null) groups.set(row.of, [...(groups.get(row.of) ?? []), row]);
  return groups;
}
