import * as contract from '#contract/workshops.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { HttpProblem } from '#platform/http/problem.ts';
import { workshopPolicy } from './policy.ts';
import { resultOf } from './result.ts';
import { beginWorkshop, finish, label, listWorkshops, showWorkshop, workshopOf } from './workshop.ts';

const look = <T>(
  { database }: House,
  caller: Caller,
  read: (tx: Tx, query: Query) => Promise<T>,
): Promise<T> => {
  allow(workshopPolicy, 'read', caller);
  return database.inWorkspace(caller.workspace, read, { readOnly: true });
};

const does = <T>(
  house: House,
  caller: Caller,
  verb: keyof typeof workshopPolicy,
  work: (deed: Deed) => Promise<T>,
): Promise<T> => {
  allow(workshopPolicy, verb, caller);
  return deedOf(house, caller, work);
};

export const workshopRoutes: readonly Route[] = [
  serve(contract.listWorkshops, (house, caller) =>
    look(house, caller, async (tx, query) => ({ items: await listWorkshops(tx, query, caller) })),
  ),

  serve(contract.beginWorkshop, (house, caller, { body }) =>
    does(house, caller, 'begin', async (deed) => {
      const id = await beginWorkshop(deed, caller, body);
      return showWorkshop(deed.tx, deed.query, caller, id);
    }),
  ),

  serve(contract.showWorkshop, (house, caller, { params: { workshop } }) =>
    look(house, caller, (tx, query) => showWorkshop(tx, query, caller, workshop)),
  ),

  serve(contract.labelLead, (house, caller, { params: { workshop, place }, body }) =>
    does(house, caller, 'label', (deed) => label(deed, caller, workshop, { place, ...body })),
  ),

  serve(contract.finishWorkshop, (house, caller, { params: { workshop } }) =>
    does(house, caller, 'finish', async (deed) => {
      await finish(deed, caller, workshop);
      return showWorkshop(deed.tx, deed.query, caller, workshop);
    }),
  ),

  serve(contract.showWorkshopResult, (house, caller, { params: { workshop } }) =>
    look(house, caller, async (tx, query) => {
      const { done_at } = await workshopOf(tx, caller.workspace, workshop);
      if (done_at === null) {
        throw new HttpProblem(
          409,
          'not_open_yet',
          'Labels are opened together, when marketing and sales have both finished.',
        );
      }
      return resultOf(query, caller.workspace, workshop);
    }),
  ),
];
