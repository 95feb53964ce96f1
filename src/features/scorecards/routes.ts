import * as campaigns from '#contract/campaigns.ts';
import * as funnels from '#contract/funnels.ts';
import * as leakages from '#contract/leaks.ts';
import * as measures from '#contract/measures.ts';
import * as reports from '#contract/reports.ts';
import * as scorecards from '#contract/scorecards.ts';
import { deedOf } from '#features/handoffs/deed.ts';
import { type DoorRoute, serveDoor } from '#features/people/door.ts';
import { allow, type Caller } from '#features/people/policy.ts';
import { type House, type Route, serve } from '#features/serve.ts';
import { attribution } from './attribution.ts';
import { beforeWon } from './before-won.ts';
import { importCampaigns } from './campaign-file.ts';
import { changeCampaign, dropCampaign, listCampaigns, openCampaign, showCampaign } from './campaigns.ts';
import { changeMeasure, listMeasures } from './catalogue.ts';
import { digest, lastWeek, weekOf } from './digest.ts';
import { dropExpectation, expectations, setExpectation } from './expectations.ts';
import { exportFigures, exportRows } from './export.ts';
import { funnel } from './funnel.ts';
import { leaks } from './leaks.ts';
import { estimate, misalignment } from './misalignment.ts';
import { judgeMissed, keepMissed, missedWins } from './missed-wins.ts';
import { allowExpecting, measurePolicy } from './policy.ts';
import { quarterPage } from './quarter.ts';
import { listRows, type Wanted as RowsWanted } from './rows.ts';
import { headOf, quarterAt, quarterNamed, readScope, type Scope, type Wanted } from './scope.ts';
import { scorecard } from './scorecard.ts';
import { sla } from './sla.ts';
import { sources } from './sources.ts';
import { speedOf } from './speed.ts';
import { stagesOf } from './stages.ts';
import { overMonths, trust } from './trust.ts';
import { chosenVersion, judgeAgain, keepJudgements, underVersion } from './under-version.ts';
import { beforeAndAfter } from './versions.ts';

/** Looks at a workspace in one transaction that only reads: all it says is of one moment. */
function look<T>(
  { database }: House,
  caller: Caller,
  work: (place: Pick<Scope, 'query' | 'workspace'>) => Promise<T>,
): Promise<T> {
  allow(measurePolicy, 'read', caller);
  const { workspace } = caller;
  const options = { readOnly: true, isolation: 'repeatable read' } as const;
  return database.inWorkspace(
    workspace,
    async (_, query) => {
      // Of tables that were filled a moment ago the planner knows nothing, takes them for empty, and would read them
      // whole for every row of another.
      await query('SET LOCAL enable_seqscan = off');
      return work({ query, workspace });
    },
    options,
  );
}

/** Works out a report as of now, under the head that says what it is of. */
const report = <T extends object>(
  house: House,
  caller: Caller,
  wanted: Wanted,
  work: (scope: Scope) => Promise<T>,
): Promise<ReturnType<typeof headOf> & T> =>
  look(house, caller, async (place) => {
    const scope = await readScope({ ...place, now: house.clock() }, wanted);
    const told = await work(scope);
    return { ...headOf(scope), ...told };
  });

/** Judges deals of leads that were no MQL and keeps what comes of it: the rows of missed wins say what kept them out. */
async function knowMissed(house: House, caller: Caller, wanted: Wanted, now: number): Promise<void> {
  const judged = await look(house, caller, async (place) =>
    judgeMissed(await readScope({ ...place, now }, wanted)),
  );
  const { workspace } = caller;
  await house.database.inWorkspace(workspace, (_, query) => keepMissed({ query, workspace, now }, judged));
}

const memberBehind = (caller: Caller): string | null => (caller.kind === 'member' ? caller.id : null);

const scorecardReports: readonly Route[] = [
  serve(scorecards.showScorecard, (house, caller, { query }) =>
    report(house, caller, query, (scope) => scorecard(scope)),
  ),
  serve(scorecards.showSla, (house, caller, { query }) => report(house, caller, query, sla)),
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
  serve(scorecards.showUnderVersion, async (house, caller, { query }) => {
    const now = house.clock();
    const { chosen, judged } = await look(house, caller, async (place) => {
      const scope = await readScope({ ...place, now }, query);
      const version = await chosenVersion(scope, query);
      return { chosen: version, judged: await judgeAgain(scope, version) };
    });
    const { workspace } = caller;
    await house.database.inWorkspace(workspace, (_, write) =>
      keepJudgements({ query: write, workspace, now }, chosen, judged),
    );
    return report(house, caller, query, (scope) => underVersion(scope, chosen));
  }),
  serve(funnels.showFunnel, (house, caller, { query }) =>
    report(house, caller, query, (scope) => funnel(scope, query)),
  ),
  serve(funnels.showStages, (house, caller, { query }) =>
    report(house, caller, query, async (scope) => ({ stages: await stagesOf(scope) })),
  ),
  serve(funnels.showSpeed, (house, caller, { query }) =>
    report(house, caller, query, (scope) => speedOf(scope, query)),
  ),
  serve(leakages.showLeaks, (house, caller, { query }) =>
    report(house, caller, query, (scope) => leaks(scope, query.horizon)),
  ),
  serve(leakages.showMissedWins, async (house, caller, { query }) => {
    await knowMissed(house, caller, query, house.clock());
    return report(house, caller, query, missedWins);
  }),
  serve(leakages.showMisalignment, (house, caller, { query }) =>
    report(house, caller, query, (scope) => misalignment(scope, query)),
  ),
  serve(campaigns.showSources, (house, caller, { query }) =>
    report(house, caller, query, (scope) => sources(scope, query)),
  ),
  serve(campaigns.showAttribution, (house, caller, { query }) => report(house, caller, query, attribution)),
  serve(campaigns.showBeforeWon, (house, caller, { query }) =>
    report(house, caller, query, (scope) => beforeWon(scope, query.limit)),
  ),
];

