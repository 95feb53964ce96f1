/** What both teams promised, and what each kept: on one base, with one arithmetic. */
import { z } from 'zod';
import { figure, opening, period, scope } from './measures.ts';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const look = {
  method: 'GET',
  scope: 'measures:read',
  params: nothing,
  body: nothing,
  status: 200,
} as const;

/** How a report was narrowed down, as it was read. */
const read = z.strictObject({
  team: z.string().nullable(),
  source: z.string().nullable(),
  region: z.string().nullable(),
  tier: z.string().nullable(),
  version: z.int().nullable(),
});

export const head = {
  period,
  read,
  /** When it was worked out: figures are as of now. */
  at: instant,
  /** What must be said before anything is read: no pact in force, two currencies … */
  notes: z.array(z.string()),
};

export const showScorecard = routeContract({
  ...look,
  path: '/api/measures/scorecard',
  summary: 'The paired scorecard: what marketing and sales promised, and what each kept',
  query: z.strictObject(scope),
  reply: z.strictObject({
    ...head,
    /** volume, value, compliance, acceptance, marketing_score. */
    marketing: z.array(figure),
    /** attainment, feedback, unfair_returns, sales_score. */
    sales: z.array(figure),
    /** close_rate, won_value, velocity. */
    together: z.array(figure),
  }),
});

const pace = z.strictObject({
  /** Working days of the period, and how many of them are over. */
  days: z.int(),
  day: z.int(),
  promised: z.number().nullable(),
  /** What a steady pace would have reached by now. */
  expected: z.number().nullable(),
  actual: z.number(),
  /** Actual less expected; null where nothing is promised. */
  gap: z.number().nullable(),
  says: z.string(),
  /** One point a working day, for the line; `actual` is null for days to come. */
  line: z.array(
    z.strictObject({ on: z.iso.date(), expected: z.number().nullable(), actual: z.int().nullable() }),
  ),
  rows: opening,
});

const termStanding = z.strictObject({
  term: z.enum(['first_touch', 'accept', 'decide']),
  /** met / (met + late + overdue); what is still open in its time is left out. */
  attainment: figure,
  met: opening,
  late: opening,
  overdue: opening,
  open: opening,
});

export const showSla = routeContract({
  ...look,
  path: '/api/measures/sla',
  summary:
    'The agreement from both sides: volume and quality with the pace line; touches, answers and decisions in time',
  query: z.strictObject(scope),
  reply: z.strictObject({
    ...head,
    marketing: z.strictObject({
      volume: pace,
      /** The same in value, where the pact promises value. */
      value: pace.nullable(),
      quality: z.array(figure),
      /** Volume met with quality missed is not kept. Null while it cannot be said. */
      kept: z.boolean().nullable(),
      says: z.string(),
    }),
    sales: z.strictObject({
      terms: z.array(termStanding),
      /** Given back as unreachable after the agreed attempts. */
      attempts: figure,
      feedback: figure,
      kept: z.boolean().nullable(),
      says: z.string(),
    }),
    /** By tier, team or anything else the agreement differs by. */
    tiers: z.array(z.strictObject({ tier: z.string(), attainment: figure })),
  }),
});

export const showTrust = routeContract({
  ...look,
  path: '/api/measures/trust',
  summary:
    'Whether the two teams trust each other more: acceptance, attainment and disputes by month, and wins they share',
  query: z.strictObject({ ...scope, months: z.coerce.number().int().min(2).max(24).default(6) }),
  reply: z.strictObject({
    ...head,
    months: z.array(
      z.strictObject({ month: z.string(), acceptance: figure, attainment: figure, disputes: figure }),
    ),
    /** up, down or level, once two months have enough to say. */
    trend: z.enum(['up', 'down', 'level']).nullable(),
    says: z.string(),
    /** Deals that marketing handed over in time and sales touched in time, the latest first. */
    shared_wins: z.strictObject({
      rows: opening,
      latest: z.array(
        z.strictObject({
          deal: uuid,
          lead: uuid,
          name: z.string().nullable(),
          amount: z.number().nullable(),
          currency: z.string().nullable(),
          source: z.string().nullable(),
          owner: z.string().nullable(),
          won_at: instant,
          says: z.string(),
        }),
      ),
    }),
  }),
});

const versionSide = z.strictObject({
  version: z.int(),
  from: instant,
  to: instant.nullable(),
  figures: z.array(figure),
});

export const showBeforeAndAfter = routeContract({
  ...look,
  path: '/api/measures/before-and-after',
  summary: 'What changed when a version came into force: the same measures before and after it',
  query: z.strictObject({
    version: z.coerce.number().int().min(1).max(2_147_483_647),
    pact: uuid.optional(),
    /** How many days on each side; no more than the version, and the one before, were in force. */
    days: z.coerce.number().int().min(7).max(366).default(90),
  }),
  reply: z.strictObject({
    ...head,
    version: z.int(),
    came_into_force: instant,
    /** The days looked at on each side. */
    days: z.number(),
    before: versionSide.nullable(),
    after: versionSide,
    changes: z.array(
      z.strictObject({
        measure: z.string(),
        name: z.string(),
        /** After less before; null where one of them has no value. */
        change: z.number().nullable(),
        /** 95 % interval of the change. */
        interval: z.tuple([z.number(), z.number()]).nullable(),
        says: z.string(),
      }),
    ),
  }),
});

export const showUnderVersion = routeContract({
  ...look,
  path: '/api/measures/under-version',
  summary: 'What was handed over, judged again by a chosen version as of the hour it was handed over',
  query: z.strictObject({
    ...scope,
    /** The version to judge by; `version` narrows down to what was handed over under another. */
    judge: z.coerce.number().int().min(1).max(2_147_483_647),
    pact: uuid.optional(),
  }),
  reply: z.strictObject({
    ...head,
    judge: z.int(),
    /** By the version then in force, and by the chosen one: MQLs, acceptance, clocks, feedback, returns, close rate, each on its own MQLs. */
    in_force: z.array(figure),
    chosen: z.array(figure),
    /** Handed over and an MQL by both, handed over and none by the chosen one, an MQL by the chosen one alone. */
    both: z.int(),
    in_force_only: z.int(),
    /** Null when more leads would have to be looked at than anybody waits for: a backtest tells. */
    chosen_only: z.int().nullable(),
    /** Measures that are the same under any version, or are told elsewhere, and why. */
    same: z.array(z.strictObject({ measures: z.array(z.string()), says: z.string() })),
    says: z.string(),
  }),
});
