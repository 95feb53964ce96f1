/** Verdicts as a table for people: a line a lead, small bars, and under it the reasons when they are asked for. */
import type { Pact } from '#engine/pact/pact.ts';
import type { Reason, ReasonKind, Verdict, VerdictName } from '#engine/verdict/verdict.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { bar, counted, padded, percent, visible } from '../terminal/text.ts';
import type { ScoreJob, Tally } from './job.ts';
import type { Printer } from './printer.ts';

const BAR = 8;
const SUMMARY_BAR = 32;

type Gauge = [figure: string, drawn: string];
type Cells = [id: string, verdict: string, grade: string, fit: Gauge, interest: Gauge, stage: string];

export function tablePrinter({ pact, idWidth, colour }: ScoreJob): Printer {
  const style = styleFor(colour);
  const widths = { id: idWidth, stage: longestStage(pact) };
  const fitGauge = gaugeFor(pact.grades.fit.A);
  const interestGauge = gaugeFor(pact.grades.interest[1]);
  const line = (verdict: Verdict, id: string) =>
    cellsLine(widths, [
      visible(id),
      verdict.verdict,
      verdict.grade,
      fitGauge(verdict.fit),
      interestGauge(verdict.interest),
      verdict.stage,
    ]);
  return {
    head: () =>
      `${style.bold(cellsLine(widths, ['id', 'verdict', 'grade', ['fit', ''], ['interest', ''], 'stage']))}\n`,
    lead: (id, verdict, reasons) =>
      `${[paints[verdict.verdict](style)(line(verdict, id)), ...(reasons ?? []).map(reasonLine)].join('\n')}\n`,
    between: '',
    tail: (tally) => summary(tally, style),
  };
}

function cellsLine(
  widths: { id: number; stage: number },
  [id, verdict, grade, fit, interest, stage]: Cells,
): string {
  const gauge = ([figure, drawn]: Gauge) => `${padded(figure, 8, 'right')} ${padded(drawn, BAR)}`;
  const cells = [padded(id, widths.id), padded(verdict, 8), padded(grade, 5), gauge(fit), gauge(interest)];
  return [...cells, padded(stage, widths.stage)].join('  ').trimEnd();
}

/** A bar is full at a third more than the best grade asks. */
const gaugeFor =
  (best: number) =>
  (points: number): Gauge => [
    String(Math.round(points * 10) / 10),
    bar(points / Math.max(1, (best * 4) / 3), BAR),
  ];

function longestStage({ stages }: Pact): number {
  const names = stages.flatMap(({ id, levels }) => [
    id,
    ...Object.keys(levels).map((level) => `${id}/${level}`),
  ]);
  return Math.max(...['conversion', ...names].map((name) => name.length));
}

const paints: Record<VerdictName, (style: Style) => (line: string) => string> = {
  mql: (style) => style.green,
  bad_lead: (style) => style.red,
  not_mql: () => (line) => line,
  visitor: (style) => style.dim,
};

const marks = new Map<Reason['holds'], string>([
  [true, '✓'],
  [false, '✗'],
  [null, '?'],
]);

const kinds: Record<ReasonKind, string> = {
  profile: 'profile',
  interest: 'interest',
  bad_lead: 'bad lead',
  mql: 'MQL',
  fast_lane: 'fast lane',
};

function reasonLine({ kind, points, holds, because }: Reason): string {
  const added = points === 0 ? '' : `${points > 0 ? '+' : ''}${Math.round(points * 10) / 10}`;
  return `    ${marks.get(holds)} ${padded(kinds[kind], 9)} ${padded(added, 6, 'right')}  ${visible(because)}`;
}

const order: VerdictName[] = ['mql', 'not_mql', 'bad_lead', 'visitor'];

function summary(tally: Tally, style: Style): string {
  const all = order.reduce((sum, verdict) => sum + tally[verdict], 0);
  if (all === 0) return 'No leads.\n';
  const lines = order.map((verdict) => {
    const share = tally[verdict] / all;
    const figures = `${padded(counted(tally[verdict]), 11, 'right')} ${padded(percent(share), 8, 'right')}`;
    return paints[verdict](style)(`${padded(verdict, 8)} ${figures}  ${bar(share, SUMMARY_BAR)}`.trimEnd());
  });
  return `\n${lines.join('\n')}\n`;
}