const periodReports: readonly Route[] = [
  serve(reports.showQuarter, (house, caller, { query: { quarter, ...query } }) =>
    look(house, caller, async (place) => {
      const now = house.clock();
      const { zone } = await readScope({ ...place, now }, {});
      const { from, to, name } = quarter === undefined ? quarterAt(now, zone) : quarterNamed(quarter, zone);
      const scope = await readScope({ ...place, now }, { ...query, ...between(from, to) });
      return { ...headOf(scope), ...(await quarterPage(scope, name)) };
    }),
  ),
  serve(reports.showDigest, (house, caller, { query: { week } }) =>
    look(house, caller, async (place) => {
      const now = house.clock();
      const { zone } = await readScope({ ...place, now }, {});
      const told = weekOf(week ?? lastWeek(now, zone), zone);
      const scope = await readScope({ ...place, now }, between(told.from, told.to));
      return { ...headOf(scope), ...(await digest(scope, told.week)) };
    }),
  ),
];

const between = (from: number, to: number): Wanted => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

async function rowsFor(
  house: House,
  caller: Caller,
  query: Wanted & RowsWanted & { at?: string | undefined },
) {
  const now = query.at === undefined ? house.clock() : Date.parse(query.at);
  // From the figure alone nothing was judged yet. On later pages it has been.
  if (query.of.startsWith('missed.') && query.cursor === undefined)
    await knowMissed(house, caller, query, now);
  return look(house, caller, async (place) => listRows(await readScope({ ...place, now }, query), query));
}

const catalogueRoutes: readonly Route[] = [
  serve(measures.listRows, (house, caller, { query }) => rowsFor(house, caller, query)),
  serve(measures.exportRows, (house, caller, { query }) =>
    exportRows((page) => rowsFor(house, caller, { ...query, ...page })),
  ),
  serve(measures.listMeasures, (house, caller) =>
    look(house, caller, async (place) => ({ items: await listMeasures(place) })),
  ),
  serve(measures.changeMeasure, (house, caller, { params, body, ifMatch }) => {
    allow(measurePolicy, 'change', caller);
    return deedOf(house, caller, (deed) => changeMeasure(deed, params.measure, { ...body, ifMatch }));
  }),
  serve(leakages.listExpectations, (house, caller, { query }) =>
    report(house, caller, query, (scope) => expectations(scope, query.horizon)),
  ),
  serve(leakages.setExpectation, (house, caller, { params, body }) => {
    allowExpecting(caller, params.party);
    return deedOf(house, caller, (deed) =>
      setExpectation(deed, memberBehind(caller), { ...params, ...body }),
    );
  }),
  serve(leakages.dropExpectation, (house, caller, { params, query: { of = null } }) => {
    allowExpecting(caller, params.party);
    return deedOf(house, caller, async (deed) => {
      await dropExpectation(deed, memberBehind(caller), { ...params, of });
      return { dropped: true as const };
    });
  }),
];

const campaignRoutes: readonly Route[] = [
  serve(campaigns.listCampaigns, (house, caller) =>
    look(house, caller, async (place) => ({ items: await listCampaigns(place) })),
  ),
  serve(campaigns.openCampaign, (house, caller, { body }) => {
    allow(measurePolicy, 'spend', caller);
    return deedOf(house, caller, async (deed) => showCampaign(deed, await openCampaign(deed, body)));
  }),
  serve(campaigns.changeCampaign, (house, caller, { params: { id }, body, ifMatch }) => {
    allow(measurePolicy, 'spend', caller);
    return deedOf(house, caller, async (deed) => {
      await changeCampaign(deed, id, { ...body, ifMatch });
      return showCampaign(deed, id);
    });
  }),
  serve(campaigns.dropCampaign, (house, caller, { params: { id } }) => {
    allow(measurePolicy, 'spend', caller);
    return deedOf(house, caller, async (deed) => {
      await dropCampaign(deed, id);
      return { dropped: true as const };
    });
  }),
  serve(campaigns.importCampaigns, (house, caller, { body: { csv, currency } }) => {
    allow(measurePolicy, 'spend', caller);
    return deedOf(house, caller, async (deed) => {
      const { version } = await readScope(deed, {});
      return importCampaigns(deed, csv, currency ?? version?.pact.economics.currency ?? 'USD');
    });
  }),
];

const reportRoutes = [...scorecardReports, ...periodReports, ...catalogueRoutes];

export const scorecardRoutes: readonly Route[] = [
  ...reportRoutes,
  ...campaignRoutes,
  serve(measures.exportFigures, async (house, caller, { query: { report: name, ...query } }) => {
    allow(measurePolicy, 'read', caller);
    const route = reportRoutes.find(({ method, path }) => method === 'GET' && path.endsWith(`/${name}`))!;
    return exportFigures(await route.answer(house, caller, { params: {}, query, body: {}, ifMatch: null }));
  }),
];

/** For anybody: arithmetic on what is typed in, of which nothing is kept. */
export const scorecardDoors: readonly DoorRoute[] = [
  serveDoor(leakages.estimateMisalignment, async (_house, _visitor, body) => ({ reply: estimate(body) })),
];
