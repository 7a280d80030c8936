-- AlterTable
ALTER TABLE "certificate" ADD COLUMN     "lines" JSONB,
ADD COLUMN     "span" TEXT,
ALTER COLUMN "pairing_id" DROP NOT NULL;

-- One letter is of a pair or of a span, never of neither.
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_of_a_pair_or_a_span" CHECK (("pairing_id" IS NULL) = ("span" IS NOT NULL) AND ("span" IS NULL) = ("lines" IS NULL));
