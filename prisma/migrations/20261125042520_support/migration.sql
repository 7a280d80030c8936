-- CreateTable
CREATE TABLE "tier_rule" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "shipped" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tier_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "module" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "hours" INTEGER NOT NULL,
    "sessions" INTEGER NOT NULL,
    "cost" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "targets" TEXT[],
    "subjects" TEXT[],
    "content" JSONB NOT NULL,
    "link" TEXT,
    "capacity" INTEGER,
    "starts_on" DATE,
    "ends_on" DATE,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "module_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "cycle_code" TEXT NOT NULL,
    "rule_id" UUID NOT NULL,
    "tiers" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_step" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "module_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "reflection" TEXT,
    "evidence" TEXT,
    "note" TEXT,
    "changed_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "cohort_id" UUID,

    CONSTRAINT "plan_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step_attendance" (
    "id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "held_on" DATE NOT NULL,
    "hours" DOUBLE PRECISION NOT NULL,
    "noted_by" UUID,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_attendance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cohort" (
    "id" UUID NOT NULL,
    "module_id" UUID NOT NULL,
    "cycle_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "subject" TEXT,
    "regions" TEXT[],
    "mode" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,
    "mean_km" DOUBLE PRECISION NOT NULL,
    "starts_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cohort_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tutor_offer" (
    "teacher_id" UUID NOT NULL,
    "answer" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "tutor_offer_pkey" PRIMARY KEY ("teacher_id")
);

-- CreateTable
CREATE TABLE "learner_wish" (
    "teacher_id" UUID NOT NULL,
    "wants" BOOLEAN NOT NULL,
    "sex_wanted" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "learner_wish_pkey" PRIMARY KEY ("teacher_id")
);

-- CreateTable
CREATE TABLE "match_run" (
    "id" UUID NOT NULL,
    "cycle_code" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "summary" JSONB,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "match_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "match_order" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "tutor_id" UUID NOT NULL,
    "learner_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "match_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pairing" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "tutor_id" UUID NOT NULL,
    "learner_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "goals" TEXT[],
    "km" DOUBLE PRECISION NOT NULL,
    "gap" DOUBLE PRECISION NOT NULL,
    "band" TEXT NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "tutor_agreed_at" TIMESTAMPTZ(3),
    "learner_agreed_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "handover" TEXT,

    CONSTRAINT "pairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" UUID NOT NULL,
    "pairing_id" UUID NOT NULL,
    "held_on" DATE NOT NULL,
    "minutes" INTEGER NOT NULL,
    "topic" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "logged_by" UUID NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pairing_feedback" (
    "pairing_id" UUID NOT NULL,
    "by_tutor" BOOLEAN NOT NULL,
    "helpful" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pairing_feedback_pkey" PRIMARY KEY ("pairing_id","by_tutor")
);

-- CreateTable
CREATE TABLE "objection" (
    "id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "part" TEXT,
    "words" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "decision" TEXT,
    "answered_by" UUID,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "code" TEXT NOT NULL,
    "pairing_id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "school" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "meetings" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("code")
);

-- CreateIndex
CREATE UNIQUE INDEX "tier_rule_version_key" ON "tier_rule"("version");

-- CreateIndex
CREATE UNIQUE INDEX "module_code_key" ON "module"("code");

-- CreateIndex
CREATE UNIQUE INDEX "plan_teacher_id_cycle_code_key" ON "plan"("teacher_id", "cycle_code");

-- CreateIndex
CREATE INDEX "plan_step_plan_id_idx" ON "plan_step"("plan_id");

-- CreateIndex
CREATE INDEX "plan_step_module_id_idx" ON "plan_step"("module_id");

-- CreateIndex
CREATE INDEX "plan_step_cohort_id_idx" ON "plan_step"("cohort_id");

-- CreateIndex
CREATE UNIQUE INDEX "step_attendance_step_id_held_on_key" ON "step_attendance"("step_id", "held_on");

-- CreateIndex
CREATE INDEX "cohort_cycle_code_idx" ON "cohort"("cycle_code");

-- CreateIndex
CREATE INDEX "pairing_run_id_idx" ON "pairing"("run_id");

-- CreateIndex
CREATE INDEX "pairing_tutor_id_idx" ON "pairing"("tutor_id");

-- CreateIndex
CREATE INDEX "pairing_learner_id_idx" ON "pairing"("learner_id");

-- CreateIndex
CREATE INDEX "meeting_pairing_id_idx" ON "meeting"("pairing_id");

-- CreateIndex
CREATE INDEX "objection_teacher_id_idx" ON "objection"("teacher_id");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_pairing_id_teacher_id_meetings_minutes_key" ON "certificate"("pairing_id", "teacher_id", "meetings", "minutes");

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "tier_rule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_step" ADD CONSTRAINT "plan_step_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_step" ADD CONSTRAINT "plan_step_module_id_fkey" FOREIGN KEY ("module_id") REFERENCES "module"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_step" ADD CONSTRAINT "plan_step_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_attendance" ADD CONSTRAINT "step_attendance_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "plan_step"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort" ADD CONSTRAINT "cohort_module_id_fkey" FOREIGN KEY ("module_id") REFERENCES "module"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairing" ADD CONSTRAINT "pairing_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "match_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_pairing_id_fkey" FOREIGN KEY ("pairing_id") REFERENCES "pairing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairing_feedback" ADD CONSTRAINT "pairing_feedback_pairing_id_fkey" FOREIGN KEY ("pairing_id") REFERENCES "pairing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_pairing_id_fkey" FOREIGN KEY ("pairing_id") REFERENCES "pairing"("id") ON DELETE CASCADE ON UPDATE CASCADE;
