'use server'
import { revalidatePath } from 'next/cache'
import { requireActor, onceFilled } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { leakItem } from './service'
import { textOf } from '@/lib/platform/fields'

/** Door of the leak drill. */
export async function markLeak(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const result = await onceFilled(actor, 'leakItem', data, () => leakItem(actor, textOf(data, 'code'), textOf(data, 'reason'), new Date()))
  revalidatePath('/bgtk/instrumen', 'layout')
  return result.ok ? { ok: true, message: 'Butir ditandai bocor. Di bawah ini tertera apa saja yang tersentuh.' } : result
}
