-- What the pact says of each lead, and how it moved along the ladder.

-- One mark per lead and ingest transaction, written with what it marks. A worker deletes the marks it has read, after
-- folding what they stand for: a mark written meanwhile stays, so nothing is missed and nobody waits.
CREATE TABLE dirty_leads (
  workspace_id uuid NOT NULL,
  mark uuid NOT NULL,
  lead bigint NOT NULL,
  PRIMARY KEY (workspace_id, mark)
);
CREATE INDEX dirty_leads_lead ON dirty_leads (workspace_id, lead);
SELECT system.protect('dirty_leads', 'SELECT, INSERT, UPDATE, DELETE');
SELECT system.let_scan('dirty_leads');
SELECT system.sweep_often('dirty_leads');

-- Where each lead stands. The worker that holds the row locked is the one that folds the lead.
CREATE TABLE lead_states (
  workspace_id uuid NOT NULL,
  lead bigint NOT NULL,
  pact_id uuid,
  version integer,
  judged_at timestamptz(3),
  verdict text COLLATE "C" NOT NULL DEFAULT 'visitor' CHECK (verdict IN ('visitor', 'bad_lead', 'mql', 'not_mql')),
  stage text COLLATE "C" NOT NULL DEFAULT 'visitor',
  stage_since timestamptz(3),
  grade text COLLATE "C",
  fit double precision NOT NULL DEFAULT 0,
  interest double precision NOT NULL DEFAULT 0,
  fast_lane text,
  mql_at timestamptz(3),
  -- Which run through the ladder this is.
  pass integer NOT NULL DEFAULT 1,
  last_activity_at timestamptz(3),
  -- When time alone could change the verdict; null when it cannot.
  next_at timestamptz(3),
  -- What the engine carries from one fold to the next.
  fold jsonb NOT NULL DEFAULT '{}',
  -- Goes up with every write, so that a worker that was thought dead cannot write over its successor.
  revision bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, lead)
) WITH (fillfactor = 70);
CREATE INDEX lead_states_next ON lead_states (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX lead_states_stage ON lead_states (workspace_id, stage, lead);
SELECT system.protect('lead_states', 'SELECT, INSERT, UPDATE, DELETE');
SELECT system.let_scan('lead_states');

CREATE TABLE moves (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  from_stage text COLLATE "C",
  to_stage text COLLATE "C" NOT NULL,
  pass integer NOT NULL,
  -- What brought it about: an activity, a change of attributes, time, a handoff's answer, a new version, a person.
  cause text COLLATE "C" NOT NULL,
  cause_id uuid,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  grade text COLLATE "C",
  fit double precision NOT NULL,
  interest double precision NOT NULL,
  -- Found again by a later fold, because something came in late: the move it takes the place of no longer counts.
  replaced_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
CREATE INDEX moves_lead ON moves (workspace_id, lead, at);
CREATE INDEX moves_stage ON moves (workspace_id, to_stage, at);
SELECT system.protect('moves', 'SELECT, INSERT, UPDATE');
