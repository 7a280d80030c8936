import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { InformationCurve } from '@/components/charts/information-curve'
import { ScoreError } from '@/components/charts/score-error'
import { WrightMap } from '@/components/charts/wright-map'
import { FilterForm } from '@/components/map/filters'
import { FormFigures, formsNote, rangeOver } from '@/components/measurement/form-figures'
import { Shell } from '@/components/shell'
import { buttonClass, Notice, Select } from '@/components/ui/form'
import { Badge, Card, Empty, Figure, PageHead } from '@/components/ui/page'
import { Tabs } from '@/components/ui/tabs'
import { Table } from '@/components/ui/table'
import { may, orForbidden, requireActor } from '@/lib/access/service'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/format'
import { itemOrderNames, itemOrders, parseItemOrder, sortItems } from '@/lib/calibration/analysis-model'
import { testedWords } from '@/lib/calibration/tested-model'
import { AnswerRates } from '@/components/measurement/answer-rates'
import { answerRates } from '@/lib/mapping/service'
import { analysisView } from '@/lib/scoring/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Analisis butir' }

type View = NonNullable<Awaited<ReturnType<typeof analysisView>>>

const two = (x: number | null | undefined) => (x === null || x === undefined ? '–' : formatNumber(x, 2))

function Items({ view, order, query }: { view: View; order: string; query: string }) {
  const rows = sortItems(view.items, parseItemOrder(order))
  return (
    <Table
      caption="Butir dengan angka dan tandanya"
      rows={rows}
      rowKey={(i) => i.itemVersionId}
      columns={[
        {
          key: 'c',
          head: 'Butir',
          lead: true,
          cell: (i) => (
            <Link
              href={`/bgtk/analisis/${view.instrument.code}/${i.code}${query}`}
              className="inline-flex min-h-8 items-center text-leaf underline underline-offset-4"
            >
              {i.code}
            </Link>
          ),
        },
        { key: 'n', head: 'n', numeric: true, cell: (i) => formatCount(i.statistics.n) },
        { key: 'p', head: 'Rata-rata (p)', numeric: true, cell: (i) => two(i.statistics.p) },
        { key: 'r', head: 'Daya beda (r)', numeric: true, cell: (i) => two(i.statistics.rItemRest) },
        {
          key: 'b',
          head: 'Letak (b)',
          numeric: true,
          cell: (i) => two(i.statistics.locations.reduce((s, b) => s + b, 0) / i.statistics.locations.length),
        },
        { key: 'f', head: 'Infit · outfit', numeric: true, cell: (i) => `${two(i.statistics.infit)} · ${two(i.statistics.outfit)}` },
        { key: 'g', head: 'Geser', numeric: true, cell: (i) => two(i.drift) },
        {
          key: 't',
          head: 'Tanda',
          cell: (i) =>
            i.flags.length === 0 && !i.key ? (
              <span className="text-soft">–</span>
            ) : (
              <span className="inline-flex flex-wrap justify-end gap-1 md:justify-start">
                {i.key && (
                  <Badge tone={i.key.releasedAt ? 'info' : 'care'}>
                    {i.key.releasedAt ? 'kunci dikoreksi' : 'kunci lama, rilis ulang menunggu'}
                  </Badge>
                )}
                {i.flags.map((f, at) => (
                  <Badge key={at} tone={f.severity === 'stop' ? 'bad' : 'care'}>
                    {f.title}
                  </Badge>
                ))}
              </span>
            ),
        },
      ]}
    />
  )
}

