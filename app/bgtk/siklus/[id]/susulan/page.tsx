import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, TextArea } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { decide } from '@/lib/scoring/late-actions'
import { lateList, type LateRow } from '@/lib/scoring/service'
import { competencyNames } from '@/lib/sittings/model'
import { cycle } from '@/lib/sittings/service'
import { formatMoment, formatNumber } from '@/lib/platform/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Jawaban susulan' }

const reasons: Record<LateRow['reason'], string> = {
  settled: 'Dibuat dalam waktu tes, tetapi baru tiba setelah hasilnya dibuka atau dirilis.',
  late: 'Baru tiba setelah masa susulan sesi berakhir, setelah tes diserahkan dari ponsel lain, atau dengan kartu yang sudah diganti.',
  proof: 'Dimulai tanpa server, dan ponselnya tidak dapat menunjukkan kode rilis sesi ini.',
  unseen: 'Dikatakan mulai sebelum ponselnya menerima paket soal.',
  card: 'Dibuat dengan kartu yang sudah diganti.',
  second: 'Dari ponsel lain yang baru menghubungi server setelah bagian ini ditutup.',
  absent: 'Dimulai tanpa server dari kursi yang dicatat tidak hadir.',
  packet: 'Yang dibuka ponselnya bukan paket soal yang disegel untuk sesi dan bagian ini.',
  form: 'Ponsel ini membuka formulir lain daripada yang dikerjakan di ponsel lain pada bagian yang sama.',
}

function Change({ row }: { row: LateRow }) {
  if (!row.points) return <>Belum ada skor pada bagian ini; {row.answers} butir berjawaban.</>
  const { now, then, of } = row.points
  return (
    <>
      Bila dihitung: skor mentah <strong>{formatNumber(now)}</strong> menjadi <strong>{formatNumber(then)}</strong> dari {of} butir.
    </>
  )
}

/** What came too late to count by itself, with what it would change; the office decides, with a reason. */
export default async function LatePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('result:release')
  const found = await cycle(actor, await idIn(params))
  if (!found) notFound()
  const rows = await lateList(actor, found.id)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Jawaban susulan"
        lead="Yang tiba terlambat dan tidak dihitung sendiri: jawaban ini tersimpan utuh, dan skor tidak berubah sampai BGTK memutuskan."
        back={{ href: `/bgtk/siklus/${found.id}`, label: found.name }}
      />
      {rows.length === 0 && (
        <Empty title="Tidak ada yang menunggu">
          Di sini muncul jawaban yang tiba setelah hasilnya dibuka atau setelah masa susulan, dan tes luring yang tidak dapat dipercaya
          dengan sendirinya.
        </Empty>
      )}
      <ul className="grid items-start gap-4 md:grid-cols-2">
        {rows.map((row) => (
          <li key={row.id}>
            <Card>
              <div className="flex flex-wrap items-baseline justify-between gap-2">
                <h2 className="text-lg">{row.name}</h2>
                <Badge tone="info">{row.kind === 'claim' ? 'Tes luring' : `${row.answers} jawaban`}</Badge>
              </div>
              <p className="text-sm text-soft">
                {row.number} · {competencyNames[row.part]} · tiba {formatMoment(row.receivedAt)}
                {row.begunAt && ` · dikatakan mulai ${formatMoment(row.begunAt)}`}
              </p>
              <p className="mt-2">{reasons[row.reason]}</p>
              <p className="mt-1">
                <Change row={row} />
              </p>
              <ActionForm action={decide} label={`Putusan untuk ${row.name}`} className="mt-3 space-y-3">
                <input type="hidden" name="id" value={row.id} />
                <TextArea id={`reason-${row.id}`} label="Alasan keputusan" name="reason" required minLength={10} rows={2} />
                <div className="flex flex-wrap gap-2">
                  <Button name="verdict" value="count">
                    Hitung
                  </Button>
                  <Button name="verdict" value="aside" look="quiet">
                    Kesampingkan
                  </Button>
                </div>
              </ActionForm>
            </Card>
          </li>
        ))}
      </ul>
    </Shell>
  )
}
