import { openDB, type DBSchema } from 'idb'
import { sendFile } from '@/lib/platform/upload.client'

/**
 * Photos of meetings on the phone: they lie apart from the notes, so that a full phone or a slow network holds up no note. Each waits until
 * its note is at the server and its writer is logged in; only what the server has, or refuses for good, leaves the phone.
 */
export type KeptPhoto = { id: string; owner: string; meetingId: string; bytes: Uint8Array<ArrayBuffer>; agreedAt: number }

interface Shape extends DBSchema {
  photos: { key: string; value: KeptPhoto }
}
const openPhotos = () =>
  openDB<Shape>('petaguru-foto', 1, {
    upgrade(db) {
      db.createObjectStore('photos', { keyPath: 'id' })
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })

/** Opened for each work and closed after it: photos are few, and iOS closes what stays open under a living tab. */
async function withPhotos<T>(work: (db: Awaited<ReturnType<typeof openPhotos>>) => Promise<T>): Promise<T> {
  const db = await openPhotos()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

/** Photos that wait for these owners: a teacher and the records that hers has taken up. */
export const waitingPhotos = (owners: readonly string[]): Promise<KeptPhoto[]> =>
  withPhotos(async (db) => (await db.getAll('photos')).filter((p) => owners.includes(p.owner)))

/** Rejects when the phone refuses to store it, so that nobody is told it is safe. */
export const putPhoto = (photo: KeptPhoto): Promise<unknown> => withPhotos((db) => db.put('photos', photo))

const drop = (id: string): Promise<void> => withPhotos((db) => db.delete('photos', id))

/** Takes a note's photos off the phone. */
export async function dropPhotosOf(meetingId: string): Promise<void> {
  await withPhotos(async (db) => {
    for (const p of await db.getAll('photos')) if (p.meetingId === meetingId) await db.delete('photos', p.id)
  })
}

/** What the server said of a photo: kept, refused for good with words, or not now. */
export type PhotoAnswer = { end: 'kept' } | { end: 'refused'; message: string } | { end: 'later' }

/**
 * Sends what waits, but photos of notes that wait themselves (`notesHere`). Answers how many the server took and what it refused.
 */
export async function sendPhotos(
  owners: readonly string[],
  notesHere: ReadonlySet<string>,
  post: (photo: KeptPhoto) => Promise<PhotoAnswer>,
): Promise<{ sent: number; refused: string[]; left: number }> {
  const waiting = await waitingPhotos(owners)
  const refused: string[] = []
  let sent = 0
  for (const photo of waiting) {
    if (notesHere.has(photo.meetingId)) continue
    const said = await post(photo)
    // Without a network, or without a login, the others would wait as long for nothing.
    if (said.end === 'later') break
    await drop(photo.id)
    if (said.end === 'kept') sent++
    else refused.push(said.message)
  }
  return { sent, refused, left: waiting.length - sent - refused.length }
}

/** Sends a photo to the tray, then says whose evidence it is. */
export async function postPhoto({ id, meetingId, bytes, agreedAt }: KeptPhoto): Promise<PhotoAnswer> {
  const file = await sendFile('foto', new File([bytes], 'foto.jpg', { type: 'image/jpeg' }), () => undefined)
  if (!file.ok) return { end: 'later' }
  try {
    const response = await fetch('/api/support/foto', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ upload: file.id, id, meetingId, agreed: true, agreedAt }),
      signal: AbortSignal.timeout(30_000),
    })
    if (response.ok) return { end: 'kept' }
    const { message } = (await response.json()) as { message?: unknown }
    return response.status === 400 && typeof message === 'string' ? { end: 'refused', message } : { end: 'later' }
  } catch {
    return { end: 'later' }
  }
}
