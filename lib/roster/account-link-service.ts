import { allow, linkTeacher, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { Present } from '@/lib/access/factor-event'
import { refuse, type Result } from '@/lib/platform/result'
import { bearerOf, teacherRecord } from './record-store'

/** The teacher whom an account is, for the page of that account: told by her number, never picked from a list of names. */

export type LinkedTeacher = { id: string; name: string; schoolName: string }

/** The teacher of an account by her key; null where there is none. */
export async function linkedTeacher(actor: Actor, teacherId: string | null): Promise<LinkedTeacher | null> {
  allow(actor, 'users:manage')
  const found = teacherId ? await teacherRecord(teacherId) : null
  if (!found || found.erased) return null
  await openNamed(actor, 'accounts', 'users:manage', `teacher:${found.id}`, [found.id], (id) => id)
  return { id: found.id, name: found.name, schoolName: found.schoolName }
}

/** Links an account with the teacher who bears this NUPTK or NIP. */
export async function linkByNumber(
  actor: Present,
  order: { userId: string; number: string; reason: string },
  now: Date,
): Promise<Result<null>> {
  allow(actor, 'users:manage')
  const number = order.number.replace(/[\s'’.-]/g, '')
  const bearer = number ? ((await bearerOf('NUPTK', number)) ?? (await bearerOf('NIP', number))) : null
  if (!bearer)
    return refuse('number', 'Tidak ada guru dengan NUPTK atau NIP itu di daftar. Periksa angkanya; belum ada yang berubah.', ['number'])
  return linkTeacher(actor, { userId: order.userId, teacherId: bearer.id, reason: order.reason }, now)
}
