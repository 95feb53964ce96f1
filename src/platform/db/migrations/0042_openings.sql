-- Two private drafts: each party writes its own definition unseen, until both are in.

-- What one party may not see of the other yet is kept from it here: rows carry the party they belong to, and a
-- transaction says for whom it looks. One that says nothing sees neither side.
CREATE FUNCTION system.keep_apart(secret regclass, unless text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    $policy$CREATE POLICY own_side ON %s AS RESTRICTIVE FOR SELECT
      USING (party = nullif(current_setting('app.party', true), '') OR EXISTS (%s))$policy$,
    secret, unless);
END $$;

CREATE TABLE openings (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  name text NOT NULL,
  -- The pact that is negotiated anew; null at the very start.
  pact_id uuid,
  opened_at timestamptz(3) NOT NULL,
  opened_by uuid NOT NULL,
  -- Since when both are in and both texts are open.
  revealed_at timestamptz(3),
  settled_at timestamptz(3),
  draft_pact uuid,
  draft_version integer,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pact_id) REFERENCES pacts,
  FOREIGN KEY (workspace_id, opened_by) REFERENCES members,
  FOREIGN KEY (workspace_id, draft_pact, draft_version) REFERENCES versions,
  CHECK (settled_at IS NULL OR revealed_at IS NOT NULL)
);
CREATE INDEX openings_opened ON openings (workspace_id, opened_at);
SELECT system.protect('openings', 'SELECT, INSERT, UPDATE');

CREATE TABLE hand_ins (
  workspace_id uuid NOT NULL,
  opening_id uuid NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('marketing', 'sales')),
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, opening_id, party),
  FOREIGN KEY (workspace_id, opening_id) REFERENCES openings,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('hand_ins', 'SELECT, INSERT');
SELECT system.append_only('hand_ins');

CREATE TABLE opening_texts (
  workspace_id uuid NOT NULL,
  opening_id uuid NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('marketing', 'sales')),
  text text NOT NULL,
  digest text COLLATE "C" NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  saved_at timestamptz(3) NOT NULL,
  saved_by uuid NOT NULL,
  PRIMARY KEY (workspace_id, opening_id, party),
  FOREIGN KEY (workspace_id, opening_id) REFERENCES openings,
  FOREIGN KEY (workspace_id, saved_by) REFERENCES members
);
SELECT system.protect('opening_texts', 'SELECT, INSERT, UPDATE');
SELECT system.keep_apart('opening_texts', 'SELECT FROM openings o WHERE o.workspace_id = opening_texts.workspace_id
  AND o.id = opening_texts.opening_id AND o.revealed_at IS NOT NULL');

CREATE FUNCTION system.check_opening() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revealed_at IS DISTINCT FROM NEW.revealed_at AND (OLD.revealed_at IS NOT NULL OR (SELECT count(*) FROM hand_ins h
      WHERE h.workspace_id = NEW.workspace_id AND h.opening_id = NEW.id) < 2) THEN
    RAISE EXCEPTION 'The two definitions are opened once, when both are in.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_opening BEFORE UPDATE ON openings FOR EACH ROW EXECUTE FUNCTION system.check_opening();

CREATE FUNCTION system.check_opening_text() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM hand_ins h
      WHERE h.workspace_id = NEW.workspace_id AND h.opening_id = NEW.opening_id AND h.party = NEW.party) THEN
    RAISE EXCEPTION 'What % handed in stays as it is.', NEW.party USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_opening_text BEFORE INSERT OR UPDATE ON opening_texts
  FOR EACH ROW EXECUTE FUNCTION system.check_opening_text();

-- Which side each difference is taken from.
CREATE TABLE opening_choices (
  workspace_id uuid NOT NULL,
  opening_id uuid NOT NULL,
  clause text COLLATE "C" NOT NULL,
  take text NOT NULL CHECK (take IN ('marketing', 'sales', 'new')),
  -- What it says instead; null unless it is new.
  value jsonb,
  member_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, opening_id, clause),
  FOREIGN KEY (workspace_id, opening_id) REFERENCES openings,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members,
  CHECK ((take = 'new') = (value IS NOT NULL))
);
SELECT system.protect('opening_choices', 'SELECT, INSERT, UPDATE');
