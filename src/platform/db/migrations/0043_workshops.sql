-- Both teams label the same leads blind.

CREATE TABLE workshops (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  name text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  opened_by uuid NOT NULL,
  -- The version in force then.
  pact_id uuid,
  version integer,
  -- Since when both have finished and all labels are open.
  done_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, opened_by) REFERENCES members,
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
CREATE INDEX workshops_opened ON workshops (workspace_id, opened_at);
SELECT system.protect('workshops', 'SELECT, INSERT, UPDATE');

CREATE TABLE workshop_leads (
  workspace_id uuid NOT NULL,
  workshop_id uuid NOT NULL,
  place integer NOT NULL CHECK (place > 0),
  lead bigint NOT NULL,
  why text NOT NULL CHECK (why IN ('sample', 'disputed')),
  -- What is shown of it: no score, no verdict, nobody's name.
  packet jsonb NOT NULL,
  -- What the version then in force said of it; shown when both have finished.
  verdict text COLLATE "C",
  fit double precision,
  interest double precision,
  PRIMARY KEY (workspace_id, workshop_id, place),
  UNIQUE (workspace_id, workshop_id, lead),
  FOREIGN KEY (workspace_id, workshop_id) REFERENCES workshops,
  FOREIGN KEY (workspace_id, lead) REFERENCES leads
);
SELECT system.protect('workshop_leads', 'SELECT, INSERT, UPDATE');

CREATE TABLE workshop_finishes (
  workspace_id uuid NOT NULL,
  workshop_id uuid NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('marketing', 'sales')),
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, workshop_id, party),
  FOREIGN KEY (workspace_id, workshop_id) REFERENCES workshops,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('workshop_finishes', 'SELECT, INSERT');
SELECT system.append_only('workshop_finishes');

CREATE TABLE workshop_labels (
  workspace_id uuid NOT NULL,
  workshop_id uuid NOT NULL,
  place integer NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('marketing', 'sales')),
  label text NOT NULL CHECK (label IN ('good', 'not_good')),
  note text,
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, workshop_id, place, party),
  FOREIGN KEY (workspace_id, workshop_id, place) REFERENCES workshop_leads,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('workshop_labels', 'SELECT, INSERT, UPDATE');
SELECT system.keep_apart('workshop_labels', 'SELECT FROM workshops w WHERE w.workspace_id = workshop_labels.workspace_id
  AND w.id = workshop_labels.workshop_id AND w.done_at IS NOT NULL');

CREATE FUNCTION system.check_workshop() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.done_at IS DISTINCT FROM NEW.done_at AND (OLD.done_at IS NOT NULL OR (SELECT count(*) FROM workshop_finishes f
      WHERE f.workspace_id = NEW.workspace_id AND f.workshop_id = NEW.id) < 2) THEN
    RAISE EXCEPTION 'Labels are opened once, when both have finished.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_workshop BEFORE UPDATE ON workshops FOR EACH ROW EXECUTE FUNCTION system.check_workshop();

CREATE FUNCTION system.check_label() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workshop_finishes f
      WHERE f.workspace_id = NEW.workspace_id AND f.workshop_id = NEW.workshop_id AND f.party = NEW.party) THEN
    RAISE EXCEPTION 'The labels of % stay as they are: it has finished.', NEW.party USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_label BEFORE INSERT OR UPDATE ON workshop_labels FOR EACH ROW EXECUTE FUNCTION system.check_label();
