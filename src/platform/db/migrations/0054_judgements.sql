-- What another version says of what was handed over, as of the hour it was. Worked out when a report asks for it.

CREATE TABLE judgements (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  verdict text COLLATE "C" NOT NULL CHECK (verdict IN ('visitor', 'bad_lead', 'mql', 'not_mql')),
  judged_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, handoff_id, pact_id, version),
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs,
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
SELECT system.protect('judgements', 'SELECT, INSERT, UPDATE');
