'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { requireActor, takeUpload } from '@/lib/access/service'
import { loadBoundaries, removeBoundaries } from './service'
import { textOf } from '@/lib/platform/fields'

/** Doors of the boundary file form. */
export async function uploadBoundaries(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('rules:manage')
  const file = await takeUpload(actor, 'batas', data)
  if (!file.ok) return file
  const result = await loadBoundaries(actor, new TextDecoder().decode(file.value.bytes), textOf(data, 'source'))
  revalidatePath('/bgtk/pengaturan')
  return result.ok ? { ok: true, message: 'Batas wilayah diterima. Peta kini memakai batas yang sebenarnya.' } : result
}

export async function dropBoundaries(): Promise<FormState> {
  const actor = await requireActor('rules:manage')
  await removeBoundaries(actor)
  revalidatePath('/bgtk/pengaturan')
  return { ok: true, message: 'Peta kembali memakai mosaik.' }
}
