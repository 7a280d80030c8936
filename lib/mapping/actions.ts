'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { requireActor } from '@/lib/access/service'
import { loadBoundaries, removeBoundaries } from './service'
import { textOf } from '@/lib/platform/fields'

/** Doors of the boundary file form. */
export async function uploadBoundaries(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('rules:manage')
  const file = data.get('file')
  if (!(file instanceof File) || file.size === 0) return { ok: false, message: 'Pilih berkas GeoJSON atau TopoJSON.' }
  if (file.size > 1_048_576)
    return {
      ok: false,
      message: 'Berkas batas wilayah lebih besar dari 1 MB. Sederhanakan garisnya (misalnya dengan mapshaper), lalu unggah lagi.',
    }
  const result = await loadBoundaries(actor, await file.text(), textOf(data, 'source'))
  revalidatePath('/bgtk/pengaturan')
  return result.ok
    ? { ok: true, message: 'Batas wilayah diterima. Peta kini memakai batas yang sebenarnya.' }
    : { ok: false, message: result.message }
}

export async function dropBoundaries(): Promise<FormState> {
  const actor = await requireActor('rules:manage')
  await removeBoundaries(actor)
  revalidatePath('/bgtk/pengaturan')
  return { ok: true, message: 'Peta kembali memakai mosaik.' }
}
