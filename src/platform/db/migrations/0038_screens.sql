-- What the screens ask for: more to sort and find by, accounts with how many leads they have, saved views, and how
-- somebody likes to see things.

-- How many leads an account has: those that stand for a person. Kept by the database, so that every way a lead comes,
-- goes or is merged counts.
ALTER TABLE accounts ADD leads integer NOT NULL DEFAULT 0;
UPDATE accounts a SET leads = c.leads
FROM (SELECT workspace_id, account_id, count(*) AS leads FROM leads
      WHERE account_id IS NOT NULL AND merged_into IS NULL AND erased_at IS NULL GROUP BY 1, 2) c
WHERE a.workspace_id = c.workspace_id AND a.id = c.account_id;

CREATE FUNCTION system.count_leads_made() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accounts a SET leads = a.leads + c.leads
  FROM (SELECT workspace_id, account_id, count(*)::integer AS leads FROM made
        WHERE account_id IS NOT NULL AND merged_into IS NULL AND erased_at IS NULL GROUP BY 1, 2) c
  WHERE a.workspace_id = c.workspace_id AND a.id = c.account_id;
  RETURN NULL;
END $$;

CREATE FUNCTION system.count_leads_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE accounts a SET leads = a.leads + c.more
  FROM (SELECT workspace_id, account_id, sum(more)::integer AS more
        FROM (SELECT workspace_id, account_id, 1 AS more FROM now_so
              WHERE account_id IS NOT NULL AND merged_into IS NULL AND erased_at IS NULL
              UNION ALL
              SELECT workspace_id, account_id, -1 FROM was_so
              WHERE account_id IS NOT NULL AND merged_into IS NULL AND erased_at IS NULL) each
        GROUP BY 1, 2 HAVING sum(more) <> 0) c
  WHERE a.workspace_id = c.workspace_id AND a.id = c.account_id;
  RETURN NULL;
END $$;

CREATE TRIGGER count_leads_made AFTER INSERT ON leads REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION system.count_leads_made();
CREATE TRIGGER count_leads_changed AFTER UPDATE ON leads REFERENCING OLD TABLE AS was_so NEW TABLE AS now_so
  FOR EACH STATEMENT EXECUTE FUNCTION system.count_leads_changed();

CREATE INDEX accounts_leads ON accounts (workspace_id, leads, id);
CREATE INDEX accounts_created ON accounts (workspace_id, created_at, id);

-- Names are also found by their second and third words, and people by their first names after a title or the like.
ALTER TABLE accounts
  ADD search_second text COLLATE "C" GENERATED ALWAYS AS (nullif(left(regexp_replace(lower(btrim(name)), '^\S+\s*', ''), 200), '')) STORED,
  ADD search_third text COLLATE "C" GENERATED ALWAYS AS (nullif(left(regexp_replace(lower(btrim(name)), '^\S+\s*\S*\s*', ''), 200), '')) STORED;
CREATE INDEX accounts_search_second ON accounts (workspace_id, search_second) WHERE search_second IS NOT NULL;
CREATE INDEX accounts_search_third ON accounts (workspace_id, search_third) WHERE search_third IS NOT NULL;

-- Lists of leads by what was not asked for until now.
CREATE INDEX lead_states_fit ON lead_states (workspace_id, fit, lead);
CREATE INDEX lead_states_grade ON lead_states (workspace_id, grade, lead);
CREATE INDEX lead_states_mql ON lead_states (workspace_id, mql_at, lead) WHERE mql_at IS NOT NULL;
CREATE INDEX leads_created ON leads (workspace_id, created_at, number);

CREATE INDEX handoffs_answered ON handoffs (workspace_id, answered_at) WHERE answered_at IS NOT NULL;
CREATE INDEX handoffs_decided ON handoffs (workspace_id, decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX lapses_waiting ON lapses (workspace_id, at) WHERE acknowledged_at IS NULL;
CREATE INDEX exceptions_end ON exceptions (workspace_id, ends_at);

CREATE TABLE saved_views (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  name text NOT NULL,
  noun text COLLATE "C" NOT NULL,
  filter jsonb NOT NULL,
  sort jsonb,
  columns jsonb NOT NULL,
  shared boolean NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES members
);
CREATE INDEX saved_views_owner ON saved_views (workspace_id, owner_id);
SELECT system.protect('saved_views', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE preferences (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  locale text,
  zone text,
  theme text NOT NULL,
  mail jsonb NOT NULL,
  PRIMARY KEY (workspace_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members
);
SELECT system.protect('preferences', 'SELECT, INSERT, UPDATE');
