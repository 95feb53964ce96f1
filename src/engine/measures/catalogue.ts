/** Every measure there is: its name, whose promise it measures, and how it is worked out. */
import type { Unit } from './figure.ts';

export type MeasureCard = {
  name: string;
  party: 'marketing' | 'sales' | 'both';
  unit: Unit;
  formula: string;
  /** Where the method is from. */
  source: string;
};

const PAIRED = 'Leadpact: paired scorecards, one base for both teams';
const COHORTS = 'Cohorts watched to a horizon; Wilson 1927 for intervals';

export const MEASURES = {
  volume: {
    name: 'MQLs handed over',
    party: 'marketing',
    unit: 'count',
    formula: 'handoffs offered in the period, against mqls_per_month of the pact',
    source: 'HubSpot: how to set up a service level agreement between marketing and sales',
  },
  value: {
    name: 'Value delivered',
    party: 'marketing',
    unit: 'money',
    formula: 'for each type of lead: MQLs × expected close rate × average deal',
    source: 'HubSpot: value per type of lead',
  },
  compliance: {
    name: 'Definition compliance',
    party: 'marketing',
    unit: 'share',
    formula: 'MQLs handed over that met every clause / MQLs handed over',
    source: PAIRED,
  },
  acceptance: {
    name: 'Acceptance',
    party: 'marketing',
    unit: 'share',
    formula: 'accepted / (accepted + returns that stand); undecided ones left out',
    source: PAIRED,
  },
  marketing_score: {
    name: 'Marketing’s score',
    party: 'marketing',
    unit: 'index',
    formula: 'delivered / committed, 1 at most, × compliance',
    source: PAIRED,
  },
  attainment: {
    name: 'Clocks kept',
    party: 'sales',
    unit: 'share',
    formula: 'met / (met + late + open and overdue); open in time left out; first touch and answer',
    source: 'Service desks: attainment, with what is open in time censored',
  },
  feedback: {
    name: 'Feedback',
    party: 'sales',
    unit: 'share',
    formula: 'decisions with a reason by the day they were due / decisions that were due',
    source: PAIRED,
  },
  attempts: {
    name: 'Agreed attempts',
    party: 'sales',
    unit: 'share',
    formula: 'returns as unreachable after the agreed attempts / returns as unreachable',
    source: 'Velocify: 93 % of converted leads are reached by the sixth call',
  },
  unfair_returns: {
    name: 'Unfair returns',
    party: 'sales',
    unit: 'share',
    formula: 'returns overturned on dispute / returns',
    source: PAIRED,
  },
  sales_score: {
    name: 'Sales’ score',
    party: 'sales',
    unit: 'index',
    formula: 'clocks kept × feedback',
    source: PAIRED,
  },
  close_rate: {
    name: 'Close rate on accepted',
    party: 'both',
    unit: 'share',
    formula: 'won within the horizon / accepted and old enough; never won / all leads',
    source: COHORTS,
  },
  won_value: {
    name: 'Won',
    party: 'both',
    unit: 'money',
    formula: 'amounts of the deals won in the period, in one currency',
    source: PAIRED,
  },
  missed_wins: {
    name: 'Missed wins',
    party: 'both',
    unit: 'share',
    formula: 'won deals of leads that were no MQL when the deal was opened / won deals',
    source: 'Over-filter alarm: what sales won past the definition, by the clause that kept it out',
  },
  velocity: {
    name: 'Pipeline velocity',
    party: 'both',
    unit: 'per_day',
    formula: 'open opportunities × win rate × average deal / days from opening to closing',
    source: 'Pipeline velocity, as used in sales operations',
  },
  disputes: {
    name: 'Disputed returns',
    party: 'both',
    unit: 'share',
    formula: 'returns that were disputed / returns',
    source: PAIRED,
  },
  market_returns: {
    name: 'Returns nobody here could have helped',
    party: 'both',
    unit: 'share',
    formula: 'returns for a reason of the market (later, no budget, never answered) / returns',
    source: 'Leads given back, by who owns the clause',
  },
  conversion: {
    name: 'Conversion',
    party: 'both',
    unit: 'share',
    formula: 'came so far within the horizon / entered and old enough',
    source: COHORTS,
  },
  so_far: {
    name: 'So far',
    party: 'both',
    unit: 'share',
    formula: 'came so far, whenever / entered, however young: a count, not a rate',
    source: 'Counted; conversion is what compares cohorts',
  },
  untouched: {
    name: 'Never touched',
    party: 'sales',
    unit: 'share',
    formula: 'handoffs nobody touched / handoffs old enough to have been',
    source: 'Oldroyd and others, Harvard Business Review 2011',
  },
  cost: {
    name: 'Cost',
    party: 'marketing',
    unit: 'money',
    formula: 'costs of campaigns, by the days of them that lie in the period',
    source: PAIRED,
  },
  cost_per_accepted: {
    name: 'Cost per accepted lead',
    party: 'marketing',
    unit: 'money',
    formula: 'cost / leads that sales accepted',
    source: PAIRED,
  },
  return_on_cost: {
    name: 'Return on cost',
    party: 'both',
    unit: 'index',
    formula: '(won − cost) / cost',
    source: PAIRED,
  },
  done_before: {
    name: 'Done before',
    party: 'both',
    unit: 'share',
    formula: 'leads that did it before their deal closed / leads whose deal closed',
    source: PAIRED,
  },
} as const satisfies Record<string, MeasureCard>;

export type Measure = keyof typeof MEASURES;
