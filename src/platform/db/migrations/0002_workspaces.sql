-- The customer's tenancy and the people in it.

CREATE TABLE workspaces (
  workspace_id uuid PRIMARY KEY,
  name text NOT NULL,
  zone text NOT NULL DEFAULT 'UTC',
  demo boolean NOT NULL DEFAULT false,
  settings jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
SELECT system.protect('workspaces', 'SELECT, INSERT, UPDATE');
SELECT system.let_scan('workspaces');

-- A person in a workspace. Without a party: the neutral facilitator. person_id is who signs in, once they have.
CREATE TABLE members (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  person_id uuid,
  name text NOT NULL,
  email text COLLATE "C" NOT NULL,
  party text CHECK (party IN ('marketing', 'sales')),
  rank text NOT NULL DEFAULT 'member' CHECK (rank IN ('member', 'lead', 'manager')),
  zone text,
  invited_at timestamptz(3) NOT NULL DEFAULT now(),
  joined_at timestamptz(3),
  left_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, email),
  UNIQUE (workspace_id, person_id)
);
CREATE INDEX members_person ON members (person_id);
SELECT system.protect('members', 'SELECT, INSERT, UPDATE');

-- A person sees where they are a member before they have entered any workspace.
CREATE POLICY person ON members FOR SELECT
  USING (person_id = nullif(current_setting('app.person', true), '')::uuid);
CREATE POLICY person ON workspaces FOR SELECT
  USING (EXISTS (
    SELECT FROM members m
    WHERE m.workspace_id = workspaces.workspace_id
      AND m.person_id = nullif(current_setting('app.person', true), '')::uuid
      AND m.left_at IS NULL));

-- When a member takes no handoffs.
CREATE TABLE absences (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  from_at timestamptz(3) NOT NULL,
  until_at timestamptz(3) NOT NULL CHECK (until_at > from_at),
  note text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
CREATE INDEX absences_member ON absences (workspace_id, member_id, until_at);
SELECT system.protect('absences', 'SELECT, INSERT, UPDATE, DELETE');

-- What a website or a server appends activities with. Not a secret: it may only append, with its own trust.
CREATE TABLE write_keys (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  name text NOT NULL,
  trust text NOT NULL CHECK (trust IN ('browser', 'server')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid,
  revoked_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, key),
  FOREIGN KEY (workspace_id, created_by) REFERENCES members
);
CREATE INDEX write_keys_key ON write_keys (key);
SELECT system.protect('write_keys', 'SELECT, INSERT, UPDATE');
CREATE POLICY credential ON write_keys FOR SELECT
  USING (key = nullif(current_setting('app.credential', true), ''));

-- lp_ keys of the management API. Only the SHA-256 of the secret is kept, in hexadecimal.
CREATE TABLE api_keys (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  secret_hash text COLLATE "C" NOT NULL,
  scopes text[] NOT NULL,
  party text CHECK (party IN ('marketing', 'sales')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by uuid,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  used_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, secret_hash),
  FOREIGN KEY (workspace_id, created_by) REFERENCES members
);
CREATE INDEX api_keys_secret_hash ON api_keys (secret_hash);
SELECT system.protect('api_keys', 'SELECT, INSERT, UPDATE');
CREATE POLICY credential ON api_keys FOR SELECT
  USING (secret_hash = nullif(current_setting('app.credential', true), ''));

-- The answer a POST was given, to be given again when it is repeated with the same Idempotency-Key.
CREATE TABLE idempotency_keys (
  workspace_id uuid NOT NULL,
  actor text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  request_digest text NOT NULL,
  status integer,
  response jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, actor, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys USING brin (created_at);
SELECT system.protect('idempotency_keys', 'SELECT, INSERT, UPDATE, DELETE');
