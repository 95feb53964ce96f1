/** Where leads come from, what that cost, and what it brought. */
import { z } from 'zod';
import { figure, opening, scope } from './measures.ts';
import { nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';
import { head } from './scorecards.ts';

const look = {
  method: 'GET',
  scope: 'measures:read',
  params: nothing,
  body: nothing,
  status: 200,
} as const;
const write = { scope: 'measures:write', query: nothing } as const;

const short = z.string().trim().min(1).max(500);
const currency = z.string().regex(/^[A-Z]{3}$/, 'wanted three capital letters, as EUR');

const spent = z.strictObject({
  /** First and last day it was spent on. */
  from: z.iso.date(),
  to: z.iso.date(),
  amount: z.number().min(0).max(1e15),
  currency,
});

const campaign = z.strictObject({
  id: uuid,
  name: z.string(),
  /** The source of the leads it brings, as leads name it; without regard to case. */
  source: z.string().nullable(),
  /** utm_campaign of its links. */
  utm: z.string().nullable(),
  starts_on: z.iso.date().nullable(),
  ends_on: z.iso.date().nullable(),
  costs: z.array(spent.extend({ id: uuid })),
  revision: z.int(),
});
export type Campaign = z.infer<typeof campaign>;

const said = {
  name: short,
  source: short.nullable().optional(),
  utm: short.nullable().optional(),
  starts_on: z.iso.date().nullable().optional(),
  ends_on: z.iso.date().nullable().optional(),
};
const aCampaign = z.strictObject({ id: uuid });

export const listCampaigns = routeContract({
  ...look,
  path: '/api/campaigns',
  summary: 'Campaigns with what was spent on them',
  query: nothing,
  reply: z.strictObject({ items: z.array(campaign) }),
});

export const openCampaign = routeContract({
  ...write,
  method: 'POST',
  path: '/api/campaigns',
  summary: 'Enter a campaign',
  params: nothing,
  body: z.strictObject({ ...said, costs: z.array(spent).max(1_000).default([]) }),
  reply: campaign,
  status: 201,
});

export const changeCampaign = routeContract({
  ...write,
  method: 'PATCH',
  path: '/api/campaigns/:id',
  summary: 'Change a campaign; costs that are given take the place of those there were',
  params: aCampaign,
  body: z.strictObject({
    ...said,
    name: short.optional(),
    costs: z.array(spent).max(1_000).optional(),
    revision: z.int().min(1).optional(),
  }),
  reply: campaign,
  status: 200,
});

export const dropCampaign = routeContract({
  ...write,
  method: 'DELETE',
  path: '/api/campaigns/:id',
  summary: 'Take a campaign and its costs out',
  params: aCampaign,
  body: nothing,
  reply: z.strictObject({ dropped: z.literal(true) }),
  status: 200,
});

export const importCampaigns = routeContract({
  ...write,
  method: 'POST',
  path: '/api/campaigns/import',
  summary:
    'Campaigns and costs from a CSV: name, source, utm, from, to, amount, currency; the same file again changes nothing',
  params: nothing,
  body: z.strictObject({
    csv: z.string().min(1).max(5_000_000),
    /** For rows without one. */
    currency: currency.optional(),
  }),
  reply: z.strictObject({
    campaigns: z.int(),
    costs: z.int(),
    rejected: z.array(
      z.strictObject({ line: z.int(), column: z.string().nullable(), found: z.string(), wanted: z.string() }),
    ),
  }),
  status: 200,
});

const sourceLine = z.strictObject({
  /** Null: not known. */
  source: z.string().nullable(),
  campaigns: z.array(uuid),
  leads: opening,
  mqls: opening,
  accepted: opening,
  /** Of those handed over and decided, the share that was accepted. */
  acceptance: figure,
  /** Of all its leads old enough, the share that was won. */
  won: figure,
  /** Of all its leads, young ones too, those that were won so far: a count, not a rate. */
  won_so_far: figure,
  /** What its won deals brought; null when currencies are mixed. */
  won_value: figure,
  cost: figure,
  cost_per_accepted: figure,
  /** (won value − cost) / cost. */
  return_on_cost: figure,
  /** Given back for what the definition says, by clause, the most first. */
  unwanted: z.array(
    z.strictObject({ clause: z.string(), reason: z.string(), text: z.string(), rows: opening }),
  ),
  /** `looks_good_never_wins`: many MQLs, and a share of wins clearly below the whole. */
  flag: z.enum(['looks_good_never_wins', 'wins_more', 'wins_less']).nullable(),
  says: z.string(),
});

export const showSources = routeContract({
  ...look,
  path: '/api/measures/sources',
  summary: 'Every source: leads, accepted, won, cost and return, and what sales gave back and why',
  query: z.strictObject({
    ...scope,
    /** Where a lead first came from, or what brought it back last. */
    touch: z.enum(['first', 'latest']).default('first'),
    horizon: z.coerce.number().int().min(0).max(1_000).default(90),
  }),
  reply: z.strictObject({
    ...head,
    touch: z.enum(['first', 'latest']),
    currency: z.string(),
    sources: z.array(sourceLine),
    all: sourceLine,
  }),
});

const model = z.enum(['first', 'latest', 'linear', 'u_shaped', 'w_shaped', 'full_path', 'time_decay']);

export const showAttribution = routeContract({
  ...look,
  path: '/api/measures/attribution',
  summary: 'The deals won in the period, shared out over what brought them, by several models side by side',
  query: z.strictObject(scope),
  reply: z.strictObject({
    ...head,
    currency: z.string(),
    deals: opening,
    value: z.number().nullable(),
    models: z.array(z.strictObject({ model, says: z.string() })),
    sources: z.array(
      z.strictObject({
        source: z.string(),
        campaign: z.string().nullable(),
        /** How many of the deals it touched. */
        touched: z.int(),
        /** By each model: deals, which add up to all of them, and value. */
        shares: z.array(z.strictObject({ model, deals: z.number(), value: z.number().nullable() })),
      }),
    ),
    says: z.string(),
  }),
});

export const showBeforeWon = routeContract({
  ...look,
  path: '/api/measures/before-won',
  summary: 'What those who were won had read and done before, beside those who were lost',
  query: z.strictObject({ ...scope, limit: z.coerce.number().int().min(1).max(200).default(50) }),
  reply: z.strictObject({
    ...head,
    won: opening,
    lost: opening,
    items: z.array(
      z.strictObject({
        /** What was done: the type of activity, and the page, form or asset where there is one. */
        type: z.string(),
        about: z.string().nullable(),
        won: figure,
        lost: figure,
        /** How many times likelier among the won; null where nobody of the lost did it. */
        times: z.number().nullable(),
        says: z.string(),
      }),
    ),
    /** Activities between the first and the deal, of the won: median. */
    median_activities: z.number().nullable(),
    median_days: z.number().nullable(),
    says: z.string(),
  }),
});
