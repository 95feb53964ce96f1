-- The latest handoffs of somebody, or of nobody: where these were few, all handoffs there ever were had to be read.

CREATE INDEX handoffs_owner ON handoffs (workspace_id, owner_id, offered_at, id);
