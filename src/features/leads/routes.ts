import * as accounts from '#contract/accounts.ts';
import { doToLeads } from '#contract/bulk.ts';
import * as page from '#contract/lead-page.ts';
import * as contract from '#contract/leads.ts';
import { showVerdict } from '#contract/verdicts.ts';
import type { Instant } from '#engine/facts/facts.ts';
import { type Deed, deedOf } from '#features/handoffs/deed.ts';
import { listHandoffsOf } from '#features/handoffs/listing.ts';
import { mergeLeads, undoMerge } from '#features/leads/identity/merging.ts';
import { showIdentities } from '#features/leads/identity/show.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { distanceAsOf, verdictAsOf } from '#features/verdicts/as-of.ts';
import { scoreHistory } from '#features/verdicts/score-history.ts';
import type { Query } from '#platform/db/transaction.ts';
import { listAccounts } from './accounts/list.ts';
import { showAccount } from './accounts/show.ts';
import { doToMany } from './bulk.ts';
import { countLeads } from './counts.ts';
import { exportLeads } from './export.ts';
import { listLeads } from './list.ts';
import { leadPolicy } from './policy.ts';
import { numberOf, showLead } from './show.ts';
import { showTimeline } from './timeline.ts';

const reading = <T>(
  { database }: House,
  caller: Caller,
  read: (query: Query, workspace: string) => Promise<T>,
  verb: 'read' | 'read_handoffs' = 'read',
) => {
  allow(leadPolicy, verb, caller);
  const { workspace } = caller;
  return database.inWorkspace(workspace, (_, query) => read(query, workspace), { readOnly: true });
};

const merging = <T>(house: House, caller: Caller, work: (deed: Deed) => Promise<T>): Promise<T> => {
  allow(leadPolicy, 'merge', caller);
  return deedOf(house, caller, work);
};

/** The instant that is asked for; now, when none is. */
const instantOr = ({ clock }: House, at: string | undefined): Instant =>
  at === undefined ? clock() : Date.parse(at);

/** The latest, as many as a page holds. */
const HANDOFFS_OF_LEAD = {
  scope: 'party',
  standing: 'any',
  sort: 'due',
  limit: 100,
} as const;

export const leadRoutes: readonly Route[] = [
  serve(contract.listLeads, (house, caller, { query: search }) =>
    reading(house, caller, (query, workspace) => listLeads(query, workspace, search)),
  ),
  serve(contract.countLeads, (house, caller, { query: filter }) =>
    reading(house, caller, (query, workspace) => countLeads(query, workspace, filter)),
  ),
  serve(contract.exportLeads, (house, caller, { query: wanted }) =>
    exportLeads(wanted, (search) =>
      reading(house, caller, (query, workspace) => listLeads(query, workspace, search)),
    ),
  ),
  serve(contract.showLead, (house, caller, { params }) =>
    reading(house, caller, (query, workspace) => showLead(query, workspace, params.id)),
  ),
  serve(contract.showTimeline, (house, caller, { params, query: asked }) =>
    reading(house, caller, (query, workspace) =>
      showTimeline(query, workspace, params.id, asked, house.clock()),
    ),
  ),
  serve(showVerdict, (house, caller, { params, query: { at, version } }) => {
    const asOf = { at: instantOr(house, at), version };
    return reading(house, caller, (query, workspace) => verdictAsOf(query, workspace, params.id, asOf));
  }),
  serve(page.showDistance, (house, caller, { params, query: { at, version } }) => {
    const asOf = { at: instantOr(house, at), version };
    return reading(house, caller, (query, workspace) => distanceAsOf(query, workspace, params.id, asOf));
  }),
  serve(page.showScoreHistory, (house, caller, { params, query: { from, until, ...asked } }) => {
    const range = {
      ...asked,
      from: from === undefined ? undefined : Date.parse(from),
      until: instantOr(house, until),
    };
    return reading(house, caller, (query, workspace) =>
      scoreHistory(query, workspace, params.id, range, house.clock()),
    );
  }),
  serve(page.showIdentities, (house, caller, { params }) =>
    reading(house, caller, (query, workspace) => showIdentities(query, workspace, params.id)),
  ),
  serve(page.listHandoffsOfLead, (house, caller, { params }) =>
    reading(
      house,
      caller,
      async (query, workspace) => {
        await numberOf(query, workspace, params.id);
        const wanted = { ...HANDOFFS_OF_LEAD, lead: params.id };
        const { items } = await listHandoffsOf(query, caller, wanted, house.clock());
        return { items };
      },
      'read_handoffs',
    ),
  ),
  serve(page.mergeLead, (house, caller, { params, body: { lead } }) =>
    merging(house, caller, (deed) => mergeLeads(deed, caller, params.id, lead)),
  ),
  serve(page.undoMerge, (house, caller, { params, body: { merge } }) =>
    merging(house, caller, (deed) => undoMerge(deed, caller, params.id, merge)),
  ),
  serve(doToLeads, (house, caller, { body }) => doToMany(house, caller, body)),
  serve(accounts.listAccounts, (house, caller, { query: search }) =>
    reading(house, caller, (query, workspace) => listAccounts(query, workspace, search)),
  ),
  serve(accounts.showAccount, (house, caller, { params }) =>
    reading(house, caller, (query, workspace) => showAccount(query, workspace, params.id)),
  ),
];
