import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, Select, TextArea, buttonClass } from '@/components/ui/form'
import { Badge, Card } from '@/components/ui/page'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { sendObjection } from '@/lib/plans/objection-actions'
import { decisions, objectionKinds } from '@/lib/plans/objection-model'
import type { AreaLine, ObjectionRow, OwnPlan, OwnProfile } from '@/lib/plans/service'
import type { TutorDesk } from '@/lib/tutoring/service'
import { formatDate, formatDay } from '@/lib/platform/service'

const STRENGTHS = 3
const AREAS = 2

/** What the plan asks for, told for the week in which it is read. */
export function PlanThisWeek({ plan }: { plan: OwnPlan | null }) {
  const day = (text: string) => formatDay(new Date(`${text}T00:00:00+07:00`))
  if (!plan)
    return (
      <>
        <h3 className="font-semibold">Langkah pertama</h3>
        <p className="mt-1">Susun rencana belajar dari hasil ini.</p>
      </>
    )
  const { week } = plan
  if (week.step === null)
    return (
      <>
        <h3 className="font-semibold">Langkah belajar</h3>
        <p className="mt-1">
          {plan.steps.some((s) => s.state === 'done')
            ? 'Semua langkah dalam rencana Anda sudah dijalani.'
            : 'Belum ada langkah yang diambil dalam rencana Anda.'}
        </p>
      </>
    )
  const { step } = week
  const proposed = plan.plan.state === 'proposed'
  const words =
    week.when === 'now'
      ? ''
      : week.when === 'later'
        ? `Mulai ${day(step.startsOn)}. `
        : `Jadwalnya sampai ${day(step.dueOn)} sudah lewat. Selesaikan, pindahkan, atau lewati langkah ini di rencana Anda. `
  return (
    <>
      <h3 className="font-semibold">
        {proposed
          ? 'Usulan langkah'
          : week.when === 'now'
            ? 'Langkah pekan ini'
            : week.when === 'later'
              ? 'Langkah berikutnya'
              : 'Langkah yang tertunda'}
      </h3>
      <p className="mt-1">
        {step.module.title}. {words}
        {proposed && 'Rencana berjalan setelah Anda menyepakatinya. '}
        <span className="text-sm text-soft">{step.why}</span>
      </p>
    </>
  )
}

/** Who could help: the own tutor by name, an offer that waits, or where to look. */
export function WhoHelps({ desk }: { desk: TutorDesk }) {
  const partner = desk.pairs.find((p) => p.side === 'learner' && p.state === 'active')
  const offer = desk.pairs.find((p) => p.state === 'proposed' && !p.agreed)
  return (
    <>
      <h3 className="font-semibold">Yang dapat membantu</h3>
      <p className="mt-1">
        {partner?.partner
          ? `${partner.partner.name}, tutor sebaya Anda, ${partner.partner.school}.`
          : offer
            ? 'Ada usulan pasangan tutor sebaya yang menunggu jawaban Anda.'
            : 'MGMP atau KKG pada Hari Belajar Guru, dan tutor sebaya bila Anda menginginkannya.'}
      </p>
      <a href="/tutor" className={`no-print mt-2 ${buttonClass('quiet')}`}>
        Tutor Sebaya
      </a>
    </>
  )
}

