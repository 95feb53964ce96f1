-- Who signs in, and with what. A person may be a member of several workspaces, so these tables belong to none; in
-- return nothing that works inside a workspace sees them: only what stands at the door does, and says so.

CREATE SCHEMA people;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA people TO %I', current_setting('leadpact.app_role'));
END $$;

CREATE FUNCTION system.keep_at_door(person_table regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', person_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', person_table);
  EXECUTE format(
    $policy$CREATE POLICY door ON %s
      USING (current_setting('app.door', true) = 'on') WITH CHECK (current_setting('app.door', true) = 'on')$policy$,
    person_table);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', person_table, current_setting('leadpact.app_role'));
END $$;

CREATE TABLE people.persons (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text COLLATE "C" NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  second_factor boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
SELECT system.keep_at_door('people.persons');

CREATE TABLE people.sessions (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.persons ON DELETE CASCADE,
  token text COLLATE "C" NOT NULL UNIQUE,
  expires_at timestamptz(3) NOT NULL,
  address text,
  user_agent text,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE INDEX sessions_person ON people.sessions (person_id);
CREATE INDEX sessions_expiry ON people.sessions (expires_at);
SELECT system.keep_at_door('people.sessions');

-- A password, or later what another house vouches for.
CREATE TABLE people.credentials (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.persons ON DELETE CASCADE,
  provider text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  password_hash text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX credentials_account ON people.credentials (provider, account);
CREATE INDEX credentials_person ON people.credentials (person_id);
SELECT system.keep_at_door('people.credentials');

-- What has been begun and must be ended soon, such as a sign-in that waits for its second factor.
CREATE TABLE people.verifications (
  id uuid PRIMARY KEY,
  identifier text COLLATE "C" NOT NULL,
  value text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE INDEX verifications_identifier ON people.verifications (identifier);
SELECT system.keep_at_door('people.verifications');

CREATE TABLE people.second_factors (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people.persons ON DELETE CASCADE,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean,
  failures integer,
  locked_until timestamptz(3)
);
CREATE INDEX second_factors_person ON people.second_factors (person_id);
SELECT system.keep_at_door('people.second_factors');

-- Failed attempts, by the digest of an account or a network: enough to slow them down, too little to tell who it was.
CREATE TABLE people.attempts (
  subject text COLLATE "C" PRIMARY KEY,
  failures integer NOT NULL,
  free_at timestamptz(3) NOT NULL,
  forget_at timestamptz(3) NOT NULL
);
CREATE INDEX attempts_forget ON people.attempts (forget_at);
SELECT system.keep_at_door('people.attempts');
