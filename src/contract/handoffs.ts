import { z } from 'zod';
import { cursor, instant, nothing, page, party, uuid } from './parts.ts';
import { routeContract } from './route.ts';

/** What has become of a handoff. */
const handoffStanding = z.enum(['offered', 'accepted', 'qualified', 'returned', 'lapsed', 'withdrawn']);
const term = z.enum(['accept', 'first_touch', 'decide']);
const channel = z.enum(['call', 'mail', 'meeting', 'note']);
const text = z.string().trim().min(1).max(10_000);
const note = text.optional();
/** The revision that was read; refused when somebody changed the handoff since. */
const revision = z.int().min(1).optional();

/** chance × amount × urgency; null where the pact does not say. */
const priority = z.strictObject({
  chance: z.number().nullable(),
  amount: z.number().nullable(),
  currency: z.string(),
  urgency: z.number(),
  product: z.number().nullable(),
});

const clock = z.strictObject({
  term,
  standing: z.enum(['open', 'met', 'late', 'void']),
  started_at: instant,
  due_at: instant,
  met_at: instant.nullable(),
  /** In words, with the zone the clock runs in. */
  words: z.string(),
  /** Working time that is left, in milliseconds; below zero what has gone by since it was due. Null once it stands still. */
  working: z.int().nullable(),
});

const whose = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  name: z.string().nullable(),
  account: z.string().nullable(),
});

export const handoffSummary = z.strictObject({
  id: uuid,
  lead: whose,
  standing: handoffStanding,
  tier: z.string(),
  origin: z.enum(['mql', 'fast_lane', 'exception']),
  pass: z.int(),
  grade: z.string(),
  why_now: z.array(z.string()),
  queue: z.string().nullable(),
  owner: uuid.nullable(),
  offered_at: instant,
  accept_by: instant,
  /** The clock that falls due first; null when none is running. */
  next: clock.nullable(),
  /** Null once it is decided or closed. */
  priority: priority.nullable(),
  revision: z.int(),
});
export type HandoffSummary = z.infer<typeof handoffSummary>;

const reason = z.strictObject({
  criterion: z.string(),
  kind: z.enum(['profile', 'interest', 'bad_lead', 'mql', 'fast_lane']),
  points: z.number(),
  holds: z.boolean().nullable(),
  because: z.string(),
});

const packet = z.strictObject({
  at: instant,
  why_now: z.array(z.string()),
  lead: z.record(z.string(), z.string()),
  grade: z.string(),
  fit: z.number(),
  interest: z.number(),
  met: z.array(reason),
  not_met: z.array(reason),
  unknown: z.array(reason),
  timeline: z.array(z.strictObject({ at: instant, type: z.string(), about: z.string().nullable() })),
  topics: z.array(z.strictObject({ topic: z.string(), times: z.int(), last: instant })),
  asked: z.strictObject({
    by: z.record(term, instant),
    questions: z.array(
      z.strictObject({
        id: z.string(),
        ask: z.string(),
        kind: z.enum(['text', 'choice', 'number', 'date', 'yes_no']),
        options: z.array(z.string()).optional(),
        required: z.boolean(),
      }),
    ),
  }),
});

