-- What a member said of a handoff, for the moments in which they may take it back. Nothing is lost by that: what is
-- taken back is filed here with who undid it and when, the journal keeps both, and only then does the record go from
-- the table of what holds.
CREATE TABLE given_answers (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  what text COLLATE "C" NOT NULL
    CHECK (what IN ('acceptance', 'return', 'touch', 'qualification', 'hold', 'reassignment')),
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  -- The handoff's revision before and after: another one now, and something has followed.
  revision_before integer NOT NULL,
  revision integer NOT NULL,
  -- The handoff and its deadlines as they stood.
  before jsonb NOT NULL,
  -- Ids of what came with it: a touch, a hold, a deal.
  made jsonb NOT NULL,
  undone_at timestamptz(3),
  undone_by uuid,
  -- The records that were taken back.
  removed jsonb,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members,
  FOREIGN KEY (workspace_id, undone_by) REFERENCES members,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE INDEX given_answers_handoff ON given_answers (workspace_id, handoff_id, at);
SELECT system.protect('given_answers', 'SELECT, INSERT, UPDATE');

-- A record goes only in the transaction that files it as undone.
CREATE FUNCTION system.check_undone() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  gone CONSTANT jsonb := to_jsonb(OLD);
BEGIN
  PERFORM FROM given_answers g
  WHERE g.workspace_id = OLD.workspace_id AND g.undone_at IS NOT NULL
    AND g.xmin::text = (pg_current_xact_id()::xid)::text
    AND (g.handoff_id::text = gone ->> 'handoff_id' OR g.made ->> 'hold' = gone ->> 'id');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'What is in "%" goes only by being undone.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;

DO $$
DECLARE
  record_table text;
BEGIN
  FOREACH record_table IN ARRAY ARRAY['acceptances', 'returns', 'qualifications', 'touches', 'holds', 'routing_decisions', 'recycles', 'deals'] LOOP
    EXECUTE format('CREATE TRIGGER check_undone BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION system.check_undone()', record_table);
    EXECUTE format('GRANT DELETE ON %I TO %I', record_table, current_setting('leadpact.app_role'));
  END LOOP;
END $$;
