/** A calibration for people: a small bar for every bin, what was left out and why, and a verdict in a sentence. */
import type { Excluded } from '#engine/calibration/choose.ts';
import type { Cohort } from '#engine/calibration/cohorts.ts';
import type { Report, ReportedAttribute, ReportedBin } from '#engine/calibration/report.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { bar, counted, padded, percent, plural, shortened, visible, wrapped } from '../terminal/text.ts';

const BAR = 16;
const LABEL = 36;
const CHANCE = 'no more than chance gives so many bins';
/** So many bins of an attribute are shown; the rest is in the JSON. */
const MOST_BINS = 14;
const MOST_MONTHS = 36;

export function reportText(report: Report, width: number, colour: boolean): string {
  const style = styleFor(colour);
  const room = Math.max(60, Math.min(width, 110));
  const base = report.positives / report.leads;
  const lines = [
    style.bold(`${plural(report.leads, 'lead')}, ${counted(report.positives)} won: ${percent(base)}`),
    ...figures(report),
    '',
    ...report.attributes.flatMap((attribute) => attributeLines(attribute, base, style)),
    ...cohortLines(report.cohorts, style),
    ...section('Left out', leftOut(report.excluded), room, style),
    ...section(
      'Worth knowing',
      report.warnings.map(({ message }) => visible(message)),
      room,
      style,
    ),
    ...wrapped(verdict(report), room).map((line) => (report.enough ? style.green(line) : style.yellow(line))),
    '',
  ];
  return lines.join('\n');
}

function figures({ auc, auc_interval, ks, log_loss, brier, lift_at_10, split }: Report): string[] {
  if (auc === null || auc_interval === null) return [split];
  const [low, high] = auc_interval.map((bound) => bound.toFixed(3));
  const lift = lift_at_10 === null ? '' : ` · the best tenth wins ${lift_at_10.toFixed(1)} times as often`;
  return [
    `AUC ${auc.toFixed(3)} (${low} to ${high}) · KS ${ks!.toFixed(2)}${lift}`,
    `log loss ${log_loss!.toFixed(3)} · Brier ${brier!.toFixed(3)} · ${split}`,
  ];
}

function attributeLines(
  { name, iv, iv_by_chance, verdict, bins }: ReportedAttribute,
  base: number,
  style: Style,
): string[] {
  const silent = bins.every(({ points }) => points === 0);
  const byChance = iv <= iv_by_chance;
  const note = verdict === 'none' ? 'says nothing' : byChance ? CHANCE : silent ? 'no points of its own' : '';
  const head = `${style.bold(visible(name))}  IV ${iv.toFixed(2)} ${verdict}${note && `, ${note}`}`;
  if (verdict === 'none') return [style.dim(head), ''];
  const shown = bins.length <= MOST_BINS ? bins : largest(bins);
  const most = Math.max(...shown.filter(({ n }) => n > 0).map(({ n, positives }) => positives / n));
  const lines = shown.map((bin) => binLine(bin, most, base, style));
  const rest = bins.length - shown.length;
  if (rest > 0) lines.push(style.dim(`  … and ${counted(rest)} more bins, smaller ones`));
  return [head, ...lines, ''];
}

/** The largest bins, in the order they came. */
function largest(bins: ReportedBin[]): ReportedBin[] {
  const kept = new Set(bins.toSorted((a, b) => b.n - a.n).slice(0, MOST_BINS));
  return bins.filter((bin) => kept.has(bin));
}

function binLine(
  { label, n, positives, points }: ReportedBin,
  most: number,
  base: number,
  style: Style,
): string {
  const rate = n === 0 ? 0 : positives / n;
  const drawn = padded(bar(most === 0 ? 0 : rate / most, BAR), BAR);
  const tinted = rate >= base ? style.green(drawn) : style.red(drawn);
  const worth = points === 0 ? '' : points > 0 ? `+${points}` : String(points);
  const cells = [
    padded(shortened(visible(label), LABEL), LABEL),
    padded(counted(n), 8, 'right'),
    padded(percent(rate), 8, 'right'),
    tinted,
    padded(worth, 4, 'right'),
  ];
  return `  ${cells.join('  ').trimEnd()}`;
}

/** A line a month, where it is known when leads came in; too many months are left to the JSON. */
function cohortLines(cohorts: Cohort[], style: Style): string[] {
  if (cohorts.length < 2 || cohorts.length > MOST_MONTHS) return [];
  const most = Math.max(...cohorts.map(({ rate }) => rate));
  const lines = cohorts.map(({ month, leads, rate, comparable }) => {
    const drawn = padded(bar(most === 0 ? 0 : rate / most, BAR), BAR);
    const cells = [
      padded(month, LABEL),
      padded(counted(leads), 8, 'right'),
      padded(percent(rate), 8, 'right'),
    ];
    const line = `  ${cells.join('  ')}  ${comparable ? drawn : `${drawn}  not comparable`}`.trimEnd();
    return comparable ? line : style.dim(line);
  });
  return [style.bold('By month'), ...lines, ''];
}

/** Columns left out for the same reason share a line. */
function leftOut(excluded: Excluded[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, why } of excluded) names.set(why, [...(names.get(why) ?? []), visible(name)]);
  return [...names].map(([why, columns]) => `${columns.join(', ')}: ${visible(why)}`);
}

function section(title: string, items: string[], room: number, style: Style): string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap((item) =>
    wrapped(item, room - 4).map((line, i) => (i === 0 ? `  · ${line}` : `    ${line}`)),
  );
  return [style.bold(title), ...lines, ''];
}

function verdict({ enough, base_points, auc, attributes }: Report): string {
  if (!enough) return 'Not enough evidence for a proposal yet: no points are given.';
  const telling = attributes.filter(({ bins }) => bins.some(({ points }) => points !== 0));
  return `Enough evidence for a proposal: start at ${Math.round(base_points)} and add the points of ${plural(telling.length, 'attribute')}; 50 is a chance of 5 %, and ten points more double the odds. In ${Math.round(auc! * 100)} of 100 pairs of a won and a lost lead the won one scores higher.`;
}