const said = { member: uuid, at: instant };
const answers = z.strictObject({
  acceptance: z.strictObject({ ...said, note: z.string().nullable() }).nullable(),
  return: z
    .strictObject({
      ...said,
      reason: z.string(),
      clause: z.string().nullable(),
      next: z.enum(['disqualify', 'recycle']),
      asked: z.record(z.string(), z.unknown()).nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
  lapse: z
    .strictObject({
      at: instant,
      due_at: instant,
      reason: z.string().nullable(),
      note: z.string().nullable(),
      explained_by: uuid.nullable(),
      explained_at: instant.nullable(),
      acknowledged_by: uuid.nullable(),
      acknowledged_at: instant.nullable(),
    })
    .nullable(),
  withdrawal: z.strictObject({ at: instant, cause: z.string() }).nullable(),
  qualification: z
    .strictObject({ ...said, answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })
    .nullable(),
  dispute: z.strictObject({ ...said, text: z.string() }).nullable(),
  ruling: z
    .strictObject({
      ...said,
      ruling: z.enum(['upheld', 'overturned']),
      text: z.string(),
      pact: uuid,
      version: z.int(),
    })
    .nullable(),
});

const candidate = z.strictObject({
  person: z.string(),
  member: z.string().nullable(),
  chosen: z.boolean(),
  why: z.string(),
});
const routing = z.strictObject({
  rule: z.string().nullable(),
  queue: z.string().nullable(),
  member: uuid.nullable(),
  reason: z.string(),
  candidates: z.array(candidate),
});

const handoff = handoffSummary.extend({
  pact: uuid,
  version: z.int(),
  follows: uuid.nullable(),
  packet,
  clocks: z.array(clock),
  /** How long it has been with its present owner, in working time. */
  owner_clock: z.strictObject({ since: instant, words: z.string() }).nullable(),
  answers,
  touches: z.array(
    z.strictObject({
      id: uuid,
      member: uuid,
      channel,
      at: instant,
      reached: z.boolean().nullable(),
      note: z.string().nullable(),
    }),
  ),
  /** Whether the lead may be called unreachable yet. */
  attempts: z.strictObject({
    met: z.boolean(),
    count: z.int(),
    channels: z.int(),
    because: z.string().nullable(),
    /** What the pact wants: so many on so many channels, within so much working time, in words. */
    wanted: z.strictObject({ count: z.int(), channels: z.int(), within: z.string() }),
  }),
  /** For what it may be given back: the reasons of the version it was made by. */
  reasons: z.array(
    z.strictObject({
      id: z.string(),
      /** In the pact's words. */
      text: z.string(),
      /** What it accuses, and how that reads where it is one clause; null when it accuses nothing. */
      clause: z.string().nullable(),
      clause_text: z.string().nullable(),
      next: z.enum(['disqualify', 'recycle']),
      /** What is asked of whoever gives it. */
      ask: z.enum(['date', 'text', 'attempts']).nullable(),
    }),
  ),
  holds: z.array(
    z.strictObject({
      id: uuid,
      party,
      reason: z.string(),
      from_at: instant,
      until_at: instant.nullable(),
      released_at: instant.nullable(),
    }),
  ),
  routing: z.array(routing.extend({ at: instant, by: uuid.nullable() })),
  history: z.array(
    z.strictObject({
      at: instant,
      what: z.string(),
      actor: uuid.nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type HandoffReply = z.input<typeof handoff>;

const aHandoff = z.strictObject({ id: uuid });
const done = z.strictObject({ id: uuid, standing: handoffStanding, revision: z.int() });
const change = {
  method: 'POST',
  scope: 'handoffs:write',
  query: nothing,
  params: aHandoff,
  status: 201,
} as const;
const look = { method: 'GET', scope: 'handoffs:read', body: nothing, status: 200 } as const;

export const listHandoffs = routeContract({
  ...look,
  path: '/api/handoffs',
  summary: 'Handoffs, by priority: your own, those that wait for anyone, or all of sales',
  params: nothing,
  query: z.strictObject({
    scope: z.enum(['mine', 'queue', 'party']).default('party'),
    queue: z.string().max(200).optional(),
    owner: uuid.optional(),
    tier: z.string().max(200).optional(),
    standing: z.enum(['open', 'any', ...handoffStanding.options]).default('open'),
    late: z.stringbool().optional(),
    /** The clock that is running falls due before this instant. */
    due_until: instant.optional(),
    lead: uuid.optional(),
    offered_from: instant.optional(),
    offered_until: instant.optional(),
    /** By its first answer, whatever was decided later; `by_sales`: accepted, or given back and that not overturned. */
    answer: z.enum(['acceptance', 'return', 'lapse', 'withdrawal', 'by_sales']).optional(),
    /** Made by the definition: no exception, and not taken back. */
    compliant: z.stringbool().optional(),
    answered_from: instant.optional(),
    answered_until: instant.optional(),
    decided_from: instant.optional(),
    decided_until: instant.optional(),
    /** Made by a version of a pact. */
    pact: uuid.optional(),
    version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
    /** A criterion that held in its packet. */
    held: z.string().max(200).optional(),
    /** The reason of its return, or the clause that this accuses. */
    reason: z.string().max(200).optional(),
    clause: z.string().max(200).optional(),
    /** `possible`: returned, not appealed, and still to be appealed; `waiting` for a ruling; or how that went. */
    dispute: z.enum(['possible', 'waiting', 'upheld', 'overturned']).optional(),
    /** Lapses that nobody explained, or that a lead of sales has not taken note of. */
    lapse: z.enum(['unexplained', 'unacknowledged']).optional(),
    /** Only what is open has a priority and a due time; the rest comes by when it was offered, the latest first. */
    sort: z.enum(['priority', 'due']).default('priority'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  reply: page(handoffSummary),
});

export const showHandoff = routeContract({
  ...look,
  path: '/api/handoffs/:id',
  summary: 'One handoff: its packet, clocks, answers and history',
  params: aHandoff,
  query: nothing,
  reply: handoff,
});

export const acceptHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/acceptance',
  summary: 'Take a handoff: the lead is accepted by sales',
  body: z.strictObject({ note, revision }),
  reply: done,
});

export const returnHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/return',
  summary: 'Give a lead back, with a reason of the pact',
  body: z.strictObject({
    reason: z.string().max(200),
    until: instant.or(z.iso.date()).optional(),
    text: note,
    note,
    revision,
  }),
  reply: done,
});

export const touchHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/touches',
  summary: 'Keep a call, a mail, a meeting or a note',
  body: z.strictObject({
    channel,
    at: instant.optional(),
    reached: z.boolean().optional(),
    note,
    external_id: z.string().min(1).max(500).optional(),
  }),
  reply: done.extend({ touch: uuid }),
});

export const qualifyHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/qualification',
  summary: 'Say that an accepted lead is an SQL, with the answers to the agreed questions',
  body: z.strictObject({
    answers: z.record(
      z.string().max(200),
      z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]),
    ),
    revision,
    /** Opens the deal that comes of it at once; left out, it is opened later, by hand or from the CRM. */
    deal: z
      .strictObject({ name: z.string().max(500).optional(), amount: z.number().min(0).max(1e15).optional() })
      .optional(),
  }),
  reply: done.extend({ deal: uuid.nullable() }),
});

