'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { onceFilled, requireActor } from '@/lib/access/service'
import { fieldsOf, idFrom, textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { mergeTeachers } from './merge-service'
import { moveTeacher } from './move-service'

const seenIn = (data: FormData, name = 'seen'): number => {
  const seen = Number(textOf(data, name))
  return Number.isInteger(seen) ? seen : 0
}

/** Moves a teacher to another school from a day on. */
export async function move(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:correct')
  const teacherId = idFrom(data, 'id')
  const done = await onceFilled(actor, 'move', data, () =>
    moveTeacher(actor, { ...Object.fromEntries(fieldsOf(data)), teacherId, seen: seenIn(data) }, new Date()),
  )
  revalidatePath(`/data-guru/${teacherId}`)
  if (!done.ok) return done
  const seats = done.value.seats ? ` Kursinya di ${done.value.seats} sesi mendatang ikut pindah.` : ''
  return { ok: true, message: `Tersimpan: sekarang di ${done.value.school}.${seats} Hasil tes yang lalu tetap milik sekolah saat itu.` }
}

/** Makes two records of one person one, and leads to it. */
export async function merge(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:correct')
  const [keep, drop] = [idFrom(data, 'keep'), idFrom(data, 'drop')]
  const done = await onceFilled(actor, 'merge', data, () =>
    mergeTeachers(
      actor,
      { keep, drop, reason: textOf(data, 'reason'), seen: seenIn(data), seenOther: seenIn(data, 'seenOther') },
      new Date(),
    ),
  )
  if (!done.ok) return done
  redirect(`/data-guru/${keep}`)
}