/** Where people and items stand, and how sharp one form is: the one that was chosen. */
function Pictures({ view, chosen, query }: { view: View; chosen: string; query: string }) {
  const s = view.calibration!.summary!
  const form = s.forms.find((f) => f.label === chosen) ?? s.forms[0]
  const cut = view.cut === null ? {} : { cut: view.cut }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Peta Wright: orang dan butir pada satu garis">
        <WrightMap
          label={`Sebaran kemampuan dari ${formatCount(view.calibration!.n ?? 0)} lembar jawaban di kiri dan letak ${view.items.length} butir di kanan`}
          caption="Butir di atas orang: sukar bagi mereka. Bila banyak orang tidak berhadapan dengan butir, tes kurang tajam di sana."
          persons={s.persons}
          items={view.items.map((i) => ({
            id: i.code,
            location: i.statistics.locations.reduce((sum, b) => sum + b, 0) / i.statistics.locations.length,
            href: `/bgtk/analisis/${view.instrument.code}/${i.code}${query}`,
          }))}
          {...cut}
        />
      </Card>
      {form && (
        <Card title={s.forms.length > 1 ? `Ketajaman paket ${form.label}` : 'Ketajaman tes'}>
          {s.forms.length > 1 && (
            <div className="mb-4">
              <FilterForm>
                <input type="hidden" name="lihat" value="gambar" />
                <input type="hidden" name="kalibrasi" value={view.calibration!.id} />
                <Select label="Paket" name="paket" defaultValue={form.label}>
                  {s.forms.map((f) => (
                    <option key={f.label} value={f.label}>
                      Paket {f.label}
                    </option>
                  ))}
                </Select>
              </FilterForm>
            </div>
          )}
          <InformationCurve
            label={`Informasi tes dan galat baku pengukuran menurut kemampuan, paket ${form.label}`}
            caption="Makin tinggi garis informasi, makin kecil galat. Yang terpenting: tajamkah tes di sekitar batas kompeten?"
            points={form.information}
            {...cut}
          />
          <h3 className="mt-6 mb-2 font-semibold">Galat pada setiap skor</h3>
          <ScoreError
            label={`Galat baku skor mentah menurut skor mentah, paket ${form.label}`}
            caption="Berapa poin skor mentah seseorang dapat bergeser bila tes yang setara diulang (satu galat baku)."
            points={form.scoreError}
          />
        </Card>
      )}
    </div>
  )
}

const ofHundred = (share: number) => `${formatNumber(100 * share, 0)} dari 100`

/** What the flags promise with this many people: how rarely they are false, and how often they find what is wrong. */
function FlagPromise({ flags }: { flags: NonNullable<NonNullable<NonNullable<View['calibration']>['summary']>['flags']> }) {
  return (
    <Card title="Sejauh mana tanda dapat dipercaya" className="mb-4">
      <p className="max-w-prose text-sm">
        Batas tanda kunci, daya beda, dan kecocokan disimulasikan untuk butir, paket, dan jumlah lembar jawaban tes ini: dari 100 tes yang
        semua butirnya baik, paling banyak {formatNumber(100 * flags.rate, 0)} memperlihatkan satu tanda pun. Dengan {formatCount(flags.n)}{' '}
        lembar jawaban
        {flags.key !== null && <>, kunci salah ditemukan {ofHundred(flags.key)}</>}
        {flags.weak !== null && <>, dan butir yang sama sekali tidak membedakan ditemukan {ofHundred(flags.weak)}</>}. Tidak adanya tanda
        bukan bukti bahwa butir itu baik.
      </p>
    </Card>
  )
}

/** The parts of the page: what is decided first, what it rests on behind it. */
const parts = { butir: 'Butir', gambar: 'Gambar', paket: 'Paket dan tanda', kosong: 'Tidak dijawab' } as const
type Part = keyof typeof parts

function Four({ summary }: { summary: NonNullable<NonNullable<View['calibration']>['summary']> }) {
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure label="Reliabilitas (WLE)" value={two(summary.wle)} note="bagian ragam skor yang bukan galat" />
      <Figure label="Alfa" value={rangeOver(summary.forms, (f) => f.alpha)} note={formsNote(summary.forms)} />
      <Figure label="Omega" value={rangeOver(summary.forms, (f) => f.omega)} note="satu faktor" />
      <Figure label="Rata-rata Q3" value={two(summary.meanQ3)} note={`${summary.localPairs.length} pasang saling bergantung`} />
    </div>
  )
}

