import { policyInForce } from '@/lib/access/service'
import { sql, type Transaction } from '@/lib/platform/db'
import { formatMoment } from '@/lib/platform/format'
import type { Joining, Touched } from '@/lib/platform/personal'
import { takeAway } from '@/lib/sittings/inside'
import { joining as seats } from '@/lib/sittings/personal'
import { used } from '@/lib/sittings/used'
import { fetched } from './fetched'
import { hasOpenAttempt } from './personal-store'
import { forgetPhones } from './seat-store'

/** Phones at the seats of two records of one person. */

type Two = Pick<Joining, 'keep' | 'drop' | 'now'>

/**
 * Two seats of one cycle of which one must go, while a phone may still send what was answered there: a sitting that closed is waited for
 * until its grace is over, one to come as well where its packet lies on a phone and the other seat was sat at or fetched too.
 */
async function phonesOut({ keep, drop, now }: Two): Promise<{ name: string; closed: boolean; until: Date }[]> {
  const { graceHours } = await policyInForce()
  const end = `(y.closes_at + make_interval(hours => $4))`
  return sql(
    `SELECT y.name, y.closes_at <= $3 AS closed, ${end} AS until FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
      WHERE s.teacher_id IN ($1, $2) AND NOT ${used('s')} AND ${end} > $3 AND (y.closes_at <= $3 OR ${fetched('s')}) AND EXISTS (
        SELECT 1 FROM seat o JOIN sitting z ON z.id = o.sitting_id
         WHERE z.cycle_id = c.id AND (z.id = y.id OR NOT c.practice) AND o.teacher_id IN ($1, $2) AND o.teacher_id <> s.teacher_id
           AND (y.closes_at <= $3 OR ${used('o')} OR ${fetched('o')})) ORDER BY until, y.name`,
    [keep, drop, now, graceHours],
  )
}

/** A test that is being written, and answers that may still lie on a phone. */
export async function obstacles(two: Two): Promise<string[]> {
  const [open, out] = await Promise.all([Promise.all([hasOpenAttempt(two.keep), hasOpenAttempt(two.drop)]), phonesOut(two)])
  const named = new Set<string>()
  return [
    ...(open.includes(true) ? ['Salah satunya sedang mengerjakan tes. Tunggu sampai tesnya ditutup.'] : []),
    ...out.flatMap(({ name, closed, until }) => {
      if (named.has(name)) return []
      named.add(name)
      const why = closed
        ? `Sesi ${name} baru ditutup dan jawaban dari ponsel masih dapat datang.`
        : `Paket soal ${name} sudah ada di ponsel, sedangkan kursi yang lain juga sudah dipakai. Jawaban dari dua ponsel itu tidak boleh kehilangan kursinya.`
      return [`${why} Gabungkan sesudah ${formatMoment(until)}.`]
    }),
  ]
}

/** Seats that the person does not need are taken away with what phones said of themselves there. */
export async function handOver(tx: Transaction, joining: Joining): Promise<Touched> {
  const spare = await seats.spareSeats(tx, joining, fetched)
  await forgetPhones(tx, spare)
  await takeAway(tx, spare)
  return { seat: spare.length }
}
