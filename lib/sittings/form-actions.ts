'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { formatCount } from '@/lib/platform/format'
import type { Result } from '@/lib/platform/result'
import { requireActor } from '@/lib/access/service'
import { changeOutageRule, changeRoom, changeSeat, chooseForms, cycle } from './service'
import { idFrom, textOf, textsOf } from '@/lib/platform/fields'

/** Doors of the forms that say which test forms a cycle uses, how a room stands and who has more time. */
/** What became of the seats; nothing to say where nobody sits yet. */
const reseated = ({ given, kept }: { given: number; kept: number }): string =>
  [
    given ? ` ${formatCount(given)} kursi mendapat formulir baru dalam satu menit.` : '',
    kept ? ` ${formatCount(kept)} kursi tetap memakai formulirnya, karena paketnya sudah diambil ponsel atau tesnya sudah dimulai.` : '',
  ].join('')

const told = (result: Result<unknown>, said: string): FormState => (result.ok ? { ok: true, message: said } : result)

export async function pickForms(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const cycleId = idFrom(data, 'cycleId')
  const result = await chooseForms(actor, cycleId, textsOf(data, 'form'))
  revalidatePath(`/bgtk/siklus/${cycleId}`)
  return told(result, `Formulir siklus ini disimpan.${result.ok ? reseated(result.value) : ''}`)
}

export async function setOutageRule(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const cycleId = idFrom(data, 'cycleId')
  if (!(await cycle(actor, cycleId))) return { ok: false, message: 'Siklus tidak ditemukan. Tidak ada yang berubah.' }
  const result = await changeOutageRule(actor, cycleId, textOf(data, 'minutes'))
  revalidatePath(`/bgtk/siklus/${cycleId}`)
  return told(result, 'Aturan waktu pengganti disimpan.')
}

export async function setColumns(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await changeRoom(actor, sittingId, textOf(data, 'roomId'), textOf(data, 'columns'))
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  return told(result, `Denah disimpan.${result.ok ? reseated(result.value) : ''}`)
}

export async function setExtraTime(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await changeSeat(actor, sittingId, { number: textOf(data, 'number'), minutes: textOf(data, 'minutes') })
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  return told(result, 'Tambahan waktu disimpan dan berlaku sejak awal setiap bagian.')
}
