-- AlterTable
ALTER TABLE "teacher" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "privacy_request" (
    "id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "letter" TEXT,
    "words" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "proposal" TEXT,
    "proposed_by" UUID,
    "proposed_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "answer" TEXT,
    "answered_by" UUID,
    "answered_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_incident" (
    "id" UUID NOT NULL,
    "happened" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "affected" INTEGER,
    "measures" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(3),
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "subjects_told_at" TIMESTAMPTZ(3),
    "agency_told_at" TIMESTAMPTZ(3),
    "closing" TEXT,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_run" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "results" JSONB NOT NULL,

    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "privacy_request_teacher_id_idx" ON "privacy_request"("teacher_id");
