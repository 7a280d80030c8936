'use server'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import type { Result } from '@/lib/platform/result'
import { askResetByMail, makeResetLink, resetWithLink, type MadeLink } from './reset-service'
import { requestVisit, requireActor } from './session'

/** Doors of forgotten passwords. */
export async function resetByLink(_before: FormState, data: FormData): Promise<FormState> {
  const result = await resetWithLink(String(data.get('code') ?? ''), String(data.get('next') ?? ''), await requestVisit(), new Date())
  if (!result.ok) return { ok: false, message: result.message }
  redirect('/masuk?pesan=kata-sandi-baru')
}

export async function askByMail(_before: FormState, data: FormData): Promise<FormState> {
  const result = await askResetByMail(String(data.get('email') ?? ''), await requestVisit(), new Date())
  return result.ok
    ? {
        ok: true,
        message: 'Bila surel itu milik sebuah akun, tautan sudah dikirim ke sana dan berlaku sepuluh menit. Periksa juga kotak spam.',
      }
    : { ok: false, message: result.message }
}

export type LinkState = Result<MadeLink> | null
export async function makeLink(_before: LinkState, data: FormData): Promise<LinkState> {
  const actor = await requireActor('users:manage')
  return makeResetLink(actor, { userId: data.get('id'), kind: data.get('kind'), checked: data.get('checked') }, new Date())
}
