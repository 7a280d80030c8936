import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { formatDate } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { addChange, dayOf, holdRecords, lastMove, noRecord, reasonGiven, teacherRecord, writeSchool } from '@/lib/roster/inside'
import { schoolByNpsn } from '@/lib/roster/service'
import { seatsToSchool } from '@/lib/sittings/personal'

/** A teacher goes to another school from a day on. Results keep the school at which they were made. */

const Move = z.object({
  teacherId: z.uuid(),
  npsn: z.string().trim().min(1, 'Isi NPSN sekolah yang baru.').max(20),
  since: z.iso.date('Isi tanggal mulai bertugas di sekolah baru.'),
  reason: reasonGiven,
  seen: z.number().int().optional(),
})
const inWords = (day: string) => formatDate(new Date(`${day}T00:00:00+07:00`))

/**
 * Moves a teacher to another school. Seats of sittings that have not opened yet go along; seats, results and publications of days that were
 * stay with the school of that day. A day to come is refused: it is entered when it is there. The same move once more is answered like the first.
 */
export async function moveTeacher(actor: Actor, input: unknown, now: Date): Promise<Result<{ school: string; seats: number }>> {
  allow(actor, 'roster:correct')
  const parsed = Move.safeParse(input)
  if (!parsed.success)
    return refuse('input', `${parsed.error.issues[0]?.message ?? 'Isian belum lengkap.'} Data tidak berubah.`, faultsOf(parsed))
  const { teacherId, npsn, since, reason, seen } = parsed.data
  const school = await schoolByNpsn(npsn)
  if (!school) return refuse('school', `Sekolah dengan NPSN ${npsn} belum terdaftar. Data tidak berubah.`, ['npsn'])
  if (since > dayOf(now))
    return refuse('future', `Tanggal ${inWords(since)} belum tiba. Catat kepindahan pada atau sesudah harinya. Data tidak berubah.`, [
      'since',
    ])
  return act(async (tx) => {
    await holdRecords(tx, [teacherId])
    const record = await teacherRecord(teacherId)
    if (!record || record.erased) return noRecord()
    const last = await lastMove(teacherId)
    if (record.schoolId === school.id)
      return last?.schoolId === school.id && last.validFrom === since
        ? ok({ school: school.name, seats: 0 })
        : refuse('same', `${record.name} sudah tercatat di ${school.name}. Tidak ada yang berubah.`, ['npsn'])
    const late = overtaken(seen, { version: record.version })
    if (late) return late
    if (last && since < last.validFrom)
      return refuse(
        'order',
        `Kepindahan sebelumnya berlaku sejak ${inWords(last.validFrom)}; yang ini tidak dapat lebih dahulu. Data tidak berubah.`,
        ['since'],
      )
    await writeSchool(tx, teacherId, school.id)
    const seats = await seatsToSchool(tx, teacherId, { id: school.id, regionId: school.regionId, levelId: school.levelId }, now)
    await addChange(
      tx,
      {
        teacherId,
        kind: 'move',
        before: { schoolId: record.schoolId },
        after: { schoolId: school.id },
        reason,
        validFrom: since,
        by: actor.userId,
      },
      now,
    )
    await audit(
      actor,
      'roster:moved',
      `teacher:${teacherId}`,
      { count: 1, detail: { from: record.schoolId, to: school.id, since, seats } },
      tx,
    )
    return ok({ school: school.name, seats })
  })
}
