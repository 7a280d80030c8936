-- AlterTable
ALTER TABLE "item" ADD COLUMN     "anchor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "compromised_at" TIMESTAMPTZ(3),
ADD COLUMN     "compromised_reason" TEXT,
ADD COLUMN     "family" TEXT,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'draft',
ADD COLUMN     "writer_id" UUID;

-- CreateTable
CREATE TABLE "item_event" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER,
    "state" TEXT,
    "reason" TEXT NOT NULL,
    "user_id" UUID,
    "user_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_task" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "item_id" UUID,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "node_code" TEXT,
    "domain_code" TEXT,
    "level" TEXT,
    "type" TEXT,
    "count" INTEGER NOT NULL DEFAULT 1,
    "note" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "item_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_review" (
    "id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_enemy" (
    "item_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,

    CONSTRAINT "item_enemy_pkey" PRIMARY KEY ("item_id","other_id")
);

-- CreateTable
CREATE TABLE "blueprint" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blueprint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blueprint_cell" (
    "id" UUID NOT NULL,
    "blueprint_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "node_code" TEXT,
    "domain_code" TEXT,
    "level" TEXT,
    "type" TEXT,
    "count" INTEGER NOT NULL,

    CONSTRAINT "blueprint_cell_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assembly" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "blueprint_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "forms" JSONB,
    "words" TEXT NOT NULL,
    "proposed_by" UUID,
    "proposed_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" UUID,
    "confirmed_name" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "assembly_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "item_event_item_id_idx" ON "item_event"("item_id");

-- CreateIndex
CREATE INDEX "item_task_user_id_idx" ON "item_task"("user_id");

-- CreateIndex
CREATE INDEX "item_task_item_id_idx" ON "item_task"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "item_review_item_version_id_user_id_key" ON "item_review"("item_version_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "blueprint_instrument_id_version_key" ON "blueprint"("instrument_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "blueprint_cell_blueprint_id_number_key" ON "blueprint_cell"("blueprint_id", "number");

-- CreateIndex
CREATE INDEX "assembly_instrument_id_idx" ON "assembly"("instrument_id");

-- CreateIndex
CREATE INDEX "item_instrument_id_idx" ON "item"("instrument_id");

-- AddForeignKey
ALTER TABLE "item_event" ADD CONSTRAINT "item_event_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_task" ADD CONSTRAINT "item_task_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_task" ADD CONSTRAINT "item_task_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_review" ADD CONSTRAINT "item_review_item_version_id_fkey" FOREIGN KEY ("item_version_id") REFERENCES "item_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_enemy" ADD CONSTRAINT "item_enemy_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_enemy" ADD CONSTRAINT "item_enemy_other_id_fkey" FOREIGN KEY ("other_id") REFERENCES "item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blueprint" ADD CONSTRAINT "blueprint_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blueprint_cell" ADD CONSTRAINT "blueprint_cell_blueprint_id_fkey" FOREIGN KEY ("blueprint_id") REFERENCES "blueprint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assembly" ADD CONSTRAINT "assembly_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Items that stand in a form were in use before there were states.
UPDATE "item" SET "state" = 'operational' WHERE "id" IN (SELECT v."item_id" FROM "item_version" v JOIN "form_item" f ON f."item_version_id" = v."id");

-- Near-duplicates among items are found by trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
