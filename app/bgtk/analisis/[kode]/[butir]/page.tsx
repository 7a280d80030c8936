import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CategoryCurves } from '@/components/charts/category-curves'
import { DifPlot } from '@/components/charts/dif-plot'
import { DistractorPlot } from '@/components/charts/distractor-plot'
import { History } from '@/components/charts/history'
import { ItemCurve } from '@/components/charts/item-curve'
import { Inlines } from '@/components/content'
import { Answers, ItemText } from '@/components/item-answer'
import { KeyCorrected } from '@/components/measurement/key-news'
import { Distractors, Flags } from '@/components/measurement/item-numbers'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Select, TextArea } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { may, orForbidden, requireActor } from '@/lib/access/service'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/format'
import { correctItemKey } from '@/lib/scoring/actions'
import { untestedWords } from '@/lib/calibration/untested-model'
import { itemAnalysis } from '@/lib/scoring/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Butir' }

type View = NonNullable<Awaited<ReturnType<typeof itemAnalysis>>>
const two = (x: number | null | undefined) => (x === null || x === undefined ? '–' : formatNumber(x, 2))
const withError = (x: number, se: number | null | undefined) => `${two(x)}${se ? ` ± ${two(1.96 * se)}` : ''}`

function Content({ view }: { view: View }) {
  const { content } = view
  return (
    <Card title="Butir">
      <p className="mb-2 flex flex-wrap gap-2 text-sm">
        <Badge>{itemTypeNames[content.type as ItemType]}</Badge>
        <Badge>{content.cognitiveLevel}</Badge>
        <span className="text-soft">
          {content.nodeCode} {content.nodeTitle} · {content.domainTitle}
        </span>
      </p>
      <ItemText stimulus={content.stimulus} content={content.content} />
      <Answers content={content.content} scoring={content.scoring} />
      <p className="mt-2 text-sm text-soft">
        {content.scoring.type === 'single' && `Kunci yang dipakai skor: ${content.scoring.key}. `}
        Alasan kunci: <Inlines nodes={content.rationaleNodes} />
      </p>
    </Card>
  )
}

