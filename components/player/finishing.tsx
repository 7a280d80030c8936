import { useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import type { HandoverPayload } from '@/lib/delivery/model'
import { Handover } from './handover'

/** After the hand-in, while entries are still on the way; without a network, the way over the proctor's console. */
export function Finishing({
  online,
  pending,
  payload,
}: {
  online: boolean
  pending: number
  payload: () => Promise<HandoverPayload | null>
}) {
  const [showing, setShowing] = useState(false)
  return (
    <div className="space-y-4">
      <div role="status">
        {online ? (
          <Notice tone="info" title="Jawaban sedang diserahkan">
            Tunggu sebentar, {pending} catatan masih dikirim.
          </Notice>
        ) : (
          <Notice tone="care" title="Anda sudah selesai; jaringan belum ada">
            {pending} catatan tersimpan di perangkat ini dan dikirim sendiri begitu jaringan kembali. Biarkan halaman ini terbuka, dan
            jangan menghapus data peramban.
          </Notice>
        )}
      </div>
      {!online &&
        (showing ? (
          <Handover payload={payload} />
        ) : (
          <Button type="button" look="quiet" onClick={() => setShowing(true)}>
            Jaringan tidak kunjung ada? Serahkan lewat pengawas
          </Button>
        ))}
    </div>
  )
}
