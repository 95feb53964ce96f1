import type { Pact } from '#engine/pact/pact.ts';
import { compareHandoff, compareReasons, compareSql } from './answers.ts';
import type { Change } from './change.ts';
import {
  compareBadLeads,
  compareClause,
  compareFastLanes,
  compareGrades,
  compareInterest,
  compareProfile,
  compareStages,
} from './clauses.ts';
import {
  compareCalendar,
  compareEconomics,
  compareGolden,
  compareName,
  compareParties,
  compareReview,
  compareTerms,
} from './promises.ts';

export type { Change } from './change.ts';

/** Every part of a pact but the version of its language, the weightiest first: what an MQL is, who is shut out, … */
const PARTS: Record<Exclude<keyof Pact, 'language'>, (before: Pact, after: Pact) => Change[]> = {
  mql: (before, after) => compareClause('mql', before, after),
  fast_lanes: compareFastLanes,
  bad_leads: compareBadLeads,
  lead: (before, after) => compareClause('lead', before, after),
  profile: compareProfile,
  interest: compareInterest,
  stages: compareStages,
  grades: compareGrades,
  sql: compareSql,
  terms: compareTerms,
  handoff: compareHandoff,
  reasons: compareReasons,
  economics: compareEconomics,
  calendar: compareCalendar,
  golden: compareGolden,
  parties: compareParties,
  review: compareReview,
  pact: compareName,
};

/**
 * What changes from one pact to another, clause by clause, as sentences; the weightiest clauses first.
 *
 * Criteria, stages, questions and reasons are matched by their ids, so that one that moved is not taken for another.
 * Pacts with the same digest have no differences, and pacts with different ones have at least one.
 */
export const diffPacts = (before: Pact, after: Pact): Change[] =>
  Object.values(PARTS).flatMap((compare) => compare(before, after));
