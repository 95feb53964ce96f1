-- What the measures count: each lead's runs through the ladder, one row a run, and indexes that hold all that a report
-- asks of a handoff and its clocks. Kept by the database with the moves they are drawn from, so that a report is as of
-- now however many leads there are.

CREATE TABLE passes (
  workspace_id uuid NOT NULL,
  lead bigint NOT NULL,
  pass integer NOT NULL,
  -- When it first stood on each rung; null for one it never stood on.
  entered_at timestamptz(3) NOT NULL,
  conversion_at timestamptz(3),
  mql_at timestamptz(3),
  sal_at timestamptz(3),
  sql_at timestamptz(3),
  opportunity_at timestamptz(3),
  won_at timestamptz(3),
  -- How it left, when not by being won: recycled, disqualified, lost, bad_lead.
  exit text COLLATE "C",
  exit_at timestamptz(3),
  -- When it had come so far, be it that it went past the rung.
  to_conversion timestamptz(3) GENERATED ALWAYS AS (least(conversion_at, mql_at, sal_at, sql_at, opportunity_at, won_at)) STORED,
  to_mql timestamptz(3) GENERATED ALWAYS AS (least(mql_at, sal_at, sql_at, opportunity_at, won_at)) STORED,
  to_sal timestamptz(3) GENERATED ALWAYS AS (least(sal_at, sql_at, opportunity_at, won_at)) STORED,
  to_sql timestamptz(3) GENERATED ALWAYS AS (least(sql_at, opportunity_at, won_at)) STORED,
  to_opportunity timestamptz(3) GENERATED ALWAYS AS (least(opportunity_at, won_at)) STORED,
  PRIMARY KEY (workspace_id, lead, pass)
) WITH (fillfactor = 80);
CREATE INDEX passes_conversion ON passes (workspace_id, to_conversion)
  INCLUDE (lead, pass, to_mql, to_sal, to_sql, to_opportunity, won_at, exit_at) WHERE to_conversion IS NOT NULL;
CREATE INDEX passes_mql ON passes (workspace_id, to_mql)
  INCLUDE (lead, pass, mql_at, to_sal, sal_at, to_sql, sql_at, to_opportunity, opportunity_at, won_at, exit_at) WHERE to_mql IS NOT NULL;
CREATE INDEX passes_sal ON passes (workspace_id, to_sal) WHERE to_sal IS NOT NULL;
CREATE INDEX passes_won ON passes (workspace_id, won_at) WHERE won_at IS NOT NULL;
SELECT system.protect('passes', 'SELECT, INSERT, UPDATE, DELETE');

