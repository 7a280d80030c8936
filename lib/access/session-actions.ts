'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import { endAllOwnSessions, endOwnSession, requireLogin } from './service'
import { textOf } from '@/lib/platform/fields'

/** Doors of the page of one's own account. */
export async function endSession(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireLogin()
  const result = await endOwnSession(actor, textOf(data, 'id'))
  revalidatePath('/akun')
  return result.ok ? { ok: true, message: 'Sesi itu sudah diakhiri.' } : result
}

export async function endAllSessions(): Promise<FormState> {
  const actor = await requireLogin()
  const ended = await endAllOwnSessions(actor)
  if (!ended.ok) return ended
  redirect('/masuk')
}
