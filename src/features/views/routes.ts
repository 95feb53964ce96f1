import * as contract from '#contract/views.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Tx } from '#platform/db/transaction.ts';
import { viewPolicy } from './policy.ts';
import { changeView, deleteView, listViews, saveView, showView } from './views.ts';

const withViews = <T>(
  { database, clock }: House,
  caller: Caller,
  verb: keyof typeof viewPolicy,
  work: (tx: Tx, now: Instant) => Promise<T>,
): Promise<T> => {
  allow(viewPolicy, verb, caller);
  return database.inWorkspace(caller.workspace, (tx) => work(tx, clock()), { readOnly: verb === 'read' });
};

export const viewRoutes: readonly Route[] = [
  serve(contract.listViews, (house, caller, { query: { noun } }) =>
    withViews(house, caller, 'read', async (tx) => ({ items: await listViews(tx, caller, noun) })),
  ),
  serve(contract.showView, (house, caller, { params: { id } }) =>
    withViews(house, caller, 'read', (tx) => showView(tx, caller, id)),
  ),
  serve(contract.saveView, (house, caller, { body }) =>
    withViews(house, caller, 'write', (tx, now) => saveView(tx, caller, body, now)),
  ),
  serve(contract.changeView, (house, caller, { params: { id }, body, ifMatch }) =>
    withViews(house, caller, 'write', (tx, now) => changeView(tx, caller, id, { told: body, ifMatch }, now)),
  ),
  serve(contract.deleteView, (house, caller, { params: { id } }) =>
    withViews(house, caller, 'write', async (tx) => {
      await deleteView(tx, caller, id);
      return { id };
    }),
  ),
];
