/** The week, told to both teams at once: the same page, by mail and in the app. */
import type { z } from 'zod';
import type { showDigest } from '#contract/reports.ts';
import { sayNumber } from '#engine/measures/say.ts';
import { count } from './counting.ts';
import { opening } from './opening.ts';
import { dayAt, type Scope } from './scope.ts';
import { scorecard } from './scorecard.ts';

type Digest = z.infer<typeof showDigest.reply>;
const DAY = 86_400_000;
/** What waits is looked for so far back. */
const WAITING = 90 * DAY;

/** Monday of the last week that is over, in a zone. */
export function lastWeek(now: number, zone: string): string {
  const today = dayAt(now, zone);
  return today.subtract({ days: today.dayOfWeek - 1 + 7 }).toString();
}

/** The week that a day lies in. */
export function weekOf(day: string, zone: string): { week: string; from: number; to: number } {
  const given = Temporal.PlainDate.from(day);
  const monday = given.subtract({ days: given.dayOfWeek - 1 });
  const at = (one: Temporal.PlainDate) => one.toZonedDateTime(zone).epochMilliseconds;
  return { week: monday.toString(), from: at(monday), to: at(monday.add({ days: 7 })) };
}

/** @param scope of the week */
export async function digest(
  scope: Scope,
  week: string,
): Promise<Omit<Digest, 'period' | 'read' | 'at' | 'notes'>> {
  const card = await scorecard(scope);
  const pick = (figures: Digest['marketing'], measures: readonly string[]) =>
    figures.filter(({ measure }) => measures.includes(measure));
  const { shared } = await count(scope, 'deals', ['shared']);
  const [sent] = await scope.query<{ sent_at: Date }>(
    'SELECT sent_at FROM digests WHERE workspace_id = $1 AND week = $2',
    [scope.workspace, week],
  );
  const marketing = pick(card.marketing, ['volume', 'compliance', 'acceptance']);
  const sales = pick(card.sales, ['attainment', 'feedback']);
  return {
    week,
    title: `${scope.version?.pact.pact ?? 'No pact'}: the week from ${week}`,
    marketing,
    sales,
    shared_wins: opening(scope, 'deals', 'shared', shared),
    waiting: await waitingOf(scope),
    says: sayWeek(marketing, sales, shared),
    sent_at: sent?.sent_at.toISOString() ?? null,
  };
}

async function waitingOf(scope: Scope): Promise<Digest['waiting']> {
  const lately = { ...scope, from: scope.now - WAITING, to: scope.now + 1 };
  const { waiting } = await count(lately, 'handoffs', ['waiting']);
  const { overdue } = await count(lately, 'clocks', ['overdue']);
  const told = [
    {
      n: waiting,
      says: `${sayNumber(waiting)} handoffs wait for an answer.`,
      rows: opening(lately, 'handoffs', 'waiting', waiting),
    },
    {
      n: overdue,
      says: `${sayNumber(overdue)} clocks have run out.`,
      rows: opening(lately, 'clocks', 'overdue', overdue),
    },
  ];
  return told.filter(({ n }) => n > 0).map(({ says, rows }) => ({ says, rows }));
}

function sayWeek(marketing: Digest['marketing'], sales: Digest['sales'], wins: number): string {
  const volume = marketing.find(({ measure }) => measure === 'volume')?.value ?? 0;
  const [, ...quality] = marketing;
  const rest = [...quality, ...sales]
    .filter(({ value }) => value !== null)
    .map(({ name, says }) => `${name}: ${says}`);
  const won = wins === 0 ? '' : ` ${sayNumber(wins)} deals were won together.`;
  const brought =
    volume === 0 ? 'Nothing was handed over this week.' : `Marketing handed over ${sayNumber(volume)} MQLs.`;
  return [`${brought}${won}`, ...rest].join(' ');
}
