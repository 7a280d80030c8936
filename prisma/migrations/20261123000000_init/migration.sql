-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "teacher_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "region_id" UUID,
    "school_id" UUID,
    "level_codes" TEXT[],

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "count" INTEGER,
    "detail" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" UUID NOT NULL,
    "seat_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "competency_code" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "duration_seconds" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "close_reason" TEXT,
    "active_device" TEXT,
    "unscored_since" TIMESTAMPTZ(3),
    "simulated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_event" (
    "attempt_id" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" UUID,
    "body" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "journal_event_pkey" PRIMARY KEY ("attempt_id","device","seq")
);

-- CreateTable
CREATE TABLE "response" (
    "attempt_id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "value" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "device" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "response_pkey" PRIMARY KEY ("attempt_id","item_version_id")
);

-- CreateTable
CREATE TABLE "attempt_device" (
    "attempt_id" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "ack_seq" INTEGER NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "last_contact_at" TIMESTAMPTZ(3) NOT NULL,
    "user_agent" TEXT,

    CONSTRAINT "attempt_device_pkey" PRIMARY KEY ("attempt_id","device")
);

-- CreateTable
CREATE TABLE "framework_node" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "parent_id" UUID,

    CONSTRAINT "framework_node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instrument" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "competency_code" TEXT NOT NULL,
    "subject_id" UUID,
    "minutes" INTEGER NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "instrument_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_domain" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sort" INTEGER NOT NULL,

    CONSTRAINT "content_domain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stimulus" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "stimulus_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_version" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "scoring" JSONB NOT NULL,
    "max_score" DOUBLE PRECISION NOT NULL,
    "rationale" TEXT NOT NULL,
    "cognitive_level" TEXT NOT NULL,
    "node_id" UUID NOT NULL,
    "domain_id" UUID NOT NULL,
    "stimulus_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_media" (
    "sha256" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "item_media_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "form" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "form_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "form_item" (
    "form_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_version_id" UUID NOT NULL,

    CONSTRAINT "form_item_pkey" PRIMARY KEY ("form_id","position")
);

-- CreateTable
CREATE TABLE "boundary_file" (
    "id" UUID NOT NULL,
    "geojson" JSONB NOT NULL,
    "source_line" TEXT NOT NULL,
    "loaded_by" UUID,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL,
    "active" BOOLEAN NOT NULL,

    CONSTRAINT "boundary_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "words" TEXT NOT NULL DEFAULT '',
    "result" JSONB,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "id" UUID NOT NULL,
    "kemendagri_code" TEXT NOT NULL,
    "bps_code" TEXT NOT NULL,
    "ministry_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "capital" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,
    "area_km2" DOUBLE PRECISION NOT NULL,
    "population" INTEGER NOT NULL,
    "aliases" TEXT[],
    "parent_id" UUID,

    CONSTRAINT "region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "education_level" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sort" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL,

    CONSTRAINT "education_level_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subject" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "sort" INTEGER NOT NULL,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school" (
    "id" UUID NOT NULL,
    "npsn" TEXT,
    "name" TEXT NOT NULL,
    "ownership" TEXT NOT NULL,
    "level_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "simulated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "school_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school_attribute" (
    "id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "school_attribute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teacher" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "sex" TEXT,
    "birth_date" DATE,
    "email" TEXT,
    "phone" TEXT,
    "school_id" UUID NOT NULL,
    "subject_id" UUID,
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teacher_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teacher_identifier" (
    "id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "teacher_identifier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teacher_status" (
    "id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "role" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "teacher_status_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_batch" (
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "file" BYTEA,
    "preview" JSONB,
    "progress" JSONB,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_change" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,

    CONSTRAINT "import_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_version" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "shipped" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score_run" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "rule_version_id" UUID NOT NULL,
    "engine" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "score_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score" (
    "run_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_code" TEXT NOT NULL,
    "raw" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,
    "percent" DOUBLE PRECISION NOT NULL,
    "items" INTEGER NOT NULL,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "score_pkey" PRIMARY KEY ("attempt_id","kind","scope","scope_code","run_id")
);

-- CreateTable
CREATE TABLE "cycle" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "practice" BOOLEAN NOT NULL DEFAULT false,
    "simulated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "cycle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cycle_part" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "competency_code" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "sort" INTEGER NOT NULL,

    CONSTRAINT "cycle_part_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venue" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "region_id" UUID NOT NULL,
    "address" TEXT,
    "capacity" INTEGER,

    CONSTRAINT "venue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sitting" (
    "id" UUID NOT NULL,
    "cycle_id" UUID NOT NULL,
    "venue_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "release_rule" TEXT NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "sitting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,

    CONSTRAINT "room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "room_id" UUID,
    "teacher_id" UUID NOT NULL,
    "participant_number" TEXT NOT NULL,
    "card_version" INTEGER NOT NULL DEFAULT 1,
    "seat_number" INTEGER NOT NULL,
    "school_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "level_id" UUID NOT NULL,
    "subject_id" UUID,
    "employment_status" TEXT,
    "attendance" TEXT NOT NULL DEFAULT 'unknown',
    "extra_seconds" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "seat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proctor_assignment" (
    "user_id" UUID NOT NULL,
    "room_id" UUID NOT NULL,

    CONSTRAINT "proctor_assignment_pkey" PRIMARY KEY ("user_id","room_id")
);

-- CreateTable
CREATE TABLE "allowance" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "room_id" UUID,
    "seat_id" UUID,
    "kind" TEXT NOT NULL,
    "seconds" INTEGER,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "by_user_id" UUID NOT NULL,

    CONSTRAINT "allowance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "room_id" UUID,
    "seat_id" UUID,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_user_id" UUID NOT NULL,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_teacher_id_key" ON "user_account"("teacher_id");

-- CreateIndex
CREATE INDEX "role_grant_user_id_idx" ON "role_grant"("user_id");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "attempt_state_idx" ON "attempt"("state");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_seat_id_competency_code_key" ON "attempt"("seat_id", "competency_code");

-- CreateIndex
CREATE UNIQUE INDEX "framework_node_code_key" ON "framework_node"("code");

-- CreateIndex
CREATE UNIQUE INDEX "instrument_code_key" ON "instrument"("code");

-- CreateIndex
CREATE UNIQUE INDEX "content_domain_instrument_id_code_key" ON "content_domain"("instrument_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "stimulus_code_sha256_key" ON "stimulus"("code", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "item_code_key" ON "item"("code");

-- CreateIndex
CREATE UNIQUE INDEX "item_version_item_id_version_key" ON "item_version"("item_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "form_code_key" ON "form"("code");

-- CreateIndex
CREATE UNIQUE INDEX "form_item_form_id_item_version_id_key" ON "form_item"("form_id", "item_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "region_kemendagri_code_key" ON "region"("kemendagri_code");

-- CreateIndex
CREATE UNIQUE INDEX "region_bps_code_key" ON "region"("bps_code");

-- CreateIndex
CREATE UNIQUE INDEX "region_ministry_code_key" ON "region"("ministry_code");

-- CreateIndex
CREATE UNIQUE INDEX "education_level_code_key" ON "education_level"("code");

-- CreateIndex
CREATE UNIQUE INDEX "subject_code_key" ON "subject"("code");

-- CreateIndex
CREATE UNIQUE INDEX "school_npsn_key" ON "school"("npsn");

-- CreateIndex
CREATE INDEX "school_region_id_idx" ON "school"("region_id");

-- CreateIndex
CREATE INDEX "teacher_school_id_idx" ON "teacher"("school_id");

-- CreateIndex
CREATE INDEX "teacher_subject_id_idx" ON "teacher"("subject_id");

-- CreateIndex
CREATE INDEX "teacher_identifier_teacher_id_idx" ON "teacher_identifier"("teacher_id");

-- CreateIndex
CREATE UNIQUE INDEX "teacher_identifier_scheme_value_key" ON "teacher_identifier"("scheme", "value");

-- CreateIndex
CREATE INDEX "teacher_status_teacher_id_idx" ON "teacher_status"("teacher_id");

-- CreateIndex
CREATE INDEX "import_change_batch_id_idx" ON "import_change"("batch_id");

-- CreateIndex
CREATE UNIQUE INDEX "rule_version_version_key" ON "rule_version"("version");

-- CreateIndex
CREATE INDEX "score_scope_scope_code_idx" ON "score"("scope", "scope_code");

-- CreateIndex
CREATE UNIQUE INDEX "cycle_code_key" ON "cycle"("code");

-- CreateIndex
CREATE UNIQUE INDEX "cycle_part_cycle_id_competency_code_key" ON "cycle_part"("cycle_id", "competency_code");

-- CreateIndex
CREATE INDEX "sitting_cycle_id_idx" ON "sitting"("cycle_id");

-- CreateIndex
CREATE UNIQUE INDEX "room_sitting_id_name_key" ON "room"("sitting_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "seat_participant_number_key" ON "seat"("participant_number");

-- CreateIndex
CREATE INDEX "seat_room_id_idx" ON "seat"("room_id");

-- CreateIndex
CREATE INDEX "seat_teacher_id_idx" ON "seat"("teacher_id");

-- CreateIndex
CREATE UNIQUE INDEX "seat_sitting_id_teacher_id_key" ON "seat"("sitting_id", "teacher_id");

-- CreateIndex
CREATE INDEX "allowance_sitting_id_idx" ON "allowance"("sitting_id");

-- CreateIndex
CREATE INDEX "incident_room_id_idx" ON "incident"("room_id");

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "framework_node" ADD CONSTRAINT "framework_node_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "framework_node"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_domain" ADD CONSTRAINT "content_domain_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stimulus" ADD CONSTRAINT "stimulus_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "framework_node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "content_domain"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_stimulus_id_fkey" FOREIGN KEY ("stimulus_id") REFERENCES "stimulus"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "form" ADD CONSTRAINT "form_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "form_item" ADD CONSTRAINT "form_item_form_id_fkey" FOREIGN KEY ("form_id") REFERENCES "form"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "form_item" ADD CONSTRAINT "form_item_item_version_id_fkey" FOREIGN KEY ("item_version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region" ADD CONSTRAINT "region_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "region"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "school" ADD CONSTRAINT "school_level_id_fkey" FOREIGN KEY ("level_id") REFERENCES "education_level"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "school" ADD CONSTRAINT "school_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "school_attribute" ADD CONSTRAINT "school_attribute_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teacher" ADD CONSTRAINT "teacher_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teacher" ADD CONSTRAINT "teacher_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teacher_identifier" ADD CONSTRAINT "teacher_identifier_teacher_id_fkey" FOREIGN KEY ("teacher_id") REFERENCES "teacher"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teacher_status" ADD CONSTRAINT "teacher_status_teacher_id_fkey" FOREIGN KEY ("teacher_id") REFERENCES "teacher"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_change" ADD CONSTRAINT "import_change_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "import_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_run" ADD CONSTRAINT "score_run_rule_version_id_fkey" FOREIGN KEY ("rule_version_id") REFERENCES "rule_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "score_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycle_part" ADD CONSTRAINT "cycle_part_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sitting" ADD CONSTRAINT "sitting_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room" ADD CONSTRAINT "room_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "sitting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proctor_assignment" ADD CONSTRAINT "proctor_assignment_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allowance" ADD CONSTRAINT "allowance_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "sitting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "sitting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Append-only tables: history is added to, never rewritten.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER journal_event_append_only BEFORE UPDATE OR DELETE ON "journal_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stimulus_append_only BEFORE UPDATE OR DELETE ON "stimulus"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_version_append_only BEFORE UPDATE OR DELETE ON "item_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- At most one boundary file is drawn.
CREATE UNIQUE INDEX "boundary_file_one_active" ON "boundary_file" ("active") WHERE "active";

-- Counters of wrong logins; losing them in a crash costs nothing.
CREATE UNLOGGED TABLE "login_failure" (
  "key" VARCHAR(255) PRIMARY KEY,
  "points" INTEGER NOT NULL DEFAULT 0,
  "expire" BIGINT
);

-- What waits for scoring is always few.
CREATE INDEX "attempt_unscored" ON "attempt" ("unscored_since") WHERE "unscored_since" IS NOT NULL;
