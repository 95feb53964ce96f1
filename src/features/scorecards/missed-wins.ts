/** Deals that were won of leads the definition did not see, by the clause that kept them out: whether it is too strict. */
import type { z } from 'zod';
import type { showMissedWins } from '#contract/leaks.ts';
import type { Opening } from '#contract/measures.ts';
import { type Figure, money, share } from '#engine/measures/figure.ts';
import { missesWins } from '#engine/measures/missed.ts';
import { sayNumber, sayShare } from '#engine/measures/say.ts';
import { keptOut, type Obstacle } from '#engine/verdict/distance.ts';
import { rowsAsOf, withFacts } from './as-of.ts';
import { baseNamed } from './bases/bases.ts';
import { type Cells, count, rowsOf, tally } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';
import { Sql } from './sql.ts';

type Reply = z.infer<typeof showMissedWins.reply>;
type Clause = Reply['clauses'][number];

/** More than anybody waits for. */
const MOST = 5_000;
/** The conditions that kept out the most. */
const MOST_CONDITIONS = 12;

type KeptOut = { deal: string; pact_id: string; version: number; obstacles: string[]; who: string[] };

/**
 * What kept each of those leads out on the day its deal was opened, by the version then in force.
 * @throws HttpProblem 422 when there are more than anybody waits for
 */
export async function judgeMissed(scope: Scope): Promise<KeptOut[]> {
  const rows = await rowsAsOf(scope, 'missed', ['d.id', 'l.number', 'd.opened_at'], {
    most: MOST,
    doing: 'deals would be looked at',
  });
  const judged: KeptOut[] = [];
  for await (const { id, at, facts } of withFacts(scope, rows)) {
    const version = scope.timeline.at(at.getTime());
    if (version === null) continue;
    const obstacles = keptOut(version.pact, facts, at.getTime());
    judged.push({
      deal: id,
      pact_id: version.pact_id,
      version: version.number,
      obstacles: obstacles.map(keyOf),
      who: obstacles.filter(({ about }) => about === 'who').map(keyOf),
    });
  }
  return judged;
}

const keyOf = ({ clause, condition }: Obstacle): string => `${clause}: ${condition}`;

/** Kept, so that what is counted of it can be opened. */
export async function keepMissed(
  { query, workspace, now }: Pick<Scope, 'query' | 'workspace' | 'now'>,
  judged: readonly KeptOut[],
): Promise<void> {
  await query(
    `INSERT INTO kept_out AS k (workspace_id, deal_id, pact_id, version, obstacles, who, judged_at)
     SELECT $1, g.deal, g.pact_id, g.version, g.obstacles, g.who, $3
     FROM jsonb_to_recordset($2::jsonb) AS g (deal uuid, pact_id uuid, version int, obstacles text[], who text[]) ORDER BY 2
     ON CONFLICT (workspace_id, deal_id) DO UPDATE SET pact_id = excluded.pact_id, version = excluded.version,
       obstacles = excluded.obstacles, who = excluded.who, judged_at = excluded.judged_at
     WHERE (k.pact_id, k.version, k.obstacles, k.who) IS DISTINCT FROM (excluded.pact_id, excluded.version, excluded.obstacles, excluded.who)`,
    [workspace, JSON.stringify(judged), new Date(now)],
  );
}

/** Won deals of leads that were no MQL when the deal was opened, of all won deals; with the way to their rows. */
export async function missedShare(scope: Scope): Promise<{ figure: Figure; rows: Rows }> {
  const { won: missed } = await count(scope, 'missed', ['won']);
  const { won } = await count(scope, 'deals', ['won']);
  return missedOf(scope, missed, won);
}

type Rows = { numerator: Opening; denominator: Opening };

const missedOf = (scope: Scope, missed: number, won: number): { figure: Figure; rows: Rows } => ({
  figure: share('missed_wins', missed, won, {
    of: 'won deals',
    did: 'were of leads that were no MQL when the deal was opened',
  }),
  rows: {
    numerator: opening(scope, 'missed', 'won', missed),
    denominator: opening(scope, 'deals', 'won', won),
  },
});

