-- What the workers that fold leads need beside the leads' states, and what lists of leads are sorted and found by.

-- A version came into force: every lead that is still on its way is judged again by it, some at a time.
CREATE TABLE rejudgements (
  workspace_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  -- When the leads are to be looked at: the day the version comes into force, or the day it ends.
  at timestamptz(3) NOT NULL,
  -- The last lead that was told.
  reached bigint NOT NULL DEFAULT 0,
  finished_at timestamptz(3),
  PRIMARY KEY (workspace_id, pact_id, version, at),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
CREATE INDEX rejudgements_waiting ON rejudgements (workspace_id) WHERE finished_at IS NULL;
SELECT system.protect('rejudgements', 'SELECT, INSERT, UPDATE');
SELECT system.let_scan('rejudgements');

-- A lead whose fold fails is set aside, so that the others go on: tried again a few times, then left for a person.
-- Nothing of it is lost: its ledger is whole, and a later fold takes all of it in.
CREATE TABLE stuck_leads (
  workspace_id uuid NOT NULL,
  lead bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 1,
  error text NOT NULL,
  first_at timestamptz(3) NOT NULL,
  last_at timestamptz(3) NOT NULL,
  -- When it is tried again; null when it no longer is, until a version comes into force or somebody says so.
  retry_at timestamptz(3),
  PRIMARY KEY (workspace_id, lead)
);
CREATE INDEX stuck_leads_retry ON stuck_leads (retry_at) WHERE retry_at IS NOT NULL;
SELECT system.protect('stuck_leads', 'SELECT, INSERT, UPDATE, DELETE');
SELECT system.let_scan('stuck_leads');

-- Lists of leads by what is asked for most. next_at is indexed already, and changes with nearly every fold.
CREATE INDEX lead_states_interest ON lead_states (workspace_id, interest, lead);
CREATE INDEX lead_states_last_activity ON lead_states (workspace_id, last_activity_at, lead);
CREATE INDEX leads_source ON leads (workspace_id, (source COLLATE "C"), number) WHERE source IS NOT NULL;

-- What is typed into the search box is looked for at the beginning of these, by ranges: under row-level security only
-- plain comparisons may use an index.
ALTER TABLE leads
  ADD search_name text COLLATE "C" GENERATED ALWAYS AS (nullif(lower(btrim(coalesce(
    attributes ->> 'name',
    coalesce(attributes ->> 'first_name', attributes ->> 'firstName', '') || ' '
      || coalesce(attributes ->> 'last_name', attributes ->> 'lastName', '')))), '')) STORED,
  ADD search_last_name text COLLATE "C" GENERATED ALWAYS AS (nullif(lower(btrim(
    coalesce(attributes ->> 'last_name', attributes ->> 'lastName'))), '')) STORED;
CREATE INDEX leads_search_name ON leads (workspace_id, search_name) WHERE search_name IS NOT NULL;
CREATE INDEX leads_search_last_name ON leads (workspace_id, search_last_name) WHERE search_last_name IS NOT NULL;
ALTER TABLE accounts
  ADD search_name text COLLATE "C" GENERATED ALWAYS AS (lower(btrim(name))) STORED;
CREATE INDEX accounts_search_name ON accounts (workspace_id, search_name) WHERE search_name IS NOT NULL;
