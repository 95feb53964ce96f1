-- Leads by what has become of their handoffs: the few that were given back or taken back among all that ever were.

CREATE INDEX handoffs_outcome ON handoffs (workspace_id, decision, answer, lead);
