-- AlterTable
ALTER TABLE "score" ADD COLUMN     "answered" INTEGER,
ADD COLUMN     "reached" INTEGER;

-- AlterTable
ALTER TABLE "ability" ADD COLUMN     "reached_scale" DOUBLE PRECISION,
ADD COLUMN     "reached_se" DOUBLE PRECISION;