function Numbers({ view }: { view: View }) {
  const s = view.row.statistics
  const p = view.parameters
  const facts: [string, string][] = [
    ['Jawaban', formatCount(s.n)],
    ['Rata-rata bagian nilai (p)', two(s.p)],
    ['Korelasi butir–sisa', s.rItemRest === null ? '–' : `${two(s.rItemRest)} ± ${two(1.96 / Math.sqrt(Math.max(1, s.n - 1)))}`],
    ['Alfa bila butir dibuang', two(s.alphaIfDeleted)],
    ['Daya beda (a)', view.row.model === 'pcm' ? '1 (disamakan untuk semua butir)' : withError(p.a, p.seA)],
    [p.b.length > 1 ? 'Ambang antarskor (b)' : 'Letak (b)', p.b.map((b, k) => withError(b, p.seB[k])).join('; ')],
    ['Infit · outfit', `${two(s.infit)} · ${two(s.outfit)}`],
    [
      'S-X²',
      s.sx2
        ? `${two(s.sx2.value)}, derajat bebas ${s.sx2.df}, p = ${formatNumber(s.sx2.p, 3)}`
        : s.untested
            .filter((u) => u.comparison === null)
            .map(untestedWords)
            .join('; '),
    ],
  ]
  return (
    <Card title="Angka">
      <dl className="grid gap-2 text-sm">
        {facts.map(([name, words]) => (
          <div key={name} className="flex justify-between gap-4 border-b border-line pb-1">
            <dt className="text-soft">{name}</dt>
            <dd className="text-right font-semibold tabular-nums">{words}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function Curves({ view }: { view: View }) {
  const s = view.row.statistics
  return (
    <>
      <Card title="Data dan model">
        <ItemCurve
          label={`Bagian skor yang diperoleh pada butir ${view.row.code} menurut kemampuan, model dan data`}
          caption="Garis: yang diharapkan model. Titik: sepuluh kelompok peserta dengan rentang 95 persen. Titik yang jauh dari garis patut ditanyakan."
          curve={view.curve}
          points={s.observed}
          {...(view.cut === null ? {} : { cut: view.cut })}
        />
      </Card>
      {s.choicesByGroup.length > 0 && (
        <Card title="Pilihan menurut kelompok skor">
          <DistractorPlot
            label={`Bagian peserta yang memilih setiap jawaban butir ${view.row.code}, dari kelompok skor terendah ke tertinggi`}
            caption="Garis kunci (tebal) seharusnya naik ke kanan dan garis pengecoh turun. Pengecoh yang naik adalah tanda kunci patut diperiksa."
            groups={s.choicesByGroup[0]!.shares.map((_, i) => `${i + 1}`)}
            options={s.choicesByGroup
              .filter((c) => c.option !== null)
              .map((c) => ({ id: c.option!, isKey: s.distractors.some((d) => d.option === c.option && d.isKey), shares: c.shares }))}
            omitted={s.choicesByGroup.find((c) => c.option === null)?.shares ?? []}
          />
          <div className="mt-4">
            <Distractors rows={s.distractors} />
          </div>
        </Card>
      )}
      {view.categories.length > 2 && (
        <Card title="Peluang setiap skor">
          <CategoryCurves
            label={`Peluang memperoleh setiap skor pada butir ${view.row.code} menurut kemampuan`}
            caption="Setiap skor seharusnya menjadi yang paling mungkin pada suatu rentang kemampuan."
            categories={view.categories}
          />
        </Card>
      )}
      {s.dif.length + s.untested.length > 0 && (
        <Card title="Perbandingan antarkelompok">
          {s.dif.some((d) => d.delta !== null) && (
            <DifPlot
              label={`Beda butir ${view.row.code} antarkelompok pada kemampuan yang sama`}
              caption="Kelas A: boleh diabaikan; B: ditinjau; C: keluar dari skor kecuali ada alasan isi. Kelompok di bawah 200 hanya untuk diamati."
              rows={s.dif
                .filter((d) => d.delta !== null)
                .map((d) => ({
                  name: `${d.focal} terhadap ${d.reference}`,
                  delta: d.delta!,
                  low: d.low ?? d.delta!,
                  high: d.high ?? d.delta!,
                  class: d.class,
                  n: d.n.focal,
                }))}
            />
          )}
          <ul className="mt-2 space-y-1 text-sm">
            {s.dif.map((d) => (
              <li key={d.comparison}>
                {d.comparison}: kelas {d.class ?? '–'}
                {d.smd !== null && d.delta === null ? `, beda rata-rata ${two(d.smd)} poin butir` : ''} (n = {formatCount(d.n.reference)}{' '}
                dan {formatCount(d.n.focal)}
                {d.weight === 'look' ? ', terlalu sedikit untuk memutuskan' : ''})
              </li>
            ))}
            {s.untested
              .filter((u) => u.comparison !== null || u.reason === 'not-looked')
              .map((u) => (
                <li key={u.comparison?.key ?? 'lama'} className="text-soft">
                  {u.comparison?.key ?? 'Semua kelompok'}: {untestedWords(u)}
                </li>
              ))}
          </ul>
        </Card>
      )}
      {view.history.length > 1 && (
        <Card title="Riwayat antarsiklus">
          <History
            label={`Rata-rata bagian nilai butir ${view.row.code} pada setiap kalibrasi`}
            caption="Rata-rata bagian nilai (p) dengan rentang 95 persen. Perubahan dapat berasal dari butir atau dari orang; kolom Geser pada tabel sudah membuang beda orang."
            yName="p"
            points={view.history.map((h) => {
              const half = (1.96 * h.statistics.sd) / Math.sqrt(Math.max(1, h.statistics.n)) / Math.max(1, h.statistics.locations.length)
              return {
                name: `${h.cycleCodes.join(', ')}${h.version > 1 ? ` v${h.version}` : ''}`,
                value: h.statistics.p,
                low: h.statistics.p - half,
                high: h.statistics.p + half,
              }
            })}
          />
        </Card>
      )}
    </>
  )
}

function KeyCorrection({ view, path }: { view: View; path: string }) {
  const { content } = view
  if (content.scoring.type !== 'single' || content.content.type !== 'single') return null
  const options = content.content.options
  return (
    <Card title="Koreksi kunci">
      {view.corrections.map((c, i) => (
        <p key={i} className="mb-2 text-sm">
          {formatDate(c.createdAt)}: kunci menjadi <strong>{c.scoring.type === 'single' ? c.scoring.key : ''}</strong> ({c.reason}){' '}
          <Badge tone={c.releasedAt ? 'good' : 'care'}>{c.releasedAt ? 'berlaku' : 'menunggu rilis skor'}</Badge>
        </p>
      ))}
      <ActionForm action={correctItemKey} label="Koreksi kunci" className="space-y-3">
        <input type="hidden" name="itemVersionId" value={view.row.itemVersionId} />
        <input type="hidden" name="path" value={path} />
        <Select label="Kunci yang benar" name="key" defaultValue="">
          <option value="" disabled>
            Pilih …
          </option>
          {options.map((o) => (
            <option key={o.id} value={o.id}>
              {o.id}
            </option>
          ))}
        </Select>
        <TextArea label="Alasan" name="reason" required minLength={10} hint="Siapa yang memeriksa dan mengapa kunci lama keliru." />
        <Button>Catat koreksi</Button>
        <p className="text-sm text-soft">
          Koreksi tidak langsung mengubah skor siapa pun. Setelah mencatat: jalankan kalibrasi baru, lihat siapa yang berpindah tingkat,
          lalu rilis.
        </p>
      </ActionForm>
    </Card>
  )
}

type Params = Promise<{ kode: string; butir: string }>
export default async function ItemPage({ params, searchParams }: { params: Params; searchParams: Search }) {
  const actor = await requireActor('analysis:read')
  const { kode, butir } = await codesIn(params, 'kode', 'butir')
  const { kalibrasi } = await asked(searchParams, 'kalibrasi')
  const view = await orForbidden(itemAnalysis(actor, kode, butir, kalibrasi || null))
  if (!view) notFound()
  return (
    <Shell actor={actor}>
      <PageHead
        title={view.row.code}
        lead={`${view.instrument.title} · siklus ${view.calibration!.cycleCodes.join(', ')} · ${formatCount(view.row.statistics.n)} jawaban${view.row.statistics.people === undefined ? '' : ` dari ${formatCount(view.row.statistics.people)} orang`}`}
        back={{ href: `/bgtk/analisis/${kode}${kalibrasi ? `?kalibrasi=${kalibrasi}` : ''}`, label: view.instrument.title }}
      />
      {view.row.key && (
        <div className="mb-4">
          <KeyCorrected
            news={view.row.key}
            cycles={view.cycles}
            calculatedAt={view.calibration!.finishedAt}
            release={may(actor, 'calibration:run')}
            other={
              may(actor, 'bank:manage')
                ? { href: `/bgtk/instrumen/${view.instrument.code}/butir/${view.row.code}`, label: 'Butir ini di bank' }
                : null
            }
          />
        </div>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="space-y-4">
          <Card title="Tanda">
            <Flags flags={view.row.flags} />
          </Card>
          <Content view={view} />
          <Numbers view={view} />
          {may(actor, 'calibration:run') && <KeyCorrection view={view} path={`/bgtk/analisis/${kode}/${butir}`} />}
        </div>
        <div className="space-y-4">
          <Curves view={view} />
        </div>
      </div>
    </Shell>
  )
}
