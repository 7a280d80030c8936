-- CreateTable
CREATE TABLE "guest_day" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "opened_by" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "guest_day_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "guest_day_day_idx" ON "guest_day"("day");
