import { useId } from 'react';
import { GoTo } from '../GoTo.tsx';
import classes from './chart.module.css';

export type ChartTone = 'accent' | 'marketing' | 'sales' | 'good' | 'warn' | 'quiet';

export type Bar = {
  id: string;
  label: string;
  /** Null: there is nothing to draw; the words say why. */
  value: number | null;
  /** Written at its end. */
  words: string;
  /** Drawn on from the end of the bar, hatched: what does not count yet. */
  hatched?: number;
  interval?: readonly [low: number, high: number] | null;
  /** A stroke across the bar: what was promised. */
  mark?: number | null;
  tone?: ChartTone;
  /** Where its words lead. */
  href?: string;
};

const ROW = 46;
const LABEL = 16;
const THICK = 16;
/** A letter of the words, about. */
const LETTER = 7.2;

type Props = { name: string; bars: readonly Bar[]; width: number; most?: number };

/** Bars one under the other, each with its name above and its number at its end; negative ones go to the left. */
export function Bars({ name, bars, width, most }: Props) {
  const hatch = useId();
  const reach = (bar: Bar): number =>
    Math.max((bar.value ?? 0) + (bar.hatched ?? 0), bar.interval?.[1] ?? 0, bar.mark ?? 0);
  const high = Math.max(most ?? 0, ...bars.map(reach), 0) || 1;
  const low = Math.min(0, ...bars.map(({ value, interval }) => Math.min(value ?? 0, interval?.[0] ?? 0)));
  const letters = Math.max(0, ...bars.filter(({ value }) => value !== null).map(({ words }) => words.length));
  // Words that are too long for the side stand above, at the right of the name.
  const isAbove = letters * LETTER > width * 0.4;
  const room = width - (isAbove ? 4 : letters * LETTER + 14);
  const x = (value: number): number => ((value - low) / (high - low)) * room;
  const heightOf = ROW + (isAbove && width < 480 ? LABEL : 0);
  const height = bars.length * heightOf;
  const said = bars.map(({ label, words }) => `${label}: ${words}`).join('; ');
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={classes.chart}
      aria-label={`${name}. ${said}`}
      role="group"
    >
      <defs>
        <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1={0} y1={0} x2={0} y2={6} className={classes.hatch} />
        </pattern>
      </defs>
      {bars.map(({ id, label, value, words, hatched = 0, interval, mark, tone = 'accent', href }, i) => {
        const top = i * heightOf;
        const bar = top + heightOf - ROW + LABEL + 4;
        const middle = bar + THICK / 2;
        const stacked = isAbove && width < 480;
        const end = Math.max(
          x(Math.max(0, value ?? 0)) + x(hatched) - x(0),
          interval ? x(interval[1]) : 0,
          x(mark ?? low),
        );
        const place = isAbove
          ? ({
              x: stacked ? 0 : width,
              y: stacked ? top + 12 + LABEL : top + 12,
              textAnchor: stacked ? 'start' : 'end',
            } as const)
          : ({ x: end + 8, y: middle + 4.5, textAnchor: 'start' } as const);
        const text = (
          <text {...place} className={value === null ? classes.quiet : classes.words}>
            {words}
          </text>
        );
        return (
          <g key={id}>
            <text x={0} y={top + 12} className={classes.label}>
              {label}
            </text>
            {value !== null && (
              <rect
                x={x(Math.min(0, value))}
                y={bar}
                width={Math.max(Math.abs(x(value) - x(0)), 1.5)}
                height={THICK}
                rx={2}
                data-tone={tone}
                className={classes.fill}
              />
            )}
            {hatched > 0 && (
              <rect
                x={x(value ?? 0)}
                y={bar}
                width={x(hatched) - x(0)}
                height={THICK}
                fill={`url(#${hatch})`}
                className={classes.young}
              />
            )}
            {interval && <Whisker from={x(interval[0])} to={x(interval[1])} y={middle} />}
            {mark !== null && mark !== undefined && (
              <line x1={x(mark)} x2={x(mark)} y1={bar - 4} y2={bar + THICK + 4} className={classes.mark} />
            )}
            {href === undefined ? (
              text
            ) : (
              <GoTo href={href} stay className={classes.open} aria-label={`${label}: ${words}`}>
                {text}
              </GoTo>
            )}
          </g>
        );
      })}
      {low < 0 && <line x1={x(0)} x2={x(0)} y1={0} y2={height} className={classes.axis} />}
    </svg>
  );
}

const Whisker = ({ from, to, y }: { from: number; to: number; y: number }) => (
  <path
    d={`M ${from} ${y - 4} V ${y + 4} M ${from} ${y} H ${to} M ${to} ${y - 4} V ${y + 4}`}
    className={classes.whisker}
  />
);
