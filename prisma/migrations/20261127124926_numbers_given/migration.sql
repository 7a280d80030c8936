-- AlterTable
ALTER TABLE "cycle" ADD COLUMN     "last_number" INTEGER NOT NULL DEFAULT 0;

-- What was given before this count began. Numbers of erased participants are gone from their seats, so the seats are counted as well.
UPDATE "cycle" c SET "last_number" = n.n FROM (
  SELECT t.cycle_id, greatest(coalesce(max(substring(s.participant_number FROM '-([0-9]{1,9})$')::int), 0), count(*)::int) AS n
    FROM seat s JOIN sitting t ON t.id = s.sitting_id GROUP BY t.cycle_id) n WHERE n.cycle_id = c.id;
