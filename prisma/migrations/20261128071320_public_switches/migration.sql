-- CreateTable
CREATE TABLE "public_switch" (
    "id" UUID NOT NULL,
    "office" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL,
    "set_by" UUID,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "public_switch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "public_switch_office_idx" ON "public_switch"("office");

-- Who opened the page for the public and who shut it is told of every day that it was open.
ALTER TABLE "public_switch" ADD CONSTRAINT "public_switch_office" CHECK ("office" IN ('bgtk', 'dinas'));
CREATE TRIGGER public_switch_append_only BEFORE UPDATE OR DELETE ON "public_switch" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER public_switch_kept BEFORE TRUNCATE ON "public_switch" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
