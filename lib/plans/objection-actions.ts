'use server'
import { revalidatePath } from 'next/cache'
import { requireActor, onceFilled } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { formatDay } from '@/lib/platform/format'
import { fieldsOf, textOf } from '@/lib/platform/fields'
import { answerObjection, object } from './objection-service'

const text = (data: FormData, key: string) => textOf(data, key).trim()
const all = (data: FormData) => Object.fromEntries(fieldsOf(data))

export async function sendObjection(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('result:own')
  const result = await onceFilled(actor, 'object', data, () => object(actor, all(data), new Date()))
  revalidatePath('/guru/hasil')
  return result.ok ? { ok: true, message: `Keberatan diterima. Petugas BGTK menjawab paling lambat ${formatDay(result.value)}.` } : result
}

export async function replyToObjection(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('objection:answer')
  const result = await onceFilled(actor, 'answerObjection', data, () =>
    answerObjection(actor, text(data, 'objection'), all(data), new Date()),
  )
  revalidatePath('/bgtk/dukungan/keberatan')
  return result.ok ? { ok: true, message: 'Jawaban terkirim dan terlihat oleh guru.' } : result
}
