-- AlterTable
ALTER TABLE "late_claim" ADD COLUMN     "packet" TEXT;

-- AlterTable
ALTER TABLE "seat_form" ADD COLUMN     "instead_of" UUID,
ADD COLUMN     "opened_at" TIMESTAMPTZ(3);
