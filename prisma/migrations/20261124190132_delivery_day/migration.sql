-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "provisional" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "attempt_device" ADD COLUMN     "finish_seq" INTEGER;

-- AlterTable
ALTER TABLE "cycle" ADD COLUMN     "outage_minutes" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "rehearsal" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "sitting" ADD COLUMN     "frozen_at" TIMESTAMPTZ(3),
ADD COLUMN     "release_salt" TEXT;

-- AlterTable
ALTER TABLE "room" ADD COLUMN     "columns" INTEGER NOT NULL DEFAULT 4;

-- AlterTable
ALTER TABLE "allowance" ALTER COLUMN "by_user_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "packet" (
    "form_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sealed_key" TEXT NOT NULL,
    "has_math" BOOLEAN NOT NULL,
    "items" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "packet_pkey" PRIMARY KEY ("form_id")
);

-- CreateTable
CREATE TABLE "sitting_key" (
    "sitting_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "sealed_key" TEXT NOT NULL,

    CONSTRAINT "sitting_key_pkey" PRIMARY KEY ("sitting_id","form_id")
);

-- CreateTable
CREATE TABLE "readiness" (
    "seat_id" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ready" BOOLEAN NOT NULL,
    "checks" JSONB NOT NULL,
    "user_agent" TEXT,

    CONSTRAINT "readiness_pkey" PRIMARY KEY ("seat_id","device")
);

-- CreateTable
CREATE TABLE "rehearsal" (
    "id" UUID NOT NULL,
    "participants" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "record" JSONB,

    CONSTRAINT "rehearsal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cycle_form" (
    "cycle_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,

    CONSTRAINT "cycle_form_pkey" PRIMARY KEY ("cycle_id","form_id")
);

-- CreateTable
CREATE TABLE "seat_form" (
    "seat_id" UUID NOT NULL,
    "competency_code" TEXT NOT NULL,
    "form_id" UUID NOT NULL,

    CONSTRAINT "seat_form_pkey" PRIMARY KEY ("seat_id","competency_code")
);

-- CreateIndex
CREATE UNIQUE INDEX "packet_sha256_key" ON "packet"("sha256");

-- AddForeignKey
ALTER TABLE "cycle_form" ADD CONSTRAINT "cycle_form_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat_form" ADD CONSTRAINT "seat_form_seat_id_fkey" FOREIGN KEY ("seat_id") REFERENCES "seat"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a proctor's screen counts is rare among a hundred thousand answers; the answers themselves stay out of this index.
CREATE INDEX "journal_event_noted" ON "journal_event" ("attempt_id", "kind") WHERE "kind" IN ('focus', 'rejected', 'overdue', 'finish', 'open');
