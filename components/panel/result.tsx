import { Card, Figure } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/service'
import { reliabilityWords, type Impact, type PanelResult, type PanelRow } from '@/lib/standards/service'

const points = (v: number, decimals = 1) => formatNumber(100 * v, decimals)
const theta = (v: number) => formatNumber(v, 2)

type Shown = Omit<PanelResult, 'judges'> & { judges: (PanelResult['judges'][number] & { letter: string })[] }

/** What the panel found: the cut with its error, its reliability, each judge's cut, and what it would mean. */
export function PanelResultView({
  result,
  before,
  impact,
  panel,
}: {
  result: Shown
  before: PanelResult | null
  impact: Impact | null
  panel: PanelRow
}) {
  const v = result.variance
  const total = v ? v.judge + v.item + v.residual : 0
  const share = (x: number) => (total > 0 ? `${formatNumber((100 * x) / total, 0)} persen` : '0 persen')
  return (
    <>
      <Card title="Hasil panel">
        <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
          <Figure
            label="Batas saran panel"
            value={`${points(result.share)} persen`}
            note={`dari nilai penuh · ${result.judges.length} panelis`}
          />
          <Figure
            label="Galat baku"
            value={`${points(result.se, 2)} poin`}
            note={`dari panelis ${points(result.error.judges, 2)}, dari butir ${points(result.error.items, 2)}`}
          />
          <Figure
            label="Batas pada θ"
            value={result.theta === null ? 'belum ada' : theta(result.theta)}
            note={
              result.theta === null || result.thetaSe === null
                ? 'instrumen ini belum mempunyai kalibrasi yang konvergen'
                : `galat baku ${theta(result.thetaSe)} · kalibrasi terdepan`
            }
          />
          <Figure
            label="Keandalan panel"
            value={result.icc === null ? 'tidak ada' : formatNumber(result.icc, 2)}
            note={
              result.icc === null
                ? 'satu penanda seorang panelis tidak mempunyai ICC'
                : `ICC(2,k), ${reliabilityWords(result.icc)}: seberapa panel lain akan mengurutkan butir sama`
            }
          />
        </div>
        {before && (
          <p className="mt-3 text-sm">
            Putaran 1: {points(before.share)} persen dengan SB {points(before.sd, 2)}
            {before.icc === null ? '' : `, ICC ${formatNumber(before.icc, 2)}`}. Putaran 2: {points(result.share)} persen dengan SB{' '}
            {points(result.sd, 2)}. Diskusi mendekatkan panelis tanpa menambah pengetahuan, jadi galatnya memakai sebaran putaran yang lebih
            lebar.
          </p>
        )}
        {v && (
          <p className="mt-2 text-sm">
            Ragam nilai menurut teori generalisabilitas: butir {share(v.item)} (SB {points(Math.sqrt(v.item))}), panelis {share(v.judge)}{' '}
            (SB {points(Math.sqrt(v.judge))}), sisa {share(v.residual)} (SB {points(Math.sqrt(v.residual))}). Makin besar bagian butir,
            makin sepakat panel.
          </p>
        )}
        {panel.method === 'bookmark' && (
          <p className="mt-2 text-sm">
            Kaidah: RP67, halaman pertama yang tidak dikuasai. Batas adalah lokasi θ halaman tempat penanda, yaitu θ dengan peluang dua
            pertiga; rata-rata antarpanelis diubah menjadi bagian nilai penuh lewat kurva seluruh butir terkalibrasi.
          </p>
        )}
        <p className="mt-2 text-sm text-soft">Panel dibuat {formatDate(panel.createdAt)}. Setiap butir berbobot sama.</p>
        <details className="mt-3">
          <summary className="py-2 font-semibold text-leaf">Batas setiap panelis</summary>
          <Table
            caption="Batas setiap panelis menurut huruf"
            rows={result.judges}
            rowKey={(j) => j.judgeId}
            columns={[
              { key: 'l', head: 'Panelis', lead: true, cell: (j) => `Panelis ${j.letter}` },
              { key: 's', head: 'Batas, persen', numeric: true, cell: (j) => points(j.share) },
              { key: 'd', head: 'Selisih dari panel', numeric: true, cell: (j) => points(j.share - result.share) },
              { key: 't', head: 'θ', numeric: true, cell: (j) => (j.theta === null ? 'belum ada' : theta(j.theta)) },
              ...(panel.method === 'angoff'
                ? [{ key: 'r', head: 'Butir dinilai', numeric: true, cell: (j: Shown['judges'][number]) => j.rated }]
                : []),
            ]}
          />
        </details>
      </Card>
      <Card title="Dampak">
        {impact ? (
          <>
            <p className="text-2xl font-bold tabular-nums">{formatNumber(impact.share)} persen</p>
            <p className="max-w-prose text-sm">
              Sekitar {formatCount(Math.round((impact.n * impact.share) / 100))} dari {formatCount(impact.n)} guru yang sudah terukur (
              {formatCount(impact.tests)} lembar jawaban) berada pada atau di atas batas ini. Bila batas satu galat baku lebih rendah{' '}
              {formatNumber(impact.lower)} persen, lebih tinggi {formatNumber(impact.upper)} persen.
              {impact.range &&
                ` Rentang 95 persen: ${formatNumber(impact.range[0])} sampai ${formatNumber(impact.range[1])} persen, dengan galat batas dan galat peserta menurut sekolah.`}
            </p>
            <p className="mt-1 text-sm text-soft">
              {impact.basis === 'theta'
                ? 'Setiap guru dihitung satu kali, dengan tes terbarunya, menurut peluangnya dari skor yang sudah dirilis: galat tiap orang ikut dihitung.'
                : 'Setiap guru dihitung satu kali, dengan tes terbarunya, menurut peluangnya dari skor mentah, karena belum ada skor θ yang dirilis.'}
            </p>
          </>
        ) : (
          <p className="text-sm">
            Guru yang terukur dengan instrumen ini belum ada atau terlalu sedikit, jadi dampaknya belum ditampilkan.
          </p>
        )}
      </Card>
    </>
  )
}
