-- CreateTable
CREATE TABLE "meeting_photo" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "added_by" UUID NOT NULL,
    "agreed_at" TIMESTAMPTZ(3) NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "meeting_photo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "meeting_photo_meeting_id_idx" ON "meeting_photo"("meeting_id");

-- AddForeignKey
ALTER TABLE "meeting_photo" ADD CONSTRAINT "meeting_photo_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;
