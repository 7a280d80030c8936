import type { ReactNode } from 'react'
import type { OwnSession } from '@/lib/access/service'
import { formatMoment } from '@/lib/platform/format'

/** One login as its owner or an administrator sees it: device, address, since when and when last. */
export function SessionFacts({ session, mark }: { session: OwnSession; mark?: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="font-semibold">
        {session.device} {mark}
      </p>
      <p className="text-sm text-soft">Alamat jaringan {session.address}</p>
      <p className="text-sm text-soft">
        Masuk {formatMoment(session.since)}; terakhir dipakai {formatMoment(session.lastSeen)}
      </p>
    </div>
  )
}
