-- Versions of pacts replayed over the whole history: asked for by somebody, done in the background, kept.

CREATE TABLE backtests (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  pact_id uuid NOT NULL,
  version integer NOT NULL,
  -- The text as it was: a draft may be written anew.
  digest text COLLATE "C" NOT NULL,
  text text NOT NULL,
  -- The version in force that it is held against.
  against_pact uuid,
  against_version integer,
  against_digest text COLLATE "C",
  until timestamptz(3) NOT NULL,
  -- What the history was like: the same mark, the same history.
  mark text COLLATE "C",
  state text COLLATE "C" NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  error text,
  effect jsonb,
  created_at timestamptz(3) NOT NULL,
  created_by uuid,
  -- Until when whoever works at it is taken to be alive.
  leased_until timestamptz(3),
  finished_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions ON DELETE CASCADE,
  CHECK ((state = 'done') = (effect IS NOT NULL))
);
CREATE INDEX backtests_version ON backtests (workspace_id, pact_id, version, created_at);
CREATE INDEX backtests_waiting ON backtests (workspace_id) WHERE state IN ('waiting', 'running');
SELECT system.protect('backtests', 'SELECT, INSERT, UPDATE, DELETE');

-- The leads whose fate hangs on the version, in an order of their own.
CREATE TABLE backtest_leads (
  workspace_id uuid NOT NULL,
  backtest_id uuid NOT NULL,
  list text COLLATE "C" NOT NULL CHECK (list IN ('gained', 'lost', 'missed')),
  place integer NOT NULL,
  lead bigint NOT NULL,
  before_at timestamptz(3),
  after_at timestamptz(3),
  PRIMARY KEY (workspace_id, backtest_id, list, place),
  FOREIGN KEY (workspace_id, backtest_id) REFERENCES backtests ON DELETE CASCADE
);
SELECT system.protect('backtest_leads', 'SELECT, INSERT, DELETE');
