'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { onceFilled, requireActor } from '@/lib/access/service'
import { textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { announceLottery, cancelLottery, drawLottery } from './service'

/** Doors of the forms that hold a lottery. */
const PAGE = '/bgtk/dukungan/undian'
const text = (data: FormData, key: string) => textOf(data, key).trim()

export async function announceSeats(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const names = ['module', 'cycle', 'tier', 'seats', 'band', 'drawOn', 'secondOn', 'note']
  const fields = Object.fromEntries(names.map((k) => [k, text(data, k)]))
  const result = await onceFilled(actor, 'announceLottery', data, () => announceLottery(actor, fields, new Date()))
  if (!result.ok) return result
  // The form goes with its announcement; what was announced stands in the list.
  redirect(`${PAGE}#l-${result.value}`)
}

export async function drawSeats(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const result = await onceFilled(actor, 'drawLottery', data, () =>
    drawLottery(actor, text(data, 'lottery'), text(data, 'word'), new Date()),
  )
  revalidatePath(PAGE)
  return result.ok
    ? {
        ok: true,
        message: `Sudah diundi: ${result.value.drawn} guru pada kelompok pertama, ${result.value.waiting} pada kelompok kedua. Hasilnya tampak di halaman setiap guru.`,
      }
    : result
}

export async function cancelSeats(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const result = await onceFilled(actor, 'cancelLottery', data, () =>
    cancelLottery(actor, text(data, 'lottery'), text(data, 'reason'), new Date()),
  )
  revalidatePath(PAGE)
  return result.ok ? { ok: true, message: 'Undian dibatalkan. Guru-guru itu menunggu kelas seperti sebelumnya.' } : result
}
