import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AutoRefresh } from '@/components/auto-refresh'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select, buttonClass } from '@/components/ui/form'
import { Badge, Card, PageHead, Simulated } from '@/components/ui/page'
import { orForbidden, requireActor } from '@/lib/access/service'
import { addTime, incident, pause, seatAction } from '@/lib/delivery/actions'
import { roomConsole, stateWords, type ConsoleSeat } from '@/lib/delivery/service'
import { incidentKinds } from '@/lib/sittings/model'
import { formatClock } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Ruang' }

const tones = { silent: 'bad', waiting: 'care', working: 'info', finished: 'good', absent: 'plain' } as const

function Seat({ seat, roomId }: { seat: ConsoleSeat; roomId: string }) {
  const hidden = (
    <>
      <input type="hidden" name="roomId" value={roomId} />
      <input type="hidden" name="seatId" value={seat.id} />
    </>
  )
  return (
    <li className="rounded-xl border border-line bg-card">
      <details>
        <summary className="flex min-h-14 list-none items-center gap-3 px-3 py-2">
          <span className="w-7 shrink-0 text-center text-lg font-bold tabular-nums">{seat.seatNumber}</span>
          <span className="min-w-0 flex-1">
            <span className="block font-semibold leading-snug">{seat.teacherName}</span>
            <span className="block text-sm text-soft">
              {seat.words === stateWords[seat.state] ? seat.participantNumber : seat.words}
              {seat.lastContact ? ` · kontak ${seat.lastContact}` : ''}
            </span>
            {seat.alerts.length > 0 && <span className="mt-0.5 block text-sm font-semibold text-manggis">{seat.alerts.join(' · ')}</span>}
          </span>
          <Badge tone={tones[seat.state]}>{stateWords[seat.state]}</Badge>
        </summary>
        <div className="space-y-3 border-t border-line p-3">
          <p className="text-sm text-soft">
            {seat.participantNumber} · {seat.schoolName}
            {seat.subjectName ? ` · ${seat.subjectName}` : ''}
          </p>
          <ActionForm action={seatAction} label={`Tindakan untuk ${seat.teacherName}`} className="flex flex-wrap gap-2">
            {hidden}
            <Button look="quiet" name="do" value="present">
              Hadir
            </Button>
            <Button look="quiet" name="do" value="absent">
              Tidak hadir
            </Button>
            <Button look="quiet" name="do" value="reset">
              Lepas perangkat
            </Button>
            <Button look="careful" name="do" value="card">
              Batalkan kartu
            </Button>
          </ActionForm>
          <ActionForm
            action={addTime}
            label={`Tambah waktu untuk ${seat.teacherName}`}
            className="grid grid-cols-[5rem_1fr_auto] items-end gap-2"
          >
            {hidden}
            <Field id={`m-${seat.id}`} label="Menit" name="minutes" type="number" min={1} max={180} defaultValue={10} required />
            <Field id={`r-${seat.id}`} label="Alasan" name="reason" required minLength={4} />
            <Button look="quiet">Tambah</Button>
          </ActionForm>
        </div>
      </details>
    </li>
  )
}

export default async function RoomPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('room:watch')
  const { id } = await params
  const view = await orForbidden(roomConsole(actor, id, new Date()))
  if (!view) notFound()
  const { room, counts } = view
  return (
    <Shell actor={actor}>
      <PageHead title={room.name} lead={`${room.venueName} · ${room.sittingName}`} back={{ href: '/pengawas', label: 'Ruang saya' }}>
        {room.simulated && <Simulated />}
        <a href={`/api/exports/daftar-hadir?ruang=${id}`} className={buttonClass('quiet')}>
          Daftar hadir
        </a>
        <a href={`/api/exports/berita-acara?ruang=${id}`} className={buttonClass('quiet')}>
          Berita acara
        </a>
      </PageHead>
      <AutoRefresh seconds={5} at={view.at} />
      <ul className="my-3 flex flex-wrap gap-2" aria-label="Ringkasan ruang">
        {(Object.keys(counts) as (keyof typeof counts)[]).map((s) => (
          <li key={s}>
            <Badge tone={counts[s] ? tones[s] : 'plain'}>
              {stateWords[s]} {counts[s]}
            </Badge>
          </li>
        ))}
      </ul>
      {view.pausedRoom && (
        <div className="mb-3">
          <Notice tone="care" title="Ruang sedang dijeda">
            Waktu semua peserta berhenti sampai jeda diakhiri.
          </Notice>
        </div>
      )}
      <ul className="grid items-start gap-2 md:grid-cols-2 xl:grid-cols-3">
        {view.seats.map((s) => (
          <Seat key={s.id} seat={s} roomId={id} />
        ))}
      </ul>
      <div className="mt-6 grid gap-4 md:grid-cols-3">
        <Card title="Jeda ruang">
          <ActionForm action={pause} label="Jeda ruang" className="space-y-3">
            <input type="hidden" name="roomId" value={id} />
            {!view.pausedRoom && <Field id="alasan-jeda" label="Alasan" name="reason" required minLength={4} placeholder="Listrik padam" />}
            <Button look={view.pausedRoom ? 'primary' : 'careful'} name="pause" value={view.pausedRoom ? 'tidak' : 'ya'} className="w-full">
              {view.pausedRoom ? 'Akhiri jeda' : 'Jeda seluruh ruang'}
            </Button>
          </ActionForm>
        </Card>
        <Card title="Tambah waktu ruang">
          <ActionForm action={addTime} label="Tambah waktu ruang" className="space-y-3">
            <input type="hidden" name="roomId" value={id} />
            <Field id="menit-ruang" label="Menit" name="minutes" type="number" min={1} max={180} defaultValue={10} required />
            <Field id="alasan-ruang" label="Alasan" name="reason" required minLength={4} />
            <Button look="quiet" className="w-full">
              Tambah untuk semua
            </Button>
          </ActionForm>
        </Card>
        <Card title="Catat kejadian">
          <ActionForm action={incident} label="Catat kejadian" className="space-y-3">
            <input type="hidden" name="roomId" value={id} />
            <Select id="jenis" label="Jenis" name="kind">
              {Object.entries(incidentKinds).map(([k, v]) => (
                <option key={k} value={k}>
                  {v}
                </option>
              ))}
            </Select>
            <Field id="catatan" label="Apa yang terjadi" name="note" required minLength={5} />
            <Button look="quiet" className="w-full">
              Catat
            </Button>
          </ActionForm>
          {view.incidents.length > 0 && (
            <ul className="mt-3 space-y-1 text-sm">
              {view.incidents.map((i) => (
                <li key={i.id}>
                  <strong className="tabular-nums">{formatClock(i.at)}</strong> {i.note}
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </Shell>
  )
}
