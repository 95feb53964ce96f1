-- What is emptied in the ledger, because a person is forgotten, is not kept in what is packed of it either: it is read
-- from the ledger at once, and packed again.

CREATE FUNCTION system.doubt_the_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_doubts (workspace_id, lead, entries) SELECT DISTINCT workspace_id, lead, true FROM changed;
  RETURN NULL;
END $$;

CREATE TRIGGER doubt_the_changed AFTER UPDATE ON activities REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION system.doubt_the_changed();
CREATE TRIGGER doubt_the_changed AFTER UPDATE ON attribute_changes REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION system.doubt_the_changed();
