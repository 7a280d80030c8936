'use server'
import { config } from '@/lib/platform/config'
import type { FormState } from '@/lib/platform/form'
import { inviteIdentity, requireActor } from './service'
import { keepInvitation } from './session'
import { idFrom } from '@/lib/platform/fields'

/** Doors of linking an account with belajar.id. */
export async function inviteToBelajar(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const result = await inviteIdentity(actor, idFrom(data, 'id'))
  if (!result.ok) return result
  const link = `${(config().NEXTAUTH_URL ?? '').replace(/\/$/, '')}/masuk/undangan?kode=${result.value}`
  return { ok: true, message: `Kirim tautan ini hanya kepada pemilik akun. Berlaku sekali, selama tujuh hari: ${link}` }
}

/** Remembers the invitation in this browser for the way to belajar.id and back. */
export async function acceptInvitation(code: string): Promise<void> {
  await keepInvitation(code)
}
