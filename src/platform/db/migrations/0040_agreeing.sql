-- From a draft to what holds: declined with a reason, taken back, put into force at its time, and an emergency
-- amendment that lapses by itself.

ALTER TABLE versions
  -- From when it is to hold once both have signed.
  ADD effective_from timestamptz(3),
  ADD withdrawn_why text,
  -- What it was drafted from, where that was a draft itself and may have been written anew since.
  ADD base_text text;

-- A party's dated no to one version, over its digest.
CREATE TABLE declines (
  workspace_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('marketing', 'sales')),
  member_id uuid NOT NULL,
  digest text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  declined_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, pact_id, version, party),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('declines', 'SELECT, INSERT');
SELECT system.append_only('declines');

-- What is to be told when its time has come: a version holds, or has lapsed. Done once, by whoever comes first.
CREATE TABLE turns (
  workspace_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  turn text COLLATE "C" NOT NULL CHECK (turn IN ('in_force', 'lapsed')),
  due_at timestamptz(3) NOT NULL,
  done_at timestamptz(3),
  -- It does not come to that: the other party signed as well.
  void_at timestamptz(3),
  PRIMARY KEY (workspace_id, pact_id, version, turn),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions
);
CREATE INDEX turns_due ON turns (due_at) WHERE done_at IS NULL AND void_at IS NULL;
SELECT system.protect('turns', 'SELECT, INSERT, UPDATE');
SELECT system.let_scan('turns');

CREATE FUNCTION system.signatures_of(signed versions) RETURNS integer
LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer FROM signatures s
  WHERE s.workspace_id = signed.workspace_id AND s.pact_id = signed.pact_id AND s.version = signed.number
    AND s.digest = signed.digest
$$;

CREATE OR REPLACE FUNCTION system.check_version() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  -- What becomes of a proposed version, each written once.
  fate CONSTANT text[] := ARRAY['in_force_from', 'in_force_until', 'withdrawn_at', 'withdrawn_by', 'withdrawn_why'];
  yes integer;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'Version % was withdrawn: that is not taken back.', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP <> 'INSERT' AND OLD.proposed_at IS NOT NULL THEN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - fate IS DISTINCT FROM to_jsonb(OLD) - fate THEN
      RAISE EXCEPTION 'Version % was proposed and stays as it is: draft another.', OLD.number
        USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.in_force_from IS NOT NULL AND (
      OLD.in_force_from IS DISTINCT FROM NEW.in_force_from OR NEW.withdrawn_at IS NOT NULL) THEN
      RAISE EXCEPTION 'Version % has come into force: that is not taken back.', OLD.number
        USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF NEW.in_force_from IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.in_force_from IS NULL) THEN
    yes := system.signatures_of(NEW);
    IF yes < 2 AND NOT (NEW.emergency AND yes = 1 AND NEW.in_force_until IS NOT NULL) THEN
      RAISE EXCEPTION 'Version % has the signature of % of 2 parties: it cannot come into force.', NEW.number, yes
        USING ERRCODE = 'check_violation';
    END IF;
    IF yes < 2 AND NEW.in_force_until > NEW.in_force_from + interval '14 days' THEN
      RAISE EXCEPTION 'Version % has the signature of one party: it holds for 14 days at most.', NEW.number
        USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM declines d
      WHERE d.workspace_id = NEW.workspace_id AND d.pact_id = NEW.pact_id AND d.version = NEW.number) THEN
      RAISE EXCEPTION 'Version % was declined: it cannot come into force.', NEW.number USING ERRCODE = 'check_violation';
    END IF;
  ELSIF TG_OP = 'UPDATE' AND OLD.in_force_from IS NOT NULL AND OLD.in_force_until IS DISTINCT FROM NEW.in_force_until THEN
    IF NEW.in_force_until IS NOT NULL OR NOT NEW.emergency OR system.signatures_of(NEW) < 2 THEN
      RAISE EXCEPTION 'Version % ends when it was said to: only the second signature lets it hold on.', NEW.number
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- Who says yes or no for a party, and to what: the same for both.
CREATE FUNCTION system.check_word(workspace uuid, pact uuid, v integer, side text, member uuid, read text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  asked versions;
  speaker members;
BEGIN
  SELECT * INTO asked FROM versions o
  WHERE o.workspace_id = workspace AND o.pact_id = pact AND o.number = v
  FOR SHARE; -- not withdrawn while it is being signed
  IF asked.proposed_at IS NULL OR asked.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'Version % is not proposed: there is nothing to sign.', v USING ERRCODE = 'check_violation';
  END IF;
  IF asked.digest <> read THEN
    RAISE EXCEPTION 'The text that was read has digest %, version % has %: read it again.', read, v, asked.digest
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM declines d WHERE d.workspace_id = workspace AND d.pact_id = pact AND d.version = v) THEN
    RAISE EXCEPTION 'Version % was declined: draft another.', v USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO speaker FROM members m WHERE m.workspace_id = workspace AND m.id = member;
  IF speaker.party IS DISTINCT FROM side OR speaker.rank = 'member' OR speaker.left_at IS NOT NULL THEN
    RAISE EXCEPTION 'Member % cannot sign for %: a present lead or manager of that party does.', member, side
      USING ERRCODE = 'check_violation';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION system.check_signature() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM system.check_word(NEW.workspace_id, NEW.pact_id, NEW.version, NEW.party, NEW.member_id, NEW.digest);
  RETURN NEW;
END $$;

CREATE FUNCTION system.check_decline() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM system.check_word(NEW.workspace_id, NEW.pact_id, NEW.version, NEW.party, NEW.member_id, NEW.digest);
  IF EXISTS (SELECT FROM signatures s WHERE s.workspace_id = NEW.workspace_id AND s.pact_id = NEW.pact_id
      AND s.version = NEW.version AND s.party = NEW.party) THEN
    RAISE EXCEPTION 'Version % has been signed by %: who has signed does not decline.', NEW.version, NEW.party
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_decline BEFORE INSERT ON declines FOR EACH ROW EXECUTE FUNCTION system.check_decline();
