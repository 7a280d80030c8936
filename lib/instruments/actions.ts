'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import { requireActor, onceFilled } from '@/lib/access/service'
import { rateRelevance } from './validity-service'
import { textOf } from '@/lib/platform/fields'

/** An expert's judgement of one item: `stay` shows the key of the item just rated, else on to the next one. */
export async function saveRelevance(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('validity:rate')
  const text = (key: string) => textOf(data, key).trim()
  const input = { itemVersionId: text('item'), relevance: Number(text('relevance')), comment: text('comment') }
  const result = await onceFilled(actor, 'rateRelevance', data, () => rateRelevance(actor, input, new Date()))
  if (!result.ok) return result
  revalidatePath('/pakar')
  const to = text('then') === 'stay' ? text('at') : text('next')
  redirect(`/pakar/validitas/${encodeURIComponent(text('code'))}${Number(to) ? `?butir=${Number(to)}` : ''}`)
}
