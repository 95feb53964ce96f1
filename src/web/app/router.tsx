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
import { handoffSearchNames } from '../pages/handoffs/search.ts';
import { leadsSearchNames } from '../pages/leads/search.ts';
import { measuresSearchNames } from '../pages/measures/search.ts';
import { knock, Refusal } from './api/call.ts';
import { Failed } from './Failed.tsx';
import { NotFound } from './NotFound.tsx';
import { Opening } from './Opening.tsx';
import { readSearch, textsOf, writeSearch } from './search.ts';
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

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../pages/door/Setup.tsx'), 'Setup'),
});

const join = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../pages/door/Join.tsx'), 'Join'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => import('../pages/door/Reset.tsx'), 'Reset'),
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
      if (open) throw redirect({ to: '/setup' });
      throw redirect({ to: '/sign-in', search: { to: location.href } });
    }
  },
});

const today = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/today/Today.tsx'), 'Today'),
});

const leads = createRoute({
  getParentRoute: () => inside,
  path: '/leads',
  validateSearch: textsOf(leadsSearchNames),
  component: lazyRouteComponent(() => import('../pages/leads/Leads.tsx'), 'Leads'),
});

const lead = createRoute({
  getParentRoute: () => inside,
  path: '/leads/$id',
  component: lazyRouteComponent(() => import('../pages/leads/Lead.tsx'), 'Lead'),
});

const accounts = createRoute({
  getParentRoute: () => inside,
  path: '/accounts',
  validateSearch: textsOf(['q', 'sort', 'direction']),
  component: lazyRouteComponent(() => import('../pages/accounts/Accounts.tsx'), 'Accounts'),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/accounts/$id',
  component: lazyRouteComponent(() => import('../pages/accounts/Account.tsx'), 'Account'),
});

const handoffs = createRoute({
  getParentRoute: () => inside,
  path: '/handoffs',
  validateSearch: textsOf(handoffSearchNames),
  component: lazyRouteComponent(() => import('../pages/handoffs/Handoffs.tsx'), 'Handoffs'),
});

const handoff = createRoute({
  getParentRoute: () => inside,
  path: '/handoffs/$id',
  component: lazyRouteComponent(() => import('../pages/handoffs/Handoff.tsx'), 'Handoff'),
});

const start = createRoute({
  getParentRoute: () => inside,
  path: '/start',
  component: lazyRouteComponent(() => import('../pages/start/Start.tsx'), 'Start'),
});

const pact = createRoute({
  getParentRoute: () => inside,
  path: '/pact',
  validateSearch: textsOf(['version']),
  component: lazyRouteComponent(() => import('../pages/pact/PactPage.tsx'), 'PactPage'),
});

const difference = createRoute({
  getParentRoute: () => inside,
  path: '/pact/difference/$from/$to',
  component: lazyRouteComponent(() => import('../pages/pact/Difference.tsx'), 'Difference'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings/Settings.tsx'), 'Settings'),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/settings/Home.tsx'), 'Home'),
});

const settingsProfile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyRouteComponent(() => import('../pages/settings/profile/Profile.tsx'), 'Profile'),
});

const settingsPeople = createRoute({
  getParentRoute: () => settings,
  path: '/people',
  component: lazyRouteComponent(() => import('../pages/settings/people/People.tsx'), 'People'),
});

const settingsCalendar = createRoute({
  getParentRoute: () => settings,
  path: '/calendar',
  component: lazyRouteComponent(() => import('../pages/settings/calendar/Calendar.tsx'), 'Calendar'),
});

const settingsRouting = createRoute({
  getParentRoute: () => settings,
  path: '/routing',
  component: lazyRouteComponent(() => import('../pages/settings/routing/Routing.tsx'), 'Routing'),
});

const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('../pages/settings/keys/Keys.tsx'), 'Keys'),
});

const settingsEvents = createRoute({
  getParentRoute: () => settings,
  path: '/events',
  component: lazyRouteComponent(() => import('../pages/settings/events/Events.tsx'), 'Events'),
});

const settingsWebhooks = createRoute({
  getParentRoute: () => settings,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../pages/settings/webhooks/Webhooks.tsx'), 'Webhooks'),
});

const settingsData = createRoute({
  getParentRoute: () => settings,
  path: '/data',
  component: lazyRouteComponent(() => import('../pages/settings/data/Data.tsx'), 'Data'),
});

const settingsJournal = createRoute({
  getParentRoute: () => settings,
  path: '/journal',
  component: lazyRouteComponent(() => import('../pages/settings/journal/Journal.tsx'), 'Journal'),
});

const drafts = createRoute({
  getParentRoute: () => inside,
  path: '/pact/drafts',
  component: lazyRouteComponent(() => import('../pages/agreement/drafts/Drafts.tsx'), 'Drafts'),
});

