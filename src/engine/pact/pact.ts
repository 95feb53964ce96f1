/**
 * The pact in its normal form: what `parsePact` returns and everything else reads.
 *
 * The normal form is itself a valid pact file (keys and words as in the file), with every default written out,
 * shorthands opened, durations in their shortest spelling, and nothing else. It is plain JSON and deeply frozen:
 * it can be stored, sent, compared and digested as it is.
 */

/** A duration as text: a whole number and a unit (`15m 4h 14d 8w`). See `duration.ts` for what a day is where. */
export type DurationText = string;
/** What a test compares with. An ISO date or instant stays text; `readValue` says what it reads as. */
export type Scalar = string | number | boolean;

/** Operators of a test on a value. Several in one test must all hold. */
export type Test = {
  is?: Scalar;
  is_not?: Scalar;
  in?: Scalar[];
  not_in?: Scalar[];
  gt?: number | string;
  gte?: number | string;
  lt?: number | string;
  lte?: number | string;
  between?: [number | string, number | string];
  contains?: string;
  not_contains?: string;
  starts_with?: string;
  ends_with?: string;
  matches?: string;
  exists?: boolean;
  before?: string;
  after?: string;
};
export type Operator = keyof Test;

/** Operators of a test on a number that is always known (fit, interest, how many times). */
export type NumberTest = Pick<
  Test,
  'is' | 'is_not' | 'in' | 'not_in' | 'gt' | 'gte' | 'lt' | 'lte' | 'between'
>;
/** Operators of a test on a grade cell (A1…D4) or on a stage id. `gt…lte` follow the ladder's order. */
export type NameTest = Pick<Test, 'is' | 'is_not' | 'in' | 'not_in' | 'gt' | 'gte' | 'lt' | 'lte'>;

export type AttributeTest = { attribute: string } & Test;
export type DidTest = {
  did: string;
  /** Always present in the normal form; `{}` matches every activity of that name. */
  where: Record<string, Test>;
  /** Always present in the normal form; `{ gte: 1 }` when the file leaves it out. */
  times: NumberTest;
  within?: DurationText;
};

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | AttributeTest
  | DidTest
  | { fit: NumberTest }
  | { interest: NumberTest }
  | { grade: NameTest }
  | { stage: NameTest };

/** Who may change a clause; `both` when the file does not say. */
export type Owner = 'marketing' | 'sales' | 'both';
export type PartyName = 'marketing' | 'sales';

export type Clause = { text: string; when: Condition; owner: Owner };
export type BadLead = { id: string; text: string; when: Condition; reason: string; owner: Owner };
export type ProfileCriterion = { id: string; text: string; when: Condition; points: number; owner: Owner };
export type InterestCriterion = {
  id: string;
  text: string;
  /** One `did` test, or `any` of several. */
  when: DidTest | { any: DidTest[] };
  points: number;
  half_life?: DurationText;
  within?: DurationText;
  cap?: number;
  owner: Owner;
};
export type Stage = {
  id: string;
  text: string;
  when: Condition;
  levels: Record<string, Condition>;
  owner: Owner;
};
export type FastLane = { id: string; text: string; when: Condition; tier: string; owner: Owner };

export type Question = {
  id: string;
  ask: string;
  kind: 'text' | 'choice' | 'number' | 'date' | 'yes_no';
  options?: string[];
  required: boolean;
};
/** Durations here are working time: 1d is one working day. */
export type Tier = { first_touch: DurationText; accept: DurationText; decide: DurationText };

export type Reason = {
  id: string;
  text: string;
  /** What the reason accuses: `lead bad_leads profile interest stages mql fast_lanes sql handoff` or a criterion's id. */
  clause?: string;
  next: 'disqualify' | 'recycle';
  /** What the person who gives it must add. */
  ask?: 'date' | 'text' | 'attempts';
};

/** `mon … sun` → spans of open time, `["HH:MM", "HH:MM"]` local time, in order, not overlapping. Absent day: closed. */
export type WeekHours = Partial<
  Record<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun', [string, string][]>
>;
export type CalendarText = {
  /** IANA zone name. */
  zone: string;
  hours: WeekHours;
  /** Region codes (`US`, `DE-BY`), ISO dates, or `{ date, hours }` for a half day, in the file's order. */
  holidays: (string | { date: string; hours: [string, string][] })[];
};

export type RoutingTarget = { queue: string } | { person: string };
export type Routing = {
  /** First rule that holds wins. */
  rules: { id: string; text: string; when: Condition; to: RoutingTarget }[];
  queues: Record<
    string,
    {
      members: { person: string; weight: number; cap?: number }[];
      by: 'round_robin' | 'least_load';
    }
  >;
  /** Where a handoff goes that no rule took. */
  otherwise?: RoutingTarget;
};

export type GoldenLead = {
  lead: Record<string, Scalar | null>;
  activities: {
    at?: string;
    ago?: DurationText;
    type: string;
    [property: string]: Scalar | null | undefined;
  }[];
  expect: 'mql' | 'not_mql' | 'bad_lead' | 'visitor';
  text?: string;
};

export type Pact = {
  pact: string;
  language: 1;
  calendar: CalendarText;
  parties: Record<PartyName, { owner?: string }>;
  lead: Clause;
  bad_leads: BadLead[];
  profile: ProfileCriterion[];
  interest: InterestCriterion[];
  /** Lower bounds: fit below C is D, interest below 3 is 4. */
  grades: {
    fit: { A: number; B: number; C: number };
    interest: { 1: number; 2: number; 3: number };
  };
  /** Lowest first. */
  stages: Stage[];
  mql: Clause;
  fast_lanes: FastLane[];
  sql: { text: string; questions: Question[]; owner: Owner };
  handoff: {
    /** Attributes that must be known before a handoff is made. */
    packet: string[];
    /** `standard` is always there: the tier of a lead that no fast lane names. */
    tiers: Record<string, Tier>;
    attempts: { count: number; within: DurationText; channels: number };
    routing: Routing;
  };
  reasons: Reason[];
  terms: {
    marketing: {
      mqls_per_month?: number;
      value_per_month?: number;
      acceptance?: number;
      compliance?: number;
    };
    sales: { attainment?: number; feedback?: number };
  };
  economics: {
    currency: string;
    average_deal?: number;
    cost_per_lead?: number;
    cost_per_worked_lead?: number;
    margin?: number;
    capacity_per_month?: number;
    expected: { mql_to_sal?: number; sal_to_sql?: number; sql_to_won?: number };
  };
  golden: GoldenLead[];
  review: { every: DurationText; next?: string; expires?: string };
};
