-- MQLs that could not be handed over, because something that the pact wants in the packet is not known. They are shown,
-- and tried again when more becomes known of the lead.
CREATE TABLE unready_handoffs (
  workspace_id uuid NOT NULL,
  lead bigint NOT NULL,
  pass integer NOT NULL,
  refused text COLLATE "C" NOT NULL,
  missing text[] NOT NULL,
  -- The offer as the ladder made it, to be made again.
  offer jsonb NOT NULL,
  since timestamptz(3) NOT NULL,
  tried_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, lead),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads
);
SELECT system.protect('unready_handoffs', 'SELECT, INSERT, UPDATE, DELETE');
SELECT system.let_scan('unready_handoffs');

-- Who carried a handoff since when is read from its routing decisions; a person's word is one of them.
ALTER TABLE routing_decisions ADD by_member uuid;
ALTER TABLE routing_decisions ADD FOREIGN KEY (workspace_id, by_member) REFERENCES members;
