'use client'
import { Button } from '@/components/ui/form'
import { SentForm } from '@/components/ui/sent-form'
import type { FormState } from '@/lib/platform/form'
import type { NotedMeeting } from './noted-meeting'
import { PhotoField, photosIn } from './photo-field'

/** Adds photos to a note that stands, without touching what the partner has confirmed. */
export function AddPhoto({
  note,
  most,
  onPhotos,
}: {
  note: NotedMeeting
  most: number
  onPhotos: (meetingId: string, files: readonly File[]) => Promise<boolean>
}) {
  const send = async (_data: FormData, form: HTMLFormElement): Promise<FormState> =>
    (await onPhotos(note.id, photosIn(form, most)))
      ? { ok: true, message: 'Foto tersimpan di ponsel ini dan dikirim saat ada jaringan.' }
      : { ok: false, message: 'Foto belum tersimpan. Catatannya tidak terpengaruh.' }
  return (
    <details className="w-full">
      <summary className="min-h-11 content-center text-sm font-semibold text-leaf" aria-label={`Tambah foto: ${note.topic}`}>
        Tambah foto
      </summary>
      <SentForm send={send} label={`Tambah foto: ${note.topic}`} className="space-y-3 py-2" draft={false}>
        <PhotoField most={most} required />
        <Button look="quiet">Tambahkan foto</Button>
      </SentForm>
    </details>
  )
}
