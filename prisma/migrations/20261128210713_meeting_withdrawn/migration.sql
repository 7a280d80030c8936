-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3);
