/** What a version of a pact would have done: replayed over the workspace's whole history, held to its deals. */
import { z } from 'zod';
import { cursor, instant, nothing, page, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const number = z.coerce.number().int().min(1).max(2_147_483_647);

/** `done` and `failed` and `cancelled` are for good. */
const backtestState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type BacktestState = z.infer<typeof backtestState>;

/** A share with its 95 % interval (Wilson); `rate` and `interval` null when it is a share of nothing. */
const rate = z.strictObject({
  part: z.int(),
  of: z.int(),
  rate: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
});
export type Rate = z.infer<typeof rate>;

/** Months as `2026-01`, in the zone of the pact's calendar, in order, those without an MQL included. */
const monthCount = z.strictObject({ month: z.string(), mqls: z.int() });

/** What sales would have been handed, a week at a time, against what they said they can work. */
const workload = z.strictObject({
  /** How many people share the work: those in the pact's queues, else the members of sales. */
  reps: z.int(),
  /** New leads that all of them can work in a week, from the pact's `capacity_per_month`; null when it does not say. */
  capacity_per_week: z.number().nullable(),
  /** Weeks from the first MQL to the last, each by its Monday, `2026-01-05`. */
  weeks: z.array(z.strictObject({ week: z.string(), mqls: z.int(), per_rep: z.number().nullable() })),
  /** Weeks with more MQLs than capacity; null without one. */
  weeks_over: z.int().nullable(),
});

/**
 * First touches that would have come too late, if sales took MQLs in order of arrival, as many a week as their capacity
 * says, at an even pace over their open hours.
 */
const deadlines = z.strictObject({
  /** The pact's own words for how soon: the first touch of the tier `standard`. */
  first_touch: z.string(),
  mqls: z.int(),
  missed: z.int(),
});

/** What one version makes of the history. */
const side = z.strictObject({
  number: z.int(),
  digest: z.string(),
  /** Leads that became an MQL at some instant. */
  mqls: z.int(),
  mqls_by_month: z.array(monthCount),
  /** Leads with that verdict at the end. */
  visitors: z.int(),
  bad_leads: z.int(),
  /** Won among the leads that were an MQL by the time their deal closed. */
  precision: rate,
  /** Leads that were an MQL by the time their deal was won, among all that were won. */
  recall: rate,
  /** Won leads that were no MQL by then. */
  missed_wins: z.int(),
  /** Money of the won deals, in whatever currency they came, as far as amounts are known. */
  amounts: z.strictObject({ won: z.number(), caught: z.number() }),
  workload,
  /** Null when the pact names no capacity: then nothing can be said. */
  deadlines: deadlines.nullable(),
});
export type BacktestSide = z.infer<typeof side>;

const effect = z.strictObject({
  leads: z.int(),
  activities: z.int(),
  deals: z.strictObject({ won: z.int(), lost: z.int(), open: z.int() }),
  /** The version in force; null while none is. */
  before: side.nullable(),
  after: side,
  /** Leads that one version makes an MQL and the other never does; against none in force, all are gained. */
  gained: z.int(),
  lost: z.int(),
});
export type Effect = z.infer<typeof effect>;

const backtest = z.strictObject({
  id: uuid,
  pact: uuid,
  number: z.int(),
  /** The text that was replayed; a draft may have been written anew since. */
  digest: z.string(),
  /** The version in force that it is held against; null when none is. */
  against: z.strictObject({ pact: uuid, number: z.int(), digest: z.string() }).nullable(),
  /** How far the history is replayed. */
  until: instant,
  state: backtestState,
  /** From 0 to 1. */
  progress: z.number().min(0).max(1),
  /** Why it failed. */
  error: z.string().nullable(),
  created_at: instant,
  finished_at: instant.nullable(),
  /** Whether more has come in since: what it says is of the history as it was. */
  stale: z.boolean(),
  /** Null until it is done. */
  effect: effect.nullable(),
});
export type Backtest = z.infer<typeof backtest>;

/** A lead whose fate hangs on the version. */
const movedLead = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  name: z.string().nullable(),
  /** When it became an MQL under either version; null when it did not. */
  before_at: instant.nullable(),
  after_at: instant.nullable(),
});
export type MovedLead = z.infer<typeof movedLead>;

