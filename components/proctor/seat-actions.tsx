import { Button } from '@/components/ui/form'
import { formatTime } from '@/lib/platform/format'
import type { Act } from './console'
import type { Seat } from './people'
import { TimeForm } from './time-form'

/** What may be done for one person, one tap each; what changes time asks for a reason. */
export function SeatActions({ seat, act }: { seat: Seat; act: Act }) {
  const button = (words: string, action: Parameters<Act>[0], look: 'quiet' | 'careful' = 'quiet') => (
    <Button type="button" look={look} onClick={() => act(action)}>
      {words}
    </Button>
  )
  return (
    <div className="space-y-3 border-t border-line p-3">
      <p className="text-sm text-soft">
        {seat.school}
        {seat.end !== null && ` · waktu berakhir ${formatTime(new Date(seat.end))}`}
        {seat.ready !== null && ` · ponsel ${seat.ready ? 'siap' : 'belum siap menurut pemeriksaan'}`}
      </p>
      <div className="flex flex-wrap gap-2" role="group" aria-label={`Tindakan untuk ${seat.name}`}>
        {seat.attendance !== 'present' && button('Hadir', { kind: 'attendance', seat: seat.id, attendance: 'present' })}
        {seat.attendance !== 'absent' && button('Tidak hadir', { kind: 'attendance', seat: seat.id, attendance: 'absent' })}
        {button('Lepas perangkat', { kind: 'release-device', seat: seat.id })}
        {button('Batalkan kartu', { kind: 'card', seat: seat.id }, 'careful')}
      </div>
      <TimeForm scope="seat" target={seat.id} name={seat.name} act={act} paused={seat.paused} />
    </div>
  )
}