export default async function InstrumentAnalysisPage({
  params,
  searchParams,
}: {
  params: Promise<{ kode: string }>
  searchParams: Search
}) {
  const actor = await requireActor('analysis:read')
  const search = await asked(searchParams, 'urut', 'kalibrasi', 'lihat', 'paket')
  const view = await orForbidden(analysisView(actor, (await codesIn(params, 'kode')).kode, search.kalibrasi || null))
  if (!view) notFound()
  const { instrument, calibration } = view
  const part: Part = Object.hasOwn(parts, search.lihat) ? (search.lihat as Part) : 'butir'
  const order = parseItemOrder(search.urut)
  const query = calibration ? `?kalibrasi=${calibration.id}` : ''
  const rates = calibration && part !== 'kosong' ? [] : await answerRates(actor, instrument.code)
  return (
    <Shell actor={actor}>
      <PageHead
        title={instrument.title}
        {...(calibration
          ? {
              lead: `Kalibrasi ${formatDate(calibration.createdAt)} · siklus ${calibration.cycleCodes.join(', ')} · ${testedWords(calibration.summary?.tested, calibration.n)}`,
            }
          : {})}
        back={{ href: '/bgtk/analisis', label: 'Analisis butir' }}
      >
        <Link href={`/bgtk/instrumen/${instrument.code}/validitas`} className={buttonClass('quiet')}>
          Validitas isi
        </Link>
        {calibration && (
          <a href={`/api/exports/analisis-butir?instrumen=${instrument.code}`} className={buttonClass('quiet')}>
            Unduh tabel (CSV)
          </a>
        )}
      </PageHead>
      {!calibration || !calibration.summary ? (
        <Empty title="Instrumen ini belum dikalibrasi">
          Hasilnya masih skor mentah.{' '}
          {may(actor, 'calibration:run') && (
            <Link href="/bgtk/kalibrasi" className="font-semibold text-leaf underline">
              Mulai kalibrasi
            </Link>
          )}
        </Empty>
      ) : (
        <>
          <Four summary={calibration.summary} />
          {view.cutRow?.method === 'provisional' && (
            <div className="mb-4">
              <Notice tone="care">{view.cutRow.reason}</Notice>
            </div>
          )}
          <Tabs
            label="Bagian analisis"
            parts={(Object.keys(parts) as Part[]).map((p) => ({
              href: `/bgtk/analisis/${instrument.code}${query}&lihat=${p}`,
              name: parts[p],
              current: p === part,
            }))}
          />
          {part === 'butir' && (
            <Card className="mb-4">
              <FilterForm>
                <Select label="Urutan" name="urut" defaultValue={order}>
                  {itemOrders.map((o) => (
                    <option key={o} value={o}>
                      {itemOrderNames[o]}
                    </option>
                  ))}
                </Select>
                <Select label="Kalibrasi" name="kalibrasi" defaultValue={calibration.id}>
                  {view.calibrations.map((c) => (
                    <option key={c.id} value={c.id}>
                      {formatDate(c.createdAt)} · siklus {c.cycleCodes.join(', ')}
                    </option>
                  ))}
                </Select>
              </FilterForm>
              <p className="mt-4 text-sm">
                {view.asking.stops.length + view.asking.looks.length === 0
                  ? 'Tidak ada butir bertanda.'
                  : `${formatCount(view.asking.stops.length)} butir perlu keputusan, ${formatCount(view.asking.looks.length)} butir lain perlu dilihat.`}
              </p>
              <div className="mt-4">
                <Items view={view} order={order} query={query} />
              </div>
              <p className="mt-3 text-sm text-soft">
                p: rata-rata bagian dari nilai penuh. r: korelasi butir dengan jumlah butir lain. b: letak pada skala kemampuan (θ). Infit
                dan outfit mendekati 1 bila jawaban mengikuti model. Geser: perubahan letak dari kalibrasi pada siklus lain, setelah
                disetarakan.
              </p>
            </Card>
          )}
          {part === 'gambar' && <Pictures view={view} chosen={search.paket} query={query} />}
          {part === 'paket' && (
            <>
              <FormFigures forms={calibration.summary.forms} />
              {calibration.summary.flags && <FlagPromise flags={calibration.summary.flags} />}
            </>
          )}
          {part === 'kosong' && rates.length === 0 && (
            <Empty title="Belum ada yang dihitung">Bagian ini terisi sesudah ada tes yang selesai untuk instrumen ini.</Empty>
          )}
        </>
      )}
      <AnswerRates rates={rates} />
    </Shell>
  )
}
