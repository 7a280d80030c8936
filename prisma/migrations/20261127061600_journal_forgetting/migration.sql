-- Taps of a test are evidence: they go with a rehearsal, by an erasure that two people decided, or when their time of keeping is over.
-- The last two only through these functions of the owner, so that the application's own role cannot delete what it likes.
CREATE OR REPLACE FUNCTION refuse_journal_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('petaguru.journal', true) = 'forget'
     AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    RETURN NULL;
  END IF;
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT attempt_id FROM gone) g WHERE NOT EXISTS (
      SELECT 1 FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
       WHERE a.id = g.attempt_id AND c.rehearsal)
  ) THEN
    RAISE EXCEPTION 'table journal_event is append-only';
  END IF;
  RETURN NULL;
END $$;

-- The taps of the teacher whose erasure was proposed and is being carried out. Answers how many rows went.
CREATE FUNCTION forget_journal(request uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed bigint;
BEGIN
  PERFORM set_config('petaguru.journal', 'forget', true);
  DELETE FROM journal_event j USING attempt a, seat s, privacy_request q
   WHERE j.attempt_id = a.id AND a.seat_id = s.id AND a.state = 'closed' AND s.teacher_id = q.teacher_id
     AND q.id = request AND q.kind = 'penghapusan' AND q.proposed_at IS NOT NULL AND q.answered_at IS NULL;
  GET DIAGNOSTICS removed = ROW_COUNT;
  PERFORM set_config('petaguru.journal', '', true);
  RETURN removed;
END $$;

-- The taps of at most so many scored tests that closed before a moment; half a year is kept whatever is asked.
CREATE FUNCTION sweep_journal(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed bigint;
BEGIN
  PERFORM set_config('petaguru.journal', 'forget', true);
  DELETE FROM journal_event j USING (
    SELECT a.id FROM attempt a WHERE a.state = 'closed' AND a.closed_at < least(before, now() - interval '180 days') AND a.unscored_since IS NULL
       AND EXISTS (SELECT 1 FROM journal_event k WHERE k.attempt_id = a.id) LIMIT most
  ) old WHERE j.attempt_id = old.id;
  GET DIAGNOSTICS removed = ROW_COUNT;
  PERFORM set_config('petaguru.journal', '', true);
  RETURN removed;
END $$;
REVOKE ALL ON FUNCTION forget_journal(uuid), sweep_journal(timestamptz, integer) FROM PUBLIC;
