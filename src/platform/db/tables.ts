// Generated from the migrated database by scripts/db-tables.ts. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** Read as what was written; written as JSON text, so that an array is not taken for one of PostgreSQL's own. */
export type Json = ColumnType<unknown, string, string>;
export type GeneratedJson = ColumnType<unknown, string | undefined, string>;

export interface Absences {
  workspace_id: string;
  id: string;
  member_id: string;
  from_at: Date;
  until_at: Date;
  note: string | null;
}

export interface Acceptances {
  workspace_id: string;
  handoff_id: string;
  answer: GeneratedAlways<string>;
  member_id: string;
  at: Date;
  note: string | null;
}

export interface Accounts {
  workspace_id: string;
  id: string;
  name: string | null;
  domain: string | null;
  attributes: GeneratedJson;
  created_at: Generated<Date>;
  search_name: GeneratedAlways<string | null>;
  leads: Generated<number>;
  search_second: GeneratedAlways<string | null>;
  search_third: GeneratedAlways<string | null>;
}

export interface Activities {
  workspace_id: string;
  id: string;
  lead: number;
  at: Date;
  received_at: Date;
  type: string;
  trust: 'browser' | 'form' | 'server' | 'import' | 'crm' | 'member';
  properties: Json;
  context: Json | null;
}

export interface ApiKeys {
  workspace_id: string;
  id: string;
  name: string;
  prefix: string;
  secret_hash: string;
  scopes: string[];
  party: 'marketing' | 'sales' | null;
  created_at: Generated<Date>;
  created_by: string | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  used_at: Date | null;
  member_id: string | null;
}

export interface AttributeChanges {
  workspace_id: string;
  id: string;
  lead: number;
  at: Date | null;
  received_at: Date;
  trust: 'browser' | 'form' | 'server' | 'import' | 'crm' | 'member';
  source: string | null;
  values: Json;
}

export interface BacktestLeads {
  workspace_id: string;
  backtest_id: string;
  list: 'gained' | 'lost' | 'missed';
  place: number;
  lead: number;
  before_at: Date | null;
  after_at: Date | null;
}

export interface Backtests {
  workspace_id: string;
  id: string;
  pact_id: string;
  version: number;
  digest: string;
  text: string;
  against_pact: string | null;
  against_version: number | null;
  against_digest: string | null;
  until: Date;
  mark: string | null;
  state: Generated<'waiting' | 'running' | 'done' | 'failed' | 'cancelled'>;
  progress: Generated<number>;
  error: string | null;
  effect: Json | null;
  created_at: Date;
  created_by: string | null;
  leased_until: Date | null;
  finished_at: Date | null;
}

export interface CampaignCosts {
  workspace_id: string;
  id: string;
  campaign_id: string;
  from_on: string;
  to_on: string;
  amount: number;
  currency: string;
}

export interface Campaigns {
  workspace_id: string;
  id: string;
  name: string;
  source: string | null;
  utm: string | null;
  starts_on: string | null;
  ends_on: string | null;
  revision: Generated<number>;
}

export interface ClauseComments {
  workspace_id: string;
  id: string;
  pact_id: string;
  version: number;
  clause: string;
  author_id: string;
  at: Date;
  body: string;
  edits: Json | null;
  reply_to: string | null;
  resolved_at: Date | null;
  resolved_by: string | null;
  accepted_at: Date | null;
  accepted_by: string | null;
}

export interface Consents {
  workspace_id: string;
  id: string;
  lead: number;
  purpose: string;
  granted: boolean;
  basis: string;
  at: Date;
  evidence: GeneratedJson;
}

export interface DeadlineStandings {
  workspace_id: string;
  id: string;
  handoff_id: string;
  term: string;
  pact_id: string;
  version: number;
  started_at: Date;
  due_at: Date;
  met_at: Date | null;
  void_at: Date | null;
  step: number;
  step_at: Date | null;
  standing: string | null;
}

export interface Deadlines {
  workspace_id: string;
  id: string;
  handoff_id: string;
  term: string;
  pact_id: string;
  version: number;
  started_at: Date;
  due_at: Date;
  met_at: Date | null;
  void_at: Date | null;
  step: Generated<number>;
  step_at: Date | null;
}

