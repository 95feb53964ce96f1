-- What kept the leads of closed deals from being MQLs on the day their deals were opened, by the version then in force.
-- Worked out by the engine when a report asks for it, and kept so that what it counts can be opened.

CREATE TABLE kept_out (
  workspace_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  -- Clause and condition of each that did not hold, as "mql: fit at least 40"; none when it was an MQL by the engine.
  obstacles text[] COLLATE "C" NOT NULL,
  -- Those of them that are about who the lead is, rather than about what it did.
  who text[] COLLATE "C" NOT NULL,
  judged_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, deal_id),
  FOREIGN KEY (workspace_id, deal_id) REFERENCES deals,
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
SELECT system.protect('kept_out', 'SELECT, INSERT, UPDATE');
