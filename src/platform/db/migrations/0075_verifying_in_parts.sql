-- A long chain is verified some entries at a time, so that whoever waits is told how far it is. Each part takes the
-- entry before it as it is; the part that reaches the end looks for what is missing there, and for what is beyond.
DROP FUNCTION system.verify_journal(uuid, bigint);
CREATE FUNCTION system.verify_journal(workspace uuid, from_seq bigint DEFAULT 1, to_seq bigint DEFAULT NULL)
RETURNS TABLE (seq bigint, fault text)
LANGUAGE sql STABLE AS $$
  WITH head AS (
    SELECT coalesce((SELECT h.seq FROM journal_heads h WHERE h.workspace_id = workspace), 0) AS seq
  ), entries AS (
    SELECT j AS entry, j.seq, j.hash, j.previous,
      lag(j.seq, 1, 0::bigint) OVER (ORDER BY j.seq) AS before_seq,
      lag(j.hash, 1, ''::bytea) OVER (ORDER BY j.seq) AS before_hash
    FROM journal j
    WHERE j.workspace_id = workspace AND j.seq >= from_seq - 1 AND (to_seq IS NULL OR j.seq <= to_seq)
  ), faults AS (
    SELECT e.seq, CASE
        WHEN e.seq <> e.before_seq + 1 THEN 'entries are missing before it'
        WHEN e.previous <> e.before_hash THEN 'it does not follow from the entry before it'
        WHEN e.hash <> system.journal_hash(e.entry) THEN 'it was changed'
      END AS fault
    FROM entries e
    WHERE e.seq >= from_seq
    UNION ALL
    SELECT to_seq, 'entries are missing up to it'
    FROM head
    WHERE to_seq < head.seq
      AND NOT EXISTS (SELECT FROM journal j WHERE j.workspace_id = workspace AND j.seq = to_seq)
    UNION ALL
    SELECT h.seq, 'the end is missing'
    FROM journal_heads h
    WHERE h.workspace_id = workspace AND (to_seq IS NULL OR to_seq >= h.seq)
      AND NOT EXISTS (SELECT FROM journal j WHERE j.workspace_id = workspace AND j.seq = h.seq AND j.hash = h.hash)
    UNION ALL
    SELECT j.seq, 'it is beyond the end'
    FROM journal j, head
    WHERE j.workspace_id = workspace AND j.seq > head.seq AND (to_seq IS NULL OR to_seq >= head.seq)
  )
  SELECT f.seq, f.fault FROM faults f WHERE f.fault IS NOT NULL ORDER BY f.seq LIMIT 1
$$;
