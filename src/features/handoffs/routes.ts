/** Handoffs over HTTP. Each state is a resource named after the record it leaves. */
import * as contract from '#contract/handoffs.ts';
import { listUnready as listUnreadyContract } from '#contract/stuck.ts';
import { readInstant } from '#engine/criterion/value.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { openDeal } from '#features/deals/deals.ts';
import { readTimeline } from '#features/pacts/timeline.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { factsOf, readLedgers } from '#features/verdicts/ledger.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { accept, giveBack } from './answering.ts';
import { type Deed, deedOf } from './deed.ts';
import { dispute, rule } from './disputing.ts';
import { except } from './excepting.ts';
import { asGiven } from './given.ts';
import { type HandoffStanding, standingOf } from './held.ts';
import { holdLead, release } from './holding.ts';
import { acknowledge, explainLapse } from './lapsing.ts';
import { listHandoffsOf } from './listing.ts';
import { type HandoffVerb, handoffPolicy } from './policy.ts';
import { reassign } from './reassigning.ts';
import { showHandoffOf } from './showing.ts';
import { dryRun } from './staff.ts';
import { undo } from './undoing.ts';
import { listUnready } from './unready.ts';
import { qualify, touch } from './working.ts';

type Done = { id: string; standing: HandoffStanding; revision: number };

/** A verb on a handoff, answered with what has become of it. */
const change = <T extends object>(
  house: House,
  caller: Caller,
  verb: HandoffVerb,
  id: string,
  work: (deed: Deed) => Promise<T>,
): Promise<Done & T> => {
  allow(handoffPolicy, verb, caller);
  return deedOf(house, caller, async (deed) => {
    const told = await work(deed);
    const row = await deed.tx
      .selectFrom('handoffs')
      .select(['answer', 'decision', 'revision'])
      .where('workspace_id', '=', deed.workspace)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { id, standing: standingOf(row), revision: row.revision, ...told };
  });
};

/** Looks at handoffs, and changes nothing. */
const look = <T>(
  { database, clock }: House,
  caller: Caller,
  read: (query: Query, now: Instant) => Promise<T>,
): Promise<T> => {
  allow(handoffPolicy, 'read', caller);
  return database.inWorkspace(caller.workspace, (_, query) => read(query, clock()), { readOnly: true });
};

const nothing = async (work: Promise<unknown>): Promise<object> => {
  await work;
  return {};
};

const instantOr = (text: string | undefined): Instant | undefined =>
  text === undefined ? undefined : (readInstant(text) ?? Date.parse(text));

