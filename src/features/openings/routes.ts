import * as contract from '#contract/openings.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { summaryOf } from '#features/pacts/queries.ts';
import { lookFor } from '#features/party.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Query, Tx } from '#platform/db/transaction.ts';
import { choose, settle } from './choosing.ts';
import { choicesOf, sayDifferences } from './differences.ts';
import { differingLeads } from './leads.ts';
import { beginOpening, handIn, listOpenings, showOpening, writeOwn } from './opening.ts';
import { openingPolicy } from './policy.ts';
import { openingOf, sidesOf } from './sides.ts';

const look = <T>(
  { database }: House,
  caller: Caller,
  read: (tx: Tx, query: Query) => Promise<T>,
): Promise<T> => {
  allow(openingPolicy, 'read', caller);
  return database.inWorkspace(caller.workspace, read, { readOnly: true });
};

const does = <T>(
  house: House,
  caller: Caller,
  verb: keyof typeof openingPolicy,
  work: (deed: Deed) => Promise<T>,
): Promise<T> => {
  allow(openingPolicy, verb, caller);
  return deedOf(house, caller, work);
};

export const openingRoutes: readonly Route[] = [
  serve(contract.listOpenings, (house, caller) =>
    look(house, caller, async (tx) => ({ items: await listOpenings(tx, caller.workspace) })),
  ),

  serve(contract.beginOpening, (house, caller, { body }) =>
    does(house, caller, 'begin', async (deed) => {
      const id = await beginOpening(deed, caller, body);
      return showOpening(deed.tx, deed.query, caller, id);
    }),
  ),

  serve(contract.showOpening, (house, caller, { params: { opening } }) =>
    look(house, caller, (tx, query) => showOpening(tx, query, caller, opening)),
  ),

  serve(contract.writeOwnDefinition, (house, caller, { params: { opening }, body }) =>
    does(house, caller, 'write', async (deed) => {
      await writeOwn(deed, caller, opening, body);
      return showOpening(deed.tx, deed.query, caller, opening);
    }),
  ),

  serve(contract.handInDefinition, (house, caller, { params: { opening } }) =>
    does(house, caller, 'hand_in', async (deed) => {
      await handIn(deed, caller, opening);
      return showOpening(deed.tx, deed.query, caller, opening);
    }),
  ),

  serve(contract.showDifferences, (house, caller, { params: { opening } }) =>
    look(house, caller, async (tx, query) => {
      await lookFor(query, caller);
      const { pacts } = await sidesOf(tx, caller.workspace, await openingOf(tx, caller.workspace, opening));
      return { items: sayDifferences(pacts, await choicesOf(tx, caller.workspace, opening)) };
    }),
  ),

  serve(contract.showDifferingLeads, (house, caller, { params: { opening }, query: { limit } }) =>
    look(house, caller, async (tx, query) => {
      const { workspace } = caller;
      const { pacts } = await sidesOf(tx, workspace, await openingOf(tx, workspace, opening));
      return differingLeads(query, workspace, opening, pacts, { now: house.clock(), limit });
    }),
  ),

  serve(contract.chooseClause, (house, caller, { params: { opening }, body }) =>
    does(house, caller, 'choose', (deed) => choose(deed, caller, opening, body)),
  ),

  serve(contract.settleOpening, (house, caller, { params: { opening } }) =>
    does(house, caller, 'settle', async (deed) => {
      const key = await settle(deed, caller, opening);
      return { pact: key.pact, version: await summaryOf(deed.tx, deed.workspace, key, deed.now) };
    }),
  ),
];
