-- Ranking reads thousands of open handoffs and their clocks at once. A handoff's packet makes its row wide, and clocks lie
-- wherever they were begun: what is ranked by is read from the indexes of what is open alone. None of it ever changes.

DROP INDEX handoffs_waiting;
CREATE INDEX handoffs_waiting ON handoffs (workspace_id, owner_id) INCLUDE (id, lead, pact_id, version, offered_at)
  WHERE decision IS NULL AND (answer IS NULL OR answer = 'acceptance');

DROP INDEX deadlines_due;
CREATE INDEX deadlines_due ON deadlines (workspace_id, due_at) INCLUDE (handoff_id)
  WHERE met_at IS NULL AND void_at IS NULL;