export const handoffRoutes: readonly Route[] = [
  serve(contract.listHandoffs, (house, caller, { query: wanted }) =>
    look(house, caller, (query, now) => listHandoffsOf(query, caller, wanted, now)),
  ),

  serve(listUnreadyContract, (house, caller, { query: wanted }) =>
    look(house, caller, (query) => listUnready(query, caller.workspace, wanted)),
  ),

  serve(contract.showHandoff, (house, caller, { params }) =>
    look(house, caller, (query, now) => showHandoffOf(query, caller.workspace, params.id, now)),
  ),

  serve(contract.acceptHandoff, (house, caller, { params: { id }, body, ifMatch }) =>
    change(house, caller, 'accept', id, (deed) =>
      asGiven(deed, caller, id, 'acceptance', () => nothing(accept(deed, caller, id, { ...body, ifMatch }))),
    ),
  ),

  serve(contract.returnHandoff, (house, caller, { params: { id }, body: { until, ...body }, ifMatch }) =>
    change(house, caller, 'give_back', id, (deed) =>
      asGiven(deed, caller, id, 'return', () =>
        nothing(giveBack(deed, caller, id, { ...body, ifMatch, until: instantOr(until) })),
      ),
    ),
  ),

  serve(contract.touchHandoff, (house, caller, { params: { id }, body: { at, ...body } }) =>
    change(house, caller, 'touch', id, (deed) =>
      asGiven(deed, caller, id, 'touch', async () => ({
        touch: await touch(deed, caller, id, { ...body, at: instantOr(at) }),
      })),
    ),
  ),

  serve(contract.qualifyHandoff, (house, caller, { params: { id }, body: { deal, ...body }, ifMatch }) =>
    change(house, caller, 'qualify', id, (deed) =>
      asGiven(deed, caller, id, 'qualification', async () => {
        await qualify(deed, caller, id, { ...body, ifMatch });
        return { deal: deal === undefined ? null : await openDeal(deed, caller, { ...deal, handoff: id }) };
      }),
    ),
  ),

  serve(contract.disputeHandoff, (house, caller, { params: { id }, body }) =>
    change(house, caller, 'dispute', id, (deed) => nothing(dispute(deed, caller, id, body.text))),
  ),

  serve(contract.ruleOnHandoff, (house, caller, { params: { id }, body }) =>
    change(house, caller, 'rule', id, (deed) => nothing(rule(deed, caller, id, body))),
  ),

  serve(contract.holdHandoff, (house, caller, { params: { id }, body: { reason, until } }) =>
    change(house, caller, 'hold', id, (deed) =>
      nothing(
        asGiven(deed, caller, id, 'hold', async () => ({
          hold: await holdLead(deed, caller, id, { reason, until: Date.parse(until) }),
        })),
      ),
    ),
  ),

  serve(contract.releaseHandoff, (house, caller, { params: { id } }) =>
    change(house, caller, 'release', id, (deed) => nothing(release(deed, caller, id))),
  ),

  serve(contract.reassignHandoff, (house, caller, { params: { id }, body }) =>
    change(house, caller, 'reassign', id, (deed) =>
      asGiven(deed, caller, id, 'reassignment', () => nothing(reassign(deed, caller, id, body))),
    ),
  ),

  serve(contract.undoAnswer, (house, caller, { params: { id }, body, ifMatch }) =>
    change(house, caller, 'undo', id, (deed) => nothing(undo(deed, caller, id, { ...body, ifMatch }))),
  ),

  serve(contract.explainLapse, (house, caller, { params: { id }, body }) =>
    change(house, caller, 'explain', id, (deed) => nothing(explainLapse(deed, caller, id, body))),
  ),

  serve(contract.acknowledgeLapse, (house, caller, { params: { id } }) =>
    change(house, caller, 'acknowledge', id, (deed) => nothing(acknowledge(deed, caller, id))),
  ),

  serve(contract.exceptLead, (house, caller, { params, body: { ends_at, ...body } }) => {
    allow(handoffPolicy, 'except', caller);
    return deedOf(house, caller, async (deed) => ({
      id: await except(deed, caller, params.id, { ...body, ends_at: Date.parse(ends_at) }),
    }));
  }),

  serve(contract.dryRunRouting, (house, caller, { body }) =>
    look(house, caller, async (query, now) => {
      const { workspace } = caller;
      const version = (await readTimeline(query, workspace)).at(now);
      if (version === null) throw new HttpProblem(409, 'no_pact', 'No version of a pact is in force yet.');
      const facts =
        'lead' in body
          ? await factsBy(query, workspace, body.lead)
          : { id: '', changes: [{ at: null, values: body.attributes }], activities: [] };
      const { turns: _, ...decision } = await dryRun(
        { query, workspace, now },
        { pact: version.pact, facts },
      );
      return decision;
    }),
  ),
];

async function factsBy(query: Query, workspace: string, id: string) {
  const [lead] = await query<{ number: number }>(
    'SELECT number FROM leads WHERE workspace_id = $1 AND id = $2',
    [workspace, id],
  );
  if (lead === undefined) throw new HttpProblem(404, 'not_found', 'There is no such lead here.');
  return factsOf((await readLedgers(query, workspace, [lead.number])).get(lead.number)!);
}