const draft = createRoute({
  getParentRoute: () => inside,
  path: '/pact/drafts/$number',
  validateSearch: textsOf(['show']),
  component: lazyRouteComponent(() => import('../pages/agreement/drafts/Draft.tsx'), 'Draft'),
});

const openings = createRoute({
  getParentRoute: () => inside,
  path: '/pact/opening',
  component: lazyRouteComponent(() => import('../pages/agreement/opening/Openings.tsx'), 'Openings'),
});

const opening = createRoute({
  getParentRoute: () => inside,
  path: '/pact/opening/$id',
  component: lazyRouteComponent(() => import('../pages/agreement/opening/OneOpening.tsx'), 'OneOpening'),
});

const workshops = createRoute({
  getParentRoute: () => inside,
  path: '/pact/workshop',
  component: lazyRouteComponent(() => import('../pages/agreement/workshop/Workshops.tsx'), 'Workshops'),
});

const workshop = createRoute({
  getParentRoute: () => inside,
  path: '/pact/workshop/$id',
  component: lazyRouteComponent(() => import('../pages/agreement/workshop/OneWorkshop.tsx'), 'OneWorkshop'),
});

const reviews = createRoute({
  getParentRoute: () => inside,
  path: '/reviews',
  component: lazyRouteComponent(() => import('../pages/agreement/reviews/Reviews.tsx'), 'Reviews'),
});

const review = createRoute({
  getParentRoute: () => inside,
  path: '/reviews/$id',
  component: lazyRouteComponent(() => import('../pages/agreement/reviews/OneReview.tsx'), 'OneReview'),
});

const agreement = [drafts, draft, openings, opening, workshops, workshop, reviews, review] as const;

/** What misalignment costs, for anybody. */
const cost = createRoute({
  getParentRoute: () => root,
  path: '/cost',
  component: lazyRouteComponent(() => import('../pages/measures/cost/CostForm.tsx'), 'CostForm'),
});

/** The reports beside their list. */
const measures = createRoute({
  getParentRoute: () => inside,
  path: '/measures',
  validateSearch: textsOf(measuresSearchNames),
  component: lazyRouteComponent(() => import('../pages/measures/Measures.tsx'), 'Measures'),
});

const reports = [
  createRoute({
    getParentRoute: () => measures,
    path: '/',
    component: lazyRouteComponent(() => import('../pages/measures/scorecard/Scorecard.tsx'), 'Scorecard'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/promises',
    component: lazyRouteComponent(() => import('../pages/measures/promises/Promises.tsx'), 'Promises'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/funnel',
    component: lazyRouteComponent(() => import('../pages/measures/funnel/Funnel.tsx'), 'Funnel'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/speed',
    component: lazyRouteComponent(() => import('../pages/measures/speed/Speed.tsx'), 'Speed'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/leaks',
    component: lazyRouteComponent(() => import('../pages/measures/leaks/Leaks.tsx'), 'Leaks'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/cost',
    component: lazyRouteComponent(() => import('../pages/measures/cost/Cost.tsx'), 'Cost'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/sources',
    component: lazyRouteComponent(() => import('../pages/measures/sources/Sources.tsx'), 'Sources'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/won',
    component: lazyRouteComponent(() => import('../pages/measures/sources/BeforeWon.tsx'), 'BeforeWon'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/expected',
    component: lazyRouteComponent(() => import('../pages/measures/expected/Expected.tsx'), 'Expected'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/versions',
    component: lazyRouteComponent(() => import('../pages/measures/versions/Versions.tsx'), 'Versions'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/quarter',
    component: lazyRouteComponent(() => import('../pages/measures/reports/Quarter.tsx'), 'Quarter'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/digest',
    component: lazyRouteComponent(() => import('../pages/measures/reports/Digest.tsx'), 'Digest'),
  }),
  createRoute({
    getParentRoute: () => measures,
    path: '/catalogue',
    component: lazyRouteComponent(() => import('../pages/measures/reports/Catalogue.tsx'), 'Catalogue'),
  }),
];

const routes = root.addChildren([
  signIn,
  setup,
  join,
  reset,
  cost,
  inside.addChildren([
    measures.addChildren(reports),
    ...agreement,
    today,
    pact,
    difference,
    start,
    handoffs,
    handoff,
    leads,
    lead,
    accounts,
    account,
    settings.addChildren([
      settingsHome,
      settingsProfile,
      settingsPeople,
      settingsCalendar,
      settingsRouting,
      settingsKeys,
      settingsEvents,
      settingsWebhooks,
      settingsData,
      settingsJournal,
    ]),
  ]),
]);

export const openRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: routes,
    context: { queries },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
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
