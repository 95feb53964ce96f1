/** Who works at the example company. None of them exists, and no mail can reach them. */
import type { PartyName } from '#engine/pact/pact.ts';
import type { Rank } from '#features/people/policy.ts';
import { DEMO_MAIL } from '#features/workspaces/demo.ts';

type Role = { name: string; party: PartyName | null; rank: Rank; about: string };

export const cast = [
  {
    name: 'Miriam Albrecht',
    party: 'marketing',
    rank: 'manager',
    about: 'Head of Marketing: signs for marketing, disputes what comes back for no reason',
  },
  {
    name: 'Paul Neumann',
    party: 'marketing',
    rank: 'member',
    about: 'Demand generation: watches what becomes of the leads',
  },
  {
    name: 'Henrik Vogel',
    party: 'sales',
    rank: 'manager',
    about: 'Head of Sales: signs for sales, sees who is late and why',
  },
  {
    name: 'Jana Winter',
    party: 'sales',
    rank: 'member',
    about: 'Sales, central: answers what she is offered',
  },
  { name: 'Tobias Rehm', party: 'sales', rank: 'member', about: 'Sales, central' },
  { name: 'Katrin Sommer', party: 'sales', rank: 'member', about: 'Sales, central' },
  { name: 'Chiara Moretti', party: 'sales', rank: 'member', about: 'Sales, south' },
  { name: 'Erik Lindqvist', party: 'sales', rank: 'member', about: 'Sales, north' },
  { name: 'Dana Whitfield', party: 'sales', rank: 'member', about: 'Sales, overseas' },
  { name: 'Marcus Oyelaran', party: 'sales', rank: 'member', about: 'Sales, overseas' },
  { name: 'Sven Hartung', party: 'sales', rank: 'member', about: 'Sales, central, until today' },
  {
    name: 'Ingrid Falk',
    party: null,
    rank: 'manager',
    about: 'Facilitator: belongs to neither side, rules on disputes, runs the workspace',
  },
] as const satisfies readonly Role[];

export type CastName = (typeof cast)[number]['name'];

/** In a domain that RFC 2606 reserves: nobody receives mail there. */
export const emailOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}${DEMO_MAIL}`;
