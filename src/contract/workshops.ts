/** Both teams label the same leads blind; how far they agree, and on what they do not. */
import { z } from 'zod';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const label = z.enum(['good', 'not_good']);

/** What is known of a lead, without a score, a verdict, or who it is. */
const packet = z.strictObject({
  /** Counted from 1: the lead's only name here. */
  place: z.int(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** What it did, the latest first. */
  activities: z.array(
    z.strictObject({ type: z.string(), times: z.int(), last_days_ago: z.int(), what: z.string().nullable() }),
  ),
  label: label.nullable(),
  note: z.string().nullable(),
});

/** A share of what both labelled, with Cohen's kappa and its 95 % interval. */
const agreement = z.strictObject({
  n: z.int(),
  both_good: z.int(),
  both_not: z.int(),
  marketing_only: z.int(),
  sales_only: z.int(),
  agreement: z.number(),
  /** Null when both gave one label to every lead: then chance and agreement cannot be told apart. */
  kappa: z.number().nullable(),
  kappa_interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Below .6 the words are unclear: they are to be mended before the points. */
  unclear: z.boolean(),
  said: z.string(),
});

const standing = z.enum(['labelling', 'done']);
const progress = z.strictObject({ labelled: z.int().nullable(), finished_at: instant.nullable() });

const summary = z.strictObject({
  id: uuid,
  name: z.string(),
  opened_at: instant,
  opened_by: uuid,
  /** The version in force then; null when there was none. */
  pact: uuid.nullable(),
  version: z.int().nullable(),
  leads: z.int(),
  standing,
  /** How far each side is; how many are labelled is for that side alone, until both have finished. */
  marketing: progress,
  sales: progress,
  /** Null until both have finished. */
  agreement: agreement.nullable(),
});
export type WorkshopSummary = z.infer<typeof summary>;

const workshop = summary.extend({ packets: z.array(packet) });
export type Workshop = z.infer<typeof workshop>;

const result = z.strictObject({
  agreement,
  /** Where they disagree more than elsewhere, the clearest first. */
  attributes: z.array(
    z.strictObject({
      attribute: z.string(),
      /** A value, or a range of numbers. */
      value: z.string(),
      n: z.int(),
      disagreed: z.int(),
      /** Of those they disagree on, how many marketing alone called good. */
      marketing_only: z.int(),
    }),
  ),
  leads: z.array(
    z.strictObject({
      place: z.int(),
      lead: uuid,
      why: z.enum(['sample', 'disputed']),
      marketing: label,
      sales: label,
      marketing_note: z.string().nullable(),
      sales_note: z.string().nullable(),
      /** What the version then in force said of it. */
      verdict: z.string().nullable(),
      fit: z.number().nullable(),
      interest: z.number().nullable(),
    }),
  ),
});
export type WorkshopResult = z.infer<typeof result>;

const aWorkshop = z.strictObject({ workshop: uuid });
const reading = { method: 'GET', scope: 'pacts:read', query: nothing, body: nothing, status: 200 } as const;
const writing = { scope: 'pacts:write', query: nothing } as const;

export const listWorkshops = routeContract({
  ...reading,
  path: '/api/workshops',
  summary: 'The workshops held, the latest first: how far both teams agreed, and how that went over time',
  params: nothing,
  reply: z.strictObject({ items: z.array(summary) }),
});

export const beginWorkshop = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/workshops',
  summary: 'Pick leads for both teams to label blind: across the score range, and disputed ones',
  params: nothing,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    /** How many leads. */
    leads: z.int().min(5).max(200).default(20),
  }),
  reply: workshop,
  status: 201,
});

export const showWorkshop = routeContract({
  ...reading,
  path: '/api/workshops/:workshop',
  summary: 'The leads to be labelled, with your party’s own labels',
  params: aWorkshop,
  reply: workshop,
});

export const labelLead = routeContract({
  ...writing,
  method: 'PUT',
  path: '/api/workshops/:workshop/labels/:place',
  summary: 'Label a lead for your party: a good lead, or not',
  params: aWorkshop.extend({ place: z.coerce.number().int().min(1).max(10_000) }),
  body: z.strictObject({ label, note: z.string().trim().max(2_000).optional() }),
  reply: packet,
  status: 200,
});

export const finishWorkshop = routeContract({
  ...writing,
  method: 'POST',
  path: '/api/workshops/:workshop/finish',
  summary: 'Your party has labelled every lead: its labels stay, and open when the other has finished too',
  params: aWorkshop,
  body: nothing,
  reply: workshop,
  status: 201,
});

export const showWorkshopResult = routeContract({
  ...reading,
  path: '/api/workshops/:workshop/result',
  summary: 'How far both teams agree, and on what they do not; once both have finished',
  params: aWorkshop,
  reply: result,
});
