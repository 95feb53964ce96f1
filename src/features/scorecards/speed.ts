/** Speed to lead: our own curve, told apart by tier, for who calls hot leads first looks better than they are. */
import type { z } from 'zod';
import type { showSpeed } from '#contract/funnels.ts';
import { share } from '#engine/measures/figure.ts';
import { saySpan } from '#engine/measures/say.ts';
import { BUCKETS, type Bucket, PUBLISHED } from '#engine/measures/speed.ts';
import { type Cells, tally } from './counting.ts';
import { dressed } from './figures.ts';
import { opening } from './opening.ts';
import type { Scope } from './scope.ts';
import type { By } from './sql.ts';

type Speed = z.infer<typeof showSpeed.reply>;
type Group = Speed['all'];
export type Wanted = {
  clock: 'working' | 'wall';
  by: 'tier' | 'weekday' | 'team' | 'source';
  horizon: number;
};

const ALL: readonly { bucket: Bucket; label: string }[] = [...BUCKETS, { bucket: 'never', label: 'never' }];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export async function speedOf(
  scope: Scope,
  { clock, by, horizon }: Wanted,
): Promise<Pick<Speed, 'clock' | 'all' | 'groups' | 'published' | 'says'>> {
  const settings = { clock, horizon: String(horizon) };
  const { all, groups } = await tally(scope, 'speed', CELLS, { by: settings, group: by });
  const make = (of: string | null, n: Record<string, number>): Group =>
    groupOf(scope, of === null ? 'all' : by === 'weekday' ? WEEKDAYS[Number(of) - 1]! : of, n, {
      ...settings,
      ...(of !== null && { [by]: of }),
    });
  if (clock === 'working' && scope.open === null)
    scope.notes.push('Time is counted by the clock on the wall: there is no calendar.');
  const each = [...groups].map(([of, n]) => make(of, n));
  return { clock, all: make(null, all), groups: each, published: [...PUBLISHED], says: compare(each, by) };
}

const CELLS: Cells<string> = {
  told: { set: 'told' },
  waiting: { set: 'waiting' },
  median: () => 'percentile_cont(0.5) WITHIN GROUP (ORDER BY w.elapsed)',
  p90: () => 'percentile_cont(0.9) WITHIN GROUP (ORDER BY w.elapsed)',
  ...Object.fromEntries(
    ALL.flatMap(({ bucket }) =>
      ['in_bucket', 'mature', 'qualified', 'won'].map((set) => [`${set}_${bucket}`, { set, by: { bucket } }]),
    ),
  ),
};

function groupOf(scope: Scope, of: string, n: Record<string, number>, by: By): Group {
  const told = n.told!;
  const never = n.in_bucket_never!;
  const buckets = ALL.map(({ bucket, label }) => {
    const open = (set: string) => opening(scope, 'speed', set, n[`${set}_${bucket}`]!, { ...by, bucket });
    const rate = (set: 'qualified' | 'won', did: string) =>
      dressed(
        share('conversion', n[`${set}_${bucket}`]!, n[`mature_${bucket}`]!, {
          of: `leads touched ${label} and old enough`.replace('touched never', 'never touched'),
          did,
        }),
        {
          name: set === 'won' ? 'Won' : 'Became SQLs',
          numerator: open(set),
          denominator: open('mature'),
        },
      );
    return {
      bucket,
      label,
      rows: open('in_bucket'),
      qualified: rate('qualified', 'became SQLs'),
      won: rate('won', 'were won'),
    };
  });
  const untouched = dressed(share('untouched', never, told, { of: 'handoffs', did: 'were never touched' }), {
    numerator: opening(scope, 'speed', 'in_bucket', never, { ...by, bucket: 'never' }),
    denominator: opening(scope, 'speed', 'told', told, by),
  });
  const [median, p90] = [n.median ?? null, n.p90 ?? null];
  const touched =
    median === null || p90 === null
      ? 'Nobody was touched yet.'
      : `Half of those touched were within ${saySpan(median)}, nine in ten within ${saySpan(p90)}.`;
  return {
    of,
    handoffs: opening(scope, 'speed', 'told', told, by),
    waiting: opening(scope, 'speed', 'waiting', n.waiting!, by),
    median,
    p90,
    never: untouched,
    buckets,
    says: `${touched} ${untouched.says}`,
  };
}

/** The slowest group beside the quickest, where both have enough to say. */
function compare(groups: readonly Group[], by: Wanted['by']): string {
  const told = groups
    .filter(({ median, never }) => median !== null && never.enough)
    .toSorted((a, b) => a.median! - b.median!);
  const [quick, slow] = [told[0], told.at(-1)];
  if (quick === undefined || slow === undefined || quick === slow) return 'There is too little to compare.';
  const apart = `${slow.of}: half of those touched within ${saySpan(slow.median!)}; ${quick.of}: within ${saySpan(quick.median!)}.`;
  return by === 'tier'
    ? `${apart} Tiers differ in who they hold as well as in speed: compare within a tier before calling speed a cause.`
    : apart;
}
