-- What people say of a clause of a draft, and what they would rather have it say.
CREATE TABLE clause_comments (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  -- The clause by its id, so that it is found again wherever it moves: profile.size.
  clause text COLLATE "C" NOT NULL,
  author_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  body text NOT NULL,
  -- The changes it suggests.
  edits jsonb,
  reply_to uuid,
  resolved_at timestamptz(3),
  resolved_by uuid,
  accepted_at timestamptz(3),
  accepted_by uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, author_id) REFERENCES members,
  FOREIGN KEY (workspace_id, reply_to) REFERENCES clause_comments ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, resolved_by) REFERENCES members,
  FOREIGN KEY (workspace_id, accepted_by) REFERENCES members,
  CHECK (accepted_at IS NULL OR edits IS NOT NULL)
);
CREATE INDEX clause_comments_version ON clause_comments (workspace_id, pact_id, version, at);
SELECT system.protect('clause_comments', 'SELECT, INSERT, UPDATE');
