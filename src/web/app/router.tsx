/** Every screen and its address. A page is fetched when it is first gone to, or about to be. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { showSetup } from '#contract/door.ts';
import { knock, Refusal } from './api/call.ts';
import { Failed } from './Failed.tsx';
import { NotFound } from './NotFound.tsx';
import { Opening } from './Opening.tsx';
import { whoIsHere } from './session.tsx';
import { Shell } from './shell/Shell.tsx';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Failed,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Only to a place of ours: an address from outside must not lead out again.
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {},
  component: lazyRouteComponent(() => import('../pages/door/SignIn.tsx'), 'SignIn'),
});

/** Screens for who is signed in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  pendingComponent: Opening,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(whoIsHere);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      const { open } = await knock(showSetup);
      if (open) throw redirect({ href: '/setup' });
      throw redirect({ to: '/sign-in', search: { to: location.href } });
    }
  },
});

const today = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/today/Today.tsx'), 'Today'),
});

const routes = root.addChildren([signIn, inside.addChildren([today])]);

export const openRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: routes,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: Failed,
    defaultPendingComponent: Opening,
    defaultPendingMs: 150,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof openRouter>;
  }
}
