'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { orForbidden, requireActor, onceFilled } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import * as service from './service'
import { fieldsOf, textOf } from '@/lib/platform/fields'

const text = (data: FormData, key: string) => textOf(data, key).trim()

/** The next response of an item; the page shows it. */
export async function takeNext(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('response:rate')
  const item = text(data, 'item')
  const taken = await orForbidden(service.takeResponse(actor, item, new Date()))
  if (!taken) {
    revalidatePath(`/pakar/uraian/${item}`)
    return { ok: true, message: 'Tidak ada jawaban lain yang menunggu Anda.' }
  }
  redirect(`/pakar/uraian/${item}`)
}

/** Keeps the points and goes on to the next response. */
export async function rateResponse(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('response:rate')
  const item = text(data, 'item')
  const points = fieldsOf(data)
    .filter(([name]) => /^c\d+$/.test(name))
    .sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
    .map(([, value]) => Number(value))
  const result = await onceFilled(actor, 'giveRating', data, () =>
    orForbidden(service.giveRating(actor, item, text(data, 'rating'), { points, note: text(data, 'note') }, new Date())),
  )
  if (!result.ok) return result
  await service.takeResponse(actor, item, new Date())
  redirect(`/pakar/uraian/${item}?tersimpan=1`)
}