export async function missedWins(scope: Scope): Promise<Omit<Reply, 'period' | 'read' | 'at' | 'notes'>> {
  const cells: Cells<'won' | 'known' | 'unhindered' | 'amount'> = {
    won: { set: 'won' },
    known: { set: 'won_known' },
    unhindered: { set: 'won_unhindered' },
    amount: () => "sum(d.amount) FILTER (WHERE d.outcome = 'won')",
  };
  const { all, groups } = await tally(scope, 'missed', cells, { group: 'currency' });
  const origins = await tally(scope, 'missed', { won: { set: 'won' } }, { group: 'origin' });
  const deals = await count(scope, 'deals', ['won', 'seen_closed', 'seen_won']);
  const sums = new Map(
    [...groups].flatMap(([currency, { known, amount }]) =>
      known === 0 ? [] : [[currency, { amount, n: known }] as const],
    ),
  );
  const seen = share('close_rate', deals.seen_won, deals.seen_closed, {
    of: 'closed deals of MQLs',
    did: 'were won',
  });
  const clauses = await clausesOf(scope, seen.value);
  const { figure, rows } = missedOf(scope, all.won, deals.won);
  const bySales = origins.groups.get('sales')?.won ?? 0;
  return {
    missed: dressed(figure, rows),
    amount: dressed(money('won_value', { sums, unknown: all.won - all.known }, 'such deals'), {
      name: 'What they brought',
      numerator: opening(scope, 'missed', 'won_known', all.known),
      denominator: opening(scope, 'missed', 'won', all.won),
    }),
    found_by_sales: opening(scope, 'missed', 'won', bySales, { origin: 'sales' }),
    unhindered: opening(scope, 'missed', 'won_unhindered', all.unhindered),
    mqls: dressed(seen, {
      name: 'Deals of MQLs that were won',
      numerator: opening(scope, 'deals', 'seen_won', deals.seen_won),
      denominator: opening(scope, 'deals', 'seen_closed', deals.seen_closed),
    }),
    clauses,
    says: sayMissed(figure.says, clauses),
  };
}

/** Nothing else about who they are, or nothing else at all. */
const ALONE = '(m.who = ARRAY[o.of] OR m.obstacles = ARRAY[o.of])';

/** Each condition that kept won leads out: what is about who they are before what they did, the most first. */
async function clausesOf(scope: Scope, ofMqls: number | null): Promise<Clause[]> {
  const sql = new Sql(scope, {});
  const rows = await scope.query<
    Record<'won' | 'closed' | 'won_alone' | 'closed_alone', number> & { of: string; who: boolean }
  >(
    `SELECT o.of, bool_or(o.of = ANY (m.who)) AS who, count(*) FILTER (WHERE m.won) AS won, count(*) AS closed,
       count(*) FILTER (WHERE m.won AND ${ALONE}) AS won_alone, count(*) FILTER (WHERE ${ALONE}) AS closed_alone
     FROM (SELECT k.obstacles, k.who, d.outcome = 'won' AS won ${rowsOf(sql, baseNamed('missed'))}) m,
       unnest(m.obstacles) AS o (of) GROUP BY 1 HAVING count(*) FILTER (WHERE m.won) > 0
     ORDER BY who DESC, won DESC, 1 LIMIT ${sql.value(MOST_CONDITIONS, 'int')}`,
    sql.values,
  );
  return rows.map(({ of, who, won, closed, won_alone, closed_alone }) => {
    const open = (set: string, n: number) => opening(scope, 'missed', set, n, { condition: of });
    const rate = share('close_rate', won_alone, closed_alone, {
      of: who
        ? 'closed deals of leads that are otherwise as the definition wants them'
        : 'closed deals of leads that nothing else kept out',
      did: 'were won',
    });
    const colon = of.indexOf(': ');
    const [clause, condition] = [of.slice(0, colon), of.slice(colon + 2)];
    const too_strict = who && missesWins(rate, ofMqls);
    return {
      clause,
      condition,
      about: who ? 'who' : 'did',
      wins: open('won_by', won),
      alone: open('won_alone', won_alone),
      close_rate: dressed(rate, {
        name: `Kept out by “${condition}” alone`,
        numerator: open('won_alone', won_alone),
        denominator: open('closed_alone', closed_alone),
      }),
      too_strict,
      says: sayClause({ condition, who, won, closed, won_alone, rate, ofMqls, too_strict }),
    };
  });
}

type Told = {
  condition: string;
  who: boolean;
  won: number;
  closed: number;
  won_alone: number;
  rate: Figure;
  ofMqls: number | null;
  too_strict: boolean;
};

function sayClause({ condition, who, won, closed, won_alone, rate, ofMqls, too_strict }: Told): string {
  const kept = `${sayNumber(won)} of ${sayNumber(closed)} closed deals were won past “${condition}”`;
  if (!who)
    return `${kept}: what they did was not seen, or was not enough. Of leads that sales found itself, little is seen.`;
  const alone = `of ${sayNumber(rate.denominator ?? 0)} that were otherwise whom the definition wants, ${sayNumber(won_alone)} were won`;
  if (!too_strict) return `${kept}; ${alone}.`;
  return `${kept}; ${alone}, where deals of MQLs are won by ${sayShare(ofMqls!)}. This clause may be too strict: look at it together.`;
}

function sayMissed(missed: string, clauses: readonly Clause[]): string {
  const strict = clauses.find(({ too_strict }) => too_strict);
  return strict === undefined ? missed : `${missed} ${strict.says}`;
}
