-- AlterTable
ALTER TABLE "seat" ADD COLUMN     "card_before" INTEGER,
ADD COLUMN     "card_before_at" TIMESTAMPTZ(3),
ADD COLUMN     "card_highest" INTEGER NOT NULL DEFAULT 1;
