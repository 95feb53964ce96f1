-- Lists of leads by their last activity have those without any at the end: the beginning of time is before all others.
DROP INDEX lead_states_last_activity;
ALTER TABLE lead_states
  ADD active_at timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(last_activity_at, timestamptz '1970-01-01T00:00:00Z')) STORED;
CREATE INDEX lead_states_active ON lead_states (workspace_id, active_at, lead);
