-- An MQL offered to sales, and every record that follows from it. A state is a record of who and when.

-- The offer is closed by its answer, the work by its decision. Both columns are written in the transaction that writes
-- the record they name; the records refer back to them, so that one offer has one answer and one decision only.
CREATE TABLE handoffs (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  pass integer NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  tier text COLLATE "C" NOT NULL,
  origin text NOT NULL CHECK (origin IN ('mql', 'fast_lane', 'exception')),
  fast_lane text,
  -- Why now, clauses met and not, timeline, what is asked by when: as it was at that moment.
  packet jsonb NOT NULL,
  offered_at timestamptz(3) NOT NULL,
  accept_by timestamptz(3) NOT NULL,
  queue text COLLATE "C",
  owner_id uuid,
  -- The handoff this one follows, after a lapse.
  follows uuid,
  answer text COLLATE "C" CHECK (answer IN ('acceptance', 'return', 'lapse')),
  answered_at timestamptz(3),
  decision text COLLATE "C" CHECK (decision IN ('qualification', 'return')),
  decided_at timestamptz(3),
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, id, answer),
  UNIQUE (workspace_id, id, decision),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions,
  FOREIGN KEY (workspace_id, owner_id) REFERENCES members,
  FOREIGN KEY (workspace_id, follows) REFERENCES handoffs,
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  -- Only what was accepted is decided upon, save that giving back at once is answer and decision in one. (A check
  -- that comes out as null passes: hence the roundabout comparisons.)
  CHECK (decision IS NULL OR answer IS NOT DISTINCT FROM 'acceptance' OR (answer IS NOT DISTINCT FROM 'return' AND decision = 'return')),
  CHECK (answer IS DISTINCT FROM 'return' OR decision IS NOT DISTINCT FROM 'return')
);
CREATE UNIQUE INDEX handoffs_open ON handoffs (workspace_id, lead)
  WHERE decision IS NULL AND answer IS DISTINCT FROM 'lapse';
CREATE INDEX handoffs_lead ON handoffs (workspace_id, lead, offered_at);
CREATE INDEX handoffs_queue ON handoffs (workspace_id, owner_id, accept_by) WHERE decision IS NULL;
CREATE INDEX handoffs_offered ON handoffs (workspace_id, offered_at);
SELECT system.protect('handoffs', 'SELECT, INSERT, UPDATE');

