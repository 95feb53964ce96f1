/** Where leads are lost, and what it costs. A leak names a step and a clause, never a person. */
import { z } from 'zod';
import type { DoorContract } from './door.ts';
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

const share = z.coerce.number().min(0).max(1);
const sum = z.coerce.number().min(0).max(1e15);
const whole = z.coerce.number().int().min(0).max(1_000_000_000);

const leakOwner = z.enum(['definition', 'marketing', 'sales', 'market']);
const leakStep = z.enum([
  'mql_to_sal',
  'sal_to_sql',
  'sql_to_opportunity',
  'opportunity_to_won',
  'sql_to_won',
]);

const leak = z.strictObject({
  step: leakStep,
  name: z.string(),
  agreed: z.number(),
  actual: figure,
  /** Its part of the gap. The parts add up to the gap, exactly. Negative where a step did better than agreed. */
  share: z.number().nullable(),
  amount: z.number().nullable(),
  /** Those that were lost at this step, by who owns the reason; the most first. */
  lost: opening,
  owners: z.array(
    z.strictObject({
      owner: leakOwner,
      rows: opening,
      clauses: z.array(
        z.strictObject({ clause: z.string(), reason: z.string(), text: z.string(), rows: opening }),
      ),
    }),
  ),
  says: z.string(),
});

export const showLeaks = routeContract({
  ...look,
  path: '/api/measures/leaks',
  summary: 'Where the gap between what was expected and what came is from, by step and clause',
  query: z.strictObject({ ...scope, horizon: z.coerce.number().int().min(0).max(1_000).default(90) }),
  reply: z.strictObject({
    ...head,
    mqls: opening,
    average_deal: z.number().nullable(),
    currency: z.string(),
    /** (product of the agreed rates − product of the actual ones) × MQLs × average deal. */
    gap: z.number().nullable(),
    leaks: z.array(leak),
    says: z.string(),
  }),
});

const keptOutBy = z.strictObject({
  /** `mql`, `lead`, or a bad lead; and what it wants, in words. */
  clause: z.string(),
  condition: z.string(),
  /** About who they are, or about what they did: that is not seen of leads that sales found itself. */
  about: z.enum(['who', 'did']),
  /** Won deals of leads it kept out, among other conditions or alone. */
  wins: opening,
  alone: opening,
  /** Of the closed deals of leads that nothing else about who they are kept out, the share that was won. */
  close_rate: figure,
  /** Those are won no more seldom than deals of MQLs are. */
  too_strict: z.boolean(),
  says: z.string(),
});

export const showMissedWins = routeContract({
  ...look,
  path: '/api/measures/missed-wins',
  summary:
    'The over-filter alarm: won deals of leads that were no MQL when the deal was opened, by the clause that kept them out',
  query: z.strictObject(scope),
  reply: z.strictObject({
    ...head,
    /** Of all won deals, those of leads that were no MQL when the deal was opened. */
    missed: figure,
    amount: figure,
    /** Of these, leads that sales found itself. */
    found_by_sales: opening,
    /** Of these, leads that the definition held for: nobody had handed them over yet. */
    unhindered: opening,
    /** What they are held against: of the closed deals of MQLs, the share that was won. */
    mqls: figure,
    /** By the condition that kept them out, as the version then in force judges them on the day the deal was opened. */
    clauses: z.array(keptOutBy),
    says: z.string(),
  }),
});

/** Everything that is assumed, each to be replaced by who knows better. */
const assumptions = {
  average_deal: sum,
  /** An MQL that is called becomes a deal. */
  close_rate: share,
  /** The same for one that was touched in time, and for one that was touched late. */
  fast_rate: share,
  late_rate: share,
  hours_per_return: z.coerce.number().min(0).max(1_000),
  hourly_cost: sum,
  cost_per_lead: sum,
  /** A recycled lead that is nurtured again becomes a deal. */
  recycle_rate: share,
};
const assumption = z.enum(
  Object.keys(assumptions) as [keyof typeof assumptions, ...(keyof typeof assumptions)[]],
);

const costLine = z.strictObject({
  bucket: z.enum(['untouched', 'late', 'rejected', 'unnurtured']),
  name: z.string(),
  leads: z.int(),
  /** What one lead in it costs; `cost` is that many of it. */
  each: z.number(),
  cost: z.number(),
  low: z.number(),
  high: z.number(),
  /** The arithmetic with the numbers in it. */
  formula: z.string(),
});

