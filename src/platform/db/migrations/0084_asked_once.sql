-- Whose rows may be seen is asked once a statement, not once a row: a setting read in a subquery of its own is read
-- before the rows are. The policies say what they said.

CREATE OR REPLACE FUNCTION system.protect(tenant_table regclass, rights text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
  -- After a transaction the setting is the empty string, not null: hence nullif.
  EXECUTE format(
    $policy$CREATE POLICY workspace ON %s
      USING (workspace_id = (SELECT nullif(current_setting('app.workspace', true), '')::uuid))
      WITH CHECK (workspace_id = (SELECT nullif(current_setting('app.workspace', true), '')::uuid))$policy$,
    tenant_table);
  EXECUTE format('GRANT %s ON %s TO %I', rights, tenant_table, current_setting('leadpact.app_role'));
END $$;

CREATE OR REPLACE FUNCTION system.let_scan(queue regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($policy$CREATE POLICY scan ON %s FOR SELECT USING ((SELECT current_setting('app.scan', true)) = 'on')$policy$, queue);
END $$;

DO $$
DECLARE
  held record;
  own text := $policy$(workspace_id = (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid)$policy$;
  once text := $policy$(workspace_id = (SELECT nullif(current_setting('app.workspace', true), '')::uuid))$policy$;
BEGIN
  FOR held IN
    SELECT p.polrelid::regclass AS held_by, p.polname AS name, pg_get_expr(p.polqual, p.polrelid) AS seen
    FROM pg_policy p WHERE p.polname IN ('workspace', 'scan')
  LOOP
    IF held.name = 'workspace' AND held.seen = own THEN
      EXECUTE format('ALTER POLICY workspace ON %s USING %s WITH CHECK %s', held.held_by, once, once);
    ELSIF held.name = 'scan' THEN
      EXECUTE format($policy$ALTER POLICY scan ON %s USING ((SELECT current_setting('app.scan', true)) = 'on')$policy$, held.held_by);
    END IF;
  END LOOP;
END $$;
