import type { ReactNode } from 'react'
import { Legend } from '@/components/map/legend'
import { ProvinceMap, TileMap } from '@/components/map/province-map'
import { Button, buttonClass, Notice, Select } from '@/components/ui/form'
import { Card, Empty, Figure, Simulated } from '@/components/ui/page'
import type { PublicAsked, PublicFigures, PublicPart } from '@/lib/mapping/public-model'
import { figureIn, scaleFor } from '@/lib/mapping/palette-model'
import type { Boundaries, PublicPage } from '@/lib/mapping/service'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/format'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { GroupTable, IndicatorTable } from './group-table'
import { Method } from './method'
import { RangeChart } from './range-chart'

export type Drawn = { geometry: Boundaries; sourceLine: string } | null

function Choice({ page, asked }: { page: PublicPage; asked: PublicAsked }) {
  return (
    <form method="get" className="no-print mb-6 grid gap-3 sm:grid-cols-4 sm:items-end" aria-label="Pilih angka">
      <Select label="Rangkaian" name="rangkaian" defaultValue={page.figures?.series}>
        {page.series.map((s) => (
          <option key={s}>{s}</option>
        ))}
      </Select>
      <Select label="Kompetensi" name="bagian" defaultValue={asked.bagian}>
        {competencyOrder.map((c) => (
          <option key={c} value={c}>
            {competencyNames[c]}
          </option>
        ))}
      </Select>
      <Select label="Angka yang digambar" name="nilai" defaultValue={asked.nilai}>
        <option value="rata-rata">Rata-rata</option>
        <option value="kompeten">Persen kompeten</option>
      </Select>
      <Button look="quiet">Tampilkan</Button>
    </form>
  )
}

function Headline({ part: { total }, asked }: { part: PublicPart; asked: PublicAsked }) {
  const whole = figureIn(total, asked.nilai)
  const unit = asked.nilai === 'kompeten' ? ' persen' : ''
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure
        label={asked.nilai === 'kompeten' ? 'Guru kompeten' : 'Rata-rata provinsi'}
        value={whole ? `${formatNumber(whole.value)}${unit}` : '–'}
        note={whole?.margin ? `± ${formatNumber(whole.margin)} (95 persen)` : undefined}
      />
      <Figure
        label="Guru dites"
        value={total.n === null ? '–' : formatCount(total.n)}
        note={`dari ${formatCount(total.roster)} guru terdata`}
      />
      <Figure
        label="Cakupan"
        value={total.n === null || !total.roster ? '–' : `${formatNumber((100 * total.n) / total.roster, 0)} persen`}
        note="guru yang belum dites tidak ikut dihitung"
      />
      <Figure
        label="Satuan pendidikan belum dites"
        value={total.untested === null ? '–' : formatCount(total.untested)}
        note="punya guru, belum ada yang dites"
      />
    </div>
  )
}

/** A long table behind its name; opens without a script. */
function More({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="rounded-xl border border-line bg-card px-4 py-2 sm:px-5">
      <summary className="min-h-11 cursor-pointer py-2 text-lg font-semibold text-leaf">{title}</summary>
      <div className="pb-3 pt-1">{children}</div>
    </details>
  )
}

const kinds: [string, string][] = [
  ['data.csv', 'Data (.csv)'],
  ['data.xlsx', 'Data dan metadata (.xlsx)'],
  ['data.json', 'Data dan metadata (.json)'],
  ['kamus.csv', 'Kamus data'],
  ['metadata-kegiatan.csv', 'Metadata kegiatan'],
  ['metadata-variabel.csv', 'Metadata variabel'],
  ['metadata-indikator.csv', 'Metadata indikator'],
]

