-- What came of it, and what people said on the way.

CREATE TABLE deals (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint,
  account_id uuid,
  handoff_id uuid,
  origin text NOT NULL CHECK (origin IN ('qualification', 'hand', 'import', 'crm')),
  external_id text COLLATE "C",
  name text,
  amount numeric(18, 2),
  currency text,
  stage text,
  owner_id uuid,
  opened_at timestamptz(3) NOT NULL,
  outcome text NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'won', 'lost')),
  closed_at timestamptz(3),
  reason text,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, external_id),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, account_id) REFERENCES accounts,
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs,
  FOREIGN KEY (workspace_id, owner_id) REFERENCES members,
  CHECK (outcome <> 'open' OR closed_at IS NULL)
);
CREATE INDEX deals_lead ON deals (workspace_id, lead);
CREATE INDEX deals_account ON deals (workspace_id, account_id);
CREATE INDEX deals_closed ON deals (workspace_id, closed_at);
SELECT system.protect('deals', 'SELECT, INSERT, UPDATE');

CREATE TABLE threads (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint,
  account_id uuid,
  handoff_id uuid,
  opened_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, lead),
  UNIQUE (workspace_id, account_id),
  UNIQUE (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, account_id) REFERENCES accounts,
  FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoffs,
  CHECK (num_nonnulls(lead, account_id, handoff_id) = 1)
);
SELECT system.protect('threads', 'SELECT, INSERT, UPDATE');

-- A duty is a message that somebody has to do something about, by a day.
CREATE TABLE messages (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  thread_id uuid NOT NULL,
  author_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  kind text NOT NULL DEFAULT 'message' CHECK (kind IN ('message', 'decision', 'duty')),
  body text NOT NULL,
  mentions uuid[] NOT NULL DEFAULT '{}',
  duty_of uuid,
  due_on date,
  done_at timestamptz(3),
  edited_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, thread_id) REFERENCES threads,
  FOREIGN KEY (workspace_id, author_id) REFERENCES members,
  FOREIGN KEY (workspace_id, duty_of) REFERENCES members,
  CHECK ((kind = 'duty') = (duty_of IS NOT NULL))
);
CREATE INDEX messages_thread ON messages (workspace_id, thread_id, at);
CREATE INDEX messages_duties ON messages (workspace_id, duty_of, due_on) WHERE kind = 'duty' AND done_at IS NULL;
SELECT system.protect('messages', 'SELECT, INSERT, UPDATE');
