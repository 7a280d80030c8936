import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Player } from '@/components/player/player'
import { Shell } from '@/components/shell'
import { PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { dueParts } from '@/lib/delivery/service'
import { formatMoment } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Tes' }

const rules = [
  'Ketuk satu pilihan untuk menjawab; ketuk pilihan lain untuk mengganti. Tidak ada pengurangan nilai untuk jawaban yang salah pada pilihan tunggal.',
  'Setiap pilihan disimpan di ponsel ini lebih dahulu, lalu dikirim ke server. Baris kecil di atas soal selalu memberi tahu berapa yang sudah tersimpan.',
  'Jaringan putus, ponsel mati, atau telepon masuk tidak mengakhiri tes. Buka kembali halaman ini; jawaban Anda masih ada.',
  'Ponsel rusak? Masuk dengan kartu yang sama di ponsel lain dan lanjutkan.',
  'Saat waktu habis, jawaban diserahkan sendiri. Berpindah aplikasi hanya dicatat, tidak dihukum.',
]

export default async function TestPage({ params }: { params: Promise<{ seat: string; part: string }> }) {
  const actor = await requireActor('test:take')
  const { seat, part } = await params
  const due = (await dueParts(actor, new Date())).find((d) => d.seat.id === seat && d.part === part)
  if (!due || (part !== '1' && part !== '2' && part !== '3' && part !== '4')) notFound()
  return (
    <Shell actor={actor}>
      <PageHead title={due.title} lead={`${due.minutes} menit · ${due.seat.cycleName}`} back={{ href: '/guru', label: 'Tes Anda' }} />
      <Player
        seatId={seat}
        part={part}
        title={due.title}
        beginAtOnce={due.state === 'running' || due.state === 'done'}
        resultHref="/guru/hasil"
      >
        <h2 className="mb-2">Sebelum mulai</h2>
        <ol className="max-w-prose list-decimal space-y-2 pl-5">
          {rules.map((r) => (
            <li key={r}>{r}</li>
          ))}
        </ol>
        <p className="mt-4 text-sm text-soft">
          Butir dalam tes ini adalah contoh yang disertakan sistem.
          {due.state === 'early' ? ` Tes dibuka ${formatMoment(due.seat.opensAt)}.` : ''}
        </p>
      </Player>
    </Shell>
  )
}
