-- What reports tell leads apart by, as it is compared, and narrow copies of it: a lead's own row is wide.

ALTER TABLE leads
  ADD measured_source text COLLATE "C" GENERATED ALWAYS AS (left(lower(btrim(source)), 200)) STORED,
  ADD measured_region text COLLATE "C" GENERATED ALWAYS AS (left(lower(btrim(attributes ->> 'country')), 200)) STORED;
CREATE INDEX leads_measured ON leads (workspace_id, number) INCLUDE (merged_into, origin, measured_source, measured_region);
CREATE INDEX leads_measured_created ON leads (workspace_id, created_at) INCLUDE (number, merged_into, measured_source, measured_region);
CREATE INDEX leads_measured_source ON leads (workspace_id, measured_source, number) WHERE measured_source IS NOT NULL;
