/** What the list of leads is asked for, as it stands in the address. */
import type { LeadSearch } from '#contract/leads.ts';

/** In the order in which a person thinks of them. */
export const filterNames = [
  'stage',
  'handoff',
  'owner',
  'grade',
  'verdict',
  'source',
  'tier',
  'account',
  'active_from',
  'active_until',
  'created_from',
  'created_until',
  'mql_from',
  'mql_until',
] as const;

export const leadsSearchNames = [...filterNames, 'q', 'sort', 'direction'] as const;

export type LeadsSearch = Partial<Record<(typeof leadsSearchNames)[number], string>>;

/** As the API takes it. */
export const asQuery = (search: LeadsSearch) => search as Partial<LeadSearch>;
