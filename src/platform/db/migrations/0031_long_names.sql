-- Names may be of any length; what is kept in an index has to fit into a third of a page, or nothing that comes with it
-- could be stored at all. People are found by the first two hundred characters, which is as many as can be asked for.

ALTER TABLE leads
  DROP search_name,
  DROP search_last_name;
ALTER TABLE leads
  ADD search_name text COLLATE "C" GENERATED ALWAYS AS (nullif(left(lower(btrim(coalesce(
    attributes ->> 'name',
    coalesce(attributes ->> 'first_name', attributes ->> 'firstName', '') || ' '
      || coalesce(attributes ->> 'last_name', attributes ->> 'lastName', '')))), 200), '')) STORED,
  ADD search_last_name text COLLATE "C" GENERATED ALWAYS AS (nullif(left(lower(btrim(
    coalesce(attributes ->> 'last_name', attributes ->> 'lastName'))), 200), '')) STORED;
CREATE INDEX leads_search_name ON leads (workspace_id, search_name) WHERE search_name IS NOT NULL;
CREATE INDEX leads_search_last_name ON leads (workspace_id, search_last_name) WHERE search_last_name IS NOT NULL;

ALTER TABLE accounts DROP search_name;
ALTER TABLE accounts
  ADD search_name text COLLATE "C" GENERATED ALWAYS AS (left(lower(btrim(name)), 200)) STORED;
CREATE INDEX accounts_search_name ON accounts (workspace_id, search_name) WHERE search_name IS NOT NULL;
