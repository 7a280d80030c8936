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
import { ownChanges } from '@/lib/growth/service'
import { tooFew } from '@/lib/calibration/reach-model'
import { ownResults, stateWords, type PartResult, type ScoreLine } from '@/lib/scoring/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { ownObjections, ownPlan, ownProfiles, retestOn, type AreaLine, type OwnProfile } from '@/lib/plans/service'
import { tutorDesk } from '@/lib/tutoring/service'
import { formatDate, formatMoment, formatNumber } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Hasil Anda' }

function Bars({ title, lines }: { title: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null
  return (
    <div className="mt-4">
      <h4 className="mb-1 text-sm font-semibold">{title}</h4>
      <ul className="space-y-2">
        {lines.map((l) => (
          <li key={l.code}>
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

type Line = Pick<AreaLine, 'code' | 'title' | 'percent' | 'items'>
const lineOf = (l: ScoreLine): Line => ({ code: l.scopeCode, title: l.title, percent: l.percent, items: l.items })

/** Every indicator and domain as it was answered, without a judgement. */
function AllLines({ part }: { part: PartResult }) {
  if (part.indicators.length + part.domains.length === 0) return null
  return (
    <details className="mt-3">
      <summary className="min-h-11 content-center text-sm font-semibold text-leaf">Rincian setiap indikator</summary>
      <Bars title="Indikator" lines={part.indicators.map(lineOf)} />
      {part.part === '4' && <Bars title="Ranah isi" lines={part.domains.map(lineOf)} />}
    </details>
  )
}

/** What the result says of its areas: a strength and a need rest on evidence, everything else is said to be open. */
function Areas({ profile }: { profile: OwnProfile }) {
  const open = profile.unclear.map((a) => a.title)
  return (
    <>
      <Bars title="Kekuatan Anda" lines={profile.strengths} />
      <Bars title="Area penguatan" lines={profile.needs} />
      {open.length > 0 && (
        <p className="mt-3 text-sm text-soft">
          <strong>Belum dapat dibedakan.</strong> {open.join('; ')}: pada tes ini jawaban Anda di area-area itu tidak cukup berbeda untuk
          menyebut salah satunya kekuatan atau area penguatan. Kesukaran dan jumlah butirnya sudah diperhitungkan.
          {profile.needs.length === 0 && profile.tier && ' Pilihlah sendiri area yang ingin Anda dalami pada rencana belajar Anda.'}
        </p>
      )}
      {profile.latest && profile.tier && (
        <p className="mt-4 rounded-lg bg-leaf-pale px-3 py-2 text-sm">
          <strong>Langkah berikutnya.</strong> {profile.needs[0] ? `Mulailah dari “${profile.needs[0].title}”. ` : ''}
          {profile.tier.words}
        </p>
      )}
    </>
  )
}

function Part({ part, profile }: { part: PartResult; profile: OwnProfile | undefined }) {
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
  const few = part.counted && part.reach !== null && tooFew(part.reach)
  const unreached = part.reach ? part.reach.items - part.reach.reached : 0
  return (
    <Card>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3>{name}</h3>
        {part.measure?.standing && <StateBadge state={part.measure.standing.state} />}
        {!part.counted && <Badge>Latihan</Badge>}
      </div>
      {few ? (
        <div className="mt-2">
          <Notice tone="info" title="Terlalu sedikit jawaban untuk diukur">
            Anda menjawab {part.reach!.answered} dari {part.reach!.items} butir. Kurang dari separuh tidak cukup untuk menggambarkan
            kemampuan siapa pun, jadi tidak ada rentang, kekuatan, atau area penguatan di sini. Dampingan tetap ditawarkan, dan kesempatan
            mengukur berikutnya tetap terbuka.
          </Notice>
        </div>
      ) : part.measure ? (
        <OwnMeasureView measure={part.measure} name={name} />
      ) : (
        <p className="mt-1">
          <span className="text-3xl font-bold tabular-nums">{formatNumber(part.total.percent)}</span>{' '}
          <span className="text-soft">dari 100, skor mentah</span>
        </p>
      )}
      <p className="text-sm text-soft">
        {formatNumber(part.total.raw)} poin dari {part.total.items} butir · {part.closedAt && formatMoment(part.closedAt)}
        {part.counted && !part.measure && !few && '. Instrumen ini belum dikalibrasi, jadi hasilnya masih persen mentah tanpa galat.'}
      </p>
      {!few && unreached > 0 && part.measure && (
        <p className="text-sm text-soft">
          {unreached} butir sesudah jawaban terakhir Anda tidak tercapai; menurut aturan yang berlaku,{' '}
          {part.notReached === 'wrong' ? 'butir itu dihitung salah' : 'butir itu tidak dihitung'}. Butir yang dilewati di tengah dihitung
          salah. Perbandingan dengan tes lain tidak pernah menghitung butir yang tidak tercapai.
        </p>
      )}
      {part.unrated > 0 && (
        <div className="mt-3">
          <Notice tone="info">
            {part.unrated} jawaban uraian masih dinilai dua penilai dan belum masuk hitungan. Hasil ini diperbarui sendiri setelah selesai.
          </Notice>
        </div>
      )}
      {profile && !few && <Areas profile={profile} />}
      <AllLines part={part} />
    </Card>
  )
}

/** The newest result of each competency on paper: ranges, states and first areas; the screen shows them at length. */
function OnePage({ parts, profiles }: { parts: PartResult[]; profiles: Map<string, OwnProfile> }) {
  const shown = parts.filter((p) => p.released && p.total && profiles.get(p.attemptId)?.latest)
  if (shown.length === 0) return null
  const cycles = [...new Set(shown.map((p) => p.seat.cycleName))]
  return (
    <section className="hidden print:block">
      <h2 className="mb-2">{cycles.join('; ')}</h2>
      <table className="w-full text-sm">
        <thead>
          <tr>
            {['Kompetensi', 'Rentang (200–800)', 'Keterangan', 'Area penguatan pertama'].map((h) => (
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
                  {p.reach && tooFew(p.reach)
                    ? 'terlalu sedikit jawaban untuk diukur'
                    : p.measure
                      ? `${p.measure.low}–${p.measure.high}`
                      : `${formatNumber(p.total!.percent)} persen mentah, tanpa galat`}
                </td>
                <td className="border-b border-line py-1 pr-3">
                  {p.reach && tooFew(p.reach)
                    ? 'dampingan tetap ditawarkan'
                    : p.part === '2'
                      ? 'umpan balik saja'
                      : p.measure?.standing
                        ? stateWords[p.measure.standing.state]
                        : 'belum dikalibrasi'}
                </td>
                <td className="border-b border-line py-1">{profiles.get(p.attemptId)?.needs[0]?.title ?? 'belum dapat dibedakan'}</td>
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

/** Practice: what was answered, and nothing about the person. */
function Practice({ parts }: { parts: PartResult[] }) {
  const seats = [...new Map(parts.map((p) => [p.seat.id, p.seat])).values()]
  return (
    <>
      {seats.map((seat) => (
        <section key={seat.id} className="no-print mb-8" aria-labelledby={`latihan-${seat.id}`}>
          <div className="mb-2 flex flex-wrap items-center gap-2">
            <h2 id={`latihan-${seat.id}`}>{seat.cycleName}</h2>
            <Badge>Latihan</Badge>
            {seat.simulated && <Simulated />}
          </div>
          <p className="mb-3 max-w-prose text-sm text-soft">
            Latihan tidak dihitung di mana pun: tidak mengubah hasil, rencana, atau tingkat dukungan Anda, dan tidak terlihat oleh sekolah
            maupun dinas. Jawaban uraian dalam latihan tidak dikirim kepada penilai.
          </p>
          <div className="grid items-start gap-4 md:grid-cols-2">
            {competencyOrder
              .flatMap((c) => parts.filter((p) => p.seat.id === seat.id && p.part === c))
              .map((p) => (
                <Part key={p.attemptId} part={p} profile={undefined} />
              ))}
          </div>
        </section>
      ))}
    </>
  )
}

export default async function ResultsPage() {
  const actor = await requireActor('result:own')
  const now = new Date()
  const [{ parts: all, combined, rules }, found, plan, desk, objections, nextTest, changes] = await Promise.all([
    ownResults(actor),
    ownProfiles(actor),
    ownPlan(actor, now),
    tutorDesk(actor, now),
    ownObjections(actor),
    retestOn(actor, now),
    ownChanges(actor),
  ])
  const parts = all.filter((p) => p.counted)
  const practice = all.filter((p) => !p.counted)
  const seats = [...new Map(parts.map((p) => [p.seat.id, p.seat])).values()]
  // A card opens its own sitting only: what other sittings say of the person is not told beside it.
  const profiles = new Map(
    found.flatMap((p) => (parts.some((x) => x.attemptId === p.attemptId && x.released) ? [[p.attemptId, p] as const] : [])),
  )
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
      {all.length === 0 && (
        <Empty title="Belum ada bagian yang selesai">Hasil setiap bagian muncul di sini setelah bagian itu diserahkan.</Empty>
      )}
      <Beginning profiles={[...profiles.values()].filter((p) => p.latest)} plan={plan} desk={desk} nextTest={nextTest} />
      <SinceLastTime changes={changes} />
      <OnePage parts={parts} profiles={profiles} />
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
                <Part key={p.attemptId} part={p} profile={profiles.get(p.attemptId)} />
              ))}
          </div>
        </section>
      ))}
      <Practice parts={practice} />
      {(parts.length > 0 || objections.length > 0) && <Objections own={objections} />}
      {parts.length > 0 && (
        <p className="no-print max-w-prose text-sm text-soft">
          Persen setiap indikator adalah skor mentah: setiap butir bernilai satu poin; butir bergradasi dan butir jamak memberi nilai
          sebagian. Area penguatan hanya disebut bila jelas di bawah area Anda yang lain; dari sepuluh guru yang areanya sama kuat, paling
          banyak satu yang keliru disebut. Kekuatan disebut bila peluang mencapai 500 di area itu sedikitnya 90 dari 100. Bobot dan gabungan
          memakai aturan versi {rules.version}
          {rules.shipped ? ' (bawaan sistem, belum ditetapkan BGTK)' : ''}, {formatDate(rules.createdAt)}.
        </p>
      )}
    </Shell>
  )
}
