-- A signature is given to one proposal, not carried over to another of the same text; and what both signed holds from
-- their second yes on at the earliest, so that what was judged before is judged by what both knew then.

CREATE OR REPLACE FUNCTION system.check_signature() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  proposed timestamptz;
BEGIN
  PERFORM system.check_word(NEW.workspace_id, NEW.pact_id, NEW.version, NEW.party, NEW.member_id, NEW.digest);
  SELECT v.proposed_at INTO proposed FROM versions v
  WHERE v.workspace_id = NEW.workspace_id AND v.pact_id = NEW.pact_id AND v.number = NEW.version;
  IF NEW.signed_at < proposed THEN
    RAISE EXCEPTION 'Version % was proposed at %: a signature of before is not one under it.', NEW.version, proposed
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION system.check_beginning() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  signed timestamptz;
BEGIN
  SELECT max(s.signed_at) INTO signed FROM signatures s
  WHERE s.workspace_id = NEW.workspace_id AND s.pact_id = NEW.pact_id AND s.version = NEW.number;
  IF NEW.in_force_from < signed THEN
    RAISE EXCEPTION 'Version % was last signed at %: it cannot have been in force since %.',
      NEW.number, signed, NEW.in_force_from USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
-- After check_version, which says what is missing: triggers go by their names.
CREATE TRIGGER check_version_beginning BEFORE INSERT OR UPDATE OF in_force_from ON versions
  FOR EACH ROW WHEN (NEW.in_force_from IS NOT NULL) EXECUTE FUNCTION system.check_beginning();
