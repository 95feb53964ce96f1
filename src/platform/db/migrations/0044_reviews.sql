-- The joint review: when it is due, what was decided in it, and its minutes.

CREATE TABLE reviews (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  pact_id uuid NOT NULL,
  -- The version that says when.
  version integer NOT NULL,
  due_on date NOT NULL,
  -- What it looks back on begins here: where the one before it ended, or where the pact came into force.
  from_at timestamptz(3) NOT NULL,
  called_by uuid,
  held_at timestamptz(3),
  held_by uuid,
  minutes text,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, pact_id, due_on),
  FOREIGN KEY (workspace_id, pact_id, version) REFERENCES versions,
  FOREIGN KEY (workspace_id, called_by) REFERENCES members,
  FOREIGN KEY (workspace_id, held_by) REFERENCES members,
  CHECK ((held_at IS NULL) = (minutes IS NULL))
);
-- One is due at a time.
CREATE UNIQUE INDEX reviews_due ON reviews (workspace_id, pact_id) WHERE held_at IS NULL;
SELECT system.protect('reviews', 'SELECT, INSERT, UPDATE');

CREATE TABLE review_decisions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  text text NOT NULL,
  clause text COLLATE "C",
  owner_id uuid NOT NULL,
  due_on date NOT NULL,
  decided_at timestamptz(3) NOT NULL,
  decided_by uuid NOT NULL,
  done_at timestamptz(3),
  done_by uuid,
  -- The draft it became.
  draft_pact uuid,
  draft_version integer,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, review_id) REFERENCES reviews,
  FOREIGN KEY (workspace_id, owner_id) REFERENCES members,
  FOREIGN KEY (workspace_id, decided_by) REFERENCES members,
  FOREIGN KEY (workspace_id, done_by) REFERENCES members,
  FOREIGN KEY (workspace_id, draft_pact, draft_version) REFERENCES versions
);
CREATE INDEX review_decisions_review ON review_decisions (workspace_id, review_id, decided_at);
CREATE INDEX review_decisions_open ON review_decisions (workspace_id, due_on) WHERE done_at IS NULL;
SELECT system.protect('review_decisions', 'SELECT, INSERT, UPDATE');

-- Which reminders went out: its key keeps one from going out twice.
CREATE TABLE review_reminders (
  workspace_id uuid NOT NULL,
  review_id uuid NOT NULL,
  days_before integer NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, review_id, days_before),
  FOREIGN KEY (workspace_id, review_id) REFERENCES reviews
);
SELECT system.protect('review_reminders', 'SELECT, INSERT');

-- A review has a thread.
ALTER TABLE threads ADD review_id uuid;
ALTER TABLE threads ADD UNIQUE (workspace_id, review_id);
ALTER TABLE threads ADD FOREIGN KEY (workspace_id, review_id) REFERENCES reviews;
ALTER TABLE threads DROP CONSTRAINT threads_check;
ALTER TABLE threads ADD CONSTRAINT threads_check CHECK (num_nonnulls(lead, account_id, handoff_id, review_id) = 1);
