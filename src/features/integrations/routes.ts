import * as contract from '#contract/webhooks.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import type { Query } from '#platform/db/transaction.ts';
import type { Outbound } from '#platform/outbound/outbound.ts';
import {
  addEndpoint,
  changeEndpoint,
  checkUrl,
  removeEndpoint,
  replayDeliveries,
  rotateSecret,
  type Scope,
  testEndpoint,
} from './endpoints.ts';
import { webhookPolicy } from './policy.ts';
import { listDeliveries, listEndpoints, showDelivery, showEndpoint } from './queries.ts';

const reading = <T>({ database }: House, caller: Caller, work: (query: Query) => Promise<T>): Promise<T> => {
  allow(webhookPolicy, 'read', caller);
  return database.inWorkspace(caller.workspace, (_, query) => work(query), { readOnly: true });
};

const changing = <T>(
  { database, clock }: House,
  caller: Caller,
  work: (scope: Scope) => Promise<T>,
): Promise<T> => {
  allow(webhookPolicy, 'change', caller);
  const now = clock();
  return database.inWorkspace(caller.workspace, (tx, query) => work({ tx, query, caller, now }));
};

/** @param outbound by which webhooks go out: says where they may not go */
export const webhookRoutes = (outbound: Pick<Outbound, 'fault'>): readonly Route[] => [
  serve(contract.listEndpoints, (house, caller) =>
    reading(house, caller, async (query) => ({ items: await listEndpoints(query, caller.workspace) })),
  ),

  serve(contract.addEndpoint, (house, caller, { body }) =>
    changing(house, caller, async (scope) => {
      checkUrl(outbound, body.url);
      const { id, secret } = await addEndpoint(scope, body);
      return { ...(await showEndpoint(scope.query, caller.workspace, id)), secret };
    }),
  ),

  serve(contract.changeEndpoint, (house, caller, { params, body }) =>
    changing(house, caller, async (scope) => {
      if (body.url !== undefined) checkUrl(outbound, body.url);
      await changeEndpoint(scope, params.endpoint, body);
      return showEndpoint(scope.query, caller.workspace, params.endpoint);
    }),
  ),

  serve(contract.removeEndpoint, (house, caller, { params }) =>
    changing(house, caller, async (scope) => {
      await removeEndpoint(scope, params.endpoint);
      return {};
    }),
  ),

  serve(contract.rotateSecret, (house, caller, { params }) =>
    changing(house, caller, (scope) => rotateSecret(scope, params.endpoint)),
  ),

  serve(contract.testEndpoint, (house, caller, { params }) =>
    changing(house, caller, async (scope) => {
      const id = await testEndpoint(scope, params.endpoint);
      return showDelivery(scope.query, caller.workspace, id);
    }),
  ),

  serve(contract.replayDeliveries, (house, caller, { params, body }) =>
    changing(house, caller, async (scope) => {
      const span = { from: Date.parse(body.from), until: Date.parse(body.until), which: body.which };
      return { replayed: await replayDeliveries(scope, params.endpoint, span) };
    }),
  ),

  serve(contract.listDeliveries, (house, caller, { params, query: asked }) =>
    reading(house, caller, (query) => listDeliveries(query, caller.workspace, { ...params, ...asked })),
  ),
];