/** The result as a beginning: three strengths, two areas, one step, who could help, when the next test is. */
export function Beginning({
  profiles,
  plan,
  desk,
  nextTest,
}: {
  /** The latest result of each competency that counts. */
  profiles: OwnProfile[]
  plan: OwnPlan | null
  desk: TutorDesk
  nextTest: Date | null
}) {
  const lines = (of: (p: OwnProfile) => AreaLine[]) => profiles.map((p) => of(p).map((l) => ({ ...l, part: p.part })))
  // One of each competency before a second of any.
  const inTurn = (lists: (AreaLine & { part: string })[][], most: number) =>
    lists
      .flatMap((list) => list.map((line, place) => ({ line, place })))
      .sort((a, b) => a.place - b.place)
      .slice(0, most)
      .map((x) => x.line)
  const strong = inTurn(
    lines((p) => p.strengths),
    STRENGTHS,
  )
  const areas = inTurn(
    lines((p) => (p.part === '2' ? [] : p.needs)),
    AREAS,
  )
  if (profiles.length === 0) return null
  const list = (of: typeof strong, none: string) =>
    of.length === 0 ? (
      <p className="mt-1 text-sm text-soft">{none}</p>
    ) : (
      <ul className="mt-1 list-disc pl-5">
        {of.map((s) => (
          <li key={`${s.part}${s.code}`}>
            {s.title} <span className="text-sm text-soft">({competencyNames[s.part]!.toLowerCase()})</span>
          </li>
        ))}
      </ul>
    )
  return (
    <Card title="Dari sini ke mana" className="mb-6 print:mb-3">
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2 print:grid-cols-2">
        <div>
          <h3 className="font-semibold">Kekuatan</h3>
          {list(strong, 'Tes ini belum dapat memastikan satu area pun sebagai kekuatan.')}
        </div>
        <div>
          <h3 className="font-semibold">Area penguatan</h3>
          {list(areas, 'Tes ini belum dapat memastikan satu area pun sebagai area penguatan.')}
        </div>
        <div>
          <PlanThisWeek plan={plan} />
          <a href="/guru/pengembangan" className={`no-print mt-2 ${buttonClass()}`}>
            {plan ? 'Buka rencana' : 'Susun rencana'}
          </a>
        </div>
        <div>
          <WhoHelps desk={desk} />
        </div>
      </div>
      <div className="mt-4 border-t border-line pt-2 text-sm text-soft">
        {nextTest && <p className="pt-1">Tes berikutnya sekitar {formatDay(nextTest)}.</p>}
        <details className="no-print">
          <summary className="min-h-11 content-center font-semibold text-leaf">Mengapa ini yang ditampilkan</summary>
          <p>
            Dari hasil terbaru setiap kompetensi; latihan tidak ikut. Sebuah area disebut kekuatan atau area penguatan hanya bila seluruh
            rentang ketidakpastiannya di atas atau di bawah batas; kompetensi kepribadian tidak menentukan area.
          </p>
        </details>
      </div>
    </Card>
  )
}

/** Disagreeing: a form, and what was said before with the day of the answer. */
export function Objections({ own }: { own: ObjectionRow[] }) {
  return (
    <section id="banding" aria-labelledby="banding-title" className="no-print mb-8 scroll-mt-6">
      <Card>
        <h2 id="banding-title" className="mb-2">
          Tidak setuju?
        </h2>
        <p className="mb-3 max-w-prose text-sm">
          Keberatan Anda dibaca dan dijawab seorang petugas BGTK dalam sepuluh hari kerja. Mengajukannya tidak mengubah apa pun yang sudah
          Anda terima.
        </p>
        {own.length > 0 && (
          <ul className="mb-4 space-y-3">
            {own.map((o) => (
              <li key={o.id} className="rounded-lg border border-line p-3 text-sm">
                <div className="flex flex-wrap items-baseline justify-between gap-2">
                  <strong>{objectionKinds[o.about]}</strong>
                  <Badge tone={o.answeredAt ? 'good' : 'care'}>
                    {o.answeredAt ? `Dijawab ${formatDate(o.answeredAt)}` : `Dijawab paling lambat ${formatDay(o.dueAt)}`}
                  </Badge>
                </div>
                <p className="mt-1 whitespace-pre-line">{o.words}</p>
                {o.answer && (
                  <div className="mt-2">
                    <Notice tone="info" title={decisions[o.decision!]}>
                      {o.answer}
                    </Notice>
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
        <details>
          <summary className="min-h-11 content-center font-semibold text-leaf">Ajukan keberatan</summary>
          <ActionForm action={sendObjection} label="Ajukan keberatan" className="grid gap-3 py-2 sm:grid-cols-2">
            <Select label="Tentang" name="about">
              {Object.entries(objectionKinds).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
            <Select label="Bagian" name="part">
              <option value="">Semua atau lainnya</option>
              {competencyOrder.map((c) => (
                <option key={c} value={c}>
                  {competencyNames[c]}
                </option>
              ))}
            </Select>
            <div className="sm:col-span-2">
              <TextArea label="Apa yang menurut Anda keliru, dan mengapa" name="words" required minLength={20} maxLength={2000} />
            </div>
            <div>
              <Button>Kirim keberatan</Button>
            </div>
          </ActionForm>
        </details>
      </Card>
    </section>
  )
}
