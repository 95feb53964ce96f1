import * as contract from '#contract/search.ts';
import { leadPolicy } from '#features/leads/policy.ts';
import { allow } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import { search } from './search.ts';

export const searchRoutes: readonly Route[] = [
  serve(contract.search, async ({ database, clock }, caller, { query: { q } }) => {
    allow(leadPolicy, 'read', caller);
    const { workspace } = caller;
    return database.inWorkspace(workspace, (_, query) => search(query, workspace, q, clock()), {
      readOnly: true,
    });
  }),
];
