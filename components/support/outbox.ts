'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import { adoptFormer, adoptOwnerless, dropRefused, postMeetings, readOutbox, sendOutbox, type Outbox } from '@/lib/tutoring/meetings.client'
import { smallPhoto } from '@/lib/tutoring/photo-fit.client'
import { dropPhotosOf, postPhoto, putPhoto, sendPhotos, waitingPhotos } from '@/lib/tutoring/photos.client'

export const FULL = 'Ponsel ini menolak menyimpan catatan. Isiannya masih ada; kosongkan ruang penyimpanan lalu coba lagi.'
const UNREADABLE = 'Foto tidak dapat dibaca ponsel ini, jadi tidak ditambahkan. Catatannya tidak terpengaruh.'
const NO_ROOM = 'Ponsel ini menolak menyimpan foto. Catatannya tidak terpengaruh; tambahkan fotonya nanti dari daftar catatan Anda.'

type Words = { tone: 'good' | 'care' | 'bad'; text: string } | null
export type Owner = { owner: string; ticket: string; formerly: string[]; pairs: { id: string; name: string }[] }

const nothing: Outbox = { ticket: null, waiting: [], answers: [], withdrawals: [], refused: [] }

/** What this teacher has on the phone and not at the server yet, how it fares, and the ways to put more there. */
export function useOutbox({ owner, ticket, formerly, pairs }: Owner) {
  const router = useRouter()
  const [box, setBox] = useState<Outbox>(nothing)
  const [photos, setPhotos] = useState(0)
  const [words, setWords] = useState<Words>(null)
  const [photoWords, setPhotoWords] = useState<Words>(null)

  const send = useCallback(async () => {
    const owners = [owner, ...formerly]
    const end = await sendOutbox(localStorage, owner, postMeetings)
    const after = readOutbox(localStorage, owner)
    setBox(after)
    if (end === 'sent') setWords({ tone: 'good', text: 'Semua catatan sudah ada di server.' })
    if (end === 'away') setWords({ tone: 'care', text: 'Catatan tersimpan di ponsel ini dan dikirim sendiri saat ada jaringan.' })
    if (end === 'login') setWords({ tone: 'care', text: 'Catatan tersimpan di ponsel ini. Masuklah kembali agar dapat dikirim.' })
    // A phone without room for photos has none waiting.
    const none = { sent: 0, refused: [], left: 0 }
    const done = await sendPhotos(owners, new Set(after.waiting.map((l) => l.id)), postPhoto).catch(() => none)
    setPhotos(done.left)
    if (done.refused.length > 0) setPhotoWords({ tone: 'bad', text: done.refused.join(' ') })
    else if (done.sent > 0) setPhotoWords({ tone: 'good', text: 'Foto sudah ada di server.' })
    if (end === 'sent' || done.sent > 0) router.refresh()
  }, [formerly, owner, router])

  useEffect(() => {
    const now = () => void send()
    const first = setTimeout(() => {
      try {
        adoptFormer(localStorage, owner, ticket, formerly)
        adoptOwnerless(
          localStorage,
          owner,
          ticket,
          pairs.map((p) => p.id),
        )
      } catch {
        // A phone that is full sends what waits from where it lies, and has room for the rest afterwards.
      }
      now()
    }, 0)
    window.addEventListener('online', now)
    const again = setInterval(now, 60_000)
    return () => {
      clearTimeout(first)
      clearInterval(again)
      window.removeEventListener('online', now)
    }
  }, [formerly, owner, pairs, send, ticket])

  /** Writes to the outbox; false, with words, when the phone refuses. */
  const keep = (work: () => void): boolean => {
    try {
      work()
    } catch {
      setWords({ tone: 'bad', text: FULL })
      return false
    }
    setBox(readOutbox(localStorage, owner))
    void send()
    return true
  }

  /** Keeps photos of a note that is kept already; null when all are safe, otherwise why not. */
  const addPhotos = async (meetingId: string, files: readonly File[]): Promise<string | null> => {
    setPhotoWords(null)
    for (const file of files) {
      const bytes = await smallPhoto(file)
      if (!bytes) return UNREADABLE
      try {
        await putPhoto({ id: crypto.randomUUID(), owner, meetingId, bytes, agreedAt: Date.now() })
      } catch {
        return NO_ROOM
      }
    }
    setPhotos((await waitingPhotos([owner, ...formerly]).catch(() => [])).length)
    void send()
    return null
  }

  const forgetPhotos = async (meetingId: string): Promise<void> => {
    await dropPhotosOf(meetingId).catch(() => undefined)
    setPhotos((await waitingPhotos([owner, ...formerly]).catch(() => [])).length)
  }

  const discard = (id: string): void => {
    dropRefused(localStorage, owner, id)
    setBox(readOutbox(localStorage, owner))
  }

  return { box, photos, words, photoWords, setPhotoWords, keep, addPhotos, forgetPhotos, discard }
}
