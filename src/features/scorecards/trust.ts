/** Whether the two teams come to trust each other: how often they agree, and what they win together. */
import type { z } from 'zod';
import type { showTrust } from '#contract/scorecards.ts';
import { attainment } from '#engine/measures/attainment.ts';
import { changeOf } from '#engine/measures/change.ts';
import { type Figure, share } from '#engine/measures/figure.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { acceptance } from '#engine/measures/scorecard.ts';
import { writtenName } from './bases/base.ts';
import { baseNamed } from './bases/bases.ts';
import { count, countBy, rowsOf } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import { dayAt, type Scope } from './scope.ts';
import { TOUCH_TERMS } from './scorecard.ts';
import { Sql } from './sql.ts';

type Trust = z.infer<typeof showTrust.reply>;
const LATEST = 5;

/** The last so many months, up to the end of the one that runs. */
export function overMonths(scope: Scope, months: number): Scope {
  const end = dayAt(Math.min(scope.to - 1, scope.now), scope.zone)
    .with({ day: 1 })
    .add({ months: 1 });
  const begin = end.subtract({ months });
  const at = (day: Temporal.PlainDate) => day.toZonedDateTime(scope.zone).epochMilliseconds;
  return { ...scope, from: at(begin), to: at(end) };
}

export async function trust(scope: Scope): Promise<Pick<Trust, 'months' | 'trend' | 'says' | 'shared_wins'>> {
  const handoffs = await countBy(
    scope,
    'handoffs',
    ['accepted', 'answered', 'returned', 'disputed'],
    'month',
  );
  const clocks = await countBy(
    scope,
    'clocks',
    ['met', 'late', 'overdue', 'open', 'due'],
    'month',
    TOUCH_TERMS,
  );
  const plain: { month: string; acceptance: Figure; attainment: Figure }[] = [];
  const months: Trust['months'] = [];
  const none = { met: 0, late: 0, overdue: 0, open: 0, due: 0 };
  for (
    let day = dayAt(scope.from, scope.zone);
    day.toZonedDateTime(scope.zone).epochMilliseconds < scope.to;
    day = day.add({ months: 1 })
  ) {
    const month = day.toPlainYearMonth().toString();
    const n = handoffs.get(month) ?? { accepted: 0, answered: 0, returned: 0, disputed: 0 };
    const clock = clocks.get(month) ?? none;
    const accepted = acceptance(n.accepted, n.answered - n.accepted);
    const kept = attainment('attainment', clock, 'clocks');
    const disputes = share('disputes', n.disputed, n.returned, { of: 'returns', did: 'were disputed' });
    const open = (set: keyof typeof n) => opening(scope, 'handoffs', set, n[set], { month });
    const run = (set: keyof typeof none) =>
      opening(scope, 'clocks', set, clock[set], { ...TOUCH_TERMS, month });
    plain.push({ month, acceptance: accepted, attainment: kept });
    months.push({
      month,
      acceptance: dressed(accepted, { numerator: open('accepted'), denominator: open('answered') }),
      attainment: dressed(kept, { numerator: run('met'), denominator: run('due') }),
      disputes: dressed(disputes, { numerator: open('disputed'), denominator: open('returned') }),
    });
  }
  return { months, ...trendOf(plain), shared_wins: await sharedWins(scope) };
}

function trendOf(
  months: readonly { acceptance: Figure; attainment: Figure }[],
): Pick<Trust, 'trend' | 'says'> {
  const changes = (['acceptance', 'attainment'] as const).flatMap((measure) => {
    const told = months.map((month) => month[measure]).filter(({ enough }) => enough);
    return told.length < 2
      ? []
      : [changeOf(measure === 'acceptance' ? 'Acceptance' : 'Clocks kept', told[0]!, told.at(-1)!)];
  });
  if (changes.length === 0) {
    return { trend: null, says: 'There is too little to say yet: it takes two months with 30 answers each.' };
  }
  const up = changes.some(({ interval }) => interval !== null && interval[0] > 0);
  const down = changes.some(({ interval }) => interval !== null && interval[1] < 0);
  return {
    trend: up === down ? 'level' : up ? 'up' : 'down',
    says: changes.map(({ says }) => says).join(' '),
  };
}

type WinRow = {
  deal: string;
  lead: string;
  name: string | null;
  amount: number | null;
  currency: string;
  source: string | null;
  owner: string | null;
  won_at: Date;
};

/** Deals of leads that marketing handed over by the definition, and sales touched in time. */
async function sharedWins(scope: Scope): Promise<Trust['shared_wins']> {
  const { shared } = await count(scope, 'deals', ['shared']);
  const sql = new Sql(scope, {});
  const base = baseNamed('deals');
  const rows = await scope.query<WinRow>(
    `SELECT d.id AS deal, l.id AS lead, coalesce(d.name, ${writtenName('l')}, l.email) AS name, d.amount,
       ${base.row.currency!(sql)} AS currency, l.source, o.name AS owner, d.closed_at AS won_at
     FROM (SELECT d.id AS won ${rowsOf(sql, base, 'shared')} ORDER BY d.closed_at DESC, d.id LIMIT ${sql.value(LATEST, 'int')}) w
     JOIN deals d ON d.workspace_id = $1 AND d.id = w.won
     JOIN leads x ON x.workspace_id = $1 AND x.number = d.lead
     JOIN leads l ON l.workspace_id = $1 AND l.number = CASE WHEN x.merged_into IS NULL THEN x.number ELSE x.merged_into END
     LEFT JOIN members o ON o.workspace_id = $1 AND o.id = d.owner_id ORDER BY d.closed_at DESC, d.id`,
    sql.values,
  );
  const latest = rows.map(({ won_at, currency, ...row }) => ({
    ...row,
    currency: currency === '' ? null : currency,
    won_at: won_at.toISOString(),
    says: sayWin({ ...row, currency }),
  }));
  return { rows: opening(scope, 'deals', 'shared', shared), latest };
}

function sayWin({
  name,
  amount,
  currency,
  source,
  owner,
}: Pick<WinRow, 'name' | 'amount' | 'currency' | 'source' | 'owner'>): string {
  const worth = amount === null ? '' : ` for ${sayNumber(amount)} ${currency}`;
  const found = source === null ? 'Marketing found it' : `Marketing found it by ${source}`;
  return `${name ?? 'A lead'} was won${worth}. ${found}; ${owner ?? 'sales'} called in time.`;
}
