/** Everything the API answers. A slice registers its routes here, in one line. */
import { dealRoutes } from '#features/deals/routes.ts';
import { handoffRoutes } from '#features/handoffs/routes.ts';
import { leadRoutes } from '#features/leads/routes.ts';
import { pactRoutes } from '#features/pacts/routes.ts';
import { doorRoutes } from '#features/people/doors.ts';
import { peopleRoutes } from '#features/people/routes.ts';
import type { Route } from '#features/serve.ts';
import { threadRoutes } from '#features/threads/routes.ts';
import { workspaceRoutes } from '#features/workspaces/routes.ts';

export const routes: readonly Route[] = [
  ...pactRoutes,
  ...leadRoutes,
  ...handoffRoutes,
  ...dealRoutes,
  ...threadRoutes,
  ...peopleRoutes,
  ...workspaceRoutes,
];

export const doors = doorRoutes;
