import { Button } from '@/components/ui/form'
import { formatTime } from '@/lib/platform/format'
import type { Act, Seat } from './seat'
import { AskOnce } from './ask-once'
import { TimeForm } from './time-form'

/** What may be done for one person, one tap each; what cannot simply be tapped back asks once, what changes time asks for a reason. */
export function SeatActions({ seat, act }: { seat: Seat; act: Act }) {
  const button = (words: string, action: Parameters<Act>[0]) => (
    <Button type="button" look="quiet" onClick={() => act(action)}>
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
        <AskOnce
          words="Lepas perangkat"
          look="quiet"
          question={`Lepas ponsel ${seat.name}? Ponsel lain boleh melanjutkan tesnya; jawaban yang sudah ada tetap tersimpan.`}
          yes="Ya, lepas"
          onYes={() => act({ kind: 'release-device', seat: seat.id })}
        />
        {seat.cardVoided ? (
          button('Pulihkan kartu lama', { kind: 'card-back', seat: seat.id })
        ) : (
          <AskOnce
            words="Batalkan kartu"
            question={`Batalkan kartu ${seat.name}? Kartunya langsung tidak berlaku dan ponselnya keluar. Kartu lama dapat dipulihkan selama kartu baru belum dipakai.`}
            yes="Ya, batalkan kartu"
            onYes={() => act({ kind: 'card', seat: seat.id })}
          />
        )}
      </div>
      <TimeForm scope="seat" target={seat.id} name={seat.name} act={act} paused={seat.paused} />
    </div>
  )
}
