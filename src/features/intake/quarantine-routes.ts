/** What was refused, over HTTP: looked at, taken in after all, or given up; and what arrived lately. */
import * as contract from '#contract/quarantine.ts';
import { showArrivals } from '#features/intake/arrivals.ts';
import { quarantinePolicy } from '#features/intake/policy.ts';
import { dismiss, type Some, waitingAmong } from '#features/intake/quarantine.ts';
import type { Recent } from '#features/intake/recent.ts';
import { replay } from '#features/intake/replaying.ts';
import { listQuarantine, showQuarantined } from '#features/intake/showing.ts';
import { actorOf, allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Query } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { record } from '#platform/journal/journal.ts';

const AT_ONCE = 200;

const look = <T>({ database }: House, caller: Caller, read: (query: Query) => Promise<T>): Promise<T> => {
  allow(quarantinePolicy, 'read', caller);
  return database.inWorkspace(caller.workspace, (_, query) => read(query), { readOnly: true });
};

/** Gives events up, with why, in the journal too. @returns their ids */
const giveUp = ({ database, clock }: House, caller: Caller, some: Some, why: string): Promise<string[]> => {
  allow(quarantinePolicy, 'end', caller);
  const { workspace } = caller;
  const now = clock();
  return database.inWorkspace(workspace, async (tx, query) => {
    const by = caller.kind === 'member' ? caller.id : null;
    const ids = await dismiss({ query, workspace, now }, some, { why, by });
    if (ids.length === 0) return ids;
    const one = ids.length === 1;
    const subject = one ? { kind: 'quarantine', id: ids[0]! } : { kind: 'workspace', id: workspace };
    const data = { why, count: ids.length };
    await record(tx, workspace, [
      { at: now, actor: actorOf(caller), what: 'quarantine.dismissed', subject, data },
    ]);
    return ids;
  });
};

export const quarantineRoutes = (recent: Pick<Recent, 'of'>): readonly Route[] => [
  serve(contract.listQuarantine, (house, caller, { query: wanted }) =>
    look(house, caller, (query) => listQuarantine(query, caller.workspace, wanted)),
  ),

  serve(contract.showQuarantined, (house, caller, { params }) =>
    look(house, caller, (query) => showQuarantined(query, caller.workspace, params.id)),
  ),

  serve(contract.replayQuarantined, ({ database, clock }, caller, { params }) => {
    allow(quarantinePolicy, 'end', caller);
    const { workspace } = caller;
    return replay({ database, workspace, actor: actorOf(caller), now: clock() }, params.id);
  }),

  serve(contract.replayMany, async ({ database, clock }, caller, { body }) => {
    allow(quarantinePolicy, 'end', caller);
    const { workspace } = caller;
    const replaying = { database, workspace, actor: actorOf(caller), now: clock() };
    const { ids, all } = await database.inWorkspace(
      workspace,
      (_, query) => waitingAmong({ query, workspace }, body, AT_ONCE),
      { readOnly: true },
    );
    const refused: contract.Replayed[] = [];
    let replayed = 0;
    for (const id of ids) {
      const end = await replay(replaying, id).catch(unlessGone);
      if (end?.replayed) replayed++;
      else if (end !== null) refused.push(end);
    }
    return { replayed, refused, remaining: all - ids.length };
  }),

  serve(contract.dismissQuarantined, async (house, caller, { params, body }) => {
    await giveUp(house, caller, { ids: [params.id] }, body.why);
    const { body: _, ...shown } = await look(house, caller, (query) =>
      showQuarantined(query, caller.workspace, params.id),
    );
    return shown;
  }),

  serve(contract.dismissMany, async (house, caller, { body: { why, ...some } }) => ({
    dismissed: (await giveUp(house, caller, some, why)).length,
  })),

  serve(contract.recentEvents, (house, caller, { query: { write_key, result, limit } }) =>
    look(house, caller, (query) => {
      const arrivals = recent
        .of(caller.workspace)
        .filter((one) => write_key === undefined || one.writeKey === write_key)
        .filter((one) => result === undefined || one.result === result);
      return showArrivals(query, caller.workspace, arrivals.slice(0, limit)).then((items) => ({ items }));
    }),
  ),
];

/** Somebody else was quicker with this one. */
const unlessGone = (error: unknown): null => {
  if (error instanceof HttpProblem && error.status === 404) return null;
  throw error;
};
