import { Link } from '@/components/ui/link'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Select, buttonClass } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { moveSeat, removeSeat } from '@/lib/delivery/seat-actions'
import type { participant } from '@/lib/sittings/service'

type View = NonNullable<Awaited<ReturnType<typeof participant>>>

/** One participant: into another room of the cycle, or out of the sitting. */
export function OneSeat({ sittingId, view, back }: { sittingId: string; view: View; back: string }) {
  const { seat, rooms } = view
  const elsewhere = rooms.filter((r) => r.id !== seat.roomId)
  return (
    <Card title={`Ubah ${seat.teacherName}`} className="mb-6">
      <p className="mb-3 text-sm">
        {seat.participantNumber} · {seat.schoolName} · {seat.roomName ?? 'belum punya ruang'}, kursi {seat.seatNumber}
      </p>
      {elsewhere.length > 0 ? (
        <ActionForm action={moveSeat} label="Pindahkan peserta" className="mb-4 flex flex-wrap items-end gap-3">
          <input type="hidden" name="sittingId" value={sittingId} />
          <input type="hidden" name="seatId" value={seat.id} />
          <Select label="Pindahkan ke ruang" name="roomId" required>
            <option value="">Pilih ruang</option>
            {elsewhere.map((r) => (
              <option key={r.id} value={r.id}>
                {r.sittingId === sittingId ? r.name : `${r.sittingName}, ${r.name}`} ({r.free} kursi kosong)
              </option>
            ))}
          </Select>
          <Button look="quiet">Pindahkan</Button>
        </ActionForm>
      ) : (
        <p className="mb-4 text-sm text-soft">Tidak ada ruang lain dengan kursi kosong di siklus ini.</p>
      )}
      <div className="flex flex-wrap items-start gap-3">
        <ActionForm
          action={removeSeat}
          label="Keluarkan peserta"
          ask={{
            question: `${seat.teacherName} dikeluarkan dari sesi ini dan kartunya tidak berlaku lagi. Ia dapat ditambahkan lagi dengan nomor baru.`,
            yes: 'Ya, keluarkan',
          }}
        >
          <input type="hidden" name="sittingId" value={sittingId} />
          <input type="hidden" name="seatId" value={seat.id} />
          <Button look="careful">Keluarkan dari sesi</Button>
        </ActionForm>
        <Link href={back} className={buttonClass('quiet')}>
          Kembali ke daftar
        </Link>
      </div>
    </Card>
  )
}
