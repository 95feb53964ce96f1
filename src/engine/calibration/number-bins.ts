import { type Attribute, JUDGEABLE } from './attribute.ts';
import type { Bin, CodeCounts, Range } from './bins.ts';
import { type Tally, weightOfEvidence } from './evidence.ts';
import { joinViolators } from './monotone.ts';
import { plain } from './words.ts';

/** A number held by this share of all leads or more gets a bin of its own (often 0, which may mean "never measured"). */
const MASS = 0.1;
/** A range of numbers holds at least this share of all leads. */
const SMALLEST = 0.05;
/** How many ranges the numbers that are not mass points are cut into, at most. */
const MOST_RANGES = 10;

/** A distinct number and who holds it. */
type Held = Tally & { number: number };
/** A run of neighbouring numbers: from the first to the last that was seen. */
type Run = Tally & { first: number; last: number };

/** Bins of the numbers of an attribute, upwards, and the place in them of any number (-1 where none takes it). */
export type NumberBins = { bins: Bin[]; place: (number: number) => number };

/**
 * Mass points on their own, the numbers between them in ranges of about equal size that hold 5 % of the leads or more,
 * joined until the close rate only rises or only falls. A range never reaches across a mass point, so one that lies
 * between two of them may be smaller.
 */
export function numberBins(attribute: Attribute, counts: CodeCounts, anyShape: boolean): NumberBins {
  const held = heldNumbers(attribute, counts);
  const segments = segmentsOf(held, MASS * counts.rows);
  const regular = segments.flatMap(({ mass, held }) => (mass ? [] : held)).reduce((sum, { n }) => sum + n, 0);
  const smallest = Math.max(SMALLEST * counts.rows, JUDGEABLE);
  const target = Math.max(smallest, regular / MOST_RANGES);
  const runs = segments.map(({ mass, held }) => (mass ? held.map(runOf) : cut(held, target, smallest)));
  const joined = anyShape
    ? runs
    : monotone(
        runs,
        segments.map(({ mass }) => mass),
      );
  return describe(
    joined.map((runs, i) => ({ mass: segments[i]!.mass, runs })),
    attribute,
  );
}

function heldNumbers(attribute: Attribute, counts: CodeCounts): Held[] {
  const held = Array.from(attribute.values, (number) => ({ number, n: 0, won: 0 }));
  attribute.valuePlace.forEach((value, code) => {
    if (value < 0) return;
    held[value]!.n += counts.n[code]!;
    held[value]!.won += counts.won[code]!;
  });
  return held.filter(({ n }) => n > 0);
}

/** A mass point alone, or the numbers between two of them. */
type Segment = { mass: boolean; held: Held[] };

function segmentsOf(held: Held[], massSize: number): Segment[] {
  const segments: Segment[] = [];
  for (const one of held) {
    const mass = one.n >= massSize;
    const last = segments.at(-1);
    if (mass || !last || last.mass) segments.push({ mass, held: [one] });
    else last.held.push(one);
  }
  return segments;
}

const runOf = ({ number, n, won }: Held): Run => ({ first: number, last: number, n, won });
const join = (a: Run, b: Run): Run => ({ first: a.first, last: b.last, n: a.n + b.n, won: a.won + b.won });

/** Cuts neighbouring numbers into runs of about `target` rows; what is left over at the end joins the last run. */
function cut(held: Held[], target: number, smallest: number): Run[] {
  const runs: Run[] = [];
  let open: Run | null = null;
  for (const one of held) {
    open = open ? join(open, runOf(one)) : runOf(one);
    if (open.n >= target) {
      runs.push(open);
      open = null;
    }
  }
  if (open) runs.push(runs.length > 0 && open.n < smallest ? join(runs.pop()!, open) : open);
  return runs;
}

/** Joins neighbours within each segment so that rates only rise, or only fall: whichever tells more. */
function monotone(runs: Run[][], mass: boolean[]): Run[][] {
  const towards = (sign: 1 | -1): Run[][] =>
    runs.map((segment, i) => (mass[i] ? segment : joinViolators(segment, join, sign)));
  const [rising, falling] = [towards(1), towards(-1)];
  const tells = (joined: Run[][]): number => weightOfEvidence(joined.flat()).iv;
  return tells(rising) >= tells(falling) ? rising : falling;
}

function describe(segments: { mass: boolean; runs: Run[] }[], attribute: Attribute): NumberBins {
  const whole = attribute.values.every(Number.isInteger);
  const bins: Bin[] = [];
  /** The lower bound of each bin, and whether the bound itself belongs to it. */
  const starts: { at: number; inside: boolean }[] = [];
  segments.forEach(({ mass, runs }, s) => {
    const [before, after] = [segments[s - 1]?.runs[0]?.first, segments[s + 1]?.runs[0]?.first];
    runs.forEach((run, r) => {
      if (mass) {
        bins.push({ label: plain(run.first), content: { is: 'value', number: run.first } });
        starts.push({ at: run.first, inside: true });
        return;
      }
      const from = r > 0 ? between(runs[r - 1]!.last, run.first) : null;
      const next = runs[r + 1];
      const to = next ? between(run.last, next.first) : (after ?? null);
      const content: Range = { is: 'range' };
      if (from !== null) content.gte = from;
      else if (before !== undefined) content.gt = before;
      if (to !== null) content.lt = to;
      bins.push({ label: rangeLabel(run, content, whole), content });
      starts.push({ at: from ?? before ?? Number.NEGATIVE_INFINITY, inside: from !== null });
    });
  });
  return { bins, place: placer(bins, starts) };
}

function placer(bins: Bin[], starts: { at: number; inside: boolean }[]): (number: number) => number {
  return (number) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { at, inside } = starts[middle]!;
      if (number > at || (inside && number === at)) low = middle + 1;
      else high = middle;
    }
    const place = low - 1;
    const content = bins[place]?.content;
    return content?.is === 'value' && content.number !== number ? -1 : place;
  };
}

function rangeLabel(run: Run, { gt, gte, lt }: Range, whole: boolean): string {
  const bounded = gt !== undefined || gte !== undefined;
  const from = !whole && gt !== undefined ? `over ${plain(gt)}` : plain(gte ?? run.first);
  if (lt === undefined)
    return bounded
      ? whole || gte !== undefined
        ? `${from} and more`
        : from
      : `${from} to ${plain(run.last)}`;
  if (!whole) return `${from} to under ${plain(lt)}`;
  const to = plain(Math.ceil(lt) - 1);
  return from === to ? from : `${from} to ${to}`;
}

/** The number with the fewest digits above `low` and not above `high`: where two bins part. */
export function between(low: number, high: number): number {
  const top = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high), 1e-300))) + 1;
  for (let exponent = top; exponent > top - 17; exponent--) {
    for (const share of [1, 0.5]) {
      const step = 10 ** exponent * share;
      const candidate = Number(((Math.floor(low / step) + 1) * step).toPrecision(15));
      if (candidate > low && candidate <= high) return candidate;
    }
  }
  return high;
}
