/** Small pacts and facts for tests, in normal form: say what matters, the rest is plain. */
import type { Activity, AttributeChange, Facts, Instant } from '#engine/facts/facts.ts';
import type { Condition, DidTest, InterestCriterion, Pact, Test } from '#engine/pact/pact.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const NEVER: Condition = { any: [] };
const ALWAYS: Condition = { all: [] };

/** A pact in which everybody is a lead and nobody an MQL, but for what is given. */
export function buildPact(parts: Partial<Pact> = {}): Pact {
  return {
    pact: 'Test',
    language: 1,
    calendar: { zone: 'UTC', hours: {}, holidays: [] },
    parties: { marketing: {}, sales: {} },
    lead: clause(ALWAYS),
    bad_leads: [],
    profile: [],
    interest: [],
    grades: { fit: { A: 60, B: 40, C: 20 }, interest: { 1: 50, 2: 30, 3: 10 } },
    stages: [],
    mql: clause(NEVER),
    fast_lanes: [],
    sql: { text: '', questions: [], owner: 'sales' },
    handoff: {
      packet: [],
      tiers: { standard: { first_touch: '4h', accept: '1d', decide: '5d' } },
      attempts: { count: 6, within: '10d', channels: 2 },
      routing: { rules: [], queues: {} },
    },
    reasons: [],
    terms: { marketing: {}, sales: {} },
    economics: { currency: 'USD', expected: {} },
    golden: [],
    review: { every: '90d' },
    ...parts,
  };
}

export const clause = (when: Condition) => ({ text: 'As agreed.', when, owner: 'both' as const });

export const bad = (id: string, when: Condition) => ({ id, reason: id, ...clause(when) });

export const profile = (id: string, points: number, when: Condition) => ({ id, points, ...clause(when) });

export const stage = (id: string, when: Condition, levels: Record<string, Condition> = {}) => ({
  id,
  levels,
  ...clause(when),
});

export const lane = (id: string, when: Condition, tier = 'standard') => ({ id, tier, ...clause(when) });

export const did = (type: string, more: Partial<DidTest> = {}): DidTest => ({
  did: type,
  where: {},
  times: { gte: 1 },
  ...more,
});

export const interest = (
  id: string,
  points: number,
  more: Partial<Omit<InterestCriterion, 'id' | 'points'>> = {},
): InterestCriterion => ({ id, points, text: 'As agreed.', owner: 'both', when: did(id), ...more });

export const attribute = (name: string, test: Test): Condition => ({ attribute: name, ...test });

export const activity = (at: Instant, type: string, properties: Activity['properties'] = {}): Activity => ({
  at,
  type,
  properties,
});

/** A lead's facts: its attributes from the beginning and what it did, in order of time. */
export const factsOf = (
  values: AttributeChange['values'],
  activities: Activity[] = [],
  changes: AttributeChange[] = [],
): Facts => ({ id: 'ada', changes: [{ at: null, values }, ...changes], activities });
