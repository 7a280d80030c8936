import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { Notice } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { AskExpert, EndAsk } from '@/components/workshop/asked-experts'
import { requireActor } from '@/lib/access/service'
import { workshop } from '@/lib/instruments/service'
import { formatCount, formatNumber, formatSigned } from '@/lib/platform/format'
import { FEWEST_PAIRS, ratingOverview } from '@/lib/rating/service'
import { codesIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Penilaian uraian' }

type Severities = Awaited<ReturnType<typeof ratingOverview>>['severities']
type Work = NonNullable<Awaited<ReturnType<typeof workshop>>>

const percent = (share: number) => `${formatNumber(100 * share, 0)} persen`
const few = (pairs: number) => `${formatCount(pairs)} pasangan, belum cukup`

function Severity({ severity }: { severity: NonNullable<ReturnType<Severities['get']>> }) {
  if (severity.mean === null) return <span className="text-soft">{few(severity.pairs)}</span>
  const { mean, se } = severity
  const word =
    Math.abs(mean) < 2 * se!
      ? 'sama dengan rekan, dalam batas galat'
      : mean > 0
        ? 'lebih murah daripada rekan'
        : 'lebih ketat daripada rekan'
  return (
    <span className="tabular-nums">
      {formatSigned(mean, 2)} ± {formatNumber(1.96 * se!, 2)} poin, {word}{' '}
      <span className="text-soft">(n = {formatCount(severity.pairs)})</span>
    </span>
  )
}

function Raters({ work, raters, severities }: { work: Work; raters: Work['tasks']; severities: Severities }) {
  const { code } = work.instrument
  const free = work.experts.filter((e) => !raters.some((r) => r.userId === e.id))
  return (
    <Card title="Penilai" className="mt-6">
      {raters.length < 3 && (
        <div className="mb-4">
          <Notice tone="care">
            Sedikitnya tiga penilai diperlukan: dua untuk setiap jawaban, dan orang ketiga bila keduanya berbeda jauh. Sekarang ada{' '}
            {raters.length}.
          </Notice>
        </div>
      )}
      {raters.length > 0 && (
        <Table
          caption="Penilai instrumen ini"
          rows={raters}
          rowKey={(r) => r.id}
          columns={[
            { key: 'n', head: 'Nama', lead: true, cell: (r) => r.userName },
            { key: 's', head: 'Terhadap rekan', cell: (r) => <Severity severity={severities.get(r.userId)!} /> },
            {
              key: 'a',
              head: 'Tugas',
              cell: (r) => <EndAsk instrument={code} task={r.id} name={r.userName} />,
            },
          ]}
        />
      )}
      <p className="mt-3 max-w-prose text-sm text-soft">
        Angkanya selisih rata-rata dengan rekan pada jawaban yang sama. Perbandingan ini bahan percakapan untuk menyamakan pemahaman rubrik,
        bukan peringkat penilai. Penilai tidak melihat angka rekannya.
      </p>
      <AskExpert kind="rate" instrument={code} free={free} label="Jadikan penilai" />
    </Card>
  )
}

export default async function RatingsPage({ params }: { params: Promise<{ kode: string }> }) {
  const actor = await requireActor('bank:manage')
  const work = await workshop(actor, (await codesIn(params, 'kode')).kode)
  if (!work) notFound()
  const { instrument } = work
  const raters = work.tasks.filter((t) => t.kind === 'rate' && !t.doneAt)
  const { items, severities } = await ratingOverview(
    actor,
    instrument.id,
    raters.map((r) => r.userId),
  )
  const at = `/bgtk/instrumen/${instrument.code}`
  return (
    <Shell actor={actor}>
      <PageHead title="Penilaian uraian" lead={instrument.title} back={{ href: at, label: instrument.title }} />
      {items.length === 0 ? (
        <Empty title="Belum ada jawaban uraian">
          Jawaban masuk ke antrean penilai ketika peserta menyelesaikan tes yang memuat butir uraian.
        </Empty>
      ) : (
        <Card title="Jawaban setiap butir">
          <Table
            caption="Jawaban uraian menurut butir"
            rows={items}
            rowKey={(i) => i.itemCode}
            columns={[
              {
                key: 'k',
                head: 'Butir',
                lead: true,
                cell: (i) => (
                  <Link href={`${at}/butir/${i.itemCode}`} className="text-leaf underline underline-offset-4">
                    {i.itemCode}
                  </Link>
                ),
              },
              { key: 'j', head: 'Jawaban', numeric: true, cell: (i) => formatCount(i.responses) },
              { key: 'w', head: 'Menunggu', numeric: true, cell: (i) => formatCount(i.waiting) },
              { key: 'd', head: 'Menunggu orang ketiga', numeric: true, cell: (i) => formatCount(i.disputed) },
              {
                key: 'r',
                head: 'Selesai',
                numeric: true,
                cell: (i) => `${formatCount(i.resolved)}${i.third ? ` (${i.third} oleh tiga)` : ''}`,
              },
              {
                key: 'x',
                head: 'Sama · dalam aturan',
                cell: (i) =>
                  i.agreement.exact === null ? few(i.agreement.pairs) : `${percent(i.agreement.exact)} · ${percent(i.agreement.within!)}`,
              },
              {
                key: 'a',
                head: 'α Krippendorff',
                numeric: true,
                cell: (i) =>
                  i.agreement.alpha === null
                    ? '–'
                    : `${formatNumber(i.agreement.alpha, 2)}${i.agreement.alphaSe === null ? '' : ` ± ${formatNumber(1.96 * i.agreement.alphaSe, 2)}`} (n = ${i.agreement.pairs})`,
              },
            ]}
          />
          <p className="mt-3 max-w-prose text-sm text-soft">
            Kesepakatan dihitung dari dua penilaian pertama yang saling buta, sejak {FEWEST_PAIRS} pasangan. Dalam aturan berarti tidak ada
            kriteria yang berbeda dua tingkat dan jumlahnya berbeda paling banyak seperlima nilai penuh. α 1 berarti sepakat penuh, 0 sama
            dengan kebetulan.
          </p>
        </Card>
      )}
      <Raters work={work} raters={raters} severities={severities} />
    </Shell>
  )
}
