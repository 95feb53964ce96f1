/** What every report of measures is made of: figures that carry what they were counted from, and open into it. */
import { z } from 'zod';
import { cursor, instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const short = z.string().trim().min(1).max(200);

/** A day of the pact's calendar, or an instant. */
const moment = z.union([z.iso.date(), instant]);

/** What a report looks at. Left out: everything in the quarter that runs. */
export const scope = {
  /** From the beginning of this day, in the calendar's zone. */
  from: moment.optional(),
  /** Up to the beginning of this day: a quarter is 2026-04-01 to 2026-07-01. */
  to: moment.optional(),
  /** A queue of sales, as the pact's routing names it. */
  team: short.optional(),
  /** Where leads came from, without regard to case. */
  source: short.optional(),
  /** The country leads are in, without regard to case. */
  region: short.optional(),
  tier: short.optional(),
  /** Handed over under this version of the pact. */
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
};

export const period = z.strictObject({
  from: instant,
  to: instant,
  /** The zone its days begin in. */
  zone: z.string(),
  /** Whether it is over; the figures of one that runs still change. */
  over: z.boolean(),
});
export type Period = z.infer<typeof period>;

/** How to see exactly the rows that a number counts: ask the route for all pages, and there are `count` of them. */
export const opening = z.strictObject({
  route: z.literal('/api/measures/rows'),
  params: z.record(z.string(), z.string()),
  count: z.int().min(0),
});
export type Opening = z.infer<typeof opening>;

const unit = z.enum(['count', 'share', 'money', 'per_day', 'milliseconds', 'days', 'index']);

/** A share, sum or mean with what it was worked out from. Null where there is nothing to divide by: then see `says`. */
const plainFigure = z.strictObject({
  /** Which measure of the catalogue. */
  measure: z.string(),
  unit,
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  /** 95 %, where the value is a share. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Whether there are enough (30) to say more than what was counted. */
  enough: z.boolean(),
  /** The same in a sentence; the only thing to show when there is no value. */
  says: z.string(),
});

export const figure = plainFigure.extend({
  name: z.string(),
  /** Three capital letters, for money. */
  currency: z.string().nullable(),
  /** What the pact in force promises of it, and whether that is kept; null where it promises nothing. */
  promised: z.number().nullable(),
  kept: z.boolean().nullable(),
  /** The same over the period before, of the same length. */
  before: plainFigure.nullable(),
  rows: z.strictObject({ numerator: opening.nullable(), denominator: opening.nullable() }),
});
export type Figure = z.infer<typeof figure>;

const measureRow = z.strictObject({
  kind: z.enum(['handoff', 'clock', 'lead', 'deal', 'pass', 'activity', 'cost']),
  /** The handoff, lead, deal, activity or cost. A clock is its handoff's; a pass its lead's. */
  id: uuid,
  lead: uuid.nullable(),
  /** What the lead is called; of a cost, its campaign. */
  name: z.string().nullable(),
  source: z.string().nullable(),
  at: instant,
  /** What is to be known of it here: the term of a clock, the reason of a return, the outcome of a deal … */
  what: z.string().nullable(),
  /** The clause it touches, of the version then in force. */
  clause: z.string().nullable(),
  version: z.int().nullable(),
  pass: z.int().nullable(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  /** From the offer to the first touch, where that is what was measured; milliseconds. */
  elapsed: z.number().nullable(),
});
export type MeasureRow = z.infer<typeof measureRow>;

const rowsAsked = z.strictObject({
  ...scope,
  /** What is counted: as "rows" of the figure says. */
  of: z.string().max(200),
  /** The instant the figure was worked out at: clocks run on, so that what was open then may be late by now. */
  at: instant.optional(),
  /** Whatever else the figure was narrowed down by. */
  by: z.string().max(2_000).optional(),
});

export const listRows = routeContract({
  method: 'GET',
  path: '/api/measures/rows',
  summary: 'The rows that a figure of a report was counted from: asked for by its "rows"',
  scope: 'measures:read',
  params: nothing,
  query: rowsAsked.extend({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: cursor.optional(),
  }),
  body: nothing,
  reply: z.strictObject({ items: z.array(measureRow), next: cursor.nullable() }),
  status: 200,
});

const csv = (name: string) => ({ type: 'text/csv; charset=utf-8', name });

export const exportRows = routeContract({
  method: 'GET',
  path: '/api/measures/rows.csv',
  summary: 'The same rows as a CSV file: streamed, at most 100,000 rows, no cell of it a formula',
  scope: 'measures:read',
  params: nothing,
  query: rowsAsked,
  body: nothing,
  reply: z.custom<AsyncIterable<string>>(),
  file: csv('rows.csv'),
  status: 200,
});

export const exportFigures = routeContract({
  method: 'GET',
  path: '/api/measures/figures.csv',
  summary:
    'Every figure of a report as a CSV file; whatever else the report takes goes into the query as well',
  scope: 'measures:read',
  params: nothing,
  query: z.looseObject({
    report: z.enum([
      'scorecard',
      'sla',
      'trust',
      'before-and-after',
      'under-version',
      'funnel',
      'speed',
      'leaks',
      'sources',
      'before-won',
      'quarter',
      'digest',
      'expectations',
    ]),
  }),
  body: nothing,
  reply: z.custom<AsyncIterable<string>>(),
  file: csv('figures.csv'),
  status: 200,
});

const catalogued = z.strictObject({
  /** The measure, as figures name it. */
  id: z.string(),
  name: z.string(),
  /** Whose promise it measures. */
  party: z.enum(['marketing', 'sales', 'both']),
  unit,
  formula: z.string(),
  /** Where the method is from. */
  source: z.string(),
  /** Who answers for it; null: nobody yet. */
  owner: uuid.nullable(),
  /** When both teams look again whether it still measures what it should. */
  review_on: z.iso.date().nullable(),
  /** Since when it is no longer reported. */
  retired_at: instant.nullable(),
  note: z.string().nullable(),
  revision: z.int(),
});
export type Catalogued = z.infer<typeof catalogued>;

export const listMeasures = routeContract({
  method: 'GET',
  path: '/api/measures',
  summary: 'The catalogue of measures: formula, owner, review date',
  scope: 'measures:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: z.strictObject({ items: z.array(catalogued) }),
  status: 200,
});

export const changeMeasure = routeContract({
  method: 'PATCH',
  path: '/api/measures/:measure',
  summary: 'Give a measure an owner and a review date, retire it, or take it back into use',
  scope: 'measures:write',
  params: z.strictObject({ measure: z.string().max(100) }),
  query: nothing,
  body: z.strictObject({
    owner: uuid.nullable().optional(),
    review_on: z.iso.date().nullable().optional(),
    retired: z.boolean().optional(),
    note: z.string().trim().max(2_000).nullable().optional(),
    revision: z.int().min(0).optional(),
  }),
  reply: catalogued,
  status: 200,
});
