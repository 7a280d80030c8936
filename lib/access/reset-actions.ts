'use server'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import type { Result } from '@/lib/platform/result'
import { askResetByMail, makeResetLink, resetWithLink, type MadeLink } from './reset-service'
import { requestVisit, requireActor } from './session'
import { secretOf, textOf } from '@/lib/platform/fields'

/** Doors of forgotten passwords. */
export async function resetByLink(_before: FormState, data: FormData): Promise<FormState> {
  const result = await resetWithLink(textOf(data, 'code'), secretOf(data, 'next'), await requestVisit(), new Date())
  if (!result.ok) return result
  redirect('/masuk?pesan=kata-sandi-baru')
}

export async function askByMail(_before: FormState, data: FormData): Promise<FormState> {
  const result = await askResetByMail(textOf(data, 'email'), await requestVisit(), new Date())
  return result.ok
    ? {
        ok: true,
        message: 'Bila surel itu milik sebuah akun, tautan sudah dikirim ke sana dan berlaku sepuluh menit. Periksa juga kotak spam.',
      }
    : result
}

export type LinkState = Result<MadeLink> | null
export async function makeLink(_before: LinkState, data: FormData): Promise<LinkState> {
  const actor = await requireActor('users:manage')
  return makeResetLink(actor, { userId: textOf(data, 'id'), kind: textOf(data, 'kind'), checked: textOf(data, 'checked') }, new Date())
}
