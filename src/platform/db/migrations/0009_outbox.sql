-- What is on its way out or in.

-- Effects to be carried out after the commit that decided on them: mail, webhooks, writes to a CRM. The id stays the
-- same through every try, so that a receiver can tell a repeat.
CREATE TABLE outbox (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  topic text COLLATE "C" NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  done_at timestamptz(3),
  failed_at timestamptz(3),
  last_error text,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL AND failed_at IS NULL;
SELECT system.protect('outbox', 'SELECT, INSERT, UPDATE, DELETE');
SELECT system.let_scan('outbox');
SELECT system.sweep_often('outbox');

CREATE TABLE webhook_endpoints (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  url text NOT NULL,
  topics text[] NOT NULL,
  secret text NOT NULL,
  -- After a rotation both secrets sign for a while.
  former_secret text,
  former_until timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid,
  failing_since timestamptz(3),
  disabled_at timestamptz(3),
  disabled_why text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, created_by) REFERENCES members
);
SELECT system.protect('webhook_endpoints', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE webhook_deliveries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  -- The webhook-id header: the same for every try and every endpoint.
  message_id uuid NOT NULL,
  topic text COLLATE "C" NOT NULL,
  body text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  delivered_at timestamptz(3),
  failed_at timestamptz(3),
  status integer,
  last_error text,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, endpoint_id, message_id),
  FOREIGN KEY (workspace_id, endpoint_id) REFERENCES webhook_endpoints ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE delivered_at IS NULL AND failed_at IS NULL;
CREATE INDEX webhook_deliveries_age ON webhook_deliveries USING brin (created_at);
SELECT system.protect('webhook_deliveries', 'SELECT, INSERT, UPDATE, DELETE');
SELECT system.let_scan('webhook_deliveries');
SELECT system.sweep_often('webhook_deliveries');

CREATE TABLE imports (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('leads', 'activities', 'deals')),
  file_name text NOT NULL,
  -- The same file again is the same import.
  digest text COLLATE "C" NOT NULL,
  mapping jsonb NOT NULL DEFAULT '{}',
  member_id uuid,
  created_at timestamptz(3) NOT NULL,
  started_at timestamptz(3),
  -- Rows taken so far: where to go on after an interruption.
  read bigint NOT NULL DEFAULT 0,
  accepted bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  finished_at timestamptz(3),
  failed_at timestamptz(3),
  error text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
CREATE INDEX imports_digest ON imports (workspace_id, digest);
SELECT system.protect('imports', 'SELECT, INSERT, UPDATE');

CREATE TABLE import_rejects (
  workspace_id uuid NOT NULL,
  import_id uuid NOT NULL,
  row bigint NOT NULL,
  reason text NOT NULL,
  cells jsonb NOT NULL,
  PRIMARY KEY (workspace_id, import_id, row),
  FOREIGN KEY (workspace_id, import_id) REFERENCES imports
);
SELECT system.protect('import_rejects', 'SELECT, INSERT, DELETE');
