'use server'
import { revalidatePath } from 'next/cache'
import { requireActor } from '@/lib/access/service'
import { textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { isOffice } from './public-model'
import { turnPublic } from './public-service'

/** The door of the two switches of the public page. */
export async function turnSwitch(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('publication:public')
  const [office, wish] = [textOf(data, 'office'), textOf(data, 'wish')]
  if (!isOffice(office) || (wish !== 'buka' && wish !== 'tutup'))
    return { ok: false, message: 'Isian ini tidak lengkap. Tidak ada yang berubah; muat ulang halaman ini.' }
  const result = await turnPublic(actor, office, wish === 'buka', new Date())
  for (const path of ['/publik', '/halaman-publik']) revalidatePath(path)
  if (!result.ok) return result
  if (wish === 'tutup') return { ok: true, message: 'Sakelar dimatikan. Halaman publik tertutup sejak sekarang.' }
  return {
    ok: true,
    message: result.value.open
      ? 'Sakelar dinyalakan. Kedua kantor setuju: halaman publik terbuka sejak sekarang.'
      : 'Sakelar dinyalakan. Halaman publik terbuka setelah kantor yang lain menyalakan sakelarnya.',
  }
}
