import * as contract from '#contract/leads.ts';
import { showVerdict } from '#contract/verdicts.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { verdictAsOf } from '#features/verdicts/as-of.ts';
import type { Query } from '#platform/db/transaction.ts';
import { listLeads } from './list.ts';
import { leadPolicy } from './policy.ts';
import { showLead } from './show.ts';
import { showTimeline } from './timeline.ts';

const reading = <T>(
  { database }: House,
  caller: Caller,
  read: (query: Query, workspace: string) => Promise<T>,
) => {
  allow(leadPolicy, 'read', caller);
  const { workspace } = caller;
  return database.inWorkspace(workspace, (_, query) => read(query, workspace), { readOnly: true });
};

export const leadRoutes: readonly Route[] = [
  serve(contract.listLeads, (house, caller, { query: search }) =>
    reading(house, caller, (query, workspace) => listLeads(query, workspace, search)),
  ),
  serve(contract.showLead, (house, caller, { params }) =>
    reading(house, caller, (query, workspace) => showLead(query, workspace, params.id)),
  ),
  serve(contract.showTimeline, (house, caller, { params, query: page }) =>
    reading(house, caller, (query, workspace) =>
      showTimeline(query, workspace, params.id, page, house.clock()),
    ),
  ),
  serve(showVerdict, (house, caller, { params, query: { at, version } }) => {
    const asOf = { at: at === undefined ? house.clock() : Date.parse(at), version };
    return reading(house, caller, (query, workspace) => verdictAsOf(query, workspace, params.id, asOf));
  }),
];
