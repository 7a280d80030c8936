import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it } from 'vitest'
import { dropPhotosOf, putPhoto, sendPhotos, waitingPhotos, type KeptPhoto, type PhotoAnswer } from '@/lib/tutoring/photos.client'

const photo = (id: string, meetingId: string, owner = 'ani'): KeptPhoto => ({
  id,
  owner,
  meetingId,
  bytes: new Uint8Array([1, 2, 3]),
  agreedAt: 1,
})
const ids = async (...owners: string[]) => (await waitingPhotos(owners)).map((p) => p.id)
const says =
  (answers: Record<string, PhotoAnswer>, asked: string[] = []) =>
  (p: KeptPhoto) => {
    asked.push(p.id)
    return Promise.resolve(answers[p.id] ?? ({ end: 'later' } as const))
  }
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('a photo on the phone', () => {
  it('waits while its note waits, and holds up no other', async () => {
    await putPhoto(photo('a', 'belum'))
    await putPhoto(photo('b', 'sudah'))
    const asked: string[] = []
    const done = await sendPhotos(['ani'], new Set(['belum']), says({ b: { end: 'kept' } }, asked))
    expect([asked, done]).toEqual([['b'], { sent: 1, refused: [], left: 1 }])
    expect(await ids('ani')).toEqual(['a'])
  })
  it('leaves only when the server has it or refuses it for good; without a network the others are not tried for nothing', async () => {
    for (const id of ['a', 'b', 'c']) await putPhoto(photo(id, 'm'))
    const asked: string[] = []
    const refused = { a: { end: 'refused', message: 'Sudah ditarik.' } } as const
    expect(await sendPhotos(['ani'], new Set(), says(refused, asked))).toEqual({ sent: 0, refused: ['Sudah ditarik.'], left: 2 })
    expect(asked).toEqual(['a', 'b'])
    expect(await ids('ani')).toEqual(['b', 'c'])
  })
  it('is its writer’s: another teacher of the same phone neither sees nor sends it, a record that hers has taken up is hers', async () => {
    await putPhoto(photo('a', 'm'))
    await putPhoto(photo('b', 'm', 'ani-lama'))
    expect(await sendPhotos(['budi'], new Set(), says({ a: { end: 'kept' } }))).toEqual({ sent: 0, refused: [], left: 0 })
    expect(await ids('ani', 'ani-lama')).toEqual(['a', 'b'])
  })
  it('goes with its note that is taken back, and no other', async () => {
    await putPhoto(photo('a', 'm'))
    await putPhoto(photo('b', 'lain'))
    await dropPhotosOf('m')
    expect(await ids('ani')).toEqual(['b'])
  })
})
