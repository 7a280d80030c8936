-- The journal stays append-only, with one exception: what ghosts wrote in a rehearsal is taken away when it is over.
-- Asked once a statement, because a rehearsal of ten thousand leaves more than half a million rows.
DROP TRIGGER journal_event_append_only ON "journal_event";

CREATE TRIGGER journal_event_append_only BEFORE UPDATE ON "journal_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_journal_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT attempt_id FROM gone) g WHERE NOT EXISTS (
      SELECT 1 FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
       WHERE a.id = g.attempt_id AND c.rehearsal)
  ) THEN
    RAISE EXCEPTION 'table journal_event is append-only';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER journal_event_kept AFTER DELETE ON "journal_event" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_delete();