export interface Deals {
  workspace_id: string;
  id: string;
  lead: number | null;
  account_id: string | null;
  handoff_id: string | null;
  origin: 'qualification' | 'hand' | 'import' | 'crm';
  external_id: string | null;
  name: string | null;
  amount: number | null;
  currency: string | null;
  stage: string | null;
  owner_id: string | null;
  opened_at: Date;
  outcome: Generated<'open' | 'won' | 'lost'>;
  closed_at: Date | null;
  reason: string | null;
  revision: Generated<number>;
}

export interface Declines {
  workspace_id: string;
  pact_id: string;
  version: number;
  party: 'marketing' | 'sales';
  member_id: string;
  digest: string;
  reason: string;
  declined_at: Date;
}

export interface Digests {
  workspace_id: string;
  week: string;
  sent_at: Date;
}

export interface DirtyLeads {
  workspace_id: string;
  mark: string;
  lead: number;
  activities: string[] | null;
}

export interface Disputes {
  workspace_id: string;
  handoff_id: string;
  member_id: string;
  at: Date;
  text: string;
}

export interface Erasures {
  workspace_id: string;
  id: string;
  lead: number;
  identity_hash: string;
  at: Date;
  member_id: string | null;
}

export interface Escalations {
  workspace_id: string;
  deadline_id: string;
  step: number;
  action: string;
  member_id: string | null;
  due_at: Date;
  at: Date;
}

export interface Exceptions {
  workspace_id: string;
  id: string;
  lead: number;
  party: 'marketing' | 'sales';
  sponsor_id: string;
  reason: string;
  opened_at: Date;
  ends_at: Date;
  handoff_id: string | null;
}

export interface Expectations {
  workspace_id: string;
  party: 'marketing' | 'sales' | 'article';
  step: string;
  lead_type: string;
  rate: number | null;
  source: string | null;
  note: string | null;
  set_by: string | null;
  set_at: Date;
}

export interface GivenAnswers {
  workspace_id: string;
  id: string;
  handoff_id: string;
  what: 'acceptance' | 'return' | 'touch' | 'qualification' | 'hold' | 'reassignment';
  member_id: string;
  at: Date;
  revision_before: number;
  revision: number;
  before: Json;
  made: Json;
  undone_at: Date | null;
  undone_by: string | null;
  removed: Json | null;
}

export interface HandIns {
  workspace_id: string;
  opening_id: string;
  party: 'marketing' | 'sales';
  member_id: string;
  at: Date;
}

export interface Handoffs {
  workspace_id: string;
  id: string;
  lead: number;
  pass: number;
  pact_id: string;
  version: number;
  tier: string;
  origin: 'mql' | 'fast_lane' | 'exception';
  fast_lane: string | null;
  packet: Json;
  offered_at: Date;
  accept_by: Date;
  queue: string | null;
  owner_id: string | null;
  follows: string | null;
  answer: 'acceptance' | 'return' | 'lapse' | 'withdrawal' | null;
  answered_at: Date | null;
  decision: 'qualification' | 'return' | null;
  decided_at: Date | null;
  revision: Generated<number>;
}

export interface HistoryChunks {
  workspace_id: string;
  layer: string;
  first_lead: number;
  last_lead: number;
  data: Buffer;
}

export interface HistoryDoubts {
  workspace_id: string;
  id: Generated<string>;
  lead: number;
  entries: boolean;
}

export interface HistoryHeads {
  workspace_id: string;
  upto: string | null;
  packed_at: Date | null;
}

export interface HistoryLayers {
  workspace_id: string;
  id: string;
  after: string;
  upto: string;
  activities: number;
}

export interface HistoryStates {
  workspace_id: string;
  stretch: number;
  data: Buffer;
}

export interface Holds {
  workspace_id: string;
  id: string;
  lead: number;
  party: 'marketing' | 'sales';
  reason: string;
  from_at: Date;
  until_at: Date | null;
  released_at: Date | null;
  member_id: string | null;
}

export interface IdempotencyKeys {
  workspace_id: string;
  actor: string;
  key: string;
  request_digest: string;
  status: number | null;
  response: Json | null;
  created_at: Generated<Date>;
}

