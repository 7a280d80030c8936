import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { cleanDate, cleanEmail, cleanName, cleanNip, cleanNuptk, cleanPhone, tidy, type Cleaned } from './clean'
import { correctable, employmentStatuses, sexNames, type CorrectableField, type RecordChange, type TeacherRecord } from './record-model'
import * as store from './record-store'
import { subjects } from './store'

/** One teacher's record: one field put right without a file, and what was changed so far. */

export const reasonGiven = z.string().trim().min(5, 'Tulis dasar perubahannya, misalnya nomor surat atau salinan SK.').max(200)
const Correction = z.object({
  teacherId: z.uuid(),
  field: z.enum(Object.keys(correctable) as [CorrectableField, ...CorrectableField[]]),
  value: z.string().max(200),
  reason: reasonGiven,
  seen: z.number().int().optional(),
})

/** The day in Western Indonesia. */
export const dayOf = (now: Date): string => new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)

/** What a field's text means, or the sentence that says what is wrong with it: a correction leaves nothing out in silence. */
async function meant(field: CorrectableField, raw: string, record: TeacherRecord): Promise<Result<string | null>> {
  const text = tidy(raw)
  const of = (c: Cleaned<string | null>): Result<string | null> => {
    const wrong = c.error ?? c.doubt ?? c.warning
    return wrong ? refuse('input', `${wrong.replace(/ dan dikosongkan\./, '.')} Data tidak berubah.`, ['value']) : ok(c.value)
  }
  const oneOf = (known: readonly string[]): Result<string | null> =>
    text === '' || known.includes(text) ? ok(text || null) : refuse('input', 'Pilih salah satu dari daftar. Data tidak berubah.', ['value'])
  switch (field) {
    case 'name':
      return of(cleanName(text))
    case 'title':
      return text.length > 60 ? refuse('input', 'Gelar paling panjang 60 huruf. Data tidak berubah.', ['value']) : ok(text || null)
    case 'nuptk':
      return of(cleanNuptk(text))
    case 'nip':
      return of(cleanNip(text))
    case 'birthDate':
      return of(cleanDate(text, record.nip))
    case 'email':
      return of(cleanEmail(text))
    case 'phone':
      return of(cleanPhone(text))
    case 'sex':
      return oneOf(Object.keys(sexNames))
    case 'status':
      return oneOf(employmentStatuses)
    case 'subject':
      return oneOf((await subjects()).map((s) => s.code))
  }
}

export const noRecord = () => refuse('missing', 'Guru ini tidak ada di daftar, atau datanya sudah dihapus. Tidak ada yang berubah.')

/**
 * Puts one field of a teacher's record right. Refused where somebody else has changed the record since the page was opened, where a number
 * is another teacher's, and without a reason. What stands already is answered like a change that was made.
 */
export async function correctTeacher(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'roster:correct')
  const parsed = Correction.safeParse(input)
  if (!parsed.success)
    return refuse('input', `${parsed.error.issues[0]?.message ?? 'Isian belum lengkap.'} Data tidak berubah.`, faultsOf(parsed))
  const { teacherId, field, reason, seen } = parsed.data
  return act(async (tx) => {
    await store.holdRecords(tx, [teacherId])
    const record = await store.teacherRecord(teacherId)
    if (!record || record.erased) return noRecord()
    const value = await meant(field, parsed.data.value, record)
    if (!value.ok) return value
    const before = record[field]
    if (value.value === before) return ok(null)
    const late = overtaken(seen, { version: record.version })
    if (late) return late
    if ((field === 'nuptk' || field === 'nip') && value.value) {
      const other = await store.bearerOf(field === 'nuptk' ? 'NUPTK' : 'NIP', value.value)
      if (other)
        return refuse(
          'taken',
          `${correctable[field].label} itu milik ${other.name} di ${other.schoolName}. Bila orangnya sama, gabungkan kedua catatan. Data tidak berubah.`,
          ['value'],
        )
    }
    await store.writeField(tx, teacherId, field, value.value, dayOf(now))
    await store.addChange(
      tx,
      { teacherId, kind: 'correction', field, before: { [field]: before }, after: { [field]: value.value }, reason, by: actor.userId },
      now,
    )
    // The log outlives the person's data: it says which field, and the record itself says from what to what.
    await audit(actor, 'roster:correct', `teacher:${teacherId}`, { count: 1, detail: { field } }, tx)
    return ok(null)
  })
}

/** Fields of an import's state by the words of the record's page; the rest of it is keys. */
const importLabels: Record<string, string> = {
  ...Object.fromEntries(Object.entries(correctable).map(([key, c]) => [key, c.label])),
  subjectCode: 'Mata pelajaran',
  role: 'Jenis PTK',
  school: 'Sekolah',
}
const shown = (key: string, value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : key === 'sex' ? sexNames[value as 'L' | 'P'] : String(value)

/** What was changed in a record, newest first; schools by name, for whom `names` finds one by its id. */
export async function recordHistory(
  teacherId: string,
  names: (ids: string[]) => Promise<Map<string, string>>,
  most: number,
): Promise<RecordChange[]> {
  const stored = await store.changesOf(teacherId, most)
  const schools = await names([
    ...new Set(stored.flatMap((c) => [c.before?.['schoolId'], c.after?.['schoolId']]).filter((id): id is string => typeof id === 'string')),
  ])
  const named = (state: Record<string, unknown> | null): Record<string, unknown> =>
    state && state['schoolId'] ? { ...state, school: schools.get(String(state['schoolId'])) ?? 'sekolah lain' } : (state ?? {})
  return stored.map(({ field: _, before, after, ...c }) => {
    const [was, is] = [named(before), named(after)]
    const fields = Object.keys(importLabels).flatMap((key) => {
      const [from, to] = [shown(key, was[key]), shown(key, is[key])]
      return from === to ? [] : [{ label: importLabels[key]!, from, to }]
    })
    // What the other record said, as far as somebody may want to know which one it was.
    const other = [
      was['name'],
      was['nuptk'] && `NUPTK ${String(was['nuptk'])}`,
      was['nip'] && `NIP ${String(was['nip'])}`,
      was['schoolName'],
    ]
    return {
      ...c,
      fields: c.kind === 'merge' ? [{ label: 'Catatan yang dilebur', from: other.filter(Boolean).join(', '), to: 'catatan ini' }] : fields,
    }
  })
}
