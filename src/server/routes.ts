/** Everything the API answers. A slice registers its routes here, in one line. */
import type { RouteContract } from '#contract/route.ts';
import { backtestRoutes } from '#features/backtests/routes.ts';
import { dealRoutes } from '#features/deals/routes.ts';
import { demoDoors } from '#features/demo/doors.ts';
import { handoffRoutes } from '#features/handoffs/routes.ts';
import { importRoutes } from '#features/imports/routes.ts';
import type { Uploads } from '#features/imports/uploads.ts';
import { quarantineRoutes } from '#features/intake/quarantine-routes.ts';
import { Recent } from '#features/intake/recent.ts';
import { webhookRoutes } from '#features/integrations/routes.ts';
import { leadRoutes } from '#features/leads/routes.ts';
import type { Live } from '#features/live/live.ts';
import { liveRoutes } from '#features/live/routes.ts';
import { openingRoutes } from '#features/openings/routes.ts';
import { pactPageRoutes } from '#features/pacts/page-routes.ts';
import { pactRoutes } from '#features/pacts/routes.ts';
import { pactTextRoutes } from '#features/pacts/text-routes.ts';
import { doorRoutes } from '#features/people/doors.ts';
import { preferenceRoutes } from '#features/people/preference-routes.ts';
import { peopleRoutes } from '#features/people/routes.ts';
import { personalDataRoutes } from '#features/personal-data/routes.ts';
import { reviewRoutes } from '#features/reviews/routes.ts';
import { scorecardDoors, scorecardRoutes } from '#features/scorecards/routes.ts';
import { searchRoutes } from '#features/search/routes.ts';
import type { Route } from '#features/serve.ts';
import { threadRoutes } from '#features/threads/routes.ts';
import { todayRoutes } from '#features/today/routes.ts';
import { verdictRoutes } from '#features/verdicts/routes.ts';
import { viewRoutes } from '#features/views/routes.ts';
import { workshopRoutes } from '#features/workshops/routes.ts';
import { workspaceRoutes } from '#features/workspaces/routes.ts';
import type { Outbound } from '#platform/outbound/outbound.ts';

/** What this process has that routes show. */
export type Shown = {
  /** Who watches what happens. */
  live: Pick<Live, 'open'>;
  /** What arrived lately. */
  recent: Pick<Recent, 'of'>;
  /** Files that are being taken in. */
  uploads: Pick<Uploads, 'take' | 'progressOf'>;
};

/** For whoever only describes the routes: there is nothing to be seen. */
const onlyDescribed = async (): Promise<never> => {
  throw new Error('Nothing is opened where routes are only described.');
};
const nothing: Shown = {
  live: { open: onlyDescribed },
  recent: new Recent(),
  uploads: { take: onlyDescribed, progressOf: () => null },
};

/**
 * @param outbound by which webhooks go out: says where they may not go
 * @param shown what is shown of this process itself
 */
export const routesOf = (
  outbound: Pick<Outbound, 'fault'>,
  { live, recent, uploads }: Shown = nothing,
): readonly Route[] => [
  ...pactRoutes,
  ...backtestRoutes,
  ...pactTextRoutes,
  ...openingRoutes,
  ...workshopRoutes,
  ...reviewRoutes,
  ...pactPageRoutes,
  ...leadRoutes,
  ...searchRoutes,
  ...personalDataRoutes,
  ...preferenceRoutes,
  ...todayRoutes,
  ...viewRoutes,
  ...handoffRoutes,
  ...dealRoutes,
  ...scorecardRoutes,
  ...threadRoutes,
  ...peopleRoutes,
  ...workspaceRoutes,
  ...webhookRoutes(outbound),
  ...liveRoutes(live),
  ...quarantineRoutes(recent),
  ...importRoutes(uploads),
  ...verdictRoutes,
];

/** What they promise, for those who only describe them. */
export const contracts: readonly RouteContract[] = routesOf({ fault: () => null });

export const doors = [...doorRoutes, ...demoDoors, ...scorecardDoors];
