'use server'
import { revalidatePath } from 'next/cache'
import { policyFields, readPolicy, type PolicyPath } from './policy-field-model'
import { changePolicy, requireActor } from './service'
import { textOf } from '@/lib/platform/fields'

/** What the form shows after it was sent: everything as it was typed, with what is wrong at its field. */
export type PolicyState = {
  ok: boolean
  message: string
  texts: Record<PolicyPath, string>
  reason: string
  errors: Partial<Record<PolicyPath | 'reason', string>>
  /** Tells one answer from the next, so that the form takes over its texts. */
  turn: number
} | null

/** Door of the form on /bgtk/keamanan. */
export async function savePolicy(before: PolicyState, data: FormData): Promise<PolicyState> {
  const actor = await requireActor('policy:manage')
  const text = (name: string) => textOf(data, name)
  const texts = Object.fromEntries(policyFields.map((f) => [f.path, text(f.path)])) as Record<PolicyPath, string>
  const kept = { texts, reason: text('reason'), turn: (before?.turn ?? 0) + 1 }
  const read = readPolicy(texts)
  if ('errors' in read)
    return {
      ...kept,
      ok: false,
      errors: read.errors,
      message: 'Ada isian yang belum benar, ditandai di tempatnya. Batas yang berlaku belum berubah.',
    }
  const result = await changePolicy(actor, Number(text('after')), read.policy, kept.reason)
  if (!result.ok) return { ...kept, ok: false, errors: result.code === 'reason' ? { reason: result.message } : {}, message: result.message }
  revalidatePath('/bgtk/keamanan')
  return { ...kept, reason: '', ok: true, errors: {}, message: `Versi ${result.value} berlaku mulai sekarang.` }
}
