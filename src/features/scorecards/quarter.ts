/** The quarter on one page: five chapters, each against its promise, and what changes next. */
import type { z } from 'zod';
import type { Figure as Shown } from '#contract/measures.ts';
import type { showQuarter } from '#contract/reports.ts';
import { share } from '#engine/measures/figure.ts';
import { count } from './counting.ts';
import { dressed, inUse } from './figures.ts';
import { leaks } from './leaks.ts';
import { markdownOf } from './markdown.ts';
import { opening } from './opening.ts';
import { dayAt, type Scope } from './scope.ts';
import { HORIZON, scorecard } from './scorecard.ts';

type Quarter = z.infer<typeof showQuarter.reply>;
type Chapter = Quarter['chapters'][number];
export type Page = Pick<Quarter, 'quarter' | 'title' | 'chapters' | 'versions' | 'next' | 'says'>;

const CHAPTERS: { id: Chapter['id']; title: string; measures: string[] }[] = [
  { id: 'volume', title: 'Volume', measures: ['volume', 'value'] },
  { id: 'quality', title: 'Quality', measures: ['compliance', 'acceptance', 'marketing_score'] },
  {
    id: 'follow_up',
    title: 'Follow-up',
    measures: ['attainment', 'feedback', 'unfair_returns', 'sales_score'],
  },
  { id: 'close', title: 'Close', measures: ['close_rate', 'won_value', 'missed_wins', 'velocity'] },
];

/** @param quarter `2026-Q2`, which the scope is of */
export async function quarterPage(scope: Scope, quarter: string): Promise<Page & { markdown: string }> {
  const { marketing, sales, together } = await scorecard(scope);
  const all = [...marketing, ...sales, ...together];
  const chapters = CHAPTERS.map(({ id, title, measures }) => {
    const figures = all.filter(({ measure }) => measures.includes(measure));
    return { id, title, figures, ...verdictOn(figures) };
  });
  chapters.push(await market(scope));
  const page: Page = {
    quarter,
    title: `${scope.version?.pact.pact ?? 'No pact'}, ${quarter}`,
    chapters,
    versions: versionsOf(scope),
    next: await nextOf(scope, chapters),
    says: sayAll(scope, chapters),
  };
  return { ...page, markdown: markdownOf(page) };
}

/** A chapter is kept when nothing in it is broken and something is kept. */
function verdictOn(figures: readonly Shown[]): Pick<Chapter, 'kept' | 'says'> {
  const told = figures.filter(({ kept }) => kept !== null);
  const broken = told.filter(({ kept }) => kept === false);
  if (broken.length > 0)
    return { kept: false, says: broken.map(({ name, says }) => `${name}: ${says}`).join(' ') };
  if (told.length > 0) return { kept: true, says: 'What was promised was kept.' };
  return { kept: null, says: 'Nothing is promised here, or there is too little to say.' };
}

/** What neither team could have helped: buyers who come later, cannot pay, or do not answer. */
async function market(scope: Scope): Promise<Chapter> {
  const n = await count(scope, 'handoffs', ['returned', 'returned_market']);
  const figure = share('market_returns', n.returned_market, n.returned, {
    of: 'returns',
    did: 'were for reasons of the market',
  });
  const shown = dressed(figure, {
    numerator: opening(scope, 'handoffs', 'returned_market', n.returned_market),
    denominator: opening(scope, 'handoffs', 'returned', n.returned),
  });
  return { id: 'market', title: 'Market', figures: inUse(scope, [shown]), kept: null, says: figure.says };
}

function versionsOf({ timeline, from, to, now }: Scope): Page['versions'] {
  const present = timeline.at(from);
  return timeline.versions
    .filter(
      (version) => version === present || (version.from >= from && (version.from < to || version.from > now)),
    )
    .map((version) => ({
      version: version.number,
      from: new Date(version.from).toISOString(),
      says:
        version.from > now
          ? `Version ${version.number} comes into force.`
          : `Version ${version.number} was in force.`,
    }));
}

/** What is to be done: what was broken, where the most is lost, and what is agreed for later. */
async function nextOf(scope: Scope, chapters: readonly Chapter[]): Promise<string[]> {
  const next = chapters.flatMap(({ figures }) =>
    figures
      .filter(({ kept }) => kept === false)
      .map(({ name }) => `Talk about ${name.toLowerCase()}: less than was promised. Open its rows together.`),
  );
  const { gap, leaks: lines } = await leaks(scope, HORIZON);
  const worst = lines.toSorted((a, b) => (b.amount ?? 0) - (a.amount ?? 0))[0];
  if (gap !== null && gap > 0 && worst !== undefined) {
    const clause = worst.owners[0]?.clauses[0];
    const first =
      clause === undefined ? '' : ` First to look at: the clause ${clause.clause}, for “${clause.text}”`;
    next.push(`${worst.says}${first}`);
  }
  const missed = chapters
    .flatMap(({ figures }) => figures)
    .find(({ measure, numerator }) => measure === 'missed_wins' && (numerator ?? 0) > 0);
  if (missed !== undefined)
    next.push(`Ask whether the definition is too strict: ${lowered(missed.says)} Open them by clause.`);
  for (const version of scope.timeline.versions.filter(({ from }) => from > scope.now)) {
    next.push(`Version ${version.number} comes into force on ${dayAt(version.from, scope.zone)}.`);
  }
  const review = scope.version?.pact.review.next;
  if (review !== undefined) next.push(`The pact is reviewed by both teams on ${review}.`);
  return next.length === 0 ? ['Nothing calls for a change.'] : next;
}

/** A sentence after a colon: a name or a number stays as it is. */
const lowered = (text: string): string => (text.startsWith('None') ? `n${text.slice(1)}` : text);

function sayAll({ to, now }: Scope, chapters: readonly Chapter[]): string {
  const broken = chapters.filter(({ kept }) => kept === false).map(({ title }) => title.toLowerCase());
  const kept = chapters.filter(({ kept: one }) => one === true).map(({ title }) => title.toLowerCase());
  if (broken.length + kept.length === 0)
    return 'There is nothing promised in this quarter, or too little to say.';
  const list = (names: readonly string[]) =>
    names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const parts = [
    kept.length > 0 ? `Kept: ${list(kept)}.` : '',
    broken.length > 0 ? `Not kept: ${list(broken)}.` : '',
  ];
  return [to > now ? 'So far.' : '', ...parts].filter((part) => part !== '').join(' ');
}
