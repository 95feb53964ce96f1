-- Lists of leads by their last activity have those without any at the end: the beginning of time is before all others.
DROP INDEX lead_states_last_activity;
ALTER TABLE lead_states
  ADD active_at timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(last_activity_at, timestamptz '1970-01-01T00:00:00Z')) STORED;
CREATE INDEX lead_states_active ON lead_states (workspace_id, active_at, lead);

-- A lead's timeline reads its latest first, a page at a time, however long it is.
CREATE INDEX activities_lead_at ON activities (workspace_id, lead, at DESC, id DESC);
DROP INDEX activities_lead;
