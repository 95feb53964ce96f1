-- A mark says what it stands for, so that a worker that has the lead's history at hand reads only what is new.

ALTER TABLE dirty_leads
  -- The activities that came in with it; null when anything at all may have changed.
  ADD activities uuid[];
