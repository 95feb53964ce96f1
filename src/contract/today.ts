/** Today: what somebody has to do, to know and to answer for, by their party and rank. */
import { z } from 'zod';
import { handoffSummary } from './handoffs.ts';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';
import { message } from './threads.ts';

/** Counted up to 10,000: past that, `more` than `n`. */
const figure = z.strictObject({
  n: z.int(),
  more: z.boolean(),
  /** What lists exactly these: `GET /api/<noun>` with this filter as its query; null where no list does. */
  open: z
    .strictObject({
      noun: z.enum(['handoffs', 'leads', 'pacts', 'deals']),
      filter: z.record(z.string(), z.string()),
    })
    .nullable(),
});
export type Figure = z.infer<typeof figure>;

/** A share; null while there is nothing to have a share of. */
const share = z.strictObject({
  share: z.number().nullable(),
  n: figure,
  of: figure,
  /** What the pact promises; null where it promises nothing. */
  promised: z.number().nullable(),
});

const whose = z.strictObject({ id: uuid, email: z.string().nullable(), name: z.string().nullable() });

const moved = z.strictObject({
  lead: whose,
  at: instant,
  from: z.string().nullable(),
  to: z.string(),
  grade: z.string().nullable(),
});

const rep = z.strictObject({
  /** By when they fall due, the first 50. */
  handoffs: z.array(handoffSummary),
  open: figure,
  late: figure,
  due_today: figure,
  /** Waiting for anybody of sales. */
  queue: figure,
  /** Moves of leads whose handoffs are the caller's, since `since`, the latest 50. */
  moved: z.array(moved),
  duties: z.array(message),
});

const salesLead = z.strictObject({
  /** Falls due within the working day's end. */
  due_soon: z.array(handoffSummary),
  due: figure,
  late: figure,
  /** Offered and not answered. */
  unanswered: figure,
  /** Nobody's. */
  unassigned: figure,
  load: z.array(
    z.strictObject({
      member: uuid,
      name: z.string(),
      open: figure,
      late: figure,
      /** Of the queues of the version in force, together; null where no queue says. */
      cap: z.int().nullable(),
      absent_until: instant.nullable(),
      /** No longer here; shown for as long as something is open with them. */
      has_left: z.boolean(),
    }),
  ),
  /** Lapses that wait for a lead of sales to take note. */
  lapses: z.array(
    z.strictObject({
      handoff: uuid,
      lead: whose,
      owner: uuid.nullable(),
      at: instant,
      reason: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
  to_acknowledge: figure,
});

const marketer = z.strictObject({
  /** Since Monday, in the pact's zone. */
  week_from: instant,
  handed_over: figure,
  accepted: figure,
  qualified: figure,
  lapsed: figure,
  returned: figure,
  /** The latest 50 of the week. */
  returns: z.array(
    z.strictObject({
      handoff: uuid,
      lead: whose,
      at: instant,
      by: uuid,
      reason: z.string(),
      /** In the pact's words. */
      reason_text: z.string(),
      clause: z.string().nullable(),
      next: z.enum(['disqualify', 'recycle']),
      note: z.string().nullable(),
      disputed: z.boolean(),
      /** The day by which to appeal; null: there is none, it may be disputed at any time. */
      disputable_until: instant.nullable(),
    }),
  ),
  /** MQLs that could not be handed over, with what is missing, the first 50. */
  unready: z.array(z.strictObject({ lead: whose, missing: z.array(z.string()), since: instant })),
  unready_all: figure,
});

const marketingLead = z.strictObject({
  month_from: instant,
  /** N MQLs promised a month, d of D working days gone: N·d/D are due by now. */
  pace: z
    .strictObject({
      promised: z.number(),
      days: z.int(),
      days_in_month: z.int(),
      due_by_now: z.number(),
      so_far: figure,
      /** So far less what is due by now. */
      ahead: z.number(),
    })
    .nullable(),
  mqls: figure,
  /** Accepted of what sales answered this month; returns that were overturned are left out. */
  acceptance: share,
  /** Handed over by the definition, of everything handed over this month. */
  compliance: share,
});

/** A version that somebody has proposed. */
const proposed = z.strictObject({
  pact: uuid,
  name: z.string(),
  number: z.int(),
  proposed_at: instant,
  waits_for: z.array(z.enum(['marketing', 'sales'])),
});

/** What became of the agreement that those who sign have to know of. */
const agreement = z.strictObject({
  /** Proposed, and not signed by everybody yet. */
  versions: z.array(proposed),
  /** Declined, and neither written anew nor taken back since. */
  declined: z.array(
    z.strictObject({
      pact: uuid,
      name: z.string(),
      number: z.int(),
      party: z.enum(['marketing', 'sales']),
      by: uuid,
      reason: z.string(),
      at: instant,
    }),
  ),
  /** In force by the word of one party. */
  amendments: z.array(
    z.strictObject({
      pact: uuid,
      name: z.string(),
      number: z.int(),
      by: z.enum(['marketing', 'sales']),
      note: z.string().nullable(),
      until: instant,
    }),
  ),
});

const facilitator = z.strictObject({
  disputes: z.array(
    z.strictObject({
      handoff: uuid,
      lead: whose,
      at: instant,
      by: uuid,
      text: z.string(),
      reason: z.string(),
      clause: z.string().nullable(),
    }),
  ),
  disputes_all: figure,
  /** Proposed, and not signed by everybody yet. */
  versions: z.array(proposed),
  review: z
    .strictObject({
      pact: uuid,
      number: z.int(),
      next: z.string().nullable(),
      expires: z.string().nullable(),
    })
    .nullable(),
  /** That end within 14 days. */
  exceptions: z.array(
    z.strictObject({
      id: uuid,
      lead: whose,
      sponsor: uuid,
      party: z.enum(['marketing', 'sales']),
      reason: z.string(),
      ends_at: instant,
    }),
  ),
  /** Events that could not be taken. */
  quarantined: figure,
  /** Leads whose judgement fails. */
  stuck: figure,
});

const today = z.strictObject({
  at: instant,
  /** The beginning of yesterday, in the caller's zone. */
  since: instant,
  /** What does not concern the caller is null. */
  rep: rep.nullable(),
  sales_lead: salesLead.nullable(),
  marketer: marketer.nullable(),
  marketing_lead: marketingLead.nullable(),
  facilitator: facilitator.nullable(),
  /** For whoever signs, and for the facilitator. */
  agreement: agreement.nullable(),
});
export type Today = z.infer<typeof today>;

export const showToday = routeContract({
  method: 'GET',
  path: '/api/today',
  summary: 'What concerns the caller today: what is due, what moved, what waits for them',
  scope: 'handoffs:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: today,
  status: 200,
});
