/** What lists of leads are sorted by. */
import type { LeadFilter, LeadOrder } from '#contract/leads.ts';
import type { Place } from './cursor.ts';

/** What a list is sorted by: each has an index of its own, and ends in the lead's number, so that no two are alike. */
export type Order = {
  /** The table that is walked, as the statement names it, and its columns. */
  table: 'leads l' | 'lead_states s';
  of: 'lead' | 'state';
  column: string;
  tie: string;
  type: string;
  /** What leaves out those that it does not order. */
  only?: string;
  /** The filters on the very column. */
  own: readonly (keyof LeadFilter)[];
  isPlace: (place: Place) => boolean;
};

const isNumber = (part: string | number) => typeof part === 'number';
const isInstant = (part: string | number) => !Number.isNaN(Date.parse(String(part)));
const isPlaceOf =
  (is: (part: string | number) => boolean) =>
  ([sorted, tie]: Place): boolean =>
    is(sorted) && Number.isSafeInteger(tie);

const byState = { table: 'lead_states s', of: 'state', tie: 's.lead' } as const;
export const orders: Record<LeadOrder, Order> = {
  created: {
    table: 'leads l',
    of: 'lead',
    column: 'l.created_at',
    tie: 'l.number',
    type: 'timestamptz',
    own: ['created_from', 'created_until'],
    isPlace: isPlaceOf(isInstant),
  },
  interest: {
    ...byState,
    column: 's.interest',
    type: 'float8',
    own: [],
    isPlace: isPlaceOf(isNumber),
  },
  last_activity: {
    ...byState,
    column: 's.active_at',
    type: 'timestamptz',
    own: ['active_from', 'active_until'],
    isPlace: isPlaceOf(isInstant),
  },
  fit: {
    ...byState,
    column: 's.fit',
    type: 'float8',
    own: [],
    isPlace: isPlaceOf(isNumber),
  },
  grade: {
    ...byState,
    column: 's.grade',
    type: 'text COLLATE "C"',
    only: 's.grade IS NOT NULL',
    own: ['grade'],
    isPlace: isPlaceOf((part) => /^[A-D][1-4]$/.test(String(part))),
  },
  mql_at: {
    ...byState,
    column: 's.mql_at',
    type: 'timestamptz',
    only: 's.mql_at IS NOT NULL',
    own: ['mql_from', 'mql_until'],
    isPlace: isPlaceOf(isInstant),
  },
};
