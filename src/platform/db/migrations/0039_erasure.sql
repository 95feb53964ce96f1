-- Who is erased leaves that something happened, and no word of it: what people wrote of somebody is emptied where it
-- stands. These columns alone may be changed for that; everything else of these records stays as it was written.
DO $$ BEGIN
  EXECUTE format('GRANT UPDATE (properties, context) ON activities TO %I', current_setting('leadpact.app_role'));
  EXECUTE format('GRANT UPDATE (note) ON acceptances TO %I', current_setting('leadpact.app_role'));
  EXECUTE format('GRANT UPDATE (text) ON disputes TO %I', current_setting('leadpact.app_role'));
  EXECUTE format('GRANT UPDATE (text) ON rulings TO %I', current_setting('leadpact.app_role'));
END $$;

-- Whoever was erased lately is looked at again: an event that was on its way may have come in after.
CREATE INDEX leads_erased ON leads (workspace_id, erased_at) WHERE erased_at IS NOT NULL;
