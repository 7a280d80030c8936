'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import type { LinkState } from '@/lib/access/reset-actions'
import { addUser, giveRole, requireActor, takeUpload, onceFilled } from '@/lib/access/service'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { schoolByNpsn } from './service'
import { chooseInImport } from './choose-service'
import { applyBatch, discardImport, undoImport, uploadRoster } from './import-service'
import { fieldsOf, idFrom, textOf, textsOf } from '@/lib/platform/fields'

/** Doors of the roster import, and of new accounts, whose scope is a school or a region. */
export async function upload(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const file = await takeUpload(actor, 'guru', data)
  if (!file.ok) return file
  const npsn = textOf(data, 'npsn').trim() || null
  const result = await uploadRoster(actor, file.value.name, file.value.bytes, npsn)
  if (!result.ok) return result
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
    : result
}

/** Sheets (`lembar`), columns (`kolom:` and the plain letters of the header) and answers (`jawab:` and the key of the question). */
export async function choose(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const id = idFrom(data, 'id')
  const under = (prefix: string) =>
    Object.fromEntries(fieldsOf(data).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])))
  const answers = Object.fromEntries(Object.entries(under('jawab:')).filter(([, value]) => value))
  const sheets = textsOf(data, 'lembar')
  const result = await chooseInImport(actor, id, { ...(sheets.length ? { sheets } : {}), columns: under('kolom:'), answers }, new Date())
  revalidatePath(`/bgtk/peserta/impor/${id}`)
  return result.ok ? { ok: true, message: 'Pilihan disimpan; berkas diperiksa ulang.' } : result
}

export async function discard(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const id = idFrom(data, 'id')
  const result = await discardImport(actor, id)
  revalidatePath(`/bgtk/peserta/impor/${id}`)
  return result.ok ? { ok: true, message: 'Berkas dan pratinjaunya dihapus; data guru tidak berubah.' } : result
}

export async function undo(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('roster:import')
  const id = idFrom(data, 'id')
  const result = await undoImport(actor, id)
  revalidatePath(`/bgtk/peserta/impor/${id}`)
  return result.ok ? { ok: true, message: `Impor dibatalkan; ${result.value} guru kembali seperti semula.` } : result
}

/** The role of a form and where it reaches; a school is named by its NPSN. */
async function roleIn(data: FormData): Promise<Result<{ role: string; regionId: string | null; schoolId: string | null }>> {
  const npsn = textOf(data, 'npsn').trim()
  const school = npsn ? await schoolByNpsn(npsn) : null
  if (npsn && !school) return refuse('school', `Sekolah dengan NPSN ${npsn} belum terdaftar. Belum ada yang berubah.`, ['npsn'])
  return ok({ role: textOf(data, 'role'), regionId: textOf(data, 'regionId') || null, schoolId: school?.id ?? null })
}

export async function createAccount(_before: LinkState, data: FormData): Promise<LinkState> {
  const actor = await requireActor('users:manage')
  const role = await roleIn(data)
  if (!role.ok) return role
  const made = await addUser(actor, { name: textOf(data, 'name'), email: textOf(data, 'email'), ...role.value }, new Date())
  if (made.ok) revalidatePath('/bgtk/pengguna')
  return made
}

export async function addRole(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('users:manage')
  const userId = idFrom(data, 'id')
  const role = await roleIn(data)
  const done = role.ok
    ? await onceFilled(actor, 'giveRole', data, () =>
        giveRole(actor, { userId, reason: textOf(data, 'reason'), ...role.value }, new Date()),
      )
    : role
  revalidatePath(`/bgtk/pengguna/${userId}`)
  return done.ok ? { ok: true, message: 'Peran diberikan. Sesi akun ini diakhiri; pemiliknya masuk kembali dengan hak yang baru.' } : done
}
