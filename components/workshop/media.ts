import { useState } from 'react'
import { useFileSender, type Sending } from '@/components/ui/upload'
import { uploadMedia } from '@/lib/instruments/workshop-actions'
import { UPLOAD_FIELD } from '@/lib/platform/upload-model'

export type SaidOfFile = { tone: 'good' | 'bad'; words: string } | null
type Kept = { name: string; sound: boolean; alt: string }

/** Sends a picture or a sound and says how it goes; null where it was not kept. */
export function useMedia(): { sending: Sending; said: SaidOfFile; send: (file: File | undefined, alt: string) => Promise<Kept | null> } {
  const [said, setSaid] = useState<SaidOfFile>(null)
  const { sending, send: sendFile } = useFileSender('media')
  const bad = (words: string) => {
    setSaid({ tone: 'bad', words })
    return null
  }
  const send = async (file: File | undefined, alt: string): Promise<Kept | null> => {
    if (!file) return bad('Pilih berkasnya dahulu.')
    if (alt.trim().length < 5) return bad('Tulis teks alternatif dahulu: apa yang terlihat, bagi yang tidak dapat melihatnya.')
    setSaid(null)
    const sent = await sendFile(file)
    if (!sent.ok) return bad(sent.message)
    setSaid({ tone: 'good', words: 'Berkas terkirim; sedang diperiksa …' })
    const data = new FormData()
    data.set(UPLOAD_FIELD, sent.id)
    const kept = await uploadMedia(data).catch(() => ({
      ok: false as const,
      message: 'Berkas belum tersimpan: server tidak terjangkau. Tulisan Anda masih ada di sini; coba lagi saat ada jaringan.',
    }))
    if (!kept.ok) return bad(kept.message)
    setSaid({ tone: 'good', words: `Tersimpan, ${String(kept.kilobytes).replace('.', ',')} KB.` })
    return { name: kept.name, sound: kept.sound, alt: alt.trim().replace(/[[\]]/g, '') }
  }
  return { sending, said, send }
}
