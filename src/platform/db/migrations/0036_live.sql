-- What others may want to see is told to every process in the transaction that does it: who listens hears of it after
-- the commit, and of nothing that was undone. A notice holds ids alone, for whoever asked to be told about the
-- workspace; it is told by the role that wrote, so nothing here may do more than that role.

-- Tells what happened, some at a time, because a notice is short. So much at once that nobody would look at each is
-- told as one: read everything again.
CREATE FUNCTION system.tell_journal() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('leadpact', CASE WHEN part > 15 THEN jsonb_build_object('workspace', workspace_id, 'all', true)
    ELSE jsonb_build_object('workspace', workspace_id, 'events', events) END::text)
  FROM (
    SELECT workspace_id, part, jsonb_agg(event ORDER BY seq) AS events
    FROM (
      SELECT n.workspace_id, n.seq,
        least(row_number() OVER (PARTITION BY n.workspace_id ORDER BY n.seq) / 16, 16) AS part,
        jsonb_build_array(n.seq::text, left(n.what, 80), left(n.subject_kind, 40), left(n.subject_id, 80),
          floor(extract(epoch FROM n.at) * 1000)::bigint, n.actor_id,
          CASE WHEN n.subject_kind = 'lead' THEN left(n.subject_id, 80) ELSE left(n.data ->> 'lead', 80) END) AS event
      FROM new_rows n
    ) AS numbered
    GROUP BY workspace_id, part
    ORDER BY part
  ) AS parts;
  RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER INSERT ON journal REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION system.tell_journal();

-- What is not in the journal, told once a statement.
CREATE FUNCTION system.tell_one(workspace uuid, what text, subject_kind text, subject_id text) RETURNS void
LANGUAGE sql AS $$
  SELECT pg_notify('leadpact', jsonb_build_object('workspace', workspace, 'events', jsonb_build_array(jsonb_build_array(
    what || ' ' || subject_id || ' ' || (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, what, subject_kind, subject_id,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint, NULL, NULL)))::text)
$$;

CREATE FUNCTION system.tell_quarantine() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM system.tell_one(n.workspace_id, 'quarantine.grew', 'workspace', n.workspace_id::text)
  FROM (SELECT DISTINCT workspace_id FROM new_rows) AS n;
  RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER INSERT ON quarantine REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION system.tell_quarantine();

CREATE FUNCTION system.tell_import() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM system.tell_one(n.workspace_id, CASE WHEN n.failed_at IS NULL THEN 'import.progressed' ELSE 'import.failed' END,
    'import', n.id::text)
  FROM new_rows n;
  RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER UPDATE ON imports REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION system.tell_import();

-- Why an event in quarantine was given up, and by whom.
ALTER TABLE quarantine ADD dismissed_why text;
ALTER TABLE quarantine ADD ended_by uuid;
ALTER TABLE quarantine ADD FOREIGN KEY (workspace_id, ended_by) REFERENCES members;
CREATE INDEX quarantine_arrived ON quarantine (workspace_id, received_at);
