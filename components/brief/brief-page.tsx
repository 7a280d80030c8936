import { Link } from '@/components/ui/link'
import { changeWord, intervalWords, withheldWords } from '@/components/growth/words'
import { CutGround } from '@/components/measurement/cut-ground'
import { CycleField, LevelField } from '@/components/map/filter-fields'
import { FilterForm } from '@/components/map/filters'
import { PublicationNotices } from '@/components/map/honesty'
import { PrintButton } from '@/components/print-button'
import { PublishedLine } from '@/components/published-line'
import { Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { basisWords } from '@/lib/mapping/model'
import { certaintyWords } from '@/lib/mapping/palette-model'
import { formatCount, formatDate, formatNumber, formatSigned } from '@/lib/platform/format'
import type { Brief, BriefPart } from '@/lib/response/service'
import { competencyNames } from '@/lib/sittings/model'

const SHEET = '@page { size: A4; margin: 12mm }'
const link = 'font-semibold text-leaf underline underline-offset-4'

const withMargin = (value: number | null, margin: number | null): string =>
  value === null ? '–' : `${formatNumber(value)}${margin === null ? '' : ` ± ${formatNumber(margin)}`}`

const basisOf = { mastery: 'penguasaan', raw: 'skor mentah' } as const

function Figures({ parts }: { parts: BriefPart[] }) {
  return (
    <Table
      caption="Angka menurut kompetensi"
      rows={parts}
      rowKey={(p) => p.part}
      columns={[
        { key: 'k', head: 'Kompetensi', lead: true, cell: (p) => competencyNames[p.part]! },
        {
          key: 'n',
          head: 'Guru dites',
          numeric: true,
          cell: (p) => (p.total.n === null ? 'disembunyikan' : `${formatCount(p.total.n)} dari ${formatCount(p.total.roster)}`),
        },
        { key: 'b', head: 'Dasar', more: true, cell: (p) => (p.total.mean === null ? '–' : basisOf[p.basis]) },
        { key: 'm', head: 'Rata-rata', numeric: true, cell: (p) => withMargin(p.total.mean, p.total.margin) },
        {
          key: 's',
          head: 'Kompeten (%)',
          numeric: true,
          cell: (p) => withMargin(p.total.share, p.total.shareMargin),
        },
        { key: 'c', head: 'Kepastian', cell: (p) => (p.certainty ? certaintyWords[p.certainty] : '–') },
      ]}
    />
  )
}

function Apart({ brief }: { brief: Brief }) {
  const told = brief.parts.filter((p) => p.below.length + p.above.length > 0)
  if (!told.length) return <p className="text-soft">Tidak ada wilayah yang dapat dipastikan berbeda dari wilayah lain.</p>
  return (
    <ul className="space-y-2">
      {told.map((p) => (
        <li key={p.part}>
          <strong>{competencyNames[p.part]}</strong>
          {p.below.length > 0 && <span className="block">di bawah wilayah lain: {p.below.join(', ')}</span>}
          {p.above.length > 0 && <span className="block">di atas wilayah lain: {p.above.join(', ')}</span>}
        </li>
      ))}
    </ul>
  )
}

function Changes({ changes }: { changes: Brief['changes'] }) {
  if (!changes)
    return <p className="text-soft">Belum ada ukur ulang yang terbit; tentang naik atau turun belum ada yang dapat dikatakan.</p>
  return (
    <>
      <p className="mb-1 text-sm text-soft">Guru yang sama pada {changes.cycles}.</p>
      <ul className="space-y-2">
        {changes.parts.map(({ part, total, withheld }) => (
          <li key={part}>
            <strong>{competencyNames[part]}</strong>{' '}
            {total?.change
              ? `${changeWord(total.change.raw, part)}: ${formatSigned(total.change.raw.value)} poin, ${intervalWords(total.change.raw)}.`
              : withheld[0]
                ? `belum dapat dikatakan: ${withheldWords(withheld[0])}`
                : 'belum dapat dikatakan: kelompoknya terlalu kecil.'}
          </li>
        ))}
      </ul>
    </>
  )
}

/** One sheet for a meeting: what is known, how surely, what is not known, what may be said, and where to go on. */
export function BriefPage({ brief, now }: { brief: Brief; now: Date }) {
  const { view, place } = brief
  const level = view.filter.jenjang
  const of = `${place ?? 'Semua kabupaten/kota dalam kewenangan Anda'}${level ? `, jenjang ${level}` : ''}`
  return (
    <div className="one-sheet">
      <style>{SHEET}</style>
      <PageHead
        title="Bahan rapat"
        lead={`${of} · ${view.cycle?.label ?? 'belum ada siklus'} · dicetak ${formatDate(now)}`}
        back={{ href: '/laporan', label: 'Laporan' }}
      >
        {view.cycle?.simulated && <Simulated />}
        <PrintButton>Cetak satu lembar</PrintButton>
      </PageHead>
      <FilterForm>
        <CycleField view={view} />
        <LevelField view={view} />
      </FilterForm>
      <PublicationNotices view={view} />
      {!view.published ? (
        <Empty title="Belum ada terbitan">Bahan rapat tersusun sendiri begitu BGTK menerbitkan angka.</Empty>
      ) : (
        <div className="mt-4 grid gap-4 lg:grid-cols-2">
          <Card title="Yang diketahui" className="lg:col-span-2">
            <Figures parts={brief.parts} />
            <CutGround at={view.published.at} />
          </Card>
          <Card title="Yang terbedakan">
            <Apart brief={brief} />
          </Card>
          <Card title="Indikator pedagogik dengan angka terendah">
            {brief.thin.length === 0 ? (
              <p className="text-soft">Belum ada angka indikator yang dapat ditampilkan.</p>
            ) : (
              <ul className="space-y-1">
                {brief.thin.map((t) => (
                  <li key={t.code}>
                    <Link
                      href={`/peta/tindakan?${new URLSearchParams({ indikator: t.code })}`}

                      className="text-leaf underline underline-offset-4"
                    >
                      {t.code} {t.title}
                    </Link>
                    <span className="block text-sm tabular-nums text-soft">
                      {withMargin(t.mean, t.margin)} persen mentah, {certaintyWords[t.certainty]}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <Card title="Perubahan">
            <Changes changes={brief.changes} />
          </Card>
          <Card title="Yang belum diketahui">
            <ul className="list-disc space-y-1 pl-5">
              <li>
                Angka ini dari guru yang dites, bukan dari seluruh guru
                {view.total.n === null ? '' : `: ${formatCount(view.total.roster - view.total.n)} guru belum dites`}.
              </li>
              {brief.untested !== null && <li>{formatCount(brief.untested)} satuan pendidikan belum mempunyai guru yang dites.</li>}
              {brief.hidden > 0 && <li>{formatCount(brief.hidden)} wilayah disembunyikan supaya kelompok kecil terlindungi.</li>}
              <li>Apa sebabnya: tes menunjukkan di mana angkanya tipis, bukan mengapa.</li>
            </ul>
          </Card>
          <Card title="Yang boleh dikatakan" className="lg:col-span-2">
            <ul className="list-disc space-y-1 pl-5">
              <li>Angka bersama banyaknya guru yang dites, ±, dan nama siklusnya.</li>
              <li>“Di atas” atau “di bawah” hanya untuk wilayah yang disebut di sini; yang lain tidak terbedakan.</li>
              <li>Bukan peringkat, bukan mutu sekolah atau seorang guru, dan bukan sebab.</li>
            </ul>
          </Card>
        </div>
      )}
      <p className="mt-4 max-w-prose text-sm text-soft print:max-w-none print:text-xs">
        {[...new Set(brief.parts.filter((p) => p.total.mean !== null).map((p) => p.basis))].map((b) => `${basisOf[b]}: ${basisWords[b]} `)}±
        ialah setengah rentang 95 persen dengan sekolah sebagai gugus. Kelompok di bawah {view.rules.hideBelow} guru disembunyikan.{' '}
        {view.published && <PublishedLine published={view.published} />}
      </p>
      <nav aria-label="Lanjutkan" className="no-print mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <Link href="/peta" className={`inline-flex min-h-11 items-center ${link}`}>
          Lihat di peta
        </Link>
        <Link href="/perubahan" className={`inline-flex min-h-11 items-center ${link}`}>
          Kesenjangan dan perubahan
        </Link>
        {view.cells.length === 1 && (
          <Link
            href={`/peta/tindakan?${new URLSearchParams({ wilayah: view.cells[0]!.code })}`}
            className={`inline-flex min-h-11 items-center ${link}`}
          >
            Apa yang dapat dilakukan di {place}
          </Link>
        )}
      </nav>
    </div>
  )
}
