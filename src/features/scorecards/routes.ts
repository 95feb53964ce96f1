import * as funnels from '#contract/funnels.ts';
import * as measures from '#contract/measures.ts';
import * as scorecards from '#contract/scorecards.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { funnel } from './funnel.ts';
import { measurePolicy } from './policy.ts';
import { listRows } from './rows.ts';
import { headOf, readScope, type Scope, type Wanted } from './scope.ts';
import { scorecard } from './scorecard.ts';
import { sla } from './sla.ts';
import { speedOf } from './speed.ts';
import { stagesOf } from './stages.ts';
import { overMonths, trust } from './trust.ts';
import { beforeAndAfter } from './versions.ts';

/** Works out a report, as of now, in one transaction that only reads: its figures are of one moment. */
function report<T>(
  { database, clock }: House,
  caller: Caller,
  wanted: Wanted & { at?: string | undefined },
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  allow(measurePolicy, 'read', caller);
  const { workspace } = caller;
  const now = wanted.at === undefined ? clock() : Date.parse(wanted.at);
  return database.inWorkspace(
    workspace,
    async (_, query) => work(await readScope({ query, workspace, now }, wanted)),
    { readOnly: true, isolation: 'repeatable read' },
  );
}

export const scorecardRoutes: readonly Route[] = [
  serve(measures.listRows, (house, caller, { query }) =>
    report(house, caller, query, (scope) => listRows(scope, query)),
  ),
  serve(scorecards.showScorecard, (house, caller, { query }) =>
    report(house, caller, query, async (scope) => ({ ...headOf(scope), ...(await scorecard(scope)) })),
  ),
  serve(scorecards.showSla, (house, caller, { query }) =>
    report(house, caller, query, async (scope) => ({ ...headOf(scope), ...(await sla(scope)) })),
  ),
  serve(scorecards.showTrust, (house, caller, { query: { months, ...query } }) =>
    report(house, caller, query, async (scope) => {
      const wide = overMonths(scope, months);
      return { ...headOf(wide), ...(await trust(wide)) };
    }),
  ),
  serve(scorecards.showBeforeAndAfter, (house, caller, { query }) =>
    report(house, caller, {}, async (scope) => {
      const { scope: looked, ...reply } = await beforeAndAfter(scope, query);
      return { ...headOf(looked), ...reply };
    }),
  ),
  serve(funnels.showFunnel, (house, caller, { query }) =>
    report(house, caller, query, async (scope) => {
      const reply = await funnel(scope, query);
      return { ...headOf(scope), ...reply };
    }),
  ),
  serve(funnels.showStages, (house, caller, { query }) =>
    report(house, caller, query, async (scope) => ({ ...headOf(scope), stages: await stagesOf(scope) })),
  ),
  serve(funnels.showSpeed, (house, caller, { query }) =>
    report(house, caller, query, async (scope) => {
      const reply = await speedOf(scope, query);
      return { ...headOf(scope), ...reply };
    }),
  ),
];
