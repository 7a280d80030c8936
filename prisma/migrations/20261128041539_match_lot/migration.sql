-- CreateTable
CREATE TABLE "match_lot" (
    "run_id" UUID NOT NULL,
    "learner_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "part" TEXT NOT NULL,
    "served" BOOLEAN NOT NULL,

    CONSTRAINT "match_lot_pkey" PRIMARY KEY ("run_id","learner_id")
);

-- CreateIndex
CREATE INDEX "match_lot_learner_id_idx" ON "match_lot"("learner_id");

-- AddForeignKey
ALTER TABLE "match_lot" ADD CONSTRAINT "match_lot_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "match_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
