-- AlterTable
ALTER TABLE "scale" ADD COLUMN     "theta_cut_error" DOUBLE PRECISION NOT NULL DEFAULT 0;
