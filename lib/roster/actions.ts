'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import { addUser, requireActor, takeUpload } from '@/lib/access/service'
import { schoolByNpsn } from './service'
import { applyBatch, discardImport, undoImport, uploadRoster } from './import-service'
import { idFrom, secretOf, textOf } from '@/lib/platform/fields'

/** Doors of the roster import, and of new accounts, whose scope is a school or a region. */
export async function upload(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const file = await takeUpload(actor, 'guru', data)
  if (!file.ok) return { ok: false, message: file.message }
  const npsn = textOf(data, 'npsn').trim() || null
  const result = await uploadRoster(actor, file.value.name, file.value.bytes, npsn)
  if (!result.ok) return { ok: false, message: result.message }
  redirect(`/bgtk/peserta/impor/${result.value}`)
}

export async function apply(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const id = idFrom(data, 'id')
  const result = await applyBatch(actor, id)
  revalidatePath(`/bgtk/peserta/impor/${id}`)
  return result.ok
    ? {
        ok: true,
        message: `Selesai: ${result.value.new} guru baru, ${result.value.changed} berubah, ${result.value.unchanged} tetap, ${result.value.rejected} baris ditolak.`,
      }
    : { ok: false, message: result.message }
}

export async function discard(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const id = idFrom(data, 'id')
  const result = await discardImport(actor, id)
  revalidatePath(`/bgtk/peserta/impor/${id}`)
  return result.ok
    ? { ok: true, message: 'Berkas dan pratinjaunya dihapus; data guru tidak berubah.' }
    : { ok: false, message: result.message }
}

export async function undo(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const id = idFrom(data, 'id')
  const result = await undoImport(actor, id)
  revalidatePath(`/bgtk/peserta/impor/${id}`)
  return result.ok
    ? { ok: true, message: `Impor dibatalkan; ${result.value} guru kembali seperti semula.` }
    : { ok: false, message: result.message }
}

export async function createAccount(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const text = (key: string) => textOf(data, key).trim()
  const school = text('npsn') ? await schoolByNpsn(text('npsn')) : null
  if (text('npsn') && !school) return { ok: false, message: `Sekolah dengan NPSN ${text('npsn')} belum terdaftar.` }
  const result = await addUser(actor, {
    name: text('name'),
    email: text('email'),
    password: secretOf(data, 'password'),
    role: text('role'),
    regionId: text('regionId') || null,
    schoolId: school?.id ?? null,
  })
  revalidatePath('/bgtk/pengguna')
  return result.ok
    ? { ok: true, message: 'Akun dibuat. Sampaikan kata sandinya secara langsung, bukan lewat pesan.' }
    : { ok: false, message: result.message }
}
