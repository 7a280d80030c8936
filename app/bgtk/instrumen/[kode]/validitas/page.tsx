import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { Badge, Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import { Table } from '@/components/ui/table'
import { AskExpert, EndAsk } from '@/components/workshop/asked-experts'
import { may, orForbidden, requireActor } from '@/lib/access/service'
import { FEWEST_EXPERTS, validityDecisionNames, validityPage, workshop, type ValidityDecision } from '@/lib/instruments/service'
import { formatDate, formatNumber } from '@/lib/platform/service'
import { codesIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Validitas isi' }

const tones: Record<ValidityDecision, 'good' | 'care' | 'plain'> = { keep: 'good', revise: 'care', few: 'plain' }

/** A small p keeps its meaning in words. */
const pWords = (p: number) => (p < 0.001 ? '< 0,001' : formatNumber(p, 3))

/** Who was asked to judge the items of this instrument; nobody else among the experts sees them. */
function Asked({ work }: { work: NonNullable<Awaited<ReturnType<typeof workshop>>> }) {
  const asked = work.tasks.filter((t) => t.kind === 'validate' && !t.doneAt)
  const { code } = work.instrument
  return (
    <Card title="Pakar yang diminta menilai" className="mt-6">
      {asked.length === 0 ? (
        <p className="text-soft">Belum ada. Pakar hanya melihat butir instrumen yang Anda mintakan kepadanya.</p>
      ) : (
        <ul className="divide-y divide-line">
          {asked.map((t) => (
            <li key={t.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
              <span>
                {t.userName} <span className="text-sm text-soft">sejak {formatDate(t.createdAt)}</span>
              </span>
              <EndAsk instrument={code} task={t.id} name={t.userName} />
            </li>
          ))}
        </ul>
      )}
      <AskExpert
        kind="validate"
        instrument={code}
        free={work.experts.filter((e) => !asked.some((t) => t.userId === e.id))}
        label="Minta menilai relevansi"
      />
    </Card>
  )
}

export default async function ValidityPage({ params }: { params: Promise<{ kode: string }> }) {
  const actor = await requireActor('analysis:read')
  const { kode } = await codesIn(params, 'kode')
  const view = await orForbidden(validityPage(actor, kode))
  if (!view) notFound()
  const work = may(actor, 'bank:manage') ? await workshop(actor, kode) : null
  const { instrument, items } = view
  const count = (d: ValidityDecision) => items.filter((i) => i.decision === d).length
  return (
    <Shell actor={actor}>
      <PageHead
        title={`Validitas isi ${instrument.title}`}
        lead="Seberapa sepakat para pakar bahwa setiap butir mengukur sub-indikatornya (relevansi 1 sampai 5)."
        back={
          view.named ? { href: `/bgtk/instrumen/${instrument.code}`, label: instrument.title } : { href: '/pakar', label: 'Tugas pakar' }
        }
      >
        {view.simulated && <Simulated />}
      </PageHead>
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure
          label="Pakar"
          value={String(view.experts)}
          note={view.newest ? `terakhir ${formatDate(view.newest)}` : 'belum ada penilaian'}
        />
        {(['keep', 'revise', 'few'] as const).map((d) => (
          <Figure key={d} label={validityDecisionNames[d]} value={`${count(d)} butir`} note={`dari ${items.length}`} />
        ))}
      </div>
      <p className="mb-4 max-w-prose text-sm text-soft">
        V Aiken berkisar 0 sampai 1, dengan rentang kepercayaan 90 persen (Penfield–Giacobbi). p adalah peluang V setinggi itu bila setiap
        pakar memilih acak, dihitung tepat. Butir dipertahankan bila p &lt; 0,05 dan batas bawah rentang sedikitnya 0,50; selain itu kembali
        ke penulis. Dengan kurang dari {FEWEST_EXPERTS} pakar belum ada keputusan.
        {view.errors &&
          ` Dengan ${view.experts} pakar aturan ini mempertahankan ${formatNumber(100 * view.errors.keptByChance, 1)} dari 100 butir yang dinilai acak, dan mengembalikan ${formatNumber(100 * view.errors.relevantSentBack, 0)} dari 100 butir yang sebenarnya relevan.`}
      </p>
      {view.owing > 0 && (
        <div className="mb-4">
          <Notice>{view.owing} butir lain tampil di sini sesudah Anda menilainya sendiri.</Notice>
        </div>
      )}
      {items.length === 0 ? (
        <Empty title="Instrumen ini belum mempunyai butir" />
      ) : (
        <Table
          caption={`Validitas isi ${instrument.title} per butir`}
          rows={items}
          rowKey={(i) => i.itemVersionId}
          columns={[
            {
              key: 'i',
              head: 'Butir',
              lead: true,
              cell: (i) => (
                <>
                  {i.itemCode}
                  <span className="block text-xs font-normal text-soft">{i.node}</span>
                </>
              ),
            },
            { key: 'v', head: 'V', numeric: true, cell: (i) => (i.aiken ? formatNumber(i.aiken.v, 2) : 'belum ada') },
            {
              key: 'r',
              head: 'Rentang 90 persen',
              numeric: true,
              cell: (i) => (i.aiken ? `${formatNumber(i.aiken.low, 2)}–${formatNumber(i.aiken.high, 2)}` : 'belum ada'),
            },
            { key: 'p', head: 'p tepat', numeric: true, cell: (i) => (i.aiken ? pWords(i.aiken.p) : 'belum ada') },
            { key: 'n', head: 'Pakar', numeric: true, cell: (i) => i.aiken?.n ?? 0 },
            { key: 'd', head: 'Keputusan', cell: (i) => <Badge tone={tones[i.decision]}>{validityDecisionNames[i.decision]}</Badge> },
            {
              key: 'c',
              head: 'Komentar',
              cell: (i) =>
                i.comments.length ? (
                  <ul className="space-y-1 text-left">
                    {i.comments.map((c, k) => (
                      <li key={k}>
                        <span className="text-soft">
                          {c.name ?? 'Pakar'} ({c.relevance}):
                        </span>{' '}
                        {c.comment}
                      </li>
                    ))}
                  </ul>
                ) : (
                  'tidak ada'
                ),
            },
          ]}
        />
      )}
      {work && <Asked work={work} />}
    </Shell>
  )
}
