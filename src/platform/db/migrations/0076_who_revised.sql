-- Whoever finds that a draft was written anew under their hands is told by whom. Null: by a program, or not at all.
ALTER TABLE versions ADD COLUMN revised_by uuid, ADD FOREIGN KEY (workspace_id, revised_by) REFERENCES members;
