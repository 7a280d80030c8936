'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import { currentActor, loginWithAccount, openSession, requestVisit, requireActor, setActive } from './service'
import { homeOf } from './home'
import { homeAfterLogin } from './login'

/** Doors of the login and user forms. */
export async function loginAccount(_before: FormState, data: FormData): Promise<FormState> {
  const result = await loginWithAccount({ email: data.get('email'), password: data.get('password') }, await requestVisit())
  if (!result.ok) return { ok: false, message: result.message }
  await openSession(result.value)
  redirect(await homeAfterLogin(result.value.id))
}

/** Where the actor of this request belongs. */
export async function ownHome(): Promise<string> {
  const actor = await currentActor()
  return actor ? homeOf(actor) : '/masuk'
}

export async function switchAccount(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const result = await setActive(actor, String(data.get('id')), data.get('active') === 'ya')
  revalidatePath('/bgtk/pengguna')
  return result.ok ? null : { ok: false, message: result.message }
}
