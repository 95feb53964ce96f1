-- Who is forgotten is forgotten on both sides of the table as well, and where a team has finished: for the length of
-- the transaction that erases, what one side keeps from the other may be emptied, and what was handed in or labelled
-- may lose words that name the person. What was signed stays as it was signed.

CREATE FUNCTION system.is_erasing() RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('app.erasing', true), '') = 'on' $$;

ALTER POLICY own_side ON opening_texts USING (
  party = nullif(current_setting('app.party', true), '') OR system.is_erasing() OR EXISTS (
    SELECT FROM openings o WHERE o.workspace_id = opening_texts.workspace_id
      AND o.id = opening_texts.opening_id AND o.revealed_at IS NOT NULL));
ALTER POLICY own_side ON workshop_labels USING (
  party = nullif(current_setting('app.party', true), '') OR system.is_erasing() OR EXISTS (
    SELECT FROM workshops w WHERE w.workspace_id = workshop_labels.workspace_id
      AND w.id = workshop_labels.workshop_id AND w.done_at IS NOT NULL));

DROP TRIGGER check_opening_text ON opening_texts;
CREATE TRIGGER check_opening_text BEFORE INSERT OR UPDATE ON opening_texts
  FOR EACH ROW WHEN (NOT system.is_erasing()) EXECUTE FUNCTION system.check_opening_text();

-- A label stays; the note beside it may go.
DROP TRIGGER check_label ON workshop_labels;
CREATE TRIGGER check_label BEFORE INSERT ON workshop_labels
  FOR EACH ROW EXECUTE FUNCTION system.check_label();
CREATE TRIGGER check_label_again BEFORE UPDATE ON workshop_labels FOR EACH ROW
  WHEN (NOT (system.is_erasing() AND NEW.note IS NULL AND NEW.label = OLD.label AND NEW.party = OLD.party
    AND NEW.place = OLD.place AND NEW.workshop_id = OLD.workshop_id AND NEW.member_id = OLD.member_id))
  EXECUTE FUNCTION system.check_label();
