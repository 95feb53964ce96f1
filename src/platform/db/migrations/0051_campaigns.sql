-- What was spent on what brings leads.

CREATE TABLE campaigns (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  id uuid NOT NULL,
  name text NOT NULL,
  -- Both as they are compared: without regard to case and surrounding space.
  source text COLLATE "C",
  utm text COLLATE "C",
  starts_on date,
  ends_on date,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX campaigns_name ON campaigns (workspace_id, (lower(btrim(name)) COLLATE "C"));
SELECT system.protect('campaigns', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE campaign_costs (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  amount numeric(18, 2) NOT NULL,
  currency text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, campaign_id, from_on, to_on, currency),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns ON DELETE CASCADE,
  CHECK (to_on >= from_on)
);
SELECT system.protect('campaign_costs', 'SELECT, INSERT, UPDATE, DELETE');
