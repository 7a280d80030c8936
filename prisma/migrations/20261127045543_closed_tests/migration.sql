-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "settled_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "item" ADD COLUMN     "practice" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "form" ADD COLUMN     "practice" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "sitting" ADD COLUMN     "release_code_version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "seat" ADD COLUMN     "card_renewed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "late_decision" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_user_id" UUID NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "answers" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "late_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "late_claim" (
    "id" UUID NOT NULL,
    "seat_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "accepted" BOOLEAN,
    "decision" TEXT,

    CONSTRAINT "late_claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "late_entry" (
    "claim_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "entry" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "late_entry_pkey" PRIMARY KEY ("claim_id","seq")
);

-- CreateTable
CREATE TABLE "desk_visit" (
    "seat_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "desk_visit_pkey" PRIMARY KEY ("seat_id")
);

-- CreateTable
CREATE TABLE "early_code" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_name" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "granted_by" UUID,
    "granted_at" TIMESTAMPTZ(3),

    CONSTRAINT "early_code_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "late_decision_attempt_id_idx" ON "late_decision"("attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "late_claim_seat_id_part_device_key" ON "late_claim"("seat_id", "part", "device");

-- CreateIndex
CREATE INDEX "early_code_sitting_id_idx" ON "early_code"("sitting_id");

-- AddForeignKey
ALTER TABLE "late_entry" ADD CONSTRAINT "late_entry_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "late_claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Few rows of the journal are finishes or wait for the office; both are looked for often.
CREATE INDEX journal_event_finish ON journal_event (attempt_id, device, seq) WHERE kind = 'finish';
CREATE INDEX journal_event_held ON journal_event (attempt_id, received_at) WHERE kind = 'held';
