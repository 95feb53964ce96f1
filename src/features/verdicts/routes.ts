/** Leads that do not go on by themselves, over HTTP. */
import * as contract from '#contract/stuck.ts';
import { deedOf } from '#features/handoffs/deed.ts';
import { allow, anybody, isSenior, type Policy } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import { listStuck, refold } from './releasing.ts';

const stuckPolicy: Policy<'read' | 'refold'> = {
  read: anybody('leads:read'),
  refold: (caller) => (caller.kind === 'key' ? caller.scopes.includes('leads:write') : isSenior(caller)),
};

export const verdictRoutes: readonly Route[] = [
  serve(contract.listStuck, ({ database }, caller, { query: wanted }) => {
    allow(stuckPolicy, 'read', caller);
    const { workspace } = caller;
    return database.inWorkspace(workspace, (_, query) => listStuck(query, workspace, wanted), {
      readOnly: true,
    });
  }),

  serve(contract.refoldLead, (house, caller, { params }) => {
    allow(stuckPolicy, 'refold', caller);
    return deedOf(house, caller, (deed) => refold(deed, params.id));
  }),
];