function Downloads({ figures }: { figures: PublicFigures }) {
  return (
    <Card title="Unduh sebagai data terbuka">
      <ul className="flex flex-wrap gap-2">
        {kinds.map(([file, words]) => (
          <li key={file}>
            <a
              href={`/publik/data/${file}?${new URLSearchParams({ rangkaian: figures.series })}`}
              className={buttonClass('quiet')}
              download
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
      <p className="mt-2 max-w-prose text-sm text-soft">
        Berkas memuat semua kompetensi rangkaian ini, dengan keadaan setiap kelompok; yang disembunyikan tidak memuat angka apa pun.
        Metadata mengikuti tiga lembar Peraturan BPS 5/2020. Sebutkan sumber, nomor terbitan, n, dan ± bila mengutip.
      </p>
    </Card>
  )
}

/** The public figures: map, groups, coverage, method and files; nothing on it needs a script. */
export function PublicFiguresView({
  page,
  asked,
  boundaries,
  downloads,
}: {
  page: PublicPage
  asked: PublicAsked
  boundaries: Drawn
  downloads: boolean
}) {
  const { figures } = page
  const part = figures?.parts.find((p) => p.part === asked.bagian)
  const scale = scaleFor(asked)
  const hrefOf = (code: string) => `#wilayah-${code}`
  const untold = part && asked.nilai === 'kompeten' && [...part.places, part.total].every((c) => c.share === null)
  const empty = part ? [...part.levels, ...part.subjects].filter((c) => c.state === 'empty') : []
  return (
    <>
      {page.withdrawn.map((w) => (
        <div key={w.series} className="mb-4">
          <Notice tone="care" title={`Terbitan rangkaian ${w.series} ditarik pada ${formatDate(w.at)}`}>
            Angkanya tidak lagi ditampilkan dan tidak lagi dapat diunduh. Jangan kutip angka yang pernah diunduh dari terbitan itu.
          </Notice>
        </div>
      ))}
      {!figures ? (
        <Empty title="Belum ada terbitan yang berlaku">
          Angka tampil di sini setelah diterbitkan. Hasil setiap guru tidak pernah ditampilkan di halaman ini.
        </Empty>
      ) : (
        <>
          <Choice page={page} asked={asked} />
          <p className="mb-4 flex flex-wrap items-center gap-2 text-sm text-soft">
            {figures.simulated && <Simulated />}
            Terbitan ke-{figures.number} rangkaian {figures.series}, {formatDate(figures.publishedAt)}
            {figures.lastClosed ? `; tes terakhir ${formatDate(figures.lastClosed)}` : ''}.
          </p>
          {!part ? (
            <Empty title="Belum ada guru yang dites untuk kompetensi ini">Pilih kompetensi lain.</Empty>
          ) : (
            <div className="space-y-6">
              <Headline part={part} asked={asked} />
              {untold && (
                <Notice tone="care">
                  Persen kompeten belum dapat dikatakan untuk kompetensi ini: skornya belum dikalibrasi dan dirilis, atau batasnya belum
                  ditetapkan.
                </Notice>
              )}
              <Card title={`Kompetensi ${competencyNames[part.part]!.toLowerCase()} menurut kabupaten/kota`}>
                <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
                  <div>
                    <div className="colours hidden sm:block">
                      <ProvinceMap cells={part.places} scale={scale} hrefOf={hrefOf} geometry={boundaries?.geometry ?? null} />
                    </div>
                    <div className="sm:hidden">
                      <TileMap cells={part.places} scale={scale} hrefOf={hrefOf} />
                    </div>
                  </div>
                  <div>
                    <Legend scale={scale} rules={figures.rules} />
                    <p className="mt-2 text-xs text-soft">
                      {boundaries
                        ? `Batas wilayah: ${boundaries.sourceLine}`
                        : 'Mosaik segi enam sama luas; bukan batas wilayah yang sebenarnya.'}
                    </p>
                  </div>
                </div>
              </Card>
              <Card title="Kabupaten/kota, menurut abjad, bukan peringkat">
                <GroupTable
                  caption="Angka per kabupaten/kota"
                  head="Kabupaten/kota"
                  cells={part.places}
                  compared
                  idOf={(c) => `wilayah-${c.code}`}
                />
              </Card>
              <Card title="Menurut jenjang">
                <RangeChart cells={part.levels} scale={scale} what="jenjang" />
                <GroupTable caption="Angka per jenjang" head="Jenjang" cells={part.levels} />
              </Card>
              <More title={`Menurut mata pelajaran guru: ${part.subjects.length} kelompok`}>
                <GroupTable caption="Angka per mata pelajaran" head="Mata pelajaran" cells={part.subjects} schools={false} />
                {part.part === '4' && (
                  <p className="mt-2 max-w-prose text-sm text-soft">
                    Setiap mata pelajaran memiliki tes sendiri: angka antarmata pelajaran tidak dapat dibandingkan.
                  </p>
                )}
              </More>
              {part.indicators.length > 0 && (
                <More title={`Indikator, se-provinsi (skor mentah): ${part.indicators.length} baris`}>
                  <IndicatorTable cells={part.indicators} />
                </More>
              )}
              {empty.length > 0 && (
                <p className="max-w-prose text-sm">Belum ada gurunya yang dites: {empty.map((c) => c.name).join(', ')}.</p>
              )}
              <Method figures={figures} part={part} />
              {downloads && <Downloads figures={figures} />}
            </div>
          )}
        </>
      )}
    </>
  )
}
