/** What those who were won had read and done before, beside those who were lost. */
import type { z } from 'zod';
import type { showBeforeWon } from '#contract/campaigns.ts';
import { share } from '#engine/measures/figure.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { baseNamed } from './bases/bases.ts';
import { ABOUT } from './bases/did.ts';
import { count } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';
import { Sql } from './sql.ts';

type Reply = z.infer<typeof showBeforeWon.reply>;

type Row = { type: string; about: string; won: number; lost: number };

export async function beforeWon(
  scope: Scope,
  limit: number,
): Promise<Pick<Reply, 'won' | 'lost' | 'items' | 'median_activities' | 'median_days' | 'says'>> {
  const all = await count(scope, 'did', ['won', 'lost']);
  const sql = new Sql(scope, {});
  const from = baseNamed('did').from(sql);
  const rows = await scope.query<Row>(
    `SELECT a.type, ${ABOUT} AS about, count(DISTINCT c.number) FILTER (WHERE c.outcome = 'won') AS won,
       count(DISTINCT c.number) FILTER (WHERE c.outcome = 'lost') AS lost
     ${from.replace(' WHERE true', '')} JOIN activities a ON a.workspace_id = $1 AND a.lead = c.number AND a.at < c.closed_at
     GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1, 2 LIMIT ${sql.value(limit, 'int')}`,
    sql.values,
  );
  const items = rows.map(({ type, about, won, lost }): Reply['items'][number] => {
    const by = { type, ...(about !== '' && { about }) };
    const what = about === '' ? type : `${type} (${about})`;
    const side = (outcome: 'won' | 'lost', n: number) =>
      dressed(
        share('done_before', n, all[outcome], {
          of: `leads that were ${outcome}`,
          did: `had done this before: ${what}`,
        }),
        {
          name: what,
          numerator: opening(scope, 'did', `${outcome}_did`, n, by),
          denominator: opening(scope, 'did', outcome, all[outcome]),
        },
      );
    const [ofWon, ofLost] = [side('won', won), side('lost', lost)];
    const times =
      ofWon.value === null || ofLost.value === null || ofLost.value === 0 ? null : ofWon.value / ofLost.value;
    return {
      type,
      about: about === '' ? null : about,
      won: ofWon,
      lost: ofLost,
      times,
      says: sayTimes(what, times, ofWon.enough && ofLost.enough),
    };
  });
  const medians = await mediansOf(scope);
  return {
    won: opening(scope, 'did', 'won', all.won),
    lost: opening(scope, 'did', 'lost', all.lost),
    items,
    median_activities: medians?.activities ?? null,
    median_days: medians?.days ?? null,
    says: sayAll(all, medians),
  };
}

function sayTimes(what: string, times: number | null, enough: boolean): string {
  if (times === null) return `${what}: there is nobody to compare with.`;
  if (!enough) return `${what}: too few to compare.`;
  return `${what}: ${sayNumber(times)} times as common among the won as among the lost. That is no proof that it helps.`;
}

type Medians = { activities: number; days: number };

async function mediansOf(scope: Scope): Promise<Medians | null> {
  const sql = new Sql(scope, {});
  const from = baseNamed('did').from(sql);
  const [row] = await scope.query<{ activities: number | null; days: number | null }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n) AS activities, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS days
     FROM (SELECT c.number, count(*)::float8 AS n, extract(epoch FROM max(c.closed_at) - min(a.at))::float8 / 86400 AS days
       ${from.replace(' WHERE true', '')} JOIN activities a ON a.workspace_id = $1 AND a.lead = c.number AND a.at < c.closed_at
       WHERE c.outcome = 'won' GROUP BY 1) x`,
    sql.values,
  );
  return row === undefined || row.activities === null || row.days === null
    ? null
    : { activities: row.activities, days: row.days };
}

function sayAll({ won, lost }: { won: number; lost: number }, medians: Medians | null): string {
  if (won === 0) return 'No deal of a known lead was won in this period.';
  if (medians === null) return `${sayNumber(won)} leads were won; nothing is known of what they did before.`;
  return `${sayNumber(won)} leads were won and ${sayNumber(lost)} lost. Half of the won had done at least ${sayNumber(medians.activities)} things, over ${sayNumber(medians.days)} days.`;
}
