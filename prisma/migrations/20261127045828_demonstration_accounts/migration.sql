-- AlterTable
ALTER TABLE "user_account" ADD COLUMN IF NOT EXISTS "demonstration" BOOLEAN NOT NULL DEFAULT false;

-- Demonstrations that were loaded before accounts carried this mark.
UPDATE "user_account" SET "demonstration" = true WHERE "email" LIKE '%@contoh.id' AND EXISTS (SELECT 1 FROM "teacher" WHERE "simulated");
