-- CreateTable
CREATE TABLE "teacher_change" (
    "id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "field" TEXT,
    "before" JSONB,
    "after" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "valid_from" DATE,
    "other_id" UUID,
    "by_user_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "teacher_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "teacher_change_other_id_key" ON "teacher_change"("other_id");

-- CreateIndex
CREATE INDEX "teacher_change_teacher_id_idx" ON "teacher_change"("teacher_id");

-- AddForeignKey
ALTER TABLE "teacher_change" ADD CONSTRAINT "teacher_change_teacher_id_fkey" FOREIGN KEY ("teacher_id") REFERENCES "teacher"("id") ON DELETE CASCADE ON UPDATE CASCADE;
