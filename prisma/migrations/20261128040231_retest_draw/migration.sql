-- CreateTable
CREATE TABLE "retest_draw" (
    "cycle_id" UUID NOT NULL,
    "seed" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "note" TEXT NOT NULL,
    "drawn_by" UUID,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retest_draw_pkey" PRIMARY KEY ("cycle_id")
);

-- CreateTable
CREATE TABLE "retest_member" (
    "cycle_id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "stratum" TEXT NOT NULL,
    "later" BOOLEAN NOT NULL,

    CONSTRAINT "retest_member_pkey" PRIMARY KEY ("cycle_id","teacher_id")
);

-- CreateIndex
CREATE INDEX "retest_member_teacher_id_idx" ON "retest_member"("teacher_id");

-- AddForeignKey
ALTER TABLE "retest_draw" ADD CONSTRAINT "retest_draw_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retest_member" ADD CONSTRAINT "retest_member_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "retest_draw"("cycle_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was drawn is never drawn again: only a person's key may give way to a pseudonym.
CREATE FUNCTION retest_draw_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a draw for the re-test stands as it was drawn';
END $$;
CREATE TRIGGER retest_draw_stands BEFORE UPDATE OR DELETE ON "retest_draw" FOR EACH ROW EXECUTE FUNCTION retest_draw_stands();
CREATE TRIGGER retest_member_stands BEFORE UPDATE OF "cycle_id", "later", "stratum", "school_id" OR DELETE ON "retest_member" FOR EACH ROW EXECUTE FUNCTION retest_draw_stands();
