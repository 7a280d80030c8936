'use server'
import { revalidatePath } from 'next/cache'
import { policyFields, readPolicy, type PolicyPath } from './policy-field-model'
import { changePolicy, requireActor, onceFilled } from './service'
import { textOf } from '@/lib/platform/fields'
import { SEEN, type FormState } from '@/lib/platform/form'

/** Door of the form on /bgtk/keamanan. */
export async function savePolicy(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('policy:manage')
  const texts = Object.fromEntries(policyFields.map((f) => [f.path, textOf(data, f.path)])) as Record<PolicyPath, string>
  const read = readPolicy(texts)
  if ('errors' in read)
    return {
      ok: false,
      fields: read.errors,
      message: 'Ada isian yang belum benar, ditandai di tempatnya. Batas yang berlaku belum berubah.',
    }
  const result = await onceFilled(actor, 'changePolicy', data, () =>
    changePolicy(actor, Number(textOf(data, SEEN)), read.policy, textOf(data, 'reason')),
  )
  if (!result.ok) return result
  revalidatePath('/bgtk/keamanan')
  return { ok: true, message: `Versi ${result.value} berlaku mulai sekarang.` }
}
