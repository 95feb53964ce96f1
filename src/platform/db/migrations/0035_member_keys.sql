-- An API key that was made for a member acts as that member: never more than they may do, and no longer than they stay.
ALTER TABLE api_keys ADD member_id uuid;
ALTER TABLE api_keys ADD FOREIGN KEY (workspace_id, member_id) REFERENCES members;
CREATE INDEX api_keys_member ON api_keys (workspace_id, member_id) WHERE member_id IS NOT NULL;
