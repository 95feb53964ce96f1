/** Every screen of the web app, who looks at it, and where it is found. */
import type { Place } from './place.ts';

/** As whom the demo company is visited. */
export type Who = `${'sales' | 'marketing' | 'facilitator'}:${'member' | 'lead' | 'manager'}`;

export type Screen = {
  name: string;
  as: Who;
  /** An address, or how to find one with something in it; null where an empty workspace has none. */
  at: string | ((place: Place) => Promise<string | null>);
};

/** The address of the first of a list. */
const first =
  (list: string, screen: (id: string) => string) =>
  async ({ get }: Place): Promise<string | null> => {
    const { items } = (await get(list)) as { items: { id: string }[] };
    return items[0] === undefined ? null : screen(items[0].id);
  };

export const screens: readonly Screen[] = [
  { name: 'today of a rep', as: 'sales:member', at: '/' },
  { name: 'today of a sales lead', as: 'sales:manager', at: '/' },
  { name: 'today of marketing', as: 'marketing:manager', at: '/' },
  { name: 'today of the facilitator', as: 'facilitator:manager', at: '/' },
  { name: 'leads', as: 'sales:member', at: '/leads' },
  { name: 'leads, nothing found', as: 'sales:member', at: '/leads?q=nobody-at-all&grade=A1' },
  {
    name: 'lead',
    as: 'sales:member',
    at: first('/api/leads?handoff=accepted&limit=1', (id) => `/leads/${id}`),
  },
  { name: 'accounts', as: 'marketing:manager', at: '/accounts' },
  { name: 'account', as: 'marketing:manager', at: first('/api/accounts?limit=1', (id) => `/accounts/${id}`) },
  { name: 'handoffs', as: 'sales:manager', at: '/handoffs?scope=party' },
  { name: 'handoffs, nothing found', as: 'sales:member', at: '/handoffs?standing=withdrawn&tier=none' },
  {
    name: 'handoff to be answered',
    as: 'sales:manager',
    at: first('/api/handoffs?limit=1', (id) => `/handoffs/${id}`),
  },
  {
    name: 'handoff that was given back',
    as: 'marketing:manager',
    at: first('/api/handoffs?standing=returned&limit=1', (id) => `/handoffs/${id}`),
  },
  {
    name: 'handoff that lapsed',
    as: 'sales:manager',
    at: first('/api/handoffs?standing=lapsed&limit=1', (id) => `/handoffs/${id}`),
  },
  {
    name: 'handoff that was qualified',
    as: 'sales:member',
    at: first('/api/handoffs?standing=qualified&limit=1', (id) => `/handoffs/${id}`),
  },
  { name: 'scorecard', as: 'facilitator:manager', at: '/measures' },
  { name: 'promises', as: 'marketing:manager', at: '/measures/promises' },
  { name: 'funnel', as: 'marketing:manager', at: '/measures/funnel' },
  { name: 'speed to lead', as: 'sales:manager', at: '/measures/speed' },
  { name: 'leaks', as: 'facilitator:manager', at: '/measures/leaks' },
  { name: 'cost of misalignment', as: 'facilitator:manager', at: '/measures/cost' },
  { name: 'cost of misalignment, for anybody', as: 'facilitator:manager', at: '/cost' },
  { name: 'sources', as: 'marketing:manager', at: '/measures/sources' },
  { name: 'what the won did', as: 'marketing:manager', at: '/measures/won' },
  { name: 'expected rates', as: 'sales:manager', at: '/measures/expected' },
  { name: 'before and after', as: 'facilitator:manager', at: '/measures/versions' },
  { name: 'quarter report', as: 'facilitator:manager', at: '/measures/quarter' },
  { name: 'weekly digest', as: 'sales:member', at: '/measures/digest' },
  { name: 'catalogue of measures', as: 'facilitator:manager', at: '/measures/catalogue' },
  {
    name: 'measures of a time before everything',
    as: 'sales:manager',
    at: '/measures?from=2019-01-01&to=2019-04-01',
  },
  { name: 'settings', as: 'sales:member', at: '/settings' },
  { name: 'profile', as: 'sales:member', at: '/settings/profile' },
  { name: 'people and parties', as: 'facilitator:manager', at: '/settings/people' },
  { name: 'people and parties, to read', as: 'sales:member', at: '/settings/people' },
  { name: 'calendar', as: 'facilitator:manager', at: '/settings/calendar' },
  { name: 'routing', as: 'sales:manager', at: '/settings/routing' },
  { name: 'keys', as: 'facilitator:manager', at: '/settings/keys' },
  { name: 'keys, for a member', as: 'sales:member', at: '/settings/keys' },
  { name: 'events', as: 'facilitator:manager', at: '/settings/events' },
  { name: 'webhooks and mail', as: 'marketing:manager', at: '/settings/webhooks' },
  { name: 'data', as: 'facilitator:manager', at: '/settings/data' },
  { name: 'journal', as: 'facilitator:manager', at: '/settings/journal' },
  { name: 'get going', as: 'facilitator:manager', at: '/start' },
  { name: 'pact', as: 'sales:manager', at: '/pact' },
  { name: 'what changes in the pact', as: 'sales:manager', at: '/pact/difference/1/2' },
  { name: 'drafts', as: 'marketing:manager', at: '/pact/drafts' },
  { name: 'draft under hands', as: 'marketing:manager', at: '/pact/drafts/4' },
  { name: 'draft and its effect', as: 'sales:manager', at: '/pact/drafts/4?show=effect' },
  { name: 'private drafts', as: 'marketing:manager', at: '/pact/opening' },
  {
    name: 'private draft',
    as: 'sales:manager',
    at: first('/api/openings', (id) => `/pact/opening/${id}`),
  },
  { name: 'workshops', as: 'marketing:manager', at: '/pact/workshop' },
  { name: 'workshop', as: 'sales:member', at: first('/api/workshops', (id) => `/pact/workshop/${id}`) },
  { name: 'reviews', as: 'facilitator:manager', at: '/reviews' },
  { name: 'review', as: 'facilitator:manager', at: first('/api/reviews?limit=1', (id) => `/reviews/${id}`) },
];
