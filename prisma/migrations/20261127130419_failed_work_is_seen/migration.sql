-- AlterTable
ALTER TABLE "job_run" ADD COLUMN     "payload" JSONB,
ADD COLUMN     "problem" TEXT;

-- CreateTable
CREATE TABLE "standing_job" (
    "task" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "done" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "failures" JSONB NOT NULL,
    "failing_since" TIMESTAMPTZ(3),

    CONSTRAINT "standing_job_pkey" PRIMARY KEY ("task")
);
