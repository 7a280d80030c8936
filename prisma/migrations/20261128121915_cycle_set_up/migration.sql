-- AlterTable
ALTER TABLE "cycle" ADD COLUMN     "trial_of_id" UUID;

-- AlterTable
ALTER TABLE "seat" ADD COLUMN     "added_at" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "cycle" ADD CONSTRAINT "cycle_trial_of_id_fkey" FOREIGN KEY ("trial_of_id") REFERENCES "cycle"("id") ON DELETE SET NULL ON UPDATE CASCADE;