const cost = {
  total: z.number(),
  low: z.number(),
  high: z.number(),
  says: z.string(),
  /** What is to be kept in mind: late leads may be worse leads. */
  caveats: z.array(z.string()),
};

export const showMisalignment = routeContract({
  ...look,
  path: '/api/measures/misalignment',
  summary:
    'What misalignment cost in the period, from the data; every assumption can be replaced in the query',
  query: z.strictObject({
    ...scope,
    ...(Object.fromEntries(
      Object.entries(assumptions).map(([name, schema]) => [name, schema.optional()]),
    ) as { [Name in keyof typeof assumptions]: z.ZodOptional<(typeof assumptions)[Name]> }),
  }),
  reply: z.strictObject({
    ...head,
    currency: z.string(),
    lines: z.array(costLine.extend({ rows: opening })),
    /** All of these leads, each with what it cost: their amounts add up to the total. */
    rows: opening,
    ...cost,
    assumed: z.array(
      z.strictObject({
        name: assumption,
        value: z.number(),
        low: z.number(),
        high: z.number(),
        /** Where it is from: counted here, agreed in the pact, given in the query, or a rule of thumb. */
        from: z.enum(['counted', 'pact', 'given', 'default']),
        says: z.string(),
      }),
    ),
  }),
});

/** For anybody, without a workspace: the same arithmetic on numbers that are typed in. Nothing is kept. */
export const estimateMisalignment = {
  method: 'POST',
  path: '/api/misalignment',
  summary: 'What misalignment costs, on numbers of your own; needs no workspace, and keeps nothing',
  body: z.strictObject({
    /** A month's leads: never touched, touched late, given back as not fitting, and never taken up again. */
    untouched: whole,
    late: whole,
    rejected: whole,
    unnurtured: whole,
    ...assumptions,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'wanted three capital letters, as EUR')
      .default('USD'),
  }),
  reply: z.strictObject({ currency: z.string(), lines: z.array(costLine), ...cost }),
  status: 200,
} satisfies DoorContract;

const expectation = z.strictObject({
  step: z.enum([...leakStep.options, 'mql_to_won', 'lead_to_mql']),
  /** A type of lead (a fast lane or tier) it is expected of; null: of all. */
  of: z.string().nullable(),
  party: z.enum(['marketing', 'sales', 'pact', 'article']),
  rate: z.number(),
  /** Where the number is from; null says that nobody knows. */
  source: z.string().nullable(),
  note: z.string().nullable(),
  set_by: z.string().nullable(),
  set_at: z.string().nullable(),
});
export type Expectation = z.infer<typeof expectation>;

export const listExpectations = routeContract({
  ...look,
  path: '/api/expectations',
  summary: 'What each team expects of each step, beside what happened',
  query: z.strictObject({ ...scope, horizon: z.coerce.number().int().min(0).max(1_000).default(90) }),
  reply: z.strictObject({
    ...head,
    items: z.array(
      expectation.extend({
        actual: figure,
        /** Whether what was expected lies within the interval of what happened; null when that cannot be told. */
        within: z.boolean().nullable(),
        says: z.string(),
      }),
    ),
    /** Steps of which the two teams expect different things. */
    apart: z.array(
      z.strictObject({ step: z.string(), marketing: z.number(), sales: z.number(), says: z.string() }),
    ),
  }),
});

const which = z.strictObject({
  step: expectation.shape.step,
  party: z.enum(['marketing', 'sales', 'article']),
});

export const setExpectation = routeContract({
  method: 'PUT',
  path: '/api/expectations/:party/:step',
  summary: 'Say what your team expects of a step',
  scope: 'measures:write',
  params: which,
  query: nothing,
  body: z.strictObject({
    rate: z.number().min(0).max(1),
    of: z.string().trim().min(1).max(200).nullable().default(null),
    source: z.string().trim().min(1).max(500).nullable().default(null),
    note: z.string().trim().max(2_000).nullable().default(null),
  }),
  reply: expectation,
  status: 200,
});

export const dropExpectation = routeContract({
  method: 'DELETE',
  path: '/api/expectations/:party/:step',
  summary: 'Take an expectation back',
  scope: 'measures:write',
  params: which,
  query: z.strictObject({ of: z.string().trim().min(1).max(200).optional() }),
  body: nothing,
  reply: z.strictObject({ dropped: z.literal(true) }),
  status: 200,
});
