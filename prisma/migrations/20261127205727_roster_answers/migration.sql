-- CreateTable
CREATE TABLE "roster_answer" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "teacher_id" UUID,
    "answered_by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "roster_answer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "roster_answer_teacher_id_idx" ON "roster_answer"("teacher_id");

-- CreateIndex
CREATE UNIQUE INDEX "roster_answer_kind_key_key" ON "roster_answer"("kind", "key");
