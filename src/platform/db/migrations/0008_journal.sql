-- The append-only record of what the system and people did. Each entry carries the hash of the one before it in its
-- workspace, so that a change, a gap or a missing end shows. It holds ids, never what identifies a person: people can
-- be erased, the journal cannot.

CREATE TABLE journal (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  -- These four are set by the trigger, whatever is given.
  seq bigint NOT NULL DEFAULT 0,
  recorded_at timestamptz(3) NOT NULL DEFAULT now(),
  previous bytea NOT NULL DEFAULT '',
  hash bytea NOT NULL DEFAULT '',
  -- When it happened, which may be before it was recorded.
  at timestamptz(3) NOT NULL,
  -- Who: a member, an API key, or the system itself.
  actor_kind text NOT NULL CHECK (actor_kind IN ('member', 'key', 'system')),
  actor_id uuid,
  -- What, as noun and verb: handoff.accepted.
  what text COLLATE "C" NOT NULL,
  subject_kind text COLLATE "C" NOT NULL,
  subject_id text COLLATE "C" NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, seq),
  CHECK ((actor_kind = 'system') = (actor_id IS NULL))
);
CREATE INDEX journal_subject ON journal (workspace_id, subject_kind, subject_id, seq);
SELECT system.protect('journal', 'SELECT, INSERT');
SELECT system.append_only('journal');

-- The end of each workspace's chain: the lock that puts writers in line, and what shows an end that was cut off.
CREATE TABLE journal_heads (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
SELECT system.protect('journal_heads', 'SELECT, INSERT, UPDATE');

CREATE FUNCTION system.journal_hash(entry journal) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT sha256(entry.previous || convert_to(jsonb_build_array(
    entry.workspace_id, entry.seq,
    (extract(epoch FROM entry.recorded_at) * 1000)::bigint, (extract(epoch FROM entry.at) * 1000)::bigint,
    entry.actor_kind, entry.actor_id, entry.what, entry.subject_kind, entry.subject_id, entry.data)::text, 'UTF8'))
$$;

CREATE FUNCTION system.chain_journal() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  head journal_heads;
BEGIN
  LOOP
    SELECT * INTO head FROM journal_heads h WHERE h.workspace_id = NEW.workspace_id FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO journal_heads VALUES (NEW.workspace_id, 0, '') ON CONFLICT DO NOTHING;
  END LOOP;
  NEW.seq := head.seq + 1;
  NEW.recorded_at := clock_timestamp();
  NEW.previous := head.hash;
  NEW.hash := system.journal_hash(NEW);
  UPDATE journal_heads h SET seq = NEW.seq, hash = NEW.hash WHERE h.workspace_id = NEW.workspace_id;
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION system.chain_journal();

-- The first place where a workspace's chain does not hold, from an entry on; no row when it holds throughout.
CREATE FUNCTION system.verify_journal(workspace uuid, from_seq bigint DEFAULT 1) RETURNS TABLE (seq bigint, fault text)
LANGUAGE sql STABLE AS $$
  WITH entries AS (
    SELECT j AS entry, j.seq, j.hash, j.previous,
      lag(j.seq, 1, 0::bigint) OVER (ORDER BY j.seq) AS before_seq,
      lag(j.hash, 1, ''::bytea) OVER (ORDER BY j.seq) AS before_hash
    FROM journal j
    WHERE j.workspace_id = workspace AND j.seq >= from_seq - 1
  ), faults AS (
    SELECT e.seq, CASE
        WHEN e.seq <> e.before_seq + 1 THEN 'entries are missing before it'
        WHEN e.previous <> e.before_hash THEN 'it does not follow from the entry before it'
        WHEN e.hash <> system.journal_hash(e.entry) THEN 'it was changed'
      END AS fault
    FROM entries e
    WHERE e.seq >= from_seq
    UNION ALL
    SELECT h.seq, 'the end is missing'
    FROM journal_heads h
    WHERE h.workspace_id = workspace
      AND NOT EXISTS (SELECT FROM journal j WHERE j.workspace_id = workspace AND j.seq = h.seq AND j.hash = h.hash)
    UNION ALL
    SELECT j.seq, 'it is beyond the end'
    FROM journal j
    WHERE j.workspace_id = workspace
      AND j.seq > coalesce((SELECT h.seq FROM journal_heads h WHERE h.workspace_id = workspace), 0)
  )
  SELECT f.seq, f.fault FROM faults f WHERE f.fault IS NOT NULL ORDER BY f.seq LIMIT 1
$$;
