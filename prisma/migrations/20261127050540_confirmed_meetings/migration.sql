-- DropIndex
DROP INDEX "certificate_pairing_id_teacher_id_meetings_minutes_key";

-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "answer" TEXT,
ADD COLUMN     "answer_written" TIMESTAMPTZ(3),
ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "answered_by" UUID,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "starts_minute" INTEGER;

-- AlterTable
ALTER TABLE "certificate" ADD COLUMN     "reissue" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawn_by" UUID,
ADD COLUMN     "withdrawn_reason" TEXT;

-- CreateIndex
CREATE INDEX "certificate_pairing_id_teacher_id_idx" ON "certificate"("pairing_id", "teacher_id");

-- Nobody confirms an own entry, whoever writes.
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_answered_by_the_other" CHECK ("answered_by" IS NULL OR "answered_by" <> "logged_by");

-- Certificates of before rest on hours that one side wrote alone. They are withdrawn; what both confirm earns a new one.
UPDATE "certificate" SET "withdrawn_at" = now(), "reissue" = true, "withdrawn_reason" = 'Terbit sebelum pertemuan dikonfirmasi kedua pihak.';