/** `missed`: won leads that the version had not found by the time they were won. */
const leadList = z.enum(['gained', 'lost', 'missed']);
export type LeadList = z.infer<typeof leadList>;

const aBacktest = z.strictObject({ backtest: uuid });

export const beginBacktest = routeContract({
  method: 'POST',
  path: '/api/pacts/:pact/versions/:number/backtests',
  summary:
    'Replay a version over the whole history, in the background; the same text on the same history is done once',
  scope: 'pacts:write',
  params: z.strictObject({ pact: uuid, number }),
  query: nothing,
  body: nothing,
  reply: backtest,
  status: 201,
});

export const listBacktests = routeContract({
  method: 'GET',
  path: '/api/pacts/:pact/backtests',
  summary: 'The last backtest of each version of a pact, to be read side by side',
  scope: 'pacts:read',
  params: z.strictObject({ pact: uuid }),
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(backtest) }),
  status: 200,
});

export const showBacktest = routeContract({
  method: 'GET',
  path: '/api/backtests/:backtest',
  summary: 'How far a backtest has come, and what it found',
  scope: 'pacts:read',
  params: aBacktest,
  query: nothing,
  body: nothing,
  reply: backtest,
  status: 200,
});

export const listBacktestLeads = routeContract({
  method: 'GET',
  path: '/api/backtests/:backtest/leads',
  summary: 'The leads that a version gains, loses, or misses though they were won',
  scope: 'leads:read',
  params: aBacktest,
  query: z.strictObject({
    list: leadList,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  body: nothing,
  reply: page(movedLead),
  status: 200,
});

export const cancelBacktest = routeContract({
  method: 'DELETE',
  path: '/api/backtests/:backtest',
  summary: 'Stop a backtest that is not done yet',
  scope: 'pacts:write',
  params: aBacktest,
  query: nothing,
  body: nothing,
  reply: backtest,
  status: 200,
});

/** A number of leads; an estimate with its 95 % interval where a sample was asked, itself where all were. */
const estimate = z.strictObject({ n: z.int(), interval: z.tuple([z.int(), z.int()]) });
export type Estimate = z.infer<typeof estimate>;

/** A number in a pact that a slider can move. */
const threshold = z.strictObject({
  /** Where it stands in the normal form: `mql.when.all[1].interest.gte`, `grades.fit.A`. */
  path: z.string(),
  /** What is held against it. */
  of: z.enum(['fit', 'interest']),
  value: z.number(),
});
export type Threshold = z.infer<typeof threshold>;

const previewSide = z.strictObject({
  digest: z.string(),
  mqls: estimate,
  mqls_by_month: z.array(z.strictObject({ month: z.string(), mqls: estimate })),
  precision: rate,
  recall: rate,
});
export type PreviewSide = z.infer<typeof previewSide>;

export const previewBacktest = routeContract({
  method: 'POST',
  path: '/api/backtests/preview',
  summary:
    'What a text, or a version with other thresholds, would do: answered while the slider moves, from a sample',
  scope: 'pacts:read',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    pact: uuid,
    /** The version to begin with; or else a text of the caller's own. */
    number: z.int().min(1).max(2_147_483_647).optional(),
    text: z.string().min(1).optional(),
    /** Numbers to be put in place of the text's; none, to learn which there are. */
    thresholds: z
      .array(z.strictObject({ path: z.string().max(500), value: z.number() }))
      .max(100)
      .default([]),
    /** The share of leads to ask, from .01 to 1, rounded to twentieths; when left out, as many as are answered at once. */
    share: z.number().min(0.01).max(1).optional(),
  }),
  reply: z.strictObject({
    thresholds: z.array(threshold),
    sample: z.strictObject({ share: z.number(), leads: z.int(), of: z.int() }),
    before: previewSide.nullable(),
    after: previewSide,
    gained: estimate,
    lost: estimate,
    until: instant,
    elapsed_ms: z.number(),
  }),
  status: 200,
});
