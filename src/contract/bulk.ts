/** One thing done to many leads, each on its own: what is refused for one does not stop the others. */
import { z } from 'zod';
import { leadFilter } from './leads.ts';
import { instant, nothing, uuid } from './parts.ts';
import { routeContract } from './route.ts';

const text = z.string().trim().min(1).max(10_000);
/** How many leads one request does something to. */
const most = 500;

const deed = z.discriminatedUnion('action', [
  /** Judge anew, from everything that is known. */
  z.strictObject({ action: z.literal('judge') }),
  /** Hand over outside the definition, with an end. */
  z.strictObject({ action: z.literal('except'), reason: text, ends_at: instant, sponsor: uuid.optional() }),
  /** Give the open handoff to a member of sales. */
  z.strictObject({ action: z.literal('assign'), member: uuid, reason: text }),
  /** Hold while your side is engaged. */
  z.strictObject({ action: z.literal('hold'), reason: text, until: instant }),
]);
export type BulkDeed = z.infer<typeof deed>;

export const doToLeads = routeContract({
  method: 'POST',
  path: '/api/leads/bulk',
  summary: 'Do one thing to many leads: judge anew, except, assign or hold; answered for each',
  scope: 'leads:write',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    do: deed,
    /** These leads, or the first of a list, the latest created first. */
    of: z.union([
      z.strictObject({ ids: z.array(uuid).min(1).max(most) }),
      z.strictObject({ filter: leadFilter, limit: z.int().min(1).max(most).default(most) }),
    ]),
  }),
  reply: z.strictObject({
    results: z.array(
      z.strictObject({
        id: uuid,
        done: z.boolean(),
        /** Why not, in the words and with the code the single request would have been refused with. */
        problem: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
      }),
    ),
    done: z.int(),
    refused: z.int(),
    /** Whether the filter finds more leads than these. */
    more: z.boolean(),
  }),
  status: 201,
});
