'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { currentActor, pendingSession, requireActor, setActive } from './service'
import { homeOf } from './home'
import { idFrom } from '@/lib/platform/fields'

/** Where the actor of this request belongs; whoever is in the middle of a login goes on with it. */
export async function ownHome(): Promise<string> {
  const actor = await currentActor()
  if (actor) return homeOf(actor)
  return (await pendingSession()) ? '/masuk/faktor' : '/masuk'
}

export async function switchAccount(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const result = await setActive(actor, idFrom(data, 'id'), data.get('active') === 'ya')
  revalidatePath('/bgtk/pengguna')
  return result.ok ? null : { ok: false, message: result.message }
}
