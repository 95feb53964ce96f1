import { showCalendar } from '#contract/calendar.ts';
import * as contract from '#contract/pact-page.ts';
import { allow } from '#features/people/policy.ts';
import { type Route, serve } from '#features/serve.ts';
import { compare, showPage } from './page.ts';
import { pactPolicy } from './policy.ts';
import { showWorkingTime } from './working-time.ts';

const QUARTER = 90 * 86_400_000;

export const pactPageRoutes: readonly Route[] = [
  serve(contract.showClauses, async ({ database, clock }, caller, { params, query: { from, until } }) => {
    allow(pactPolicy, 'read', caller);
    const { workspace } = caller;
    const now = clock();
    const end = until === undefined ? now : Date.parse(until);
    const period = { from: from === undefined ? end - QUARTER : Date.parse(from), until: end };
    return database.inWorkspace(
      workspace,
      (tx, query) => showPage({ tx, query }, workspace, params, period, now),
      { readOnly: true },
    );
  }),
  serve(contract.compareVersions, async ({ database }, caller, { params }) => {
    allow(pactPolicy, 'read', caller);
    const { workspace } = caller;
    return database.inWorkspace(workspace, (_, query) => compare(query, workspace, params), {
      readOnly: true,
    });
  }),
  serve(showCalendar, async ({ database, clock }, caller) => {
    allow(pactPolicy, 'read', caller);
    const { workspace } = caller;
    return database.inWorkspace(workspace, (_, query) => showWorkingTime(query, workspace, clock()), {
      readOnly: true,
    });
  }),
];
