-- The rules of the house, as functions that every later migration uses.
--
-- Every table in schema public belongs to workspaces: workspace_id comes first in each of its keys, and row-level
-- security, forced on the owner too, shows the rows of one workspace alone. Schema system holds what does not belong
-- to a workspace and no personal data.
--
-- The role the application connects as is handed in by the migrator as leadpact.app_role. It owns nothing.

DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA system, public TO %I', current_setting('leadpact.app_role'));
END $$;

-- Makes a table a workspace's own and grants the application what it may do there.
CREATE FUNCTION system.protect(tenant_table regclass, rights text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
  -- After a transaction the setting is the empty string, not null: hence nullif.
  EXECUTE format(
    $policy$CREATE POLICY workspace ON %s
      USING (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)$policy$,
    tenant_table);
  EXECUTE format('GRANT %s ON %s TO %I', rights, tenant_table, current_setting('leadpact.app_role'));
END $$;

-- Lets workers see in which workspaces a queue has work waiting. Reading only: the work is done in each workspace.
CREATE FUNCTION system.let_scan(queue regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($policy$CREATE POLICY scan ON %s FOR SELECT USING (current_setting('app.scan', true) = 'on')$policy$, queue);
END $$;

-- A queue's rows come and go: it is swept by how many went, not by what share of them.
CREATE FUNCTION system.sweep_often(queue regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s SET (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0.0, autovacuum_analyze_threshold = 2000)', queue);
END $$;

-- For tables whose rows stay as they were written.
CREATE FUNCTION system.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What is in "%" stays as it was written: % is refused.', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION system.append_only(ledger regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION system.refuse_change()', ledger);
END $$;
