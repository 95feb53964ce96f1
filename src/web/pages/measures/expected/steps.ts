import type { Expectation } from '#contract/leaks.ts';

type Step = Expectation['step'];

const names: Record<Step, string> = {
  lead_to_mql: 'Lead to MQL',
  mql_to_sal: 'MQL to accepted',
  sal_to_sql: 'Accepted to SQL',
  sql_to_opportunity: 'SQL to opportunity',
  opportunity_to_won: 'Opportunity to won',
  sql_to_won: 'SQL to won',
  mql_to_won: 'MQL to won',
};

export const stepName = (step: Step): string => names[step];
export const stepOptions = Object.entries(names).map(([value, label]) => ({ value, label }));
