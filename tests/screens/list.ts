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
];
