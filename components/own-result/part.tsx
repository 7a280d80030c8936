import { OwnMeasureView, StateBadge } from '@/components/measurement/own-measure'
import { Badge } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import type { AreaLine, OwnProfile } from '@/lib/plans/service'
import type { PartResult, ScoreLine } from '@/lib/scoring/service'
import { competencyNames } from '@/lib/sittings/model'
import { formatMoment, formatNumber } from '@/lib/platform/format'
import { isSelfDescription, resultAnchor, resultLine, resultState, saysTooLittle } from './words'

type Line = Pick<AreaLine, 'code' | 'title' | 'percent' | 'items'>
const lineOf = (l: ScoreLine): Line => ({ code: l.scopeCode, title: l.title, percent: l.percent, items: l.items })

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

/** Areas of a self-description: named, never with a figure beside them. */
function Described({ title, lines }: { title: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null
  return (
    <div className="mt-3">
      <h4 className="text-sm font-semibold">{title}</h4>
      <ul className="list-disc pl-5 text-sm">
        {lines.map((l) => (
          <li key={l.code}>{l.title}</li>
        ))}
      </ul>
    </div>
  )
}

/** What the result says of its areas: a strength and a need rest on evidence, everything else is said to be open. */
function Areas({ profile }: { profile: OwnProfile }) {
  const open = profile.unclear.map((a) => a.title)
  if (isSelfDescription(profile.part))
    return (
      <>
        <Described title="Yang paling sesuai dengan diri Anda, menurut jawaban Anda" lines={profile.strengths} />
        <Described title="Yang menurut jawaban Anda masih ingin ditumbuhkan" lines={profile.needs} />
        <p className="mt-3 text-sm text-soft">
          {open.length > 0 && `Tidak dibedakan oleh jawaban Anda: ${open.join('; ')}. `}
          Gambaran diri berubah bersama keadaan. Tidak ada yang lulus atau kurang di sini, dan tidak ada yang diputuskan darinya.
        </p>
      </>
    )
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

/** Every indicator and domain as it was answered, without a judgement. */
function AllLines({ part }: { part: PartResult }) {
  const domains = part.part === '4' ? part.domains : []
  const n = part.indicators.length + domains.length
  if (n === 0) return null
  const own = isSelfDescription(part.part)
  return (
    <details className="mt-3">
      <summary className="min-h-11 content-center text-sm font-semibold text-leaf">
        {own ? `Jawaban Anda menurut indikator (${n})` : `Rincian setiap indikator (${n})`}
      </summary>
      {own && <p className="text-sm text-soft">Seberapa sesuai pernyataannya dengan diri Anda, dari 100; bukan nilai.</p>}
      <Bars title="Indikator" lines={part.indicators.map(lineOf)} />
      <Bars title="Ranah isi" lines={domains.map(lineOf)} />
    </details>
  )
}

/** What was given and reached, in plain points. */
function Given({ part }: { part: PartResult }) {
  const { reach, total } = part
  const unreached = reach ? reach.items - reach.reached : 0
  return (
    <>
      <p className="mt-2 text-sm text-soft">
        {formatNumber(total!.raw)} poin dari {total!.items} butir · {part.closedAt && formatMoment(part.closedAt)}
        {part.counted &&
          !part.measure &&
          !saysTooLittle(part) &&
          '. Instrumen ini belum dikalibrasi, jadi hasilnya masih persen mentah tanpa galat.'}
      </p>
      {!saysTooLittle(part) && unreached > 0 && part.measure && (
        <p className="text-sm text-soft">
          {unreached} butir sesudah jawaban terakhir Anda tidak tercapai; menurut aturan yang berlaku,{' '}
          {part.notReached === 'wrong' ? 'butir itu dihitung salah' : 'butir itu tidak dihitung'}. Butir yang dilewati di tengah dihitung
          salah. Perbandingan dengan tes lain tidak pernah menghitung butir yang tidak tercapai.
        </p>
      )}
    </>
  )
}

function Body({ part, profile }: { part: PartResult; profile: OwnProfile | undefined }) {
  if (!part.released || !part.total)
    return <Notice tone="info">{part.released ? 'Muat ulang halaman ini sebentar lagi.' : 'Jawaban Anda tersimpan lengkap.'}</Notice>
  const few = saysTooLittle(part)
  return (
    <>
      {few ? (
        <Notice tone="info" title="Terlalu sedikit jawaban untuk diukur">
          Anda menjawab {part.reach!.answered} dari {part.reach!.items} butir. Kurang dari separuh tidak cukup untuk menggambarkan kemampuan
          siapa pun, jadi tidak ada rentang, kekuatan, atau area penguatan di sini. Dampingan tetap ditawarkan, dan kesempatan mengukur
          berikutnya tetap terbuka.
        </Notice>
      ) : part.measure ? (
        <OwnMeasureView measure={part.measure} name={competencyNames[part.part]!} />
      ) : (
        <p>
          <span className="text-3xl font-bold tabular-nums">{formatNumber(part.total.percent)}</span>{' '}
          <span className="text-soft">dari 100 poin</span>
        </p>
      )}
      <Given part={part} />
      {part.unrated > 0 && (
        <div className="mt-3">
          <Notice tone="info">
            {part.unrated} jawaban uraian masih dinilai dua penilai dan belum masuk hitungan. Hasil ini diperbarui sendiri setelah selesai.
          </Notice>
        </div>
      )}
      {profile && !few && <Areas profile={profile} />}
      <AllLines part={part} />
    </>
  )
}

/** One result: closed it says what is known in a line, open it says everything. */
export function PartFold({ part, profile }: { part: PartResult; profile: OwnProfile | undefined }) {
  const state = resultState(part)
  return (
    <details id={resultAnchor(part.attemptId)} data-bagian={part.part} className="scroll-mt-4 rounded-xl border border-line bg-card">
      <summary className="min-h-11 px-4 py-3 sm:px-5">
        <h3 className="inline font-semibold">{competencyNames[part.part]}</h3> {state && <StateBadge state={state} />}{' '}
        {!part.counted && <Badge>Latihan</Badge>} {part.unrated > 0 && <Badge tone="care">Uraian masih dinilai</Badge>}
        <span className="mt-0.5 block text-sm text-soft">{resultLine(part)}</span>
      </summary>
      <div className="border-t border-line px-4 py-3 sm:px-5">
        <Body part={part} profile={profile} />
      </div>
    </details>
  )
}