export interface Identities {
  workspace_id: string;
  kind: 'anonymous' | 'user' | 'email' | 'external';
  value: string;
  lead: number;
  trust: 'browser' | 'form' | 'server' | 'import' | 'crm' | 'member';
  verified_at: Date | null;
  first_seen_at: Date;
}

export interface ImportRejects {
  workspace_id: string;
  import_id: string;
  row: number;
  reason: string;
  cells: Json;
}

export interface Imports {
  workspace_id: string;
  id: string;
  kind: 'leads' | 'activities' | 'deals';
  file_name: string;
  digest: string;
  mapping: GeneratedJson;
  member_id: string | null;
  created_at: Date;
  started_at: Date | null;
  read: Generated<number>;
  accepted: Generated<number>;
  rejected: Generated<number>;
  finished_at: Date | null;
  failed_at: Date | null;
  error: string | null;
}

export interface Journal {
  workspace_id: string;
  seq: Generated<number>;
  recorded_at: Generated<Date>;
  previous: Generated<Buffer>;
  hash: Generated<Buffer>;
  at: Date;
  actor_kind: 'member' | 'key' | 'system';
  actor_id: string | null;
  what: string;
  subject_kind: string;
  subject_id: string;
  data: GeneratedJson;
}

export interface JournalHeads {
  workspace_id: string;
  seq: number;
  hash: Buffer;
}

export interface Judgements {
  workspace_id: string;
  handoff_id: string;
  pact_id: string;
  version: number;
  verdict: 'visitor' | 'bad_lead' | 'mql' | 'not_mql';
  judged_at: Date;
}

export interface KeptOut {
  workspace_id: string;
  deal_id: string;
  pact_id: string;
  version: number;
  obstacles: string[];
  who: string[];
  judged_at: Date;
}

export interface Lapses {
  workspace_id: string;
  handoff_id: string;
  answer: GeneratedAlways<string>;
  at: Date;
  due_at: Date;
  reason: string | null;
  note: string | null;
  explained_by: string | null;
  explained_at: Date | null;
  acknowledged_by: string | null;
  acknowledged_at: Date | null;
}

export interface LeadCounters {
  workspace_id: string;
  last: Generated<number>;
}

export interface LeadStates {
  workspace_id: string;
  lead: number;
  pact_id: string | null;
  version: number | null;
  judged_at: Date | null;
  verdict: Generated<'visitor' | 'bad_lead' | 'mql' | 'not_mql'>;
  stage: Generated<string>;
  stage_since: Date | null;
  grade: string | null;
  fit: Generated<number>;
  interest: Generated<number>;
  fast_lane: string | null;
  mql_at: Date | null;
  pass: Generated<number>;
  last_activity_at: Date | null;
  next_at: Date | null;
  fold: GeneratedJson;
  revision: Generated<number>;
  active_at: GeneratedAlways<Date>;
}

export interface Leads {
  workspace_id: string;
  number: number;
  id: string;
  account_id: string | null;
  email: string | null;
  attributes: GeneratedJson;
  origin: Generated<'marketing' | 'sales'>;
  found_by: string | null;
  source: string | null;
  created_at: Date;
  merged_into: number | null;
  erased_at: Date | null;
  search_name: GeneratedAlways<string | null>;
  search_last_name: GeneratedAlways<string | null>;
  measured_source: GeneratedAlways<string | null>;
  measured_region: GeneratedAlways<string | null>;
}

export interface Lessons {
  workspace_id: string;
  pact_id: string;
  version: number;
  since: Date;
  mark: string;
  state: Generated<'running' | 'done' | 'failed'>;
  progress: Generated<number>;
  error: string | null;
  learnt: Json | null;
  begun_at: Date;
  leased_until: Date;
  finished_at: Date | null;
}

export interface MeasureCards {
  workspace_id: string;
  measure: string;
  owner_id: string | null;
  review_on: string | null;
  retired_at: Date | null;
  note: string | null;
  revision: Generated<number>;
}

export interface Members {
  workspace_id: string;
  id: string;
  person_id: string | null;
  name: string;
  email: string;
  party: 'marketing' | 'sales' | null;
  rank: Generated<'member' | 'lead' | 'manager'>;
  zone: string | null;
  invited_at: Generated<Date>;
  joined_at: Date | null;
  left_at: Date | null;
}

