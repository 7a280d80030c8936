-- AlterTable
ALTER TABLE "score_run" ADD COLUMN     "latent" JSONB;

-- AlterTable
ALTER TABLE "ability" ADD COLUMN     "posterior_mean" DOUBLE PRECISION,
ADD COLUMN     "posterior_sd" DOUBLE PRECISION;

-- What was measured before is read under its own run's people: normal, their mean, 100 points (the unit is one deviation of ability).
UPDATE "ability" a
   SET "posterior_mean" = (a."scale" / (a."scale_se" * a."scale_se") + p.mean / 10000) / (1 / (a."scale_se" * a."scale_se") + 1.0 / 10000),
       "posterior_sd" = 1 / sqrt(1 / (a."scale_se" * a."scale_se") + 1.0 / 10000)
  FROM (SELECT "run_id", avg("scale") AS mean FROM "ability" GROUP BY "run_id") p
 WHERE p."run_id" = a."run_id";
