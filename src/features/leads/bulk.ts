/** One thing done to many leads, each in a transaction of its own: what is refused for one does not stop the others. */
import type { z } from 'zod';
import type { BulkDeed, doToLeads } from '#contract/bulk.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { except, leadBy } from '#features/handoffs/excepting.ts';
import { holdLead } from '#features/handoffs/holding.ts';
import { handoffPolicy } from '#features/handoffs/policy.ts';
import { reassign } from '#features/handoffs/reassigning.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import type { House } from '#features/serve.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { listLeads } from './list.ts';
import { leadPolicy } from './policy.ts';

type Body = z.infer<typeof doToLeads.body>;
type Reply = z.infer<typeof doToLeads.reply>;
type Result = Reply['results'][number];
type Action = BulkDeed['action'];

/** Who may do each: whoever may do it to a single lead. */
const allowed: Record<Action, (caller: Caller) => void> = {
  judge: (caller) => allow(leadPolicy, 'judge', caller),
  except: (caller) => allow(handoffPolicy, 'except', caller),
  assign: (caller) => allow(handoffPolicy, 'reassign', caller),
  hold: (caller) => allow(handoffPolicy, 'hold', caller),
};

type Doers = {
  [A in Action]: (
    deed: Deed,
    caller: Caller,
    lead: string,
    given: Extract<BulkDeed, { action: A }>,
  ) => Promise<unknown>;
};

const doers: Doers = {
  judge: async (deed, _, lead) => deed.mark((await leadBy(deed, lead)).number),
  except: (deed, caller, lead, { reason, sponsor, ends_at }) =>
    except(deed, caller, lead, { reason, sponsor, ends_at: Date.parse(ends_at) }),
  assign: async (deed, caller, lead, { member, reason }) =>
    reassign(deed, caller, await openHandoffOf(deed, lead), { member, reason }),
  hold: async (deed, caller, lead, { reason, until }) =>
    holdLead(deed, caller, await openHandoffOf(deed, lead), { reason, until: Date.parse(until) }),
};

/** @throws HttpProblem when the caller may do this to no lead at all */
export async function doToMany(house: House, caller: Caller, { do: given, of }: Body): Promise<Reply> {
  allowed[given.action](caller);
  const { ids, more } = await chosen(house, caller, of);
  const results: Result[] = [];
  for (const id of new Set(ids)) results.push(await doTo(house, caller, id, given));
  const done = results.filter((one) => one.done).length;
  return { results, done, refused: results.length - done, more };
}

async function chosen({ database }: House, { workspace }: Caller, of: Body['of']) {
  if ('ids' in of) return { ids: of.ids, more: false };
  const search = { ...of.filter, sort: 'created', direction: 'down', limit: of.limit } as const;
  const { items, next } = await database.inWorkspace(
    workspace,
    (_, query) => listLeads(query, workspace, search, { patience: Number.POSITIVE_INFINITY }),
    { readOnly: true },
  );
  return { ids: items.map(({ id }) => id), more: next !== null };
}

async function doTo<A extends Action>(
  house: House,
  caller: Caller,
  id: string,
  given: Extract<BulkDeed, { action: A }>,
): Promise<Result> {
  try {
    await deedOf(house, caller, (deed) => (doers[given.action] as Doers[A])(deed, caller, id, given));
    return { id, done: true, problem: null };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return { id, done: false, problem: { code: error.code, detail: error.message } };
  }
}

async function openHandoffOf({ query, workspace }: Deed, lead: string): Promise<string> {
  const [row] = await query<{ id: string }>(
    `SELECT h.id FROM leads o JOIN leads f ON f.workspace_id = $1
       AND (f.number = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END OR f.merged_into = CASE WHEN o.merged_into IS NULL THEN o.number ELSE o.merged_into END)
     JOIN handoffs h ON h.workspace_id = $1 AND h.lead = f.number
       AND h.decision IS NULL AND (h.answer IS NULL OR h.answer = 'acceptance')
     WHERE o.workspace_id = $1 AND o.id = $2 ORDER BY h.offered_at DESC LIMIT 1`,
    [workspace, lead],
  );
  if (row === undefined)
    throw new HttpProblem(409, 'no_open_handoff', 'This lead is not with sales: there is no open handoff.');
  return row.id;
}