export interface Merges {
  workspace_id: string;
  id: string;
  from_lead: number;
  into_lead: number;
  at: Date;
  cause: string;
  member_id: string | null;
  moved: Json;
  undone_at: Date | null;
  undone_by: string | null;
}

export interface MessageIds {
  workspace_id: string;
  key: string;
  body: string;
  received_at: Date;
}

export interface Messages {
  workspace_id: string;
  id: string;
  thread_id: string;
  author_id: string;
  at: Date;
  kind: Generated<'message' | 'decision' | 'duty'>;
  body: string;
  mentions: Generated<string[]>;
  duty_of: string | null;
  due_on: string | null;
  done_at: Date | null;
  edited_at: Date | null;
}

export interface Moves {
  workspace_id: string;
  id: string;
  lead: number;
  at: Date;
  from_stage: string | null;
  to_stage: string;
  pass: number;
  cause: string;
  cause_id: string | null;
  pact_id: string;
  version: number;
  grade: string | null;
  fit: number;
  interest: number;
  replaced_at: Date | null;
}

export interface OpeningChoices {
  workspace_id: string;
  opening_id: string;
  clause: string;
  take: 'marketing' | 'sales' | 'new';
  value: Json | null;
  member_id: string;
  at: Date;
}

export interface OpeningTexts {
  workspace_id: string;
  opening_id: string;
  party: 'marketing' | 'sales';
  text: string;
  digest: string;
  revision: Generated<number>;
  saved_at: Date;
  saved_by: string;
}

export interface Openings {
  workspace_id: string;
  id: string;
  name: string;
  pact_id: string | null;
  opened_at: Date;
  opened_by: string;
  revealed_at: Date | null;
  settled_at: Date | null;
  draft_pact: string | null;
  draft_version: number | null;
}

export interface Outbox {
  workspace_id: string;
  id: string;
  topic: string;
  payload: Json;
  created_at: Date;
  due_at: Date;
  attempts: Generated<number>;
  done_at: Date | null;
  failed_at: Date | null;
  last_error: string | null;
}

export interface Pacts {
  workspace_id: string;
  id: string;
  name: string;
  created_at: Generated<Date>;
  created_by: string | null;
}

export interface Passes {
  workspace_id: string;
  lead: number;
  pass: number;
  entered_at: Date;
  conversion_at: Date | null;
  mql_at: Date | null;
  sal_at: Date | null;
  sql_at: Date | null;
  opportunity_at: Date | null;
  won_at: Date | null;
  exit: string | null;
  exit_at: Date | null;
  to_conversion: GeneratedAlways<Date | null>;
  to_mql: GeneratedAlways<Date | null>;
  to_sal: GeneratedAlways<Date | null>;
  to_sql: GeneratedAlways<Date | null>;
  to_opportunity: GeneratedAlways<Date | null>;
}

export interface Preferences {
  workspace_id: string;
  member_id: string;
  locale: string | null;
  zone: string | null;
  theme: string;
  mail: Json;
}

export interface Qualifications {
  workspace_id: string;
  handoff_id: string;
  decision: GeneratedAlways<string>;
  member_id: string;
  at: Date;
  answers: Json;
}

export interface Quarantine {
  workspace_id: string;
  id: string;
  received_at: Date;
  write_key_id: string | null;
  message_id: string | null;
  reason: string;
  detail: string;
  body: string;
  replayed_at: Date | null;
  dismissed_at: Date | null;
  dismissed_why: string | null;
  ended_by: string | null;
}

export interface Recycles {
  workspace_id: string;
  id: string;
  lead: number;
  pass: number;
  handoff_id: string | null;
  at: Date;
  wake_at: Date | null;
  wake_when: Json | null;
  woken_at: Date | null;
  woken_by: string | null;
}

export interface Rejudgements {
  workspace_id: string;
  pact_id: string;
  version: number;
  at: Date;
  reached: Generated<number>;
  finished_at: Date | null;
}

export interface Returns {
  workspace_id: string;
  handoff_id: string;
  decision: GeneratedAlways<string>;
  member_id: string;
  at: Date;
  reason: string;
  clause: string | null;
  next: 'disqualify' | 'recycle';
  asked: Json | null;
  note: string | null;
}

