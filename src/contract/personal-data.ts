/** What is held of a person, handed out or forgotten. */
import { z } from 'zod';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const aLead = z.strictObject({ id: uuid });

export const eraseLead = routeContract({
  method: 'POST',
  path: '/api/leads/:id/erasure',
  summary: 'Erase a person for good: who it was goes, that something happened stays. Not undone',
  scope: 'leads:write',
  params: aLead,
  query: nothing,
  body: z.strictObject({
    reason: z.enum(['asked', 'consent_withdrawn', 'not_needed', 'unlawful']),
    /** The lead's id once more, so that nobody does it by a slip. */
    confirm: uuid,
  }),
  reply: z.strictObject({
    id: uuid,
    erased_at: instant,
    /** What was forgotten or emptied: rows by kind. */
    forgotten: z.record(z.string(), z.int()),
    /** Versions of a pact that were proposed, and name the person all the same: the next one should leave it out. */
    still_named_in: z.array(z.strictObject({ pact: uuid, version: z.int() })),
  }),
  status: 201,
});

const rows = z.array(z.record(z.string(), z.unknown()));

export const exportPerson = routeContract({
  method: 'GET',
  path: '/api/leads/:id/export',
  summary: 'Everything that is held of a person, for the person',
  scope: 'leads:read',
  params: aLead,
  query: nothing,
  body: nothing,
  reply: z.strictObject({
    exported_at: instant,
    id: uuid,
    email: z.string().nullable(),
    created_at: instant,
    attributes: z.record(z.string(), z.unknown()),
    account: z.record(z.string(), z.unknown()).nullable(),
    standing: z.record(z.string(), z.unknown()).nullable(),
    identities: rows,
    attribute_changes: rows,
    activities: rows,
    consents: rows,
    moves: rows,
    handoffs: rows,
    answers: rows,
    touches: rows,
    deals: rows,
    exceptions: rows,
    holds: rows,
    recycles: rows,
    messages: rows,
    merges: rows,
  }),
  status: 200,
});

const retention = z.strictObject({
  /** Activities of visitors who never gave a name are forgotten after so many months; null: kept. */
  unknown_visitors_months: z.int().min(1).max(120).nullable(),
});
export type Retention = z.infer<typeof retention>;

export const showRetention = routeContract({
  method: 'GET',
  path: '/api/retention',
  summary: 'How long what is kept',
  scope: 'workspace:read',
  params: nothing,
  query: nothing,
  body: nothing,
  reply: retention,
  status: 200,
});

export const changeRetention = routeContract({
  method: 'PUT',
  path: '/api/retention',
  summary: 'Say how long what is kept',
  scope: 'workspace:write',
  params: nothing,
  query: nothing,
  body: retention,
  reply: retention,
  status: 200,
});
