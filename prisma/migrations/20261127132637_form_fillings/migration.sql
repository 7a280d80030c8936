-- CreateTable
CREATE TABLE "form_filling" (
    "id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "print" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "form_filling_pkey" PRIMARY KEY ("owner","id")
);

-- CreateIndex
CREATE INDEX "form_filling_at_idx" ON "form_filling"("at");
