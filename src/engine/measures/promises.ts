/** Marketing's half of the agreement: how many MQLs are needed, what they are worth, and whether they come in time. */

export type Goal = {
  /** Revenue wanted. */
  revenue: number;
  /** What one sale brings on average. */
  sale: number;
  /** The share of the revenue that marketing is to bring. */
  share: number;
  /** The rates of the steps from MQL to customer. */
  rates: readonly number[];
};

/** 500,000 at 10,000 a sale, 60 % of it by marketing, over .40, .60 and .25, are 30 customers and 500 MQLs. */
export function mqlsNeeded({ revenue, sale, share, rates }: Goal): {
  customers: number;
  mqls: number | null;
} {
  const customers = (revenue / sale) * share;
  const through = rates.reduce((product, rate) => product * rate, 1);
  return { customers, mqls: through === 0 ? null : customers / through };
}

/** Leads of one type, and the share of them that becomes a deal. */
export type LeadType = { leads: number; closeRate: number };

/** What leads are worth: close rate × sale for each. 20 demos, 100 webinars and 150 e-books are 55,000. */
export const worthOfLeads = (types: readonly LeadType[], sale: number): number =>
  types.reduce((sum, { leads, closeRate }) => sum + leads * closeRate * sale, 0);

export type Pace = {
  /** What a steady pace would have reached by now. */
  expected: number;
  /** Actual less expected: −14.5 is behind. */
  gap: number;
};

/** 500 promised over 22 days are 204.5 by the end of the 9th; 190 are 14.5 too few. */
export function paceOf(promised: number, days: number, day: number, actual: number): Pace {
  const expected = days === 0 ? 0 : (promised * day) / days;
  return { expected, gap: actual - expected };
}
