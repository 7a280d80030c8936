'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { Faults, FormState } from '@/lib/platform/form'
import { formatCount } from '@/lib/platform/format'
import { openSession, requestVisit } from '@/lib/access/inside'
import { requireActor, takeUpload, onceFilled } from '@/lib/access/service'
import { enterWithCard } from './inside'
import { appointProctor, addCycle, addParticipants, addSitting, addVenue, countParticipants, releaseResults, sitting } from './service'
import { fieldsOf, idFrom, textOf } from '@/lib/platform/fields'
import { UPLOAD_FIELD } from '@/lib/platform/upload-model'

/** Doors of the card login and of the cycle, venue and sitting forms. */
export async function loginCard(_before: FormState, data: FormData): Promise<FormState> {
  const card = { number: textOf(data, 'number'), code: textOf(data, 'code') }
  const result = await enterWithCard(card, await requestVisit(), openSession)
  if (!result.ok) return result
  // The participant's page then gives the phone to this card.
  redirect('/tes#masuk')
}

const fields = (data: FormData) => Object.fromEntries(fieldsOf(data).filter(([, v]) => v !== ''))

export async function createCycle(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const minutes = Object.fromEntries(['4', '1', '2', '3'].map((p) => [p, textOf(data, `minutes-${p}`)]))
  const result = await onceFilled(actor, 'addCycle', data, () => addCycle(actor, { ...fields(data), minutes }))
  if (!result.ok) return result
  redirect(`/bgtk/siklus/${result.value}`)
}

export async function createVenue(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const result = await onceFilled(actor, 'addVenue', data, () => addVenue(actor, fields(data)))
  revalidatePath('/bgtk/siklus', 'layout')
  return result.ok ? { ok: true, message: 'Tempat tes ditambahkan dan dapat dipilih di bawah.' } : result
}

export async function createSitting(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const result = await onceFilled(actor, 'addSitting', data, () => addSitting(actor, fields(data)))
  if (!result.ok) return result
  redirect(`/bgtk/sesi/${result.value}`)
}

/** What the door answers that counts first: how many it would be, and then how many it was. */
export type SeatingState = { ok: boolean; message: string; code?: string; fields?: Faults; count?: number } | null

const unknownWords = (missing: string[]): string =>
  missing.length
    ? ` ${formatCount(missing.length)} nomor tidak ada di data guru: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' …' : ''}.`
    : ''
const knownWords = (known: number): string => (known ? ` ${formatCount(known)} sudah menjadi peserta siklus ini dan tidak digandakan.` : '')

/** Counts who would be added; with `counted`, the number that was seen, it adds them. */
export async function seatParticipants(_before: SeatingState, data: FormData): Promise<SeatingState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const file = data.has(UPLOAD_FIELD) ? await takeUpload(actor, 'peserta', data) : null
  if (file && !file.ok) return file
  const listed = file ? new TextDecoder().decode(file.value.bytes) : ''
  const wish = { ...fields(data), identifiers: `${textOf(data, 'identifiers')}\n${listed}` }
  const seen = textOf(data, 'counted')
  if (!seen) {
    const counted = await countParticipants(actor, sittingId, wish)
    if (!counted.ok) return counted
    const { fresh, known, missing, venue, capacity, taken } = counted.value
    const room =
      capacity === null
        ? `Daya tampung ${venue} belum diisi, jadi tidak diperiksa.`
        : `${venue}: ${formatCount(capacity)} kursi, ${formatCount(taken)} sudah terisi.`
    return {
      ok: true,
      count: fresh,
      message: `${formatCount(fresh)} orang akan ditambahkan. ${room}${knownWords(known)}${unknownWords(missing)}`,
    }
  }
  const result = await onceFilled(actor, 'addParticipants', data, () => addParticipants(actor, sittingId, wish, seen))
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  if (!result.ok) return result
  const { added, known, missing } = result.value
  return { ok: true, message: `${formatCount(added)} peserta ditambahkan.${knownWords(known)}${unknownWords(missing)}` }
}

export async function assignProctor(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const sittingId = idFrom(data, 'sittingId')
  const result = await onceFilled(actor, 'appointProctor', data, () =>
    appointProctor(actor, sittingId, textOf(data, 'userId'), textOf(data, 'roomId') || null),
  )
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  return result.ok ? { ok: true, message: `Pengawas ditugaskan ke ${result.value} ruang.` } : result
}

export async function release(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('result:release')
  const sittingId = idFrom(data, 'sittingId')
  if (!(await sitting(actor, sittingId))) return { ok: false, message: 'Sesi tidak ditemukan. Tidak ada yang dirilis.' }
  const result = await releaseResults(actor, sittingId)
  revalidatePath(`/bgtk/sesi/${sittingId}`)
  return result.ok ? { ok: true, message: 'Hasil dibuka untuk peserta sesi ini.' } : result
}
