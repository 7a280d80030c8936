-- AlterTable
ALTER TABLE "match_run" ADD COLUMN     "lot_seed" TEXT;

-- CreateTable
CREATE TABLE "lottery" (
    "id" UUID NOT NULL,
    "module_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "cycle_code" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "offered_from" DOUBLE PRECISION NOT NULL,
    "band" DOUBLE PRECISION NOT NULL,
    "seats" INTEGER NOT NULL,
    "second_on" DATE NOT NULL,
    "draw_on" DATE NOT NULL,
    "note" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "commitment" TEXT NOT NULL,
    "word" TEXT,
    "announced_by" UUID,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,
    "drawn_by" UUID,
    "drawn_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "cancelled_by" UUID,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "lottery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lottery_member" (
    "lottery_id" UUID NOT NULL,
    "teacher_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "ticket" INTEGER,
    "place" TEXT NOT NULL,
    "chance" DOUBLE PRECISION,

    CONSTRAINT "lottery_member_pkey" PRIMARY KEY ("lottery_id","teacher_id")
);

-- CreateIndex
CREATE INDEX "lottery_module_id_idx" ON "lottery"("module_id");

-- CreateIndex
CREATE INDEX "lottery_member_teacher_id_idx" ON "lottery_member"("teacher_id");

-- CreateIndex
CREATE INDEX "lottery_member_step_id_idx" ON "lottery_member"("step_id");

-- AddForeignKey
ALTER TABLE "lottery" ADD CONSTRAINT "lottery_module_id_fkey" FOREIGN KEY ("module_id") REFERENCES "module"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lottery_member" ADD CONSTRAINT "lottery_member_lottery_id_fkey" FOREIGN KEY ("lottery_id") REFERENCES "lottery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lottery_member" ADD CONSTRAINT "lottery_member_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "plan_step"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One lottery a module and cycle, unless it was called off before anything was drawn.
CREATE UNIQUE INDEX "lottery_one_standing" ON "lottery" ("module_id", "cycle_code") WHERE "state" <> 'cancelled';

-- What was announced stays as it was announced, and what was drawn is never drawn again.
CREATE FUNCTION lottery_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'announced' OR (OLD.module_id, OLD.part, OLD.cycle_code, OLD.tier, OLD.offered_from, OLD.band, OLD.seats, OLD.second_on, OLD.seed, OLD.commitment, OLD.announced_at)
    IS DISTINCT FROM (NEW.module_id, NEW.part, NEW.cycle_code, NEW.tier, NEW.offered_from, NEW.band, NEW.seats, NEW.second_on, NEW.seed, NEW.commitment, NEW.announced_at) THEN
    RAISE EXCEPTION 'a lottery stands as it was announced and drawn';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lottery_stands BEFORE UPDATE OR DELETE ON "lottery" FOR EACH ROW EXECUTE FUNCTION lottery_stands();

CREATE FUNCTION lottery_member_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.lottery_id, OLD.step_id, OLD.ticket, OLD.chance) IS DISTINCT FROM (NEW.lottery_id, NEW.step_id, NEW.ticket, NEW.chance)
    OR (OLD.place IS DISTINCT FROM NEW.place AND OLD.place <> 'candidate') THEN
    RAISE EXCEPTION 'a lottery stands as it was announced and drawn';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lottery_member_stands BEFORE UPDATE OR DELETE ON "lottery_member" FOR EACH ROW EXECUTE FUNCTION lottery_member_stands();
