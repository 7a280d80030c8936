'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { currentActor, endAccountSession, requireActor, setActive, takeRole, onceFilled } from './service'
import { homeOf } from './home'
import { pendingSession } from './session'
import { idFrom, textOf } from '@/lib/platform/fields'

/** Where the actor of this request belongs; whoever is in the middle of a login goes on with it. */
export async function ownHome(): Promise<string> {
  const actor = await currentActor()
  if (actor) return homeOf(actor)
  return (await pendingSession()) ? '/masuk/faktor' : '/masuk'
}

export async function switchAccount(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const id = idFrom(data, 'id')
  const result = await setActive(actor, id, data.get('active') === 'ya')
  revalidatePath('/bgtk/pengguna')
  revalidatePath(`/bgtk/pengguna/${id}`)
  return result.ok ? null : result
}

export async function withdrawRole(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const userId = idFrom(data, 'id')
  const done = await onceFilled(actor, 'takeRole', data, () =>
    takeRole(actor, { userId, grantId: idFrom(data, 'grant'), reason: textOf(data, 'reason') }, new Date()),
  )
  revalidatePath(`/bgtk/pengguna/${userId}`)
  return done.ok ? { ok: true, message: 'Peran dicabut. Sesi akun ini diakhiri saat itu juga.' } : done
}

/** Ends one session of somebody else's account, or all of them when none is named. */
export async function endTheirSession(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const userId = idFrom(data, 'id')
  const done = await endAccountSession(actor, userId, textOf(data, 'session') || null)
  revalidatePath(`/bgtk/pengguna/${userId}`)
  return done.ok ? { ok: true, message: `${done.value} sesi diakhiri.` } : done
}
