import type { ChartTone } from './Bars.tsx';
import classes from './chart.module.css';

type Line = {
  name: string;
  tone: ChartTone;
  dashed?: true;
  /** Null: nothing is known there, or not yet. */
  values: readonly (number | null)[];
};

type Props = {
  name: string;
  lines: readonly Line[];
  /** What stands under the first and the last point. */
  ends: readonly [from: string, to: string];
  said: (value: number) => string;
  width: number;
  most?: number;
};

const HEIGHT = 200;
const TOP = 12;
const FOOT = 22;
const LETTER = 7.8;
const APART = 16;

/** Lines over time, each with its name and last number at its end. */
export function Lines({ name, lines, ends, said, width, most }: Props) {
  const steps = Math.max(1, ...lines.map(({ values }) => values.length - 1));
  const high = Math.max(most ?? 0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))) || 1;
  const labelled = lines.map((line) => {
    const at = line.values.findLastIndex((value) => value !== null);
    return { ...line, at, words: at < 0 ? '' : `${line.name} ${said(line.values[at]!)}` };
  });
  const letters = Math.max(...labelled.map(({ words }) => words.length));
  const isNarrow = letters * LETTER > width * 0.45;
  const room = isNarrow ? width - 6 : width - letters * LETTER - 10;
  const x = (step: number): number => (step / steps) * room;
  const y = (value: number): number => TOP + (1 - value / high) * (HEIGHT - TOP - FOOT);
  const places = spread(labelled.map(({ at, values }) => (at < 0 ? HEIGHT : y(values[at]!))));
  const height = HEIGHT + (isNarrow ? lines.length * APART : 0);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={classes.chart}
      role="img"
      aria-label={`${name}. ${labelled.map(({ words }) => words).join('; ')}.`}
    >
      <line x1={0} x2={room} y1={y(0)} y2={y(0)} className={classes.axis} />
      <text x={0} y={HEIGHT - 4} className={classes.quiet}>
        {ends[0]}
      </text>
      <text x={room} y={HEIGHT - 4} textAnchor="end" className={classes.quiet}>
        {ends[1]}
      </text>
      {labelled.map(({ name: line, tone, dashed, values, at, words }, i) => (
        <g key={line} data-tone={tone} className={classes.series}>
          <path
            d={pathOf(values, x, y)}
            className={classes.line}
            strokeDasharray={dashed ? '5 5' : undefined}
          />
          {at >= 0 && (
            <>
              <circle cx={x(at)} cy={y(values[at]!)} r={3.5} className={classes.dot} />
              {isNarrow ? (
                <>
                  <circle cx={5} cy={HEIGHT + i * APART + 6} r={3.5} className={classes.dot} />
                  <text x={14} y={HEIGHT + i * APART + 10} className={classes.end}>
                    {words}
                  </text>
                </>
              ) : (
                <text x={x(at) + 8} y={places[i]! + 4} className={classes.end}>
                  {words}
                </text>
              )}
            </>
          )}
        </g>
      ))}
    </svg>
  );
}

/** Where nothing is known the line is broken. */
function pathOf(
  values: readonly (number | null)[],
  x: (step: number) => number,
  y: (value: number) => number,
): string {
  let isDown = false;
  return values
    .map((value, step) => {
      const begins = !isDown;
      isDown = value !== null;
      return value === null ? '' : `${begins ? 'M' : 'L'} ${x(step).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join(' ');
}

/** Words that would lie on one another are moved apart, from the top down. */
function spread(places: readonly number[]): number[] {
  const result = [...places];
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]!);
  for (const [rank, i] of order.entries()) {
    const above = order[rank - 1];
    if (above !== undefined) result[i] = Math.max(result[i]!, result[above]! + APART);
  }
  return result;
}
