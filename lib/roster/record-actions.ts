'use server'
import { revalidatePath } from 'next/cache'
import { onceFilled, requireActor } from '@/lib/access/service'
import { fieldsOf, idFrom, textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { correctTeacher } from './record-service'

/** Puts one field of a teacher's record right. */
export async function correct(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:correct')
  const teacherId = idFrom(data, 'id')
  const seen = Number(textOf(data, 'seen'))
  const done = await onceFilled(actor, 'correct', data, () =>
    correctTeacher(actor, { ...Object.fromEntries(fieldsOf(data)), teacherId, seen: Number.isInteger(seen) ? seen : 0 }, new Date()),
  )
  revalidatePath(`/data-guru/${teacherId}`)
  return done.ok ? { ok: true, message: 'Tersimpan. Nilai lama dan dasarnya tercatat di bawah.' } : done
}
