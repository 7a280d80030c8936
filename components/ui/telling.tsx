import { useState } from 'react'
import { formatTime } from '@/lib/platform/format'
import type { KeptState } from './filling'

const words = (kept: KeptState): string =>
  kept === null || kept === 'due'
    ? ''
    : kept === 'none'
      ? 'Belum tersimpan di perangkat ini: peramban tidak mengizinkannya. Jangan tutup halaman ini sebelum mengirim.'
      : `Tersimpan di perangkat ini, pukul ${formatTime(new Date(kept.at))}; belum dikirim.`

/** What of a form is kept on this device, in words: said again only when a minute has passed, so that nobody is talked to at every letter. */
export function Telling({ kept }: { kept: KeptState }) {
  const [said, setSaid] = useState(kept)
  if (kept !== 'due' && kept !== said) setSaid(kept)
  return (
    <p className="min-h-6 text-sm text-soft sm:col-span-full">
      <span role="status">{words(said)}</span>
      {kept === 'due' && <span aria-hidden> Menyimpan di perangkat ini …</span>}
    </p>
  )
}
