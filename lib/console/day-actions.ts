'use server'
import { revalidatePath } from 'next/cache'
import { requireActor } from '@/lib/access/service'
import { textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { turnGuestDay } from './day-service'

/** The door of today's page for guests. */
export async function turnDay(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const wish = textOf(data, 'wish')
  if (wish !== 'buka' && wish !== 'tutup')
    return { ok: false, message: 'Isian ini tidak lengkap. Tidak ada yang berubah; muat ulang halaman ini.' }
  const result = await turnGuestDay(actor, wish === 'buka', new Date())
  revalidatePath('/bgtk/hari')
  if (!result.ok) return result
  return {
    ok: true,
    message: result.value.open
      ? 'Halaman tamu terbuka sampai hari ini berakhir. Alamatnya ada di bawah.'
      : 'Halaman tamu tertutup sejak sekarang. Alamatnya tidak berlaku lagi, juga bila dibuka kembali.',
  }
}
