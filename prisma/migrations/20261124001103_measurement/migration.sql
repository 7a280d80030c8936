-- AlterTable
ALTER TABLE "score_run" ADD COLUMN     "diff" JSONB,
ADD COLUMN     "instrument_id" UUID,
ADD COLUMN     "released_at" TIMESTAMPTZ(3),
ADD COLUMN     "released_by" UUID,
ADD COLUMN     "scale_id" UUID,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'standing';

-- CreateTable
CREATE TABLE "expert_rating" (
    "id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "user_id" UUID,
    "expert_name" TEXT NOT NULL,
    "relevance" INTEGER NOT NULL,
    "comment" TEXT NOT NULL,
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "expert_rating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_correction" (
    "id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "scoring" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calibration" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "cycle_codes" TEXT[],
    "state" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "engine" TEXT NOT NULL,
    "data_hash" TEXT,
    "n" INTEGER,
    "log_lik" DOUBLE PRECISION,
    "cycles" INTEGER,
    "converged" BOOLEAN,
    "latent_mean" DOUBLE PRECISION,
    "latent_variance" DOUBLE PRECISION,
    "warnings" JSONB,
    "summary" JSONB,
    "cancel_asked" BOOLEAN NOT NULL DEFAULT false,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "calibration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_parameter" (
    "calibration_id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "a" DOUBLE PRECISION NOT NULL,
    "d" DOUBLE PRECISION[],
    "c" DOUBLE PRECISION NOT NULL,
    "codes" INTEGER[],
    "se" JSONB,
    "statistics" JSONB NOT NULL,

    CONSTRAINT "item_parameter_pkey" PRIMARY KEY ("calibration_id","item_version_id")
);

-- CreateTable
CREATE TABLE "cut_score" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "panel_id" UUID,
    "method" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "se" DOUBLE PRECISION,
    "recommended" DOUBLE PRECISION,
    "reason" TEXT NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cut_score_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scale" (
    "id" UUID NOT NULL,
    "calibration_id" UUID NOT NULL,
    "cut_score_id" UUID NOT NULL,
    "theta_cut" DOUBLE PRECISION NOT NULL,
    "sigma" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scale_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ability" (
    "run_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "theta" DOUBLE PRECISION NOT NULL,
    "se" DOUBLE PRECISION NOT NULL,
    "scale" DOUBLE PRECISION NOT NULL,
    "scale_se" DOUBLE PRECISION NOT NULL,
    "mastery" DOUBLE PRECISION NOT NULL,
    "mastery_low" DOUBLE PRECISION NOT NULL,
    "mastery_high" DOUBLE PRECISION NOT NULL,
    "items" INTEGER NOT NULL,
    "fit" DOUBLE PRECISION,

    CONSTRAINT "ability_pkey" PRIMARY KEY ("run_id","attempt_id")
);

-- CreateTable
CREATE TABLE "panel" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "calibration_id" UUID,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "panel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "panel_judge" (
    "id" UUID NOT NULL,
    "panel_id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "expertise" TEXT NOT NULL,

    CONSTRAINT "panel_judge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "panel_judgement" (
    "id" UUID NOT NULL,
    "judge_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "item_version_id" UUID,
    "value" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "panel_judgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "simulated_truth" (
    "attempt_id" UUID NOT NULL,
    "ability" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "simulated_truth_pkey" PRIMARY KEY ("attempt_id")
);

-- CreateIndex
CREATE INDEX "expert_rating_item_version_id_idx" ON "expert_rating"("item_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "expert_rating_item_version_id_user_id_key" ON "expert_rating"("item_version_id", "user_id");

-- CreateIndex
CREATE INDEX "key_correction_item_version_id_idx" ON "key_correction"("item_version_id");

-- CreateIndex
CREATE INDEX "calibration_instrument_id_idx" ON "calibration"("instrument_id");

-- CreateIndex
CREATE INDEX "cut_score_instrument_id_idx" ON "cut_score"("instrument_id");

-- CreateIndex
CREATE INDEX "ability_attempt_id_idx" ON "ability"("attempt_id");

-- CreateIndex
CREATE INDEX "panel_instrument_id_idx" ON "panel"("instrument_id");

-- CreateIndex
CREATE UNIQUE INDEX "panel_judge_panel_id_user_id_key" ON "panel_judge"("panel_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "panel_judgement_judge_id_round_item_version_id_key" ON "panel_judgement"("judge_id", "round", "item_version_id");

-- AddForeignKey
ALTER TABLE "score_run" ADD CONSTRAINT "score_run_scale_id_fkey" FOREIGN KEY ("scale_id") REFERENCES "scale"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_parameter" ADD CONSTRAINT "item_parameter_calibration_id_fkey" FOREIGN KEY ("calibration_id") REFERENCES "calibration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scale" ADD CONSTRAINT "scale_calibration_id_fkey" FOREIGN KEY ("calibration_id") REFERENCES "calibration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scale" ADD CONSTRAINT "scale_cut_score_id_fkey" FOREIGN KEY ("cut_score_id") REFERENCES "cut_score"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ability" ADD CONSTRAINT "ability_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "score_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "panel_judge" ADD CONSTRAINT "panel_judge_panel_id_fkey" FOREIGN KEY ("panel_id") REFERENCES "panel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "panel_judgement" ADD CONSTRAINT "panel_judgement_judge_id_fkey" FOREIGN KEY ("judge_id") REFERENCES "panel_judge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A finished calibration and its parameters are a record: scores refer to them.
CREATE TRIGGER calibration_record BEFORE UPDATE ON "calibration"
  FOR EACH ROW WHEN (OLD."finished_at" IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_parameter_append_only BEFORE UPDATE OR DELETE ON "item_parameter"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cut_score_append_only BEFORE UPDATE OR DELETE ON "cut_score"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What people see of an instrument is one run.
CREATE UNIQUE INDEX "score_run_one_released" ON "score_run" ("instrument_id") WHERE "state" = 'released' AND "kind" = 'theta';
