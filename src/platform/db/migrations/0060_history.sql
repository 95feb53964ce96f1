-- The history of leads, packed: what years of it are replayed from. All of it is derived from the ledger (leads,
-- activities, attribute_changes), and none of it is ever read without what has come in since.
--
-- A layer holds the activities whose ids lie in one stretch, (after, upto], cut into chunks by lead; nothing is ever
-- added to it. Small layers are merged into larger ones.

CREATE TABLE history_layers (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  after uuid NOT NULL,
  upto uuid NOT NULL CHECK (upto > after),
  activities bigint NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT system.protect('history_layers', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE history_chunks (
  workspace_id uuid NOT NULL,
  layer uuid NOT NULL,
  first_lead bigint NOT NULL,
  last_lead bigint NOT NULL CHECK (last_lead >= first_lead),
  data bytea NOT NULL,
  PRIMARY KEY (workspace_id, layer, first_lead),
  FOREIGN KEY (workspace_id, layer) REFERENCES history_layers ON DELETE CASCADE
);
ALTER TABLE history_chunks ALTER data SET STORAGE EXTERNAL; -- it is packed already
SELECT system.protect('history_chunks', 'SELECT, INSERT, UPDATE, DELETE');

-- Who the leads of a stretch of numbers are, and what was known of them when: folded from all statements up to the
-- head's `upto`.
CREATE TABLE history_states (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  stretch integer NOT NULL,
  data bytea NOT NULL,
  PRIMARY KEY (workspace_id, stretch)
);
ALTER TABLE history_states ALTER data SET STORAGE EXTERNAL;
SELECT system.protect('history_states', 'SELECT, INSERT, UPDATE, DELETE');

-- How far it is packed. Whoever packs holds the row.
CREATE TABLE history_heads (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces,
  -- Every statement up to this id is in the states; null until any are packed.
  upto uuid,
  packed_at timestamptz(3)
);
SELECT system.protect('history_heads', 'SELECT, INSERT, UPDATE, DELETE');

-- Leads of which what is packed may no longer be so: read from the ledger until it has been packed again. Written by
-- triggers in the transaction that gives rise to it, whoever's that is.
CREATE TABLE history_doubts (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  lead bigint NOT NULL,
  -- Whether entries of the ledger are concerned (some came in late, or are gone), or only who belongs to whom.
  entries boolean NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT system.protect('history_doubts', 'SELECT, INSERT, DELETE');
SELECT system.sweep_often('history_doubts');

-- What is packed leaves out what is younger than the oldest transaction by a minute. Ids that are older than that when
-- they are written would be taken for packed.
CREATE FUNCTION system.doubt_stragglers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  floor CONSTANT uuid := (lpad(to_hex(floor(extract(epoch FROM transaction_timestamp() - interval '1 minute') * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;
BEGIN
  INSERT INTO history_doubts (workspace_id, lead, entries)
  SELECT DISTINCT workspace_id, lead, true FROM written WHERE id < floor;
  RETURN NULL;
END $$;

CREATE FUNCTION system.doubt_the_gone() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_doubts (workspace_id, lead, entries) SELECT DISTINCT workspace_id, lead, true FROM gone;
  RETURN NULL;
END $$;

CREATE FUNCTION system.doubt_the_new() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_doubts (workspace_id, lead, entries) SELECT workspace_id, number, false FROM made;
  RETURN NULL;
END $$;

CREATE FUNCTION system.doubt_family() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_doubts (workspace_id, lead, entries)
  SELECT NEW.workspace_id, lead, NEW.erased_at IS DISTINCT FROM OLD.erased_at
  FROM unnest(ARRAY[NEW.number, OLD.merged_into, NEW.merged_into]) AS lead WHERE lead IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER doubt_stragglers AFTER INSERT ON activities REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION system.doubt_stragglers();
CREATE TRIGGER doubt_stragglers AFTER INSERT ON attribute_changes REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION system.doubt_stragglers();
CREATE TRIGGER doubt_the_gone AFTER DELETE ON activities REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION system.doubt_the_gone();
CREATE TRIGGER doubt_the_gone AFTER DELETE ON attribute_changes REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION system.doubt_the_gone();
CREATE TRIGGER doubt_the_new AFTER INSERT ON leads REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION system.doubt_the_new();
CREATE TRIGGER doubt_family AFTER UPDATE OF merged_into, erased_at, created_at ON leads FOR EACH ROW
  WHEN (OLD.merged_into IS DISTINCT FROM NEW.merged_into OR OLD.erased_at IS DISTINCT FROM NEW.erased_at
    OR OLD.created_at IS DISTINCT FROM NEW.created_at)
  EXECUTE FUNCTION system.doubt_family();
