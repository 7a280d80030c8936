-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "actor_role" TEXT,
ADD COLUMN     "purpose" TEXT,
ADD COLUMN     "subjects" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_at_idx" ON "audit_entry"("actor_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_subjects_idx" ON "audit_entry" USING GIN ("subjects");

-- The chain that binds the lines (decision 027). Schema ledger belongs to the owner; the application may only read it and ask for linking.
CREATE SCHEMA IF NOT EXISTS ledger;

CREATE TABLE ledger.audit_chain (
    seq BIGINT PRIMARY KEY,
    audit_id UUID NOT NULL UNIQUE,
    linked_at TIMESTAMPTZ(3) NOT NULL,
    hash BYTEA NOT NULL
);
-- Lines that are committed and not linked yet.
CREATE TABLE ledger.audit_waiting (
    audit_id UUID PRIMARY KEY,
    since TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO ledger.audit_waiting (audit_id) SELECT id FROM public.audit_entry;

-- One line as text: every field with its length, so that no two lines read alike. lib/access/audit-chain.ts says the same in TypeScript.
CREATE FUNCTION ledger.audit_text(VARIADIC fields TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(CASE WHEN f IS NULL THEN '-' ELSE octet_length(convert_to(f, 'UTF8')) || ':' || f END, '' ORDER BY n)
    FROM unnest(fields) WITH ORDINALITY AS t(f, n)
$$;
CREATE FUNCTION ledger.audit_moment(moment TIMESTAMPTZ) RETURNS TEXT LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- Gives waiting lines their place. The lock is on a table that only the owner can lock, so nobody else can hold it.
CREATE FUNCTION ledger.audit_link(patient BOOLEAN) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  line public.audit_entry;
  place BIGINT;
  before BYTEA;
  moment TIMESTAMPTZ(3);
  linked INTEGER := 0;
BEGIN
  IF patient THEN
    LOCK TABLE ledger.audit_chain IN EXCLUSIVE MODE;
  ELSE
    BEGIN
      LOCK TABLE ledger.audit_chain IN EXCLUSIVE MODE NOWAIT;
    EXCEPTION WHEN lock_not_available THEN
      RETURN 0;
    END;
  END IF;
  SELECT seq, hash INTO place, before FROM ledger.audit_chain ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND THEN
    place := 0;
    before := decode(repeat('00', 32), 'hex');
  END IF;
  FOR line IN SELECT a.* FROM ledger.audit_waiting w JOIN public.audit_entry a ON a.id = w.audit_id ORDER BY a.id LOOP
    place := place + 1;
    moment := clock_timestamp();
    before := sha256(before || convert_to(ledger.audit_text(
      place::text, ledger.audit_moment(moment), line.id::text, ledger.audit_moment(line.at), line.actor_id::text, line.actor_name, line.actor_role,
      line.action, line.object, line.count::text, line.detail::text, line.purpose, line.subjects::text), 'UTF8'));
    INSERT INTO ledger.audit_chain (seq, audit_id, linked_at, hash) VALUES (place, line.id, moment, before);
    DELETE FROM ledger.audit_waiting WHERE audit_id = line.id;
    linked := linked + 1;
  END LOOP;
  RETURN linked;
END $$;

CREATE FUNCTION ledger.audit_await() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO ledger.audit_waiting (audit_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_awaits AFTER INSERT ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION ledger.audit_await();

CREATE TRIGGER audit_entry_kept BEFORE TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_chain_append_only BEFORE UPDATE OR DELETE ON ledger.audit_chain FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_chain_kept BEFORE TRUNCATE ON ledger.audit_chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_version_append_only BEFORE UPDATE OR DELETE ON public.policy_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
