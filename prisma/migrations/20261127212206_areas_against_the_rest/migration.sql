-- AlterTable
ALTER TABLE "ability" ADD COLUMN     "areas" JSONB;
