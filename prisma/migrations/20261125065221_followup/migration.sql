-- AlterTable
ALTER TABLE "form" ADD COLUMN     "label" TEXT;

-- AlterTable
ALTER TABLE "cycle" ADD COLUMN     "base_cycle_id" UUID;

-- CreateTable
CREATE TABLE "scale_link" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "base_calibration_id" UUID NOT NULL,
    "calibration_id" UUID NOT NULL,
    "linked_calibration_id" UUID,
    "state" TEXT NOT NULL,
    "excluded" UUID[],
    "reason" TEXT NOT NULL,
    "error" DOUBLE PRECISION,
    "gate" TEXT,
    "report" JSONB,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "scale_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "scale_link_calibration_id_idx" ON "scale_link"("calibration_id");

-- CreateIndex
CREATE INDEX "scale_link_linked_calibration_id_idx" ON "scale_link"("linked_calibration_id");

-- AddForeignKey
ALTER TABLE "cycle" ADD CONSTRAINT "cycle_base_cycle_id_fkey" FOREIGN KEY ("base_cycle_id") REFERENCES "cycle"("id") ON DELETE SET NULL ON UPDATE CASCADE;
