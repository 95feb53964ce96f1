/** How leads pass up the ladder, how long they take, and how soon sales speaks to them. */
import { z } from 'zod';
import { figure, opening, scope } from './measures.ts';
import { nothing } from './parts.ts';
import { routeContract } from './route.ts';
import { head } from './scorecards.ts';

const look = {
  method: 'GET',
  scope: 'measures:read',
  params: nothing,
  body: nothing,
  status: 200,
} as const;

const rung = z.enum(['visitor', 'conversion', 'mql', 'sal', 'sql', 'opportunity', 'won']);

const step = z.strictObject({
  rung,
  /** How many of the cohort have come this far, however old they are. */
  reached: opening,
  /** Of those old enough, the share that came this far within the horizon. */
  rate: figure,
  /** Of those that reached the rung before, old enough, the share that went on to this one. Null on the first. */
  onward: figure.nullable(),
  /** How many of the cohort never stood on this rung though they came further. */
  skipped: opening,
  /** Days from the rung before. */
  median_days: z.number().nullable(),
  p90_days: z.number().nullable(),
});

const curvePoint = z.strictObject({
  day: z.int(),
  /** Aalen–Johansen: won by that day, and left by another way by that day. */
  converted: z.number(),
  left: z.number(),
  /** Still neither, and watched so long. */
  at_risk: z.int(),
});

const cohort = z.strictObject({
  /** What it is of: `all`, an origin, a source, a pass, a month. */
  of: z.string(),
  size: z.int(),
  mature: z.int(),
  /** Too young for the horizon: to be drawn hatched. */
  young: z.int(),
  steps: z.array(step),
  curve: z.array(curvePoint),
  /** Of all who came, young ones too, those who got to the last rung, be it after the horizon: a count, not a rate. */
  so_far: figure,
  /** The rate from the first rung to the last. Small groups are drawn towards the whole. */
  overall: figure,
  shrunk: z.number().nullable(),
  says: z.string(),
});

export const showFunnel = routeContract({
  ...look,
  path: '/api/measures/funnel',
  summary: 'The funnel of those who entered a rung in the period, watched for the same number of days each',
  query: z.strictObject({
    ...scope,
    /** The rung that makes the cohort: those who first stood on it in the period. */
    entry: rung.default('mql'),
    until: rung.default('won'),
    /** Days of the calendar that each is watched for. */
    horizon: z.coerce.number().int().min(0).max(1_000).default(90),
    by: z.enum(['all', 'origin', 'source', 'pass', 'month', 'tier']).default('origin'),
  }),
  reply: z.strictObject({
    ...head,
    entry: rung,
    until: rung,
    horizon: z.int(),
    cohorts: z.array(cohort),
  }),
});

export const showStages = routeContract({
  ...look,
  path: '/api/measures/stages',
  summary: 'Every stage of the ladder: who came, who left and whereto, how long they stood there',
  query: z.strictObject(scope),
  reply: z.strictObject({
    ...head,
    stages: z.array(
      z.strictObject({
        stage: z.string(),
        entered: opening,
        left: opening,
        median_days: z.number().nullable(),
        p90_days: z.number().nullable(),
        went_to: z.array(z.strictObject({ stage: z.string(), rows: opening })),
        says: z.string(),
      }),
    ),
  }),
});

const speedBucket = z.strictObject({
  /** `5m 30m 1h 4h 24h more never`: up to so long, and longer than the one before. */
  bucket: z.enum(['5m', '30m', '1h', '4h', '24h', 'more', 'never']),
  label: z.string(),
  rows: opening,
  /** Of those touched so soon, the share that became an SQL, and the share that was won, old enough to tell. */
  qualified: figure,
  won: figure,
});

const speedGroup = z.strictObject({
  /** `all`, a tier, a day of the week, a team. */
  of: z.string(),
  /** Touched, or waiting longer than the longest bucket. */
  handoffs: opening,
  /** Offered so lately that nothing can be said yet: left out. */
  waiting: opening,
  median: z.number().nullable(),
  p90: z.number().nullable(),
  never: figure,
  buckets: z.array(speedBucket),
  says: z.string(),
});

export const showSpeed = routeContract({
  ...look,
  path: '/api/measures/speed',
  summary: 'Speed to lead: how soon sales spoke to whom, and what came of it',
  query: z.strictObject({
    ...scope,
    /** Time counted while the calendar is open, or by the clock on the wall. */
    clock: z.enum(['working', 'wall']).default('working'),
    by: z.enum(['tier', 'weekday', 'team', 'source']).default('tier'),
    /** Days that each is watched for before what came of it counts. */
    horizon: z.coerce.number().int().min(0).max(1_000).default(90),
  }),
  reply: z.strictObject({
    ...head,
    clock: z.enum(['working', 'wall']),
    all: speedGroup,
    groups: z.array(speedGroup),
    /** Published figures, with where they are from, to stand beside ours; never mixed with them. */
    published: z.array(z.strictObject({ says: z.string(), source: z.string() })),
    /** Whether a difference in speed is one within the same tier, or only between tiers. */
    says: z.string(),
  }),
});
