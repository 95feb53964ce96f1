-- What won and lost deals say of a pact: worked out in the background, kept until it is asked for anew.

CREATE TABLE lessons (
  workspace_id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  -- Leads from here on are held against those before.
  since timestamptz(3) NOT NULL,
  -- What the history was like: the same mark, the same lessons.
  mark text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
  progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  error text,
  learnt jsonb,
  begun_at timestamptz(3) NOT NULL,
  -- Until when whoever works at it is taken to be alive.
  leased_until timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  PRIMARY KEY (workspace_id, pact_id),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions,
  CHECK ((state = 'done') = (learnt IS NOT NULL))
);
SELECT system.protect('lessons', 'SELECT, INSERT, UPDATE, DELETE');
