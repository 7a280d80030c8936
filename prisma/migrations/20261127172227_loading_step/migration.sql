-- CreateTable
CREATE TABLE "loading_step" (
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "state" TEXT NOT NULL,
    "words" TEXT,
    "chance" INTEGER,
    "every" INTEGER NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "loading_step_pkey" PRIMARY KEY ("name")
);
