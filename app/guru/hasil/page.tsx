import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { CombinedView, StateBadge } from '@/components/measurement/own-measure'
import { SinceLastTime } from '@/components/growth/since'
import { KeptPage } from '@/components/kept-page'
import { Folds, PrintWhole } from '@/components/own-result/folds'
import { OnePage } from '@/components/own-result/one-page'
import { PartFold } from '@/components/own-result/part'
import { newestAndEarlier } from '@/components/own-result/words'
import { PrintButton } from '@/components/print-button'
import { Shell } from '@/components/shell'
import { Beginning, Objections } from '@/components/support/beginning'
import { buttonClass } from '@/components/ui/form'
import { Badge, Empty, PageHead, Simulated } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { ownChanges } from '@/lib/growth/service'
import { ownResults, type PartResult } from '@/lib/scoring/service'
import { competencyOrder } from '@/lib/sittings/model'
import { ownObjections, ownPlan, ownProfiles, retestOn, type OwnProfile } from '@/lib/plans/service'
import { tutorDesk } from '@/lib/tutoring/service'
import { formatDate } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Hasil Anda' }

type Combination = Awaited<ReturnType<typeof ownResults>>['combined'][number]

/** Two competencies that decide together, closed like the results it is made of. */
function CombinedFold({ found }: { found: Combination }) {
  return (
    <details className="rounded-xl border border-line bg-card">
      <summary className="min-h-11 px-4 py-3 sm:px-5">
        <h3 className="inline font-semibold">Profesional dan pedagogik bersama</h3> <StateBadge state={found.result.state} />
        <span className="mt-0.5 block text-sm text-soft">
          Paling mungkin antara {found.result.low} dan {found.result.high}; batas kompeten 500.
        </span>
      </summary>
      <div className="border-t border-line px-4 py-3 sm:px-5">
        <CombinedView combined={found.result} shipped={found.shipped} />
      </div>
    </details>
  )
}

/** One test day's results, each closed to a line; in the order in which they are told, for eyes and readers alike. */
function Cycle({
  parts,
  profiles,
  combined,
}: {
  parts: PartResult[]
  profiles: Map<string, OwnProfile>
  combined: readonly Combination[]
}) {
  const { seat, counted } = parts[0]!
  return (
    <section className="mb-6" aria-labelledby={`siklus-${seat.id}`}>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id={`siklus-${seat.id}`}>{seat.cycleName}</h2>
        {!counted && <Badge>Latihan</Badge>}
        {seat.simulated && <Simulated />}
      </div>
      <div className="space-y-2">
        {competencyOrder
          .flatMap((c) => parts.filter((p) => p.part === c))
          .map((p) => (
            <PartFold key={p.attemptId} part={p} profile={profiles.get(p.attemptId)} />
          ))}
        {combined
          .filter((c) => c.seatId === seat.id)
          .map((c) => (
            <CombinedFold key={c.seatId} found={c} />
          ))}
      </div>
    </section>
  )
}

const bySeat = (parts: PartResult[]): PartResult[][] =>
  [...new Set(parts.map((p) => p.seat.id))].map((id) => parts.filter((p) => p.seat.id === id))

/** Results that are not the newest, behind one line that counts them. */
function More({
  title,
  lead,
  lists,
  ...rest
}: { title: string; lead?: string; lists: PartResult[][] } & Omit<Parameters<typeof Cycle>[0], 'parts'>) {
  if (lists.length === 0) return null
  const n = lists.flat().length
  return (
    <details className="whole-print mb-3 rounded-xl border border-line bg-card">
      <summary className="min-h-11 content-center px-4 font-semibold text-leaf sm:px-5">
        {title} ({n} hasil)
      </summary>
      <div className="border-t border-line px-4 py-3 sm:px-5">
        {lead && <p className="mb-3 max-w-prose text-sm text-soft">{lead}</p>}
        {lists.map((parts) => (
          <Cycle key={parts[0]!.seat.id} parts={parts} {...rest} />
        ))}
      </div>
    </details>
  )
}

/** The teacher's result: the newest in a line each, what follows from it, what changed; all else is folded and opened by a tap, a link or the printer. */
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
  const { newest, earlier } = newestAndEarlier(parts)
  const practice = bySeat(all.filter((p) => !p.counted))
  // A card opens its own sitting only: what other sittings say of the person is not told beside it.
  const profiles = new Map(
    found.flatMap((p) => (parts.some((x) => x.attemptId === p.attemptId && x.released) ? [[p.attemptId, p] as const] : [])),
  )
  const told = { profiles, combined }
  return (
    <Shell actor={actor}>
      <KeptPage page="/guru/hasil" />
      <Folds />
      <PageHead
        title="Hasil Anda"
        lead={
          <>
            <strong className="font-semibold text-ink">{actor.name}</strong>. Cermin untuk belajar, bukan hukuman dan bukan label; hanya
            Anda dan yang berwenang yang melihatnya.
          </>
        }
      />
      {all.length === 0 && (
        <Empty title="Belum ada bagian yang selesai">Hasil setiap bagian muncul di sini setelah bagian itu diserahkan.</Empty>
      )}
      <OnePage parts={parts} profiles={profiles} />
      <div className="whole-print">
        {bySeat(newest).map((list) => (
          <Cycle key={list[0]!.seat.id} parts={list} {...told} />
        ))}
      </div>
      <Beginning profiles={[...profiles.values()].filter((p) => p.latest)} plan={plan} desk={desk} nextTest={nextTest} />
      <SinceLastTime changes={changes} />
      <More title="Siklus terdahulu" lists={bySeat(earlier)} {...told} />
      <More
        title="Latihan"
        lead="Latihan tidak dihitung di mana pun: tidak mengubah hasil, rencana, atau tingkat dukungan Anda, dan tidak terlihat oleh sekolah maupun dinas. Jawaban uraian dalam latihan tidak dikirim kepada penilai."
        lists={practice}
        {...told}
      />
      {parts.length > 0 && (
        <details className="whole-print mb-6 rounded-xl border border-line bg-card">
          <summary className="min-h-11 content-center px-4 font-semibold text-leaf sm:px-5">Cara menghitung semua hasil ini</summary>
          <p className="max-w-prose border-t border-line px-4 py-3 text-sm text-soft sm:px-5">
            Persen setiap indikator adalah skor mentah: setiap butir bernilai satu poin; butir bergradasi dan butir jamak memberi nilai
            sebagian. Area penguatan hanya disebut bila jelas di bawah area Anda yang lain; dari sepuluh guru yang areanya sama kuat, paling
            banyak satu yang keliru disebut. Kekuatan disebut bila peluang mencapai 500 di area itu sedikitnya 90 dari 100. Bobot dan
            gabungan memakai aturan versi {rules.version}
            {rules.shipped ? ' (bawaan sistem, belum ditetapkan BGTK)' : ''}, {formatDate(rules.createdAt)}.
          </p>
        </details>
      )}
      {(parts.length > 0 || objections.length > 0) && <Objections own={objections} />}
      <div className="no-print flex flex-wrap gap-2">
        {parts.length > 0 && (
          <>
            <PrintButton>Cetak satu halaman</PrintButton>
            <PrintWhole>Cetak lengkap</PrintWhole>
          </>
        )}
        <Link href="/guru/pembuka" className={buttonClass('quiet')}>
          Siapa membuka hasil saya
        </Link>
      </div>
    </Shell>
  )
}