CREATE TABLE acceptances (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  answer text COLLATE "C" NOT NULL GENERATED ALWAYS AS ('acceptance') STORED,
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  note text,
  PRIMARY KEY (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, handoff_id, answer) REFERENCES handoffs (workspace_id, id, answer),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('acceptances', 'SELECT, INSERT');

-- Given back, at once or after the acceptance, with the reason and the clause it accuses.
CREATE TABLE returns (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  decision text COLLATE "C" NOT NULL GENERATED ALWAYS AS ('return') STORED,
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  reason text COLLATE "C" NOT NULL,
  clause text COLLATE "C",
  next text NOT NULL CHECK (next IN ('disqualify', 'recycle')),
  -- What the reason asks for: a date, a text, the attempts.
  asked jsonb,
  note text,
  PRIMARY KEY (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, handoff_id, decision) REFERENCES handoffs (workspace_id, id, decision),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('returns', 'SELECT, INSERT, UPDATE');

-- Unanswered past its clock. Why there was no follow-up is asked for, and acknowledged by a manager.
CREATE TABLE lapses (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  answer text COLLATE "C" NOT NULL GENERATED ALWAYS AS ('lapse') STORED,
  at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  reason text COLLATE "C",
  note text,
  explained_by uuid,
  explained_at timestamptz(3),
  acknowledged_by uuid,
  acknowledged_at timestamptz(3),
  PRIMARY KEY (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, handoff_id, answer) REFERENCES handoffs (workspace_id, id, answer),
  FOREIGN KEY (workspace_id, explained_by) REFERENCES members,
  FOREIGN KEY (workspace_id, acknowledged_by) REFERENCES members
);
SELECT system.protect('lapses', 'SELECT, INSERT, UPDATE');

CREATE TABLE touches (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  lead bigint NOT NULL,
  member_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('call', 'mail', 'meeting', 'note')),
  at timestamptz(3) NOT NULL,
  reached boolean,
  note text,
  external_id text COLLATE "C",
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, external_id),
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs,
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
CREATE INDEX touches_handoff ON touches (workspace_id, handoff_id, at);
CREATE INDEX touches_lead ON touches (workspace_id, lead, at);
SELECT system.protect('touches', 'SELECT, INSERT, UPDATE');

-- Sales' word that an accepted lead is an SQL.
CREATE TABLE qualifications (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  decision text COLLATE "C" NOT NULL GENERATED ALWAYS AS ('qualification') STORED,
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  answers jsonb NOT NULL,
  PRIMARY KEY (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, handoff_id, decision) REFERENCES handoffs (workspace_id, id, decision),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('qualifications', 'SELECT, INSERT, UPDATE');

-- Marketing's appeal of a return, and the facilitator's ruling by the version then in force.
CREATE TABLE disputes (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES returns,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('disputes', 'SELECT, INSERT');

CREATE TABLE rulings (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  ruling text NOT NULL CHECK (ruling IN ('upheld', 'overturned')),
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  text text NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES disputes,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members,
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
SELECT system.protect('rulings', 'SELECT, INSERT');

-- A lead handed over outside the definition, in the open, for a while.
CREATE TABLE exceptions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  party text NOT NULL CHECK (party IN ('marketing', 'sales')),
  sponsor_id uuid NOT NULL,
  reason text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL CHECK (ends_at > opened_at),
  handoff_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, sponsor_id) REFERENCES members,
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs
);
CREATE INDEX exceptions_lead ON exceptions (workspace_id, lead);
SELECT system.protect('exceptions', 'SELECT, INSERT, UPDATE');

-- Back to nurture, with what must happen before the lead returns.
CREATE TABLE recycles (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  -- The pass that ends with it.
  pass integer NOT NULL,
  handoff_id uuid,
  at timestamptz(3) NOT NULL,
  wake_at timestamptz(3),
  wake_when jsonb,
  woken_at timestamptz(3),
  woken_by text,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, lead, pass),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs
);
CREATE INDEX recycles_wake ON recycles (wake_at) WHERE woken_at IS NULL AND wake_at IS NOT NULL;
SELECT system.protect('recycles', 'SELECT, INSERT, UPDATE');
SELECT system.let_scan('recycles');

-- One side keeps still while the other is engaged.
CREATE TABLE holds (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  party text NOT NULL CHECK (party IN ('marketing', 'sales')),
  reason text NOT NULL,
  from_at timestamptz(3) NOT NULL,
  until_at timestamptz(3),
  released_at timestamptz(3),
  member_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
CREATE INDEX holds_lead ON holds (workspace_id, lead) WHERE released_at IS NULL;
SELECT system.protect('holds', 'SELECT, INSERT, UPDATE');

-- One running instance of a promise. Late is derived, never stored.
CREATE TABLE deadlines (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  term text COLLATE "C" NOT NULL,
  -- The version whose calendar and durations it was computed with.
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  started_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  met_at timestamptz(3),
  void_at timestamptz(3),
  -- The next step of the escalation ladder, and when it is taken; null when there is none.
  step integer NOT NULL DEFAULT 0,
  step_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, handoff_id, term),
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs,
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
CREATE INDEX deadlines_step ON deadlines (step_at) WHERE met_at IS NULL AND void_at IS NULL AND step_at IS NOT NULL;
CREATE INDEX deadlines_due ON deadlines (workspace_id, due_at) WHERE met_at IS NULL AND void_at IS NULL;
SELECT system.protect('deadlines', 'SELECT, INSERT, UPDATE');
SELECT system.let_scan('deadlines');

CREATE VIEW deadline_standings WITH (security_invoker = true) AS
SELECT d.*,
  CASE
    WHEN void_at IS NOT NULL THEN 'void'
    WHEN met_at <= due_at THEN 'met'
    WHEN met_at > due_at OR due_at < now() THEN 'late'
    ELSE 'open'
  END AS standing
FROM deadlines d;
DO $$ BEGIN
  EXECUTE format('GRANT SELECT ON deadline_standings TO %I', current_setting('leadpact.app_role'));
END $$;

-- Each step of the escalation ladder that was taken; its key keeps it from being taken twice.
CREATE TABLE escalations (
  workspace_id uuid NOT NULL,
  deadline_id uuid NOT NULL,
  step integer NOT NULL,
  action text COLLATE "C" NOT NULL,
  member_id uuid,
  due_at timestamptz(3) NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, deadline_id, step),
  FOREIGN KEY (workspace_id, deadline_id) REFERENCES deadlines,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('escalations', 'SELECT, INSERT');

-- Why a handoff went to whom: the rule, everybody considered and why not, the one chosen.
CREATE TABLE routing_decisions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  rule text COLLATE "C",
  queue text COLLATE "C",
  member_id uuid,
  reason text NOT NULL,
  candidates jsonb NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
CREATE INDEX routing_decisions_handoff ON routing_decisions (workspace_id, handoff_id, at);
SELECT system.protect('routing_decisions', 'SELECT, INSERT');

-- Whose turn it is in a queue. Locked while a handoff is routed.
CREATE TABLE routing_turns (
  workspace_id uuid NOT NULL,
  queue text COLLATE "C" NOT NULL,
  turns jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, queue)
);
SELECT system.protect('routing_turns', 'SELECT, INSERT, UPDATE');
