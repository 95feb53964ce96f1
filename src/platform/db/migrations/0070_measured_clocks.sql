-- A report reads all clocks of a period at once. What a worker may scan across workspaces was asked for each row anew:
-- here both settings are asked once a statement, and what is counted of a clock is read from the index alone.

ALTER POLICY workspace ON deadlines
  USING (workspace_id = (SELECT nullif(current_setting('app.workspace', true), '')::uuid))
  WITH CHECK (workspace_id = (SELECT nullif(current_setting('app.workspace', true), '')::uuid));
ALTER POLICY scan ON deadlines USING ((SELECT current_setting('app.scan', true)) = 'on');

CREATE INDEX deadlines_measured ON deadlines (workspace_id, handoff_id) INCLUDE (term, version, started_at, due_at, met_at, void_at);
