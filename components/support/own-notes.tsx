'use client'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/form'
import { MOST_PHOTOS } from '@/lib/tutoring/photo-model'
import { Question } from '@/components/ui/question'
import { AddPhoto } from './add-photo'
import { lineOf, type NotedMeeting } from './noted-meeting'

export type OwnNote = NotedMeeting & {
  /** Photos at the server. */
  photos: readonly string[]
  /** Only this phone can have it: taken back, it is gone without a trace. */
  unsent?: boolean
}

const withdrawing = (m: OwnNote) =>
  m.unsent
    ? 'Catatan ini belum pernah dikirim. Bila dibuang, catatan hilang dari ponsel ini dan tidak tercatat di mana pun.'
    : `Jamnya tidak dihitung lagi bagi Anda berdua, juga bila ${m.partner} sudah mengonfirmasinya, dan fotonya dihapus. ${m.partner} melihat bahwa Anda menariknya. Catatan yang ditarik tidak dapat dikembalikan.`

/** Notes of one's own, each to be changed or taken back; before the latter it says what that does. */
export function OwnNotes({
  title,
  notes,
  open,
  onEdit,
  onWithdraw,
  onPhotos,
}: {
  title: string
  notes: OwnNote[]
  open?: boolean
  onEdit: (m: NotedMeeting) => void
  onWithdraw: (m: NotedMeeting) => void
  /** Left out where no photo can be sent. */
  onPhotos?: (meetingId: string, files: readonly File[]) => Promise<boolean>
}) {
  const [asked, setAsked] = useState<string | null>(null)
  const from = useRef<HTMLElement | null>(null)
  const leave = () => {
    setAsked(null)
    from.current?.focus()
  }
  if (notes.length === 0) return null
  return (
    <details className="mt-3 text-sm" open={open}>
      <summary className="min-h-11 content-center font-semibold text-leaf">{title}</summary>
      <ul className="divide-y divide-line">
        {notes.map((m) => (
          <li key={m.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 py-2">
            <span className="min-w-0 flex-1 basis-48 break-words">{lineOf(m)}</span>
            <span className="flex gap-2">
              <Button type="button" look="quiet" onClick={() => onEdit(m)} aria-label={`Ubah: ${m.topic}`}>
                Ubah
              </Button>
              <Button
                type="button"
                look="careful"
                onClick={(e) => {
                  from.current = e.currentTarget
                  setAsked(m.id)
                }}
                aria-label={`${m.unsent ? 'Buang' : 'Tarik'}: ${m.topic}`}
              >
                {m.unsent ? 'Buang' : 'Tarik'}
              </Button>
            </span>
            {onPhotos && m.photos.length < MOST_PHOTOS && <AddPhoto note={m} most={MOST_PHOTOS - m.photos.length} onPhotos={onPhotos} />}
            {asked === m.id && (
              <Question
                question={withdrawing(m)}
                yes={m.unsent ? 'Ya, buang' : 'Ya, tarik catatan'}
                onNo={leave}
                onYes={() => {
                  setAsked(null)
                  onWithdraw(m)
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
