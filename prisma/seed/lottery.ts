import { inTransaction, sql } from '@/lib/platform/db'
import { simulatedLottery } from '@/lib/plans/lottery-service'

/** One honest lottery of the demonstration: seats of a class that many of the first wave wait for, drawn before anybody attends. */

const CYCLE = '2510'
/** The turn of the second group: after the re-test of April. */
const SECOND_ON = '2026-07-15'

/** Where the tier begins in which people learn by themselves: whoever stands below it has a seat without a lot. */
const LINE = 'mandiri'
/** Wide enough for a group that can be read at the re-test. */
const BAND = 25

/** The class of pedagogy that most of the first wave are offered and nobody has begun; one seat for every two near the line. */
export async function drawSeats(): Promise<string> {
  const [module] = await sql<{ code: string }>(
    `SELECT m.code FROM plan_step s JOIN plan p ON p.id = s.plan_id AND p.cycle_code = $1 JOIN module m ON m.id = s.module_id
      WHERE s.part = '1' AND m.content ? 'size' GROUP BY m.code ORDER BY count(*) DESC, m.code LIMIT 1`,
    [CYCLE],
  )
  if (!module) return 'tidak ada kelas yang ditunggu'
  const asked = {
    ...{ module: module.code, cycle: CYCLE, tier: LINE, band: BAND, drawOn: '2026-01-31', secondOn: SECOND_ON },
    note: 'Undian simulasi: fasilitator cukup untuk separuh guru di dekat batas',
  }
  const found = await inTransaction((tx) =>
    simulatedLottery(
      tx,
      asked,
      { seed: '7c1f0d52a9e84b36', word: 'angka penutupan bursa 30 Januari 2026' },
      new Date('2026-01-29T02:00:00Z'),
      new Date('2026-01-31T03:00:00Z'),
    ),
  )
  return found ? `${module.code}: ${found.drawn} guru kelompok pertama, ${found.waiting} kelompok kedua` : 'kursinya cukup untuk semua'
}