export interface ReviewDecisions {
  workspace_id: string;
  id: string;
  review_id: string;
  text: string;
  clause: string | null;
  owner_id: string;
  due_on: string;
  decided_at: Date;
  decided_by: string;
  done_at: Date | null;
  done_by: string | null;
  draft_pact: string | null;
  draft_version: number | null;
}

export interface ReviewReminders {
  workspace_id: string;
  review_id: string;
  days_before: number;
  at: Date;
}

export interface Reviews {
  workspace_id: string;
  id: string;
  pact_id: string;
  version: number;
  due_on: string;
  from_at: Date;
  called_by: string | null;
  held_at: Date | null;
  held_by: string | null;
  minutes: string | null;
}

export interface RoutingDecisions {
  workspace_id: string;
  id: string;
  handoff_id: string;
  at: Date;
  rule: string | null;
  queue: string | null;
  member_id: string | null;
  reason: string;
  candidates: Json;
  by_member: string | null;
}

export interface RoutingTurns {
  workspace_id: string;
  queue: string;
  turns: GeneratedJson;
}

export interface Rulings {
  workspace_id: string;
  handoff_id: string;
  ruling: 'upheld' | 'overturned';
  member_id: string;
  at: Date;
  text: string;
  pact_id: string;
  version: number;
}

export interface SavedViews {
  workspace_id: string;
  id: string;
  owner_id: string;
  name: string;
  noun: string;
  filter: Json;
  sort: Json | null;
  columns: Json;
  shared: boolean;
  changed_at: Date;
  revision: Generated<number>;
}

export interface Signatures {
  workspace_id: string;
  pact_id: string;
  version: number;
  party: 'marketing' | 'sales';
  member_id: string;
  digest: string;
  signed_at: Generated<Date>;
}

export interface StuckLeads {
  workspace_id: string;
  lead: number;
  attempts: Generated<number>;
  error: string;
  first_at: Date;
  last_at: Date;
  retry_at: Date | null;
}

export interface Threads {
  workspace_id: string;
  id: string;
  lead: number | null;
  account_id: string | null;
  handoff_id: string | null;
  opened_at: Date;
  review_id: string | null;
}

export interface Touches {
  workspace_id: string;
  id: string;
  handoff_id: string;
  lead: number;
  member_id: string;
  channel: 'call' | 'mail' | 'meeting' | 'note';
  at: Date;
  reached: boolean | null;
  note: string | null;
  external_id: string | null;
}

export interface Turns {
  workspace_id: string;
  pact_id: string;
  version: number;
  turn: 'in_force' | 'lapsed';
  due_at: Date;
  done_at: Date | null;
  void_at: Date | null;
}

export interface UnreadyHandoffs {
  workspace_id: string;
  lead: number;
  pass: number;
  refused: string;
  missing: string[];
  offer: Json;
  since: Date;
  tried_at: Date;
}

export interface Versions {
  workspace_id: string;
  pact_id: string;
  number: number;
  text: string;
  normal: Json;
  digest: string;
  base: number | null;
  note: string | null;
  revision: Generated<number>;
  drafted_at: Generated<Date>;
  drafted_by: string | null;
  proposed_at: Date | null;
  proposed_by: string | null;
  emergency: Generated<boolean>;
  in_force_from: Date | null;
  in_force_until: Date | null;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  effective_from: Date | null;
  withdrawn_why: string | null;
  base_text: string | null;
  revised_by: string | null;
}

export interface WebhookDeliveries {
  workspace_id: string;
  id: string;
  endpoint_id: string;
  message_id: string;
  topic: string;
  body: string;
  created_at: Date;
  due_at: Date;
  attempts: Generated<number>;
  delivered_at: Date | null;
  failed_at: Date | null;
  status: number | null;
  last_error: string | null;
}

export interface WebhookEndpoints {
  workspace_id: string;
  id: string;
  url: string;
  topics: string[];
  secret: string;
  former_secret: string | null;
  former_until: Date | null;
  created_at: Generated<Date>;
  created_by: string | null;
  failing_since: Date | null;
  disabled_at: Date | null;
  disabled_why: string | null;
}