export const disputeHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/dispute',
  summary: 'Appeal a return, for marketing',
  body: z.strictObject({ text }),
  reply: done,
});

export const ruleOnHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/ruling',
  summary: 'Rule on a dispute by the version then in force, for the facilitator',
  body: z.strictObject({ ruling: z.enum(['upheld', 'overturned']), text }),
  reply: done,
});

export const holdHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/hold',
  summary: 'Hold the lead while your side is engaged, until a day',
  body: z.strictObject({ reason: text, until: instant }),
  reply: done,
});

export const releaseHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/release',
  summary: 'End a hold before its day',
  body: nothing,
  reply: done,
});

export const reassignHandoff = routeContract({
  ...change,
  path: '/api/handoffs/:id/reassignment',
  summary: 'Give a handoff to another member of sales; its clock goes on',
  body: z.strictObject({ member: uuid, reason: text }),
  reply: done,
});

export const undoAnswer = routeContract({
  ...change,
  path: '/api/handoffs/:id/undo',
  summary: 'Take back what you said of a handoff, within ten seconds and while nothing has followed from it',
  body: z.strictObject({
    what: z.enum(['acceptance', 'return', 'touch', 'qualification', 'hold', 'reassignment']),
    revision,
  }),
  reply: done,
});

export const explainLapse = routeContract({
  ...change,
  path: '/api/handoffs/:id/explanation',
  summary: 'Say why nobody followed up',
  body: z.strictObject({
    reason: z.enum([
      'no_capacity',
      'absent',
      'not_notified',
      'wrong_territory',
      'judged_unfit_before_call',
      'working_account_already',
    ]),
    note,
  }),
  reply: done,
});

export const acknowledgeLapse = routeContract({
  ...change,
  path: '/api/handoffs/:id/acknowledgement',
  summary: 'Take note of why nobody followed up, for a lead or manager of sales',
  body: nothing,
  reply: done,
});

export const exceptLead = routeContract({
  ...change,
  path: '/api/leads/:id/exception',
  summary: 'Hand a lead over outside the definition, with a sponsor and an end',
  body: z.strictObject({ reason: text, sponsor: uuid.optional(), ends_at: instant }),
  reply: z.strictObject({ id: uuid }),
});

export const dryRunRouting = routeContract({
  ...look,
  method: 'POST',
  path: '/api/routing/dry-run',
  summary: 'Who would get a lead now, and why; nothing is written',
  params: nothing,
  query: nothing,
  /** A lead that is there, or one that is made up: its attributes alone. */
  body: z.union([
    z.strictObject({ lead: uuid }),
    z.strictObject({ attributes: z.record(z.string().max(500), z.unknown()) }),
  ]),
  reply: routing,
});
