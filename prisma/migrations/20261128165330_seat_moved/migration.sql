-- AlterTable
ALTER TABLE "seat" ADD COLUMN     "moved_at" TIMESTAMPTZ(3);
