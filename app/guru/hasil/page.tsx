import type { Metadata } from 'next'
import Link from 'next/link'
import { CombinedView, OwnMeasureView, StateBadge } from '@/components/measurement/own-measure'
import { SinceLastTime } from '@/components/growth/since'
import { KeptPage } from '@/components/kept-page'
import { PrintButton } from '@/components/print-button'
import { Shell } from '@/components/shell'
import { Beginning, Objections } from '@/components/support/beginning'
import { Badge, Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import { buttonClass, Notice } from '@/components/ui/form'
import { requireActor } from '@/lib/access/service'
import { ownChanges } from '@/lib/mapping/service'
import { ownResults, stateWords, type PartResult, type ScoreLine } from '@/lib/scoring/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { ownObjections, ownPlan, retestOn, tutorDesk } from '@/lib/support/service'
import { formatDate, formatMoment, formatNumber } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Hasil Anda' }

function Bars({ title, lines }: { title: string; lines: ScoreLine[] }) {
  if (lines.length === 0) return null
  return (
    <div className="mt-4">
      <h3 className="mb-1 text-sm font-semibold">{title}</h3>
      <ul className="space-y-2">
        {lines.map((l) => (
          <li key={l.scopeCode}>
            <div className="flex justify-between gap-3 text-sm">
              <span>{l.title}</span>
              <span className="shrink-0 tabular-nums text-soft">
                {formatNumber(l.percent, 0)} · {l.items} butir
              </span>
            </div>
            <div className="h-2 rounded-full bg-line" aria-hidden="true">
              <div className="h-2 rounded-full bg-leaf" style={{ width: `${Math.max(2, l.percent)}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Part({ part }: { part: PartResult }) {
  const name = competencyNames[part.part]!
  if (!part.released || !part.total) {
    return (
      <Card title={name}>
        <Notice tone="info">
          {part.released
            ? 'Jawaban sudah diterima dan sedang dinilai. Muat ulang halaman ini sebentar lagi.'
            : 'Jawaban sudah diterima. Hasil dibuka setelah BGTK merilisnya.'}
        </Notice>
      </Card>
    )
  }
  return (
    <Card>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2>{name}</h2>
        {part.measure?.standing ? (
          <StateBadge state={part.measure.standing.state} />
        ) : (
          !part.measure && part.level && <Badge tone="info">{part.level.name}</Badge>
        )}
      </div>
      {part.measure ? (
        <OwnMeasureView measure={part.measure} name={name} />
      ) : (
        <p className="mt-1">
          <span className="text-3xl font-bold tabular-nums">{formatNumber(part.total.percent)}</span>{' '}
          <span className="text-soft">dari 100, skor mentah</span>
        </p>
      )}
      <p className="text-sm text-soft">
        {formatNumber(part.total.raw)} poin dari {part.total.items} butir · {part.closedAt && formatMoment(part.closedAt)}
        {!part.measure && '. Instrumen ini belum dikalibrasi, jadi hasilnya masih persen mentah tanpa galat.'}
      </p>
      {part.unrated > 0 && (
        <div className="mt-3">
          <Notice tone="info">
            {part.unrated} jawaban uraian masih dinilai dua penilai dan belum masuk hitungan. Hasil ini diperbarui sendiri setelah selesai.
          </Notice>
        </div>
      )}
      <Bars title="Kekuatan Anda" lines={part.strengths} />
      <Bars title="Area penguatan" lines={part.growth} />
      {part.part === '4' && <Bars title="Ranah isi" lines={part.domains} />}
      {part.level && (
        <p className="mt-4 rounded-lg bg-leaf-pale px-3 py-2 text-sm">
          <strong>Langkah berikutnya.</strong> {part.growth[0] ? `Mulailah dari “${part.growth[0].title}”. ` : ''}
          {(part.measure?.level ?? part.level).advice}
        </p>
      )}
    </Card>
  )
}

/** The newest test on paper: ranges and states of the four parts; the screen shows them at length. */
function OnePage({ parts }: { parts: PartResult[] }) {
  const shown = parts.filter((p) => p.released && p.total)
  return (
    <section className="hidden print:block">
      <h2 className="mb-2">{parts[0]?.seat.cycleName}</h2>
      <table className="w-full text-sm">
        <thead>
          <tr>
            {['Kompetensi', 'Rentang (200–800)', 'Keterangan', 'Area pertama'].map((h) => (
              <th key={h} scope="col" className="border-b border-line py-1 pr-3 text-left">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {competencyOrder
            .flatMap((c) => shown.filter((p) => p.part === c))
            .map((p) => (
              <tr key={p.part}>
                <th scope="row" className="border-b border-line py-1 pr-3 text-left font-semibold">
                  {competencyNames[p.part]}
                </th>
                <td className="border-b border-line py-1 pr-3">
                  {p.measure ? `${p.measure.low}–${p.measure.high}` : `${formatNumber(p.total!.percent)} persen mentah, tanpa galat`}
                </td>
                <td className="border-b border-line py-1 pr-3">
                  {p.measure?.standing ? stateWords[p.measure.standing.state] : p.part === '2' ? 'umpan balik saja' : p.level?.name}
                </td>
                <td className="border-b border-line py-1">{p.growth[0]?.title ?? '–'}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p className="mt-3 text-sm">
        Kemampuan sebenarnya berada dalam rentang itu pada delapan dari sepuluh orang. Hasil ini cermin untuk belajar; bukan penilaian
        kinerja.
      </p>
    </section>
  )
}

export default async function ResultsPage() {
  const actor = await requireActor('result:own')
  const now = new Date()
  const [{ parts, combined, rules }, plan, desk, objections, nextTest, changes] = await Promise.all([
    ownResults(actor),
    ownPlan(actor),
    tutorDesk(actor, now),
    ownObjections(actor),
    retestOn(actor, now),
    ownChanges(actor),
  ])
  const seats = [...new Map(parts.map((p) => [p.seat.id, p.seat])).values()]
  return (
    <Shell actor={actor}>
      <KeptPage page="/guru/hasil" />
      <PageHead
        title="Hasil Anda"
        lead="Empat kompetensi dinilai terpisah. Hasil ini adalah cermin untuk belajar, bukan hukuman dan bukan label; hanya Anda dan yang berwenang yang melihatnya."
      >
        <Link href="/guru/pembuka" className={buttonClass('quiet')}>
          Siapa membuka hasil saya
        </Link>
      </PageHead>
      {parts.length > 0 && (
        <div className="mb-4">
          <PrintButton>Cetak satu halaman</PrintButton>
        </div>
      )}
      {parts.length === 0 && (
        <Empty title="Belum ada bagian yang selesai">Hasil setiap bagian muncul di sini setelah bagian itu diserahkan.</Empty>
      )}
      <Beginning parts={parts.filter((p) => p.seat.id === seats[0]?.id)} plan={plan} desk={desk} nextTest={nextTest} />
      <SinceLastTime changes={changes} />
      {parts.length > 0 && <OnePage parts={parts.filter((p) => p.seat.id === seats[0]?.id)} />}
      {seats.map((seat) => (
        <section key={seat.id} className="no-print mb-8">
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <h2>{seat.cycleName}</h2>
            {seat.simulated && <Simulated />}
          </div>
          {combined
            .filter((c) => c.seatId === seat.id)
            .map((c) => (
              <Card key={c.seatId} className="mb-4">
                <div className="flex flex-wrap items-baseline justify-between gap-2">
                  <h3 className="font-semibold">Profesional dan pedagogik bersama</h3>
                  <StateBadge state={c.result.state} />
                </div>
                <CombinedView combined={c.result} shipped={c.shipped} />
              </Card>
            ))}
          <div className="grid items-start gap-4 md:grid-cols-2">
            {competencyOrder
              .flatMap((c) => parts.filter((p) => p.seat.id === seat.id && p.part === c))
              .map((p) => (
                <Part key={p.part} part={p} />
              ))}
          </div>
        </section>
      ))}
      {parts.length > 0 && <Objections own={objections} />}
      {parts.length > 0 && (
        <p className="no-print max-w-prose text-sm text-soft">
          Persen setiap indikator adalah skor mentah: setiap butir bernilai satu poin; butir bergradasi dan butir jamak memberi nilai
          sebagian. Dengan butir sesedikit ini bacalah sebagai petunjuk arah belajar. Jenjang memakai aturan versi {rules.version}
          {rules.shipped ? ' (bawaan sistem, belum ditetapkan BGTK)' : ''}, {formatDate(rules.createdAt)}.
        </p>
      )}
    </Shell>
  )
}
