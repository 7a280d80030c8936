-- CreateTable
CREATE TABLE "made_document" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "card" BOOLEAN NOT NULL,
    "teacher_id" UUID,
    "grants" JSONB NOT NULL,
    "name" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "large" BOOLEAN NOT NULL,
    "turn" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "failure" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "handed_at" TIMESTAMPTZ(3),
    "file_name" TEXT,
    "mime" TEXT,
    "size" INTEGER,
    "bytes" BYTEA,
    "lines" JSONB NOT NULL,
    "subjects" UUID[],

    CONSTRAINT "made_document_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "made_document_owner_id_state_idx" ON "made_document"("owner_id", "state");

-- CreateIndex
CREATE INDEX "made_document_state_asked_at_idx" ON "made_document"("state", "asked_at");

-- A repeated request joins the one that is under way.
CREATE UNIQUE INDEX "made_document_open_key" ON "made_document"("owner_id", "name", "parameters") WHERE state IN ('waiting', 'making');
-- Handed over piece by piece: the server cuts a piece out of what it has not packed without reading the rest.
ALTER TABLE "made_document" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