-- The rungs of moves, each pass in one row. Exits are not on the ladder, and neither are visitors.
CREATE FUNCTION system.pass_rung(stage text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN stage IN ('mql', 'sal', 'sql', 'opportunity', 'won') THEN stage
    WHEN stage IN ('recycled', 'disqualified', 'lost', 'bad_lead') THEN 'exit'
    WHEN stage = 'visitor' THEN 'visitor'
    ELSE 'conversion'
  END
$$;

CREATE FUNCTION system.passes_begun() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO passes AS p (workspace_id, lead, pass, entered_at, conversion_at, mql_at, sal_at, sql_at, opportunity_at, won_at, exit, exit_at)
  SELECT workspace_id, lead, pass, min(at),
    min(at) FILTER (WHERE rung = 'conversion'), min(at) FILTER (WHERE rung = 'mql'), min(at) FILTER (WHERE rung = 'sal'),
    min(at) FILTER (WHERE rung = 'sql'), min(at) FILTER (WHERE rung = 'opportunity'), min(at) FILTER (WHERE rung = 'won'),
    (array_agg(to_stage ORDER BY at) FILTER (WHERE rung = 'exit'))[1], min(at) FILTER (WHERE rung = 'exit')
  FROM (SELECT m.*, system.pass_rung(m.to_stage) AS rung FROM made m WHERE m.replaced_at IS NULL) m
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (workspace_id, lead, pass) DO UPDATE SET
    entered_at = least(p.entered_at, excluded.entered_at), conversion_at = least(p.conversion_at, excluded.conversion_at),
    mql_at = least(p.mql_at, excluded.mql_at), sal_at = least(p.sal_at, excluded.sal_at), sql_at = least(p.sql_at, excluded.sql_at),
    opportunity_at = least(p.opportunity_at, excluded.opportunity_at), won_at = least(p.won_at, excluded.won_at),
    exit = CASE WHEN excluded.exit_at < p.exit_at OR p.exit_at IS NULL THEN excluded.exit ELSE p.exit END,
    exit_at = least(p.exit_at, excluded.exit_at);
  RETURN NULL;
END $$;

-- Late news: some moves no longer count. The passes of their leads are drawn anew.
CREATE FUNCTION system.passes_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM passes p USING (SELECT DISTINCT workspace_id, lead FROM now_so) c
  WHERE p.workspace_id = c.workspace_id AND p.lead = c.lead;
  INSERT INTO passes (workspace_id, lead, pass, entered_at, conversion_at, mql_at, sal_at, sql_at, opportunity_at, won_at, exit, exit_at)
  SELECT workspace_id, lead, pass, min(at),
    min(at) FILTER (WHERE rung = 'conversion'), min(at) FILTER (WHERE rung = 'mql'), min(at) FILTER (WHERE rung = 'sal'),
    min(at) FILTER (WHERE rung = 'sql'), min(at) FILTER (WHERE rung = 'opportunity'), min(at) FILTER (WHERE rung = 'won'),
    (array_agg(to_stage ORDER BY at) FILTER (WHERE rung = 'exit'))[1], min(at) FILTER (WHERE rung = 'exit')
  FROM (SELECT m.*, system.pass_rung(m.to_stage) AS rung
        FROM moves m JOIN (SELECT DISTINCT workspace_id, lead FROM now_so) c ON m.workspace_id = c.workspace_id AND m.lead = c.lead
        WHERE m.replaced_at IS NULL) m
  GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;

CREATE TRIGGER passes_begun AFTER INSERT ON moves REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION system.passes_begun();
CREATE TRIGGER passes_changed AFTER UPDATE ON moves REFERENCING NEW TABLE AS now_so
  FOR EACH STATEMENT EXECUTE FUNCTION system.passes_changed();

-- What was moved before there were passes. The owner is bound by row-level security too, unless it is let off.
ALTER TABLE moves NO FORCE ROW LEVEL SECURITY;
ALTER TABLE passes NO FORCE ROW LEVEL SECURITY;
INSERT INTO passes (workspace_id, lead, pass, entered_at, conversion_at, mql_at, sal_at, sql_at, opportunity_at, won_at, exit, exit_at)
SELECT workspace_id, lead, pass, min(at),
  min(at) FILTER (WHERE rung = 'conversion'), min(at) FILTER (WHERE rung = 'mql'), min(at) FILTER (WHERE rung = 'sal'),
  min(at) FILTER (WHERE rung = 'sql'), min(at) FILTER (WHERE rung = 'opportunity'), min(at) FILTER (WHERE rung = 'won'),
  (array_agg(to_stage ORDER BY at) FILTER (WHERE rung = 'exit'))[1], min(at) FILTER (WHERE rung = 'exit')
FROM (SELECT m.*, system.pass_rung(m.to_stage) AS rung FROM moves m WHERE m.replaced_at IS NULL) m
GROUP BY 1, 2, 3;
ALTER TABLE moves FORCE ROW LEVEL SECURITY;
ALTER TABLE passes FORCE ROW LEVEL SECURITY;

-- A handoff's packet makes its row wide: what reports count is read from the index alone.
DROP INDEX handoffs_offered;
CREATE INDEX handoffs_offered ON handoffs (workspace_id, offered_at)
  INCLUDE (id, lead, pass, version, tier, origin, fast_lane, queue, answer, answered_at, decision, decided_at);
CREATE INDEX deals_won ON deals (workspace_id, closed_at) INCLUDE (lead, handoff_id, amount, currency, opened_at) WHERE outcome = 'won';
