-- CreateTable
CREATE TABLE "job_step" (
    "job_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_step_pkey" PRIMARY KEY ("job_id","name")
);

-- AddForeignKey
ALTER TABLE "job_step" ADD CONSTRAINT "job_step_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
