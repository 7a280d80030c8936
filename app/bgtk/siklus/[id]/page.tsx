import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { CycleIdentity } from '@/components/cycle/identity'
import { CyclePath, StepBadge, StepWay, StepWords } from '@/components/cycle/path'
import { Places } from '@/components/cycle/places'
import { RetestDraw } from '@/components/cycle/retest-draw'
import { CycleForms, TimeRule } from '@/components/cycle/rules'
import { Sittings } from '@/components/cycle/sittings'
import { NewTrial, TrialFound } from '@/components/cycle/trial'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { Card, Figure, PageHead, Simulated } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { trialReport } from '@/lib/delivery/service'
import { asked, idIn, numberIn, type Search } from '@/lib/platform/address-model'
import { formatCount, toDateInput } from '@/lib/platform/service'
import { regions } from '@/lib/roster/service'
import { lateByCycle } from '@/lib/scoring/service'
import { competencyNames } from '@/lib/sittings/model'
import { pathSteps, type SittingFacts, type Step } from '@/lib/sittings/path-model'
import { cycle, cycleForms, cyclePath, retestDraw, seriesKnown, trials, venues } from '@/lib/sittings/service'

export const metadata: Metadata = { title: 'Siklus' }

type Actor = Awaited<ReturnType<typeof requireActor>>
type Found = NonNullable<Awaited<ReturnType<typeof cycle>>>

async function Identity({ actor, found, sittings }: { actor: Actor; found: Found; sittings: SittingFacts[] }) {
  return (
    <>
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {found.parts.map((p) => (
          <Figure key={p.id} label={competencyNames[p.competencyCode]!} value={`${p.minutes} menit`} />
        ))}
      </div>
      <CycleIdentity cycle={found} known={await seriesKnown(actor)} begun={sittings.some((s) => s.begun > 0)} />
      <TimeRule cycleId={found.id} outageMinutes={found.outageMinutes} />
    </>
  )
}

async function NewPlaces({ actor, found }: { actor: Actor; found: Found }) {
  const [places, areas] = await Promise.all([venues(actor), regions()])
  return <Places cycleId={found.id} day={toDateInput(found.startsOn)} venues={places} regions={areas} />
}

async function Draw({ actor, found }: { actor: Actor; found: Found }) {
  const drawn = await retestDraw(actor, found.id, new Date())
  return drawn && found.sittings.some((s) => s._count.seats > 0) ? <RetestDraw cycleId={found.id} {...drawn} /> : null
}

async function Forms({ actor, found }: { actor: Actor; found: Found }) {
  const forms = await cycleForms(actor, found.id)
  return <CycleForms cycleId={found.id} practice={found.practice && !found.rehearsal && !found.trialOfId} forms={forms} />
}

async function TrialPart({ actor, found }: { actor: Actor; found: Found }) {
  const now = new Date()
  const [[newest], places] = await Promise.all([trials(actor, found.id), venues(actor)])
  const report = newest && (await trialReport(actor, newest.sittingId))
  return (
    <>
      {newest && report && <TrialFound trial={newest} report={report} now={now} />}
      {(!newest || newest.closesAt <= now) && <NewTrial cycleId={found.id} venues={places} />}
    </>
  )
}

const Ending = () => (
  <Card title="Dari jawaban sampai terbitan">
    <p className="mb-3 max-w-prose text-sm">
      Jawaban dikalibrasi dan diberi skor, skor dirilis, lalu terbitan disusun, diperiksa, dan diterbitkan oleh dua orang.
    </p>
    <div className="flex flex-wrap gap-2">
      <Link href="/bgtk/kalibrasi" className={buttonClass('quiet')}>
        Kalibrasi dan rilis skor
      </Link>
      <Link href="/bgtk/terbitan" className={buttonClass('quiet')}>
        Terbitan
      </Link>
    </div>
  </Card>
)

function StepPage({
  actor,
  found,
  step,
  sittings,
  page,
}: {
  actor: Actor
  found: Found
  step: Step
  sittings: SittingFacts[]
  page: number
}) {
  const { key } = step
  const list = ['lokasi', 'peserta', 'jadwal', 'kartu', 'kesiapan', 'terbit'].includes(key)
  return (
    <>
      {list && <Sittings cycleId={found.id} step={key} sittings={sittings} open={found.practice && !found.trialOfId} page={page} />}
      {key === 'siklus' && <Identity actor={actor} found={found} sittings={sittings} />}
      {key === 'formulir' && <Forms actor={actor} found={found} />}
      {key === 'lokasi' && <NewPlaces actor={actor} found={found} />}
      {key === 'peserta' && <Draw actor={actor} found={found} />}
      {key === 'uji-coba' && <TrialPart actor={actor} found={found} />}
      {key === 'terbit' && <Ending />}
    </>
  )
}

export default async function CyclePage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Search }) {
  const actor = await requireActor('cycle:manage')
  const id = await idIn(params)
  const [found, path, query] = await Promise.all([
    cycle(actor, id),
    cyclePath(actor, id, new Date()),
    asked(searchParams, 'langkah', 'hal'),
  ])
  if (!found || !path) notFound()
  const { steps, sittings } = path
  const step = steps.find((s) => s.key === query.langkah)
  if (step)
    return (
      <Shell actor={actor}>
        <PageHead
          title={`${steps.indexOf(step) + 1}. ${pathSteps[step.key]}`}
          lead={<StepWords step={step} most={6} />}
          back={{ href: `/bgtk/siklus/${id}`, label: found.name }}
        >
          <StepBadge state={step.state} />
        </PageHead>
        <StepPage actor={actor} found={found} step={step} sittings={sittings} page={Math.max(1, numberIn(query.hal))} />
        <StepWay cycleId={id} steps={steps} at={step} />
      </Shell>
    )
  const waiting = (await lateByCycle(actor)).get(id) ?? 0
  return (
    <Shell actor={actor}>
      <PageHead title={found.name} lead={`Kode ${found.code} · seri ${found.series}`} back={{ href: '/bgtk/siklus', label: 'Siklus' }}>
        {found.simulated && <Simulated />}
        <Link href={`/bgtk/siklus/${id}/susulan`} className={buttonClass('quiet')}>
          Jawaban susulan{waiting ? ` (${formatCount(waiting)})` : ''}
        </Link>
        {!found.practice && found.sittings.some((s) => s._count.seats > 0) && (
          <Link href={`/bgtk/siklus/${id}/ukur-ulang`} className={buttonClass('quiet')}>
            Ukur ulang
          </Link>
        )}
      </PageHead>
      <CyclePath cycleId={id} steps={steps} />
    </Shell>
  )
}