export interface Withdrawals {
  workspace_id: string;
  handoff_id: string;
  answer: GeneratedAlways<string>;
  at: Date;
  cause: string;
}

export interface WorkshopFinishes {
  workspace_id: string;
  workshop_id: string;
  party: 'marketing' | 'sales';
  member_id: string;
  at: Date;
}

export interface WorkshopLabels {
  workspace_id: string;
  workshop_id: string;
  place: number;
  party: 'marketing' | 'sales';
  label: 'good' | 'not_good';
  note: string | null;
  member_id: string;
  at: Date;
}

export interface WorkshopLeads {
  workspace_id: string;
  workshop_id: string;
  place: number;
  lead: number;
  why: 'sample' | 'disputed';
  packet: Json;
  verdict: string | null;
  fit: number | null;
  interest: number | null;
}

export interface Workshops {
  workspace_id: string;
  id: string;
  name: string;
  opened_at: Date;
  opened_by: string;
  pact_id: string | null;
  version: number | null;
  done_at: Date | null;
}

export interface Workspaces {
  workspace_id: string;
  name: string;
  zone: Generated<string>;
  demo: Generated<boolean>;
  settings: GeneratedJson;
  created_at: Generated<Date>;
}

export interface WriteKeys {
  workspace_id: string;
  id: string;
  key: string;
  name: string;
  trust: 'browser' | 'server';
  created_at: Generated<Date>;
  created_by: string | null;
  revoked_at: Date | null;
}

export interface Tables {
  absences: Absences;
  acceptances: Acceptances;
  accounts: Accounts;
  activities: Activities;
  api_keys: ApiKeys;
  attribute_changes: AttributeChanges;
  backtest_leads: BacktestLeads;
  backtests: Backtests;
  campaign_costs: CampaignCosts;
  campaigns: Campaigns;
  clause_comments: ClauseComments;
  consents: Consents;
  deadline_standings: DeadlineStandings;
  deadlines: Deadlines;
  deals: Deals;
  declines: Declines;
  digests: Digests;
  dirty_leads: DirtyLeads;
  disputes: Disputes;
  erasures: Erasures;
  escalations: Escalations;
  exceptions: Exceptions;
  expectations: Expectations;
  given_answers: GivenAnswers;
  hand_ins: HandIns;
  handoffs: Handoffs;
  history_chunks: HistoryChunks;
  history_doubts: HistoryDoubts;
  history_heads: HistoryHeads;
  history_layers: HistoryLayers;
  history_states: HistoryStates;
  holds: Holds;
  idempotency_keys: IdempotencyKeys;
  identities: Identities;
  import_rejects: ImportRejects;
  imports: Imports;
  journal: Journal;
  journal_heads: JournalHeads;
  judgements: Judgements;
  kept_out: KeptOut;
  lapses: Lapses;
  lead_counters: LeadCounters;
  lead_states: LeadStates;
  leads: Leads;
  lessons: Lessons;
  measure_cards: MeasureCards;
  members: Members;
  merges: Merges;
  message_ids: MessageIds;
  messages: Messages;
  moves: Moves;
  opening_choices: OpeningChoices;
  opening_texts: OpeningTexts;
  openings: Openings;
  outbox: Outbox;
  pacts: Pacts;
  passes: Passes;
  preferences: Preferences;
  qualifications: Qualifications;
  quarantine: Quarantine;
  recycles: Recycles;
  rejudgements: Rejudgements;
  returns: Returns;
  review_decisions: ReviewDecisions;
  review_reminders: ReviewReminders;
  reviews: Reviews;
  routing_decisions: RoutingDecisions;
  routing_turns: RoutingTurns;
  rulings: Rulings;
  saved_views: SavedViews;
  signatures: Signatures;
  stuck_leads: StuckLeads;
  threads: Threads;
  touches: Touches;
  turns: Turns;
  unready_handoffs: UnreadyHandoffs;
  versions: Versions;
  webhook_deliveries: WebhookDeliveries;
  webhook_endpoints: WebhookEndpoints;
  withdrawals: Withdrawals;
  workshop_finishes: WorkshopFinishes;
  workshop_labels: WorkshopLabels;
  workshop_leads: WorkshopLeads;
  workshops: Workshops;
  workspaces: Workspaces;
  write_keys: WriteKeys;
}
