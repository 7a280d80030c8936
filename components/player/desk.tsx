import { useEffect, useState } from 'react'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import type { ServerClock } from '@/lib/delivery/clock.client'
import { attemptKey, keptAttempt, unsent, type KeptAttempt, type KeptSeat } from '@/lib/delivery/keep.client'
import { packetHere } from '@/lib/delivery/packet.client'
import { isInApp } from '@/lib/delivery/ready.client'
import type { DeskPart } from '@/lib/delivery/model'
import { formatClock, formatDay, formatMoment, formatTime } from '@/lib/platform/format'
import { Frame } from './frame'

type Here = { packets: Set<string>; attempts: Map<string, KeptAttempt>; unsent: number }

/** What this phone holds of a desk. */
async function lookHere({ seat }: KeptSeat): Promise<Here> {
  const packets = new Set<string>()
  const attempts = new Map<string, KeptAttempt>()
  for (const p of seat.parts) {
    if (p.packet && (await packetHere(p.packet.sha256))) packets.add(p.packet.sha256)
    const attempt = await keptAttempt(attemptKey(seat.seatId, p.part)).catch(() => undefined)
    if (attempt) attempts.set(p.part, attempt)
  }
  return { packets, attempts, unsent: await unsent(seat.seatId).catch(() => 0) }
}

function PartRow({ part, here }: { part: DeskPart; here: Here | null }) {
  const local = here?.attempts.get(part.part)
  const running = part.state === 'running' || (local !== undefined && !local.closed)
  const link = (words: string) => (
    <a href={`#tes-${part.part}`} className={buttonClass()}>
      {words}
    </a>
  )
  const packet = part.packet && here?.packets.has(part.packet.sha256)
  return (
    <li className="flex items-center justify-between gap-3 py-3">
      <div className="min-w-0">
        <p className="font-semibold">{part.title}</p>
        <p className="text-sm text-soft">
          {part.minutes} menit{part.packet ? ` · ${packet ? 'soal sudah di ponsel ini' : 'soal belum di ponsel ini'}` : ''}
        </p>
      </div>
      {part.state === 'done' || local?.closed ? (
        <a href="/guru/hasil" className={buttonClass('quiet')}>
          Hasil
        </a>
      ) : running ? (
        link('Lanjutkan')
      ) : part.state === 'ready' || part.state === 'early' ? (
        link('Buka')
      ) : (
        <span className="text-sm text-soft">{part.state === 'over' ? 'Waktu sudah lewat' : 'Belum tersedia'}</span>
      )}
    </li>
  )
}

/** The participant's desk: the parts of the day, what is on the phone, and the way to be ready. */
export function DeskView({
  kept,
  online,
  others,
  clock,
  onReload,
  onLeave,
  onOther,
}: {
  kept: KeptSeat
  online: boolean
  others: boolean
  clock: ServerClock
  onReload: () => Promise<void>
  onLeave: () => Promise<void>
  /** Where the same person has other tests. */
  onOther?: () => void
}) {
  const { seat } = kept
  const [here, setHere] = useState<Here | null>(null)
  useEffect(() => {
    void lookHere(kept).then(setHere)
  }, [kept])
  const due = seat.parts.filter((p) => p.packet && p.state !== 'done')
  const missing = here ? due.filter((p) => !here.packets.has(p.packet!.sha256)).length : 0
  const forgot = here !== null && seat.readyDevices > 0 && due.length > 0 && missing === due.length && here.attempts.size === 0
  return (
    <Frame name={seat.name}>
      <header>
        <h1>{seat.cycleName}</h1>
        <p className="text-soft">
          {seat.practice
            ? 'Boleh dicoba kapan saja'
            : `${formatDay(new Date(seat.opensAt))}, ${formatClock(new Date(seat.opensAt))}–${formatTime(new Date(seat.closesAt))}`}
        </p>
        <p className="text-sm text-soft">
          {seat.venueName}
          {seat.roomName ? `, ${seat.roomName}, kursi ${seat.seatNumber}` : ''} · nomor {seat.number}
          {seat.simulated ? ' · data simulasi' : ''}
        </p>
      </header>
      {!online && (
        <Notice tone="care" title="Server belum dapat dihubungi" role="status">
          Yang tampak di sini adalah keadaan {formatMoment(new Date(kept.fetchedAt))}. Soal yang sudah ada di ponsel tetap dapat dibuka pada
          waktunya.
        </Notice>
      )}
      {forgot && (
        <Notice tone="care" title="Peramban ini melupakan soal yang pernah disimpan">
          {isInApp(navigator.userAgent)
            ? 'Halaman ini terbuka di dalam aplikasi lain. Ketuk ⋮ lalu "Buka di Chrome", dan periksa kesiapan sekali lagi di sana.'
            : 'Bukalah di peramban yang dipakai kemarin tanpa mode penyamaran, atau periksa kesiapan sekali lagi di sini.'}
        </Notice>
      )}
      {here && due.length > 0 && (
        <section
          className={`rounded-xl border p-4 ${missing ? 'border-gold bg-gold-pale' : 'border-leaf/40 bg-leaf-pale'}`}
          data-testid="packet-state"
        >
          <p className="font-semibold">
            {missing ? `${due.length - missing} dari ${due.length} paket soal ada di ponsel ini` : 'Soal sudah ada di perangkat ini'}
          </p>
          <p className="mb-3 text-sm">
            {missing
              ? 'Simpan soal sekarang, selagi ada jaringan. Paketnya tersegel dan baru terbuka pada waktu tes.'
              : 'Paket tersegel sudah lengkap dan utuh. Pada waktunya tes dapat dimulai, dikerjakan, dan diselesaikan walaupun server tidak terjangkau.'}
          </p>
          <a href="#siap" className={buttonClass(missing ? 'primary' : 'quiet')}>
            {missing ? 'Siapkan ponsel ini' : 'Periksa kesiapan'}
          </a>
        </section>
      )}
      <section className="rounded-xl border border-line bg-card px-4 py-2">
        <h2 className="pt-2">Bagian tes</h2>
        <ul className="divide-y divide-line">
          {seat.parts.map((p) => (
            <PartRow key={p.part} part={p} here={here} />
          ))}
        </ul>
        <p className="pb-2 text-sm text-soft">Boleh beristirahat di antara bagian; waktu hanya berjalan saat sebuah bagian dikerjakan.</p>
      </section>
      {here && here.unsent > 0 && (
        <Notice tone="care" title={`${here.unsent} catatan di ponsel ini belum sampai ke server`}>
          Buka bagian tesnya selagi ada jaringan, dan biarkan terbuka sampai terkirim. Bila Anda selesai memakai ponsel ini, catatan itu
          tetap terkunci di sini dan dikirim sendiri. Jangan menghapus data peramban.
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="button" look="quiet" onClick={() => void onReload()}>
          Perbarui
        </Button>
        {onOther && (
          <Button type="button" look="quiet" onClick={onOther}>
            Tes lain
          </Button>
        )}
        <Button type="button" look="quiet" onClick={() => void onLeave()}>
          {others ? 'Ganti peserta' : 'Selesai memakai ponsel ini'}
        </Button>
      </div>
      <p className="text-sm text-soft">
        {clock.sure ? `Jam server ${formatTime(new Date(clock.now()))}.` : 'Jam server belum diketahui.'}{' '}
        <a href="/guru" className="font-semibold text-leaf underline underline-offset-4">
          Beranda dan hasil
        </a>
      </p>
    </Frame>
  )
}
