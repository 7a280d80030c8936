import { z } from 'zod'
import { allow, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { fitPhoto } from '@/lib/instruments/inside'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey } from '@/lib/roster/inside'
import { lockMeetings } from './meeting-store'
import { MOST_PHOTOS, PHOTO_BYTES } from './photo-model'
import * as store from './photo-store'

/** Photographs as evidence of a meeting: for the two who met and for the office, and only as long as the note stands (decision 082). */

const Photo = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  /** Whoever adds it has said that the people in it agree. */
  agreed: z.literal(true),
  agreedAt: z.number().int().positive(),
})
const notYours = refuse('note', 'Catatan untuk foto ini bukan catatan Anda atau sudah ditarik. Foto tidak disimpan.')

/**
 * Keeps a photo of an own note, drawn anew. What came before is kept once and answered alike. `waits`: the note itself has not come yet, so
 * the photo stays on the phone; every other refusal is for good.
 */
export async function keepPhoto(actor: Actor, input: unknown, bytes: Uint8Array<ArrayBuffer>, now: Date): Promise<Result<null>> {
  allow(actor, 'tutor:own')
  const parsed = Photo.safeParse(input)
  const { teacherId } = actor
  if (!parsed.success || !teacherId)
    return refuse('agreed', 'Foto hanya disimpan bila orang yang terlihat di dalamnya setuju. Foto ini tidak disimpan.')
  const { id, meetingId, agreedAt } = parsed.data
  const fit = await fitPhoto(bytes, PHOTO_BYTES)
  if (!fit) return refuse('photo', 'Berkas ini bukan foto yang dapat dibaca. Catatannya tidak terpengaruh; pilih foto lain bila perlu.')
  return inTransaction(async (tx): Promise<Result<null>> => {
    const me = await standingKey(tx, teacherId)
    const note = (await lockMeetings(tx, [meetingId])).get(meetingId)
    if (!note) return refuse('waits', 'Catatannya belum ada di server. Foto menunggu di ponsel Anda.')
    if (note.loggedBy !== me || note.withdrawnAt) return notYours
    const held = await store.photosHeld(tx, meetingId)
    if (held.includes(id)) return ok(null)
    if (held.length >= MOST_PHOTOS)
      return refuse('many', `Satu catatan memuat paling banyak ${MOST_PHOTOS} foto. Foto ini tidak disimpan; hapus yang lama bila perlu.`)
    const agreed = new Date(Math.min(agreedAt, now.getTime()))
    await store.addPhoto(tx, { id, meetingId, addedBy: me, agreedAt: agreed, ...fit }, now)
    return ok(null)
  })
}

/** A photo for one of the two who met, or for the office; each opening is on record, and so is each refusal. Null for one that is not there. */
export async function meetingPhoto(actor: Actor, id: string): Promise<{ mime: string; bytes: Buffer<ArrayBuffer> } | null> {
  const found = z.uuid().safeParse(id).success ? await store.photoById(id) : null
  if (!found) return null
  const own = actor.teacherId !== null && [found.tutorId, found.learnerId].includes(actor.teacherId)
  const action = own ? 'tutor:own' : 'support:manage'
  allow(actor, action)
  const [opened] = await openNamed(actor, 'meeting-photo', action, `meeting-photo:${id}`, [found], (p) => [p.tutorId, p.learnerId])
  return opened ?? null
}

/** Either of the two who met removes a photo: both may be in it. Removed twice is removed. */
export async function removePhoto(actor: Actor, id: string): Promise<Result<null>> {
  allow(actor, 'tutor:own')
  const { teacherId } = actor
  if (!teacherId || !z.uuid().safeParse(id).success) return refuse('photo', 'Foto ini tidak ada pada pertemuan Anda.')
  await inTransaction(async (tx) => store.dropPhoto(tx, id, await standingKey(tx, teacherId)))
  return ok(null)
}
