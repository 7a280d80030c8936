-- CreateTable
CREATE TABLE "snapshot" (
    "id" UUID NOT NULL,
    "series" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "words" TEXT NOT NULL DEFAULT '',
    "cycles" JSONB NOT NULL,
    "runs" JSONB NOT NULL DEFAULT '[]',
    "code_version" TEXT NOT NULL,
    "rules_version" INTEGER NOT NULL,
    "rules_shipped" BOOLEAN NOT NULL,
    "hide_below" INTEGER NOT NULL,
    "hatch_below" INTEGER NOT NULL,
    "reaches" JSONB NOT NULL DEFAULT '[]',
    "audit" JSONB,
    "hash_in" TEXT,
    "hash_out" TEXT,
    "made_by" UUID,
    "made_name" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "last_closed" TIMESTAMPTZ(3),
    "proposed_by" UUID,
    "proposed_name" TEXT,
    "proposed_at" TIMESTAMPTZ(3),
    "published_by" UUID,
    "published_name" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_by" UUID,
    "withdrawn_name" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_why" TEXT,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot_member" (
    "snapshot_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "attempt_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "subject_id" UUID,
    "status" TEXT,
    "cycle" TEXT NOT NULL,
    "latest" BOOLEAN NOT NULL,
    "form_id" UUID NOT NULL,
    "raw" DOUBLE PRECISION NOT NULL,
    "mastery" DOUBLE PRECISION,
    "low" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "mean" DOUBLE PRECISION,
    "sd" DOUBLE PRECISION,
    "instrument_id" UUID NOT NULL,

    CONSTRAINT "snapshot_member_pkey" PRIMARY KEY ("snapshot_id","part","attempt_id")
);

-- CreateTable
CREATE TABLE "snapshot_cell" (
    "snapshot_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "cycle" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "indicator" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "n" INTEGER NOT NULL,
    "schools" INTEGER NOT NULL,
    "mean" DOUBLE PRECISION NOT NULL,
    "se" DOUBLE PRECISION,
    "df" DOUBLE PRECISION,
    "margin" DOUBLE PRECISION,
    "share" DOUBLE PRECISION,
    "share_se" DOUBLE PRECISION,
    "share_margin" DOUBLE PRECISION,
    "compared" TEXT,
    "state" TEXT NOT NULL,
    "items" INTEGER,
    "measured" INTEGER,
    "bands" INTEGER[],
    "quantiles" DOUBLE PRECISION[],

    CONSTRAINT "snapshot_cell_pkey" PRIMARY KEY ("snapshot_id","part","basis","reach","cycle","level","subject","status","indicator","place")
);

-- CreateTable
CREATE TABLE "snapshot_roster" (
    "snapshot_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "snapshot_roster_pkey" PRIMARY KEY ("snapshot_id","school_id","subject")
);

-- CreateTable
CREATE TABLE "snapshot_view" (
    "snapshot_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "snapshot_view_pkey" PRIMARY KEY ("snapshot_id","kind","reach","name")
);

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_series_number_key" ON "snapshot"("series", "number");

-- CreateIndex
CREATE INDEX "snapshot_cell_snapshot_id_part_region_idx" ON "snapshot_cell"("snapshot_id", "part", "region");

-- CreateIndex
CREATE INDEX "snapshot_roster_snapshot_id_region_id_idx" ON "snapshot_roster"("snapshot_id", "region_id");

-- What was published stays as it was: its rows are written while it is made and never again, and of the record itself only a withdrawal is added.
CREATE FUNCTION snapshot_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.published_at IS NOT NULL THEN RAISE EXCEPTION 'a published snapshot is never removed'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.published_at IS NOT NULL AND
     (to_jsonb(NEW) - ARRAY['state', 'withdrawn_by', 'withdrawn_name', 'withdrawn_at', 'withdrawn_why'])
       IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'withdrawn_by', 'withdrawn_name', 'withdrawn_at', 'withdrawn_why']) THEN
    RAISE EXCEPTION 'a published snapshot does not change';
  END IF;
  IF OLD.withdrawn_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN RAISE EXCEPTION 'a withdrawn snapshot does not change'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER snapshot_record BEFORE UPDATE OR DELETE ON "snapshot" FOR EACH ROW EXECUTE FUNCTION snapshot_kept();

CREATE FUNCTION snapshot_rows_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'table % is written once', TG_TABLE_NAME; END IF;
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM old_rows o JOIN snapshot s ON s.id = o.snapshot_id WHERE s.published_at IS NOT NULL) THEN
      RAISE EXCEPTION 'rows of a published snapshot are never removed';
    END IF;
  ELSIF EXISTS (SELECT 1 FROM (SELECT DISTINCT snapshot_id FROM new_rows) n JOIN snapshot s ON s.id = n.snapshot_id WHERE s.state <> 'building') THEN
    RAISE EXCEPTION 'rows are added to a snapshot only while it is made';
  END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['snapshot_member', 'snapshot_cell', 'snapshot_roster', 'snapshot_view'] LOOP
    EXECUTE format('CREATE TRIGGER %I_added AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION snapshot_rows_kept()', t, t);
    EXECUTE format('CREATE TRIGGER %I_removed AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION snapshot_rows_kept()', t, t);
    EXECUTE format('CREATE TRIGGER %I_unchanged BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t, t);
    EXECUTE format('CREATE TRIGGER %I_kept BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t, t);
  END LOOP;
END $$;
-- One snapshot of a series is made at a time, and one is in force.
CREATE UNIQUE INDEX "snapshot_one_building" ON "snapshot" ("series") WHERE state = 'building';
CREATE UNIQUE INDEX "snapshot_one_in_force" ON "snapshot" ("series") WHERE state = 'published';
