-- An offer that is taken back before anybody answered it: the lead turned bad, or late news says that it was no MQL.

ALTER TABLE handoffs DROP CONSTRAINT handoffs_answer_check;
ALTER TABLE handoffs ADD CONSTRAINT handoffs_answer_check
  CHECK (answer IN ('acceptance', 'return', 'lapse', 'withdrawal'));

-- Open is what is waiting for its answer, or taken and not yet decided upon. A lead has one such handoff at most.
DROP INDEX handoffs_open;
CREATE UNIQUE INDEX handoffs_open ON handoffs (workspace_id, lead)
  WHERE decision IS NULL AND (answer IS NULL OR answer = 'acceptance');
DROP INDEX handoffs_queue;
CREATE INDEX handoffs_waiting ON handoffs (workspace_id, owner_id)
  WHERE decision IS NULL AND (answer IS NULL OR answer = 'acceptance');

CREATE TABLE withdrawals (
  workspace_id uuid NOT NULL,
  handoff_id uuid NOT NULL,
  answer text COLLATE "C" NOT NULL GENERATED ALWAYS AS ('withdrawal') STORED,
  at timestamptz(3) NOT NULL,
  -- What happened to the lead, as in moves.
  cause text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, handoff_id),
  FOREIGN KEY (workspace_id, handoff_id, answer) REFERENCES handoffs (workspace_id, id, answer)
);
SELECT system.protect('withdrawals', 'SELECT, INSERT');
