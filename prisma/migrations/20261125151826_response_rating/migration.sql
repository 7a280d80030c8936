-- CreateTable
CREATE TABLE "rated_response" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "item_version_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "edition" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "share" DOUBLE PRECISION,
    "method" TEXT,
    "collected_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "rated_response_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "response_rating" (
    "id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "edition" INTEGER NOT NULL,
    "rater_id" UUID NOT NULL,
    "rater_name" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "points" INTEGER[],
    "note" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "given_at" TIMESTAMPTZ(3),

    CONSTRAINT "response_rating_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rated_response_item_version_id_state_idx" ON "rated_response"("item_version_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "rated_response_attempt_id_item_version_id_key" ON "rated_response"("attempt_id", "item_version_id");

-- CreateIndex
CREATE INDEX "response_rating_rater_id_idx" ON "response_rating"("rater_id");

-- CreateIndex
CREATE UNIQUE INDEX "response_rating_response_id_edition_rater_id_key" ON "response_rating"("response_id", "edition", "rater_id");

-- CreateIndex
CREATE UNIQUE INDEX "response_rating_response_id_edition_place_key" ON "response_rating"("response_id", "edition", "place");

-- AddForeignKey
ALTER TABLE "response_rating" ADD CONSTRAINT "response_rating_response_id_fkey" FOREIGN KEY ("response_id") REFERENCES "rated_response"("id") ON DELETE CASCADE ON UPDATE CASCADE;
