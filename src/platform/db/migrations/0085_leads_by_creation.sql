-- Lists and reports walked leads by their creation on two indexes that were nearly alike: one does for both, and every
-- lead that is made costs one entry less. Both narrow copies of a lead say whether it still stands for a person, so that
-- a list need not look at the lead itself, whose row is wide, to leave it out.

DROP INDEX leads_created;
DROP INDEX leads_measured_created;
CREATE INDEX leads_created ON leads (workspace_id, created_at, number)
  INCLUDE (merged_into, erased_at, measured_source, measured_region);

DROP INDEX leads_measured;
CREATE INDEX leads_measured ON leads (workspace_id, number)
  INCLUDE (merged_into, erased_at, created_at, origin, measured_source, measured_region);
