-- What each team expects of each step, who answers for which measure, and which digests were sent.

CREATE TABLE expectations (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  party text COLLATE "C" NOT NULL CHECK (party IN ('marketing', 'sales', 'article')),
  step text COLLATE "C" NOT NULL,
  -- A type of lead; empty for all of them.
  lead_type text COLLATE "C" NOT NULL,
  -- Null: what is preloaded was taken back.
  rate double precision CHECK (rate BETWEEN 0 AND 1),
  source text,
  note text,
  set_by uuid,
  set_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, party, step, lead_type),
  FOREIGN KEY (workspace_id, set_by) REFERENCES members
);
SELECT system.protect('expectations', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE measure_cards (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  measure text COLLATE "C" NOT NULL,
  owner_id uuid,
  review_on date,
  retired_at timestamptz(3),
  note text,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, measure),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES members
);
SELECT system.protect('measure_cards', 'SELECT, INSERT, UPDATE');

-- One digest a week and workspace: its key keeps it from being sent twice.
CREATE TABLE digests (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  -- Monday of the week it tells of.
  week date NOT NULL,
  sent_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, week)
);
SELECT system.protect('digests', 'SELECT, INSERT');
