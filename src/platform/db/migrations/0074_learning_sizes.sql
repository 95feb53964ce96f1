-- Of a table that one transaction fills the planner knows nothing until it commits: it takes the table for empty, and
-- partial indexes with it, and reads thousands of dead entries for one row. Whoever fills tables looks at them on the
-- way. PostgreSQL lets others than the owner do so from 17 on; an older one warns, passes the tables by, and is slower.
DO $$ BEGIN
  IF current_setting('server_version_num')::integer >= 170000 THEN
    EXECUTE format('GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO %I', current_setting('leadpact.app_role'));
  END IF;
END $$;

CREATE FUNCTION system.learn_sizes() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  filled regclass;
BEGIN
  FOR filled IN
    SELECT oid FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
    ORDER BY oid
  LOOP
    EXECUTE format('ANALYZE %s', filled);
  END LOOP;
END $$;
