/** What a backtest found, for people: a funnel, what it means in a sentence, and the months. */
import type { Figures, Interval } from '#engine/backtest/backtest.ts';
import type { Stream } from '../io.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { bar, counted, padded, percent, plural, visible, wrapped } from '../terminal/text.ts';
import type { Backtested, Side } from './figures.ts';

/** Where the output is no terminal. */
const USUAL_WIDTH = 100;

export function report(backtested: Backtested, out: Pick<Stream, 'width' | 'colour'>): string {
  const style = styleFor(out.colour);
  const width = Math.max(50, Math.min(out.width ?? USUAL_WIDTH, 120));
  const { first, second, leads, activities, until, withDeals, flips } = backtested;
  const sides = second === undefined ? [first] : [first, second];
  const when = `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const parts = [
    `${plural(leads, 'lead')} and ${plural(activities, 'activity', 'activities')}, replayed up to ${when}`,
    ...sides.map((side) =>
      [
        heading(side, style),
        funnel(side.figures, leads, width),
        verdict(side.figures, leads, withDeals, width),
      ].join('\n\n'),
    ),
    months(sides, width, style),
  ];
  if (flips !== null) parts.push(sayFlips(flips.gained, flips.lost, style, width));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const heading = ({ pact, digest }: Side, style: Style): string =>
  `${style.bold(visible(pact))} ${style.dim(digest.slice(0, 19))}`;

function funnel(
  { visitors, bad_leads, mqls, mqls_decided, caught, deals }: Figures,
  leads: number,
  width: number,
): string {
  const steps: [name: string, n: number][] = [
    ['leads', leads],
    ['known', leads - visitors],
    ['MQL', mqls],
  ];
  if (deals.won + deals.lost > 0) {
    steps.push(['MQL, then decided', mqls_decided.won + mqls_decided.lost], ['MQL, then won', caught]);
  }
  const names = Math.max(...steps.map(([name]) => name.length));
  const room = width - names - 22;
  const lines = steps.map(([name, n]) => {
    const share = leads === 0 ? 0 : n / leads;
    return `${padded(name, names)}  ${padded(counted(n), 9, 'right')} ${padded(percent(share), 8, 'right')}  ${bar(share, room)}`.trimEnd();
  });
  if (bad_leads > 0) lines.push(`${plural(bad_leads, 'bad lead')} at the end`);
  return lines.join('\n');
}

/** Fewer wins than this say little. */
const FEW = 10;

/** What the figures say, in a few sentences. */
function verdict(figures: Figures, leads: number, withDeals: boolean, width: number): string {
  return wrapped(sentences(figures, leads, withDeals).join(' '), width).join('\n');
}

function sentences(figures: Figures, leads: number, withDeals: boolean): string[] {
  const {
    deals,
    caught,
    recall,
    recall_interval,
    precision,
    precision_interval,
    mqls_decided,
    mqls,
    amounts,
  } = figures;
  if (!withDeals) return ['Whether these are the right leads only deals can tell: add --deals FILE.'];
  if (recall === null || recall_interval === null) {
    return ['No lead has a won deal, so there is nothing to find and nothing to be said of who was missed.'];
  }
  const said = [
    `Of ${plural(deals.won, 'won lead')} this pact had found ${counted(caught)} by the time they were won: recall ${percent(recall)}, ${between(recall_interval)}.`,
  ];
  if (amounts.won > 0) {
    said.push(`They stand for ${percent(amounts.caught / amounts.won)} of what was won.`);
  }
  if (deals.lost === 0) {
    said.push('The deals hold no lost ones, so how often it was right cannot be told.');
  } else if (precision !== null && precision_interval !== null) {
    const decided = mqls_decided.won + mqls_decided.lost;
    said.push(
      `Of ${plural(decided, 'MQL')} whose deal is decided ${counted(mqls_decided.won)} were won: precision ${percent(precision)}, ${between(precision_interval)}.`,
    );
  }
  if (deals.won < FEW) return [...said, `${plural(deals.won, 'win')} are too few to say more.`];
  return [...said, againstChance(mqls / leads, recall, recall_interval)];
}

/** A definition that calls three leads in ten MQL finds three wins in ten by chance. */
function againstChance(called: number, recall: number, [low, high]: Interval): string {
  const much = `It calls ${percent(called)} of all leads MQL and finds ${percent(recall)} of the wins`;
  if (low > called) return `${much}: ${(recall / called).toFixed(1)} times what drawing lots would find.`;
  if (high < called) return `${much}: fewer than drawing lots would find.`;
  return `${much}: no better than drawing lots, as far as can be told.`;
}

const between = ([low, high]: Interval): string => `between ${percent(low)} and ${percent(high)} (95 %)`;

const MOST_MONTHS = 36;

function months(sides: readonly Side[], width: number, style: Style): string {
  const counts = sides.map(({ figures }) => figures.mqls_by_month);
  const all = everyMonth(counts.flatMap((count) => Object.keys(count)));
  if (all.length === 0) return '';
  const shown = all.slice(-MOST_MONTHS);
  const most = Math.max(...counts.flatMap((count) => shown.map((month) => count[month] ?? 0)), 1);
  const room = Math.floor((width - 9) / sides.length) - 12;
  const lines = shown.map((month) => {
    const drawn = counts.map((count) => {
      const n = count[month] ?? 0;
      return `${padded(counted(n), 8, 'right')}  ${padded(bar(n / most, room), room)}`;
    });
    return `${month}  ${drawn.join('  ')}`.trimEnd();
  });
  const left = all.length - shown.length;
  const earlier = left > 0 ? [style.dim(`(${plural(left, 'earlier month')} not shown)`)] : [];
  const which = sides.length === 1 ? '' : ': the first pact, then the second';
  return [style.bold(`MQLs by month${which}`), ...earlier, ...lines].join('\n');
}

/** All months from the first to the last, also those without an MQL. */
function everyMonth(met: readonly string[]): string[] {
  const [first, last] = [met.toSorted()[0], met.toSorted().at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  let [year, month] = first.split('-').map(Number) as [number, number];
  for (let name = first; name < last; ) {
    all.push(name);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  }
  return [...all, last];
}

const MOST_NAMES = 12;

function sayFlips(gained: readonly string[], lost: readonly string[], style: Style, width: number): string {
  const say = (mark: string, what: string, ids: readonly string[]) => {
    const named = ids.slice(0, MOST_NAMES).map(visible).join(', ');
    const more = ids.length > MOST_NAMES ? `, … (all of them with --format json)` : '';
    const who = ids.length === 0 ? '' : `: ${named}${more}`;
    return `${mark} ${wrapped(`${plural(ids.length, 'lead')} ${what}${who}`, width - 2).join('\n  ')}`;
  };
  return [
    style.bold('From the first pact to the second'),
    say(style.green('+'), 'would become MQL', gained),
    say(style.red('-'), 'would no longer become MQL', lost),
  ].join('\n');
}
