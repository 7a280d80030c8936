'use server'
import { revalidatePath } from 'next/cache'
import { linkTeacher, onceFilled, requireActor } from '@/lib/access/service'
import { fieldsOf, idFrom, textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { linkByNumber } from './account-link-service'
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

/** Links an account with the teacher who bears a number. */
export async function linkAccount(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const userId = idFrom(data, 'id')
  const done = await onceFilled(actor, 'linkAccount', data, () =>
    linkByNumber(actor, { userId, number: textOf(data, 'number'), reason: textOf(data, 'reason') }, new Date()),
  )
  revalidatePath(`/bgtk/pengguna/${userId}`)
  return done.ok ? { ok: true, message: 'Akun terhubung. Sesinya diakhiri; pemiliknya masuk kembali sebagai guru.' } : done
}

/** Releases an account from its teacher. */
export async function releaseAccount(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const userId = idFrom(data, 'id')
  const done = await onceFilled(actor, 'releaseAccount', data, () =>
    linkTeacher(actor, { userId, teacherId: null, reason: textOf(data, 'reason') }, new Date()),
  )
  revalidatePath(`/bgtk/pengguna/${userId}`)
  return done.ok ? { ok: true, message: 'Akun dilepas dari guru itu. Hasil dan rencananya tetap di catatan guru.' } : done
}
