-- Who the leads are, and the ledger of what is known of them.
--
-- A lead has a number, small and dense within its workspace, which every other table refers to it by, and an id for
-- the world outside. Tables on the hot path (activities, message_ids, dirty_leads, lead_states) have no foreign keys:
-- each would be looked up for each row, and their writers only ever write numbers they have just read.

CREATE TABLE accounts (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  name text,
  domain text COLLATE "C",
  attributes jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, domain)
);
SELECT system.protect('accounts', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE leads (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  number bigint NOT NULL,
  id uuid NOT NULL,
  account_id uuid,
  email text COLLATE "C",
  -- The values as they stand, folded from attribute_changes.
  attributes jsonb NOT NULL DEFAULT '{}',
  -- Who brought the lead: sales for what sales found itself.
  origin text NOT NULL DEFAULT 'marketing' CHECK (origin IN ('marketing', 'sales')),
  found_by uuid,
  source text,
  created_at timestamptz(3) NOT NULL,
  merged_into bigint,
  erased_at timestamptz(3),
  PRIMARY KEY (workspace_id, number),
  UNIQUE (workspace_id, id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES accounts,
  FOREIGN KEY (workspace_id, found_by) REFERENCES members,
  FOREIGN KEY (workspace_id, merged_into) REFERENCES leads
);
CREATE INDEX leads_account ON leads (workspace_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX leads_email ON leads (workspace_id, email) WHERE email IS NOT NULL;
CREATE INDEX leads_merged ON leads (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
SELECT system.protect('leads', 'SELECT, INSERT, UPDATE');

-- The last lead number given out. Numbers are taken some at a time: UPDATE … SET last = last + n RETURNING last.
CREATE TABLE lead_counters (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces,
  last bigint NOT NULL DEFAULT 0
);
SELECT system.protect('lead_counters', 'SELECT, INSERT, UPDATE');

-- By what a lead is recognised. An external id is written with its system in front: "hubspot:123".
CREATE TABLE identities (
  workspace_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('anonymous', 'user', 'email', 'external')),
  value text COLLATE "C" NOT NULL,
  lead bigint NOT NULL,
  trust text NOT NULL CHECK (trust IN ('browser', 'form', 'server', 'import', 'crm', 'member')),
  verified_at timestamptz(3),
  first_seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, kind, value),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads
);
CREATE INDEX identities_lead ON identities (workspace_id, lead);
SELECT system.protect('identities', 'SELECT, INSERT, UPDATE, DELETE');

-- What leads did; only ever added to. Its key grows with time (UUID v7 of the receipt), so that rows go in at one end
-- and the table can be cut into months when it pays. The index by lead holds one short list per lead.
CREATE TABLE activities (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL,
  type text COLLATE "C" NOT NULL,
  trust text COLLATE "C" NOT NULL CHECK (trust IN ('browser', 'form', 'server', 'import', 'crm', 'member')),
  properties jsonb NOT NULL,
  -- Campaign, library, locale and their like, where the client sent any.
  context jsonb,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX activities_lead ON activities (workspace_id, lead);
SELECT system.protect('activities', 'SELECT, INSERT, DELETE');

-- Every message taken in, known again by its key for 90 days (ids.ts, messageKey). Apart from activities, so that
-- deduplication stays exact however those are cut up.
CREATE TABLE message_ids (
  workspace_id uuid NOT NULL,
  key uuid NOT NULL,
  -- Digest of the body: the same id with another body is a conflict, which is shown.
  body uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX message_ids_age ON message_ids USING brin (received_at);
SELECT system.protect('message_ids', 'SELECT, INSERT, DELETE');

-- What became known of a lead, by whom and how surely. A value of null unsets; at is null for "from the beginning".
CREATE TABLE attribute_changes (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  at timestamptz(3),
  received_at timestamptz(3) NOT NULL,
  trust text COLLATE "C" NOT NULL CHECK (trust IN ('browser', 'form', 'server', 'import', 'crm', 'member')),
  source text,
  values jsonb NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX attribute_changes_lead ON attribute_changes (workspace_id, lead);
SELECT system.protect('attribute_changes', 'SELECT, INSERT, DELETE');

-- What came in and could not be taken, with the reason, to be looked at and replayed.
CREATE TABLE quarantine (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  write_key_id uuid,
  message_id text,
  reason text NOT NULL,
  detail text NOT NULL,
  body text NOT NULL,
  replayed_at timestamptz(3),
  dismissed_at timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX quarantine_waiting ON quarantine (workspace_id, id) WHERE replayed_at IS NULL AND dismissed_at IS NULL;
SELECT system.protect('quarantine', 'SELECT, INSERT, UPDATE, DELETE');

-- Two leads found to be one. What was moved is kept, so that it can be undone.
CREATE TABLE merges (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  from_lead bigint NOT NULL,
  into_lead bigint NOT NULL CHECK (into_lead <> from_lead),
  at timestamptz(3) NOT NULL,
  cause text NOT NULL,
  member_id uuid,
  moved jsonb NOT NULL,
  undone_at timestamptz(3),
  undone_by uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, from_lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, into_lead) REFERENCES leads,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members,
  FOREIGN KEY (workspace_id, undone_by) REFERENCES members
);
CREATE INDEX merges_from ON merges (workspace_id, from_lead);
CREATE INDEX merges_into ON merges (workspace_id, into_lead);
SELECT system.protect('merges', 'SELECT, INSERT, UPDATE');

-- What a person agreed to or refused, per purpose, with where they said so.
CREATE TABLE consents (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  purpose text COLLATE "C" NOT NULL,
  granted boolean NOT NULL,
  basis text NOT NULL,
  at timestamptz(3) NOT NULL,
  evidence jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead) REFERENCES leads
);
CREATE INDEX consents_lead ON consents (workspace_id, lead, purpose, at);
SELECT system.protect('consents', 'SELECT, INSERT, DELETE');

-- Who was erased, as a hash alone, so that a restored backup forgets them again.
CREATE TABLE erasures (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead bigint NOT NULL,
  identity_hash text COLLATE "C" NOT NULL,
  at timestamptz(3) NOT NULL,
  member_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
CREATE INDEX erasures_identity ON erasures (workspace_id, identity_hash);
SELECT system.protect('erasures', 'SELECT, INSERT');
