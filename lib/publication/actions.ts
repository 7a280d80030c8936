'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { onceFilled, requireActor } from '@/lib/access/service'
import { textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import type { Result } from '@/lib/platform/result'
import { discardSnapshot, orderSnapshot, proposeSnapshot, publishSnapshot, withdrawSnapshot } from './publication-service'

/** Doors of the forms of publication. */

const told = (id: string, result: Result<null>, message: string): FormState => {
  revalidatePath(`/bgtk/terbitan/${id}`)
  return result.ok ? { ok: true, message } : result
}

export async function makeSnapshot(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('publication:manage')
  const result = await onceFilled(actor, 'makeSnapshot', data, () => orderSnapshot(actor, textOf(data, 'series'), new Date()))
  if (!result.ok) return result
  redirect(`/bgtk/terbitan/${result.value}`)
}

export async function proposePublication(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('publication:manage')
  const id = textOf(data, 'id')
  return told(id, await proposeSnapshot(actor, id, new Date()), 'Diusulkan. Orang kedua kini dapat menerbitkannya.')
}

export async function confirmPublication(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('publication:manage')
  const id = textOf(data, 'id')
  return told(id, await publishSnapshot(actor, id, new Date()), 'Terbit. Semua halaman pejabat kini membaca angka ini.')
}

export async function discardDraft(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('publication:manage')
  const id = textOf(data, 'id')
  return told(id, await discardSnapshot(actor, id), 'Draf dibuang. Terbitan yang berlaku tidak berubah.')
}

export async function withdrawPublication(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('publication:manage')
  const id = textOf(data, 'id')
  return told(
    id,
    await withdrawSnapshot(actor, id, textOf(data, 'why'), new Date()),
    'Ditarik. Catatannya tetap tersimpan bersama alasannya.',
  )
}
