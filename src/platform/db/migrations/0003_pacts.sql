-- The shared agreement, its numbered versions, and each party's yes.

CREATE TABLE pacts (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, created_by) REFERENCES members
);
SELECT system.protect('pacts', 'SELECT, INSERT, UPDATE');

-- A draft until it is proposed; from then on its text stays as it is, whatever becomes of it.
CREATE TABLE versions (
  workspace_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  -- The file as it was written, the normal form it parses to, and the digest of that, which the parties sign.
  text text NOT NULL,
  normal jsonb NOT NULL,
  digest text COLLATE "C" NOT NULL,
  -- The version this one was drafted from.
  base integer,
  note text,
  -- Goes up with every change of a draft, so that two people do not overwrite each other.
  revision integer NOT NULL DEFAULT 1,
  drafted_at timestamptz(3) NOT NULL DEFAULT now(),
  drafted_by uuid,
  proposed_at timestamptz(3),
  proposed_by uuid,
  -- An amendment that one party may put into force alone, for a while.
  emergency boolean NOT NULL DEFAULT false,
  in_force_from timestamptz(3),
  in_force_until timestamptz(3),
  withdrawn_at timestamptz(3),
  withdrawn_by uuid,
  PRIMARY KEY (workspace_id, pact_id, number),
  FOREIGN KEY (workspace_id, pact_id) REFERENCES pacts,
  FOREIGN KEY (workspace_id, pact_id, base) REFERENCES versions,
  FOREIGN KEY (workspace_id, drafted_by) REFERENCES members,
  FOREIGN KEY (workspace_id, proposed_by) REFERENCES members,
  FOREIGN KEY (workspace_id, withdrawn_by) REFERENCES members,
  CHECK (in_force_from IS NULL OR proposed_at IS NOT NULL),
  CHECK (in_force_until > in_force_from)
);
CREATE INDEX versions_in_force ON versions (workspace_id, pact_id, in_force_from) WHERE in_force_from IS NOT NULL;
SELECT system.protect('versions', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE signatures (
  workspace_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('marketing', 'sales')),
  member_id uuid NOT NULL,
  digest text COLLATE "C" NOT NULL,
  signed_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, pact_id, version, party),
  -- Nobody signs for both sides, even after changing sides.
  UNIQUE (workspace_id, pact_id, version, member_id),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('signatures', 'SELECT, INSERT');
SELECT system.append_only('signatures');

CREATE FUNCTION system.check_version() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  -- What becomes of a proposed version, each written once.
  fate CONSTANT text[] := ARRAY['in_force_from', 'in_force_until', 'withdrawn_at', 'withdrawn_by'];
  yes integer;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.proposed_at IS NOT NULL THEN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - fate IS DISTINCT FROM to_jsonb(OLD) - fate THEN
      RAISE EXCEPTION 'Version % was proposed and stays as it is: draft another.', OLD.number
        USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.in_force_from IS NOT NULL AND OLD.in_force_from IS DISTINCT FROM NEW.in_force_from
      OR OLD.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at THEN
      RAISE EXCEPTION 'Version % has come into force or was withdrawn: that is not taken back.', OLD.number
        USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF NEW.in_force_from IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.in_force_from IS NULL) THEN
    SELECT count(*) INTO yes FROM signatures s
    WHERE s.workspace_id = NEW.workspace_id AND s.pact_id = NEW.pact_id AND s.version = NEW.number
      AND s.digest = NEW.digest;
    IF yes < 2 AND NOT (NEW.emergency AND yes = 1 AND NEW.in_force_until IS NOT NULL) THEN
      RAISE EXCEPTION 'Version % has the signature of % of 2 parties: it cannot come into force.', NEW.number, yes
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_version BEFORE INSERT OR UPDATE OR DELETE ON versions
  FOR EACH ROW EXECUTE FUNCTION system.check_version();

CREATE FUNCTION system.check_signature() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  signed versions;
  signer members;
BEGIN
  SELECT * INTO signed FROM versions v
  WHERE v.workspace_id = NEW.workspace_id AND v.pact_id = NEW.pact_id AND v.number = NEW.version
  FOR SHARE; -- not withdrawn while it is being signed
  IF signed.proposed_at IS NULL OR signed.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'Version % is not proposed: there is nothing to sign.', NEW.version USING ERRCODE = 'check_violation';
  END IF;
  IF signed.digest <> NEW.digest THEN
    RAISE EXCEPTION 'The text that was read has digest %, version % has %: read it again.', NEW.digest, NEW.version, signed.digest
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO signer FROM members m WHERE m.workspace_id = NEW.workspace_id AND m.id = NEW.member_id;
  IF signer.party IS DISTINCT FROM NEW.party OR signer.rank = 'member' OR signer.left_at IS NOT NULL THEN
    RAISE EXCEPTION 'Member % cannot sign for %: a present lead or manager of that party does.', NEW.member_id, NEW.party
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_signature BEFORE INSERT ON signatures
  FOR EACH ROW EXECUTE FUNCTION system.check_signature();
