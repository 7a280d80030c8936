import { DecidedBy } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { JobProgress } from '@/components/job-progress'
import { Shell } from '@/components/shell'
import { Progress } from '@/components/support/progress'
import { readingWords } from '@/components/support/reached'
import { SupportTabs } from '@/components/support/tabs'
import { TierTable } from '@/components/support/tier-table'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice } from '@/components/ui/form'
import { Card, Empty, Figure, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { competencyNames } from '@/lib/sittings/model'
import { proposeAll } from '@/lib/plans/actions'
import { tieredParts } from '@/lib/plans/model'
import { catalogueGaps, progress, proposalJob, tierEffect, tierRules } from '@/lib/plans/service'
import { formatCount, formatNumber } from '@/lib/platform/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Dukungan' }

export default async function SupportPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('support:manage')
  const { kompetensi } = await asked(searchParams, 'kompetensi')
  const part = tieredParts.find((p) => p === kompetensi) ?? '4'
  const rule = await tierRules()
  const [decided, done, gaps, job] = await Promise.all([
    tierEffect(actor, rule.rules, part),
    progress(actor),
    catalogueGaps(actor),
    proposalJob(actor),
  ])
  const running = job && (job.state === 'waiting' || job.state === 'running')
  return (
    <Shell actor={actor}>
      <PageHead title="Dukungan" lead="Dari hasil menuju bantuan: tingkat dukungan, rencana belajar, dan tutor sebaya." />
      <SupportTabs now="/bgtk/dukungan" />
      <nav aria-label="Kompetensi" className="mb-4 flex flex-wrap gap-2">
        {tieredParts.map((p) => (
          <a
            key={p}
            href={`?kompetensi=${p}`}
            aria-current={p === part ? 'page' : undefined}
            className={`inline-flex min-h-11 items-center rounded-lg border px-4 text-sm font-semibold ${p === part ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`}
          >
            {competencyNames[p]}
          </a>
        ))}
      </nav>
      <DecidedBy of={decided}>
        {(effect) =>
          effect.n === 0 ? (
            <Empty title="Belum ada hasil">Tingkat dukungan dihitung setelah ada tes yang selesai.</Empty>
          ) : (
            <>
              <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
                {effect.tiers.map((t) => (
                  <Figure
                    key={t.key}
                    label={t.name}
                    value={`${formatCount(t.n)} guru`}
                    note={`${formatNumber((100 * t.n) / effect.n, 0)} persen · ${formatCount(t.hours)} JP · Rp${formatNumber(t.rupiah / 1e6, 0)} juta${t.near ? ` · ${formatCount(t.near)} dekat batas` : ''}`}
                  />
                ))}
              </div>
              <p className="mb-6 max-w-prose text-sm text-soft">
                {formatCount(effect.n)} guru dengan hasil terbaru pada kompetensi {competencyNames[part]}; aturan versi {rule.version}
                {rule.shipped ? ' (bawaan sistem, belum ditetapkan BGTK)' : ''}. {readingWords(rule.rules)} JP dan rupiah adalah jumlah
                modul yang akan diusulkan; biaya modul masih perkiraan sampai BGTK mengisinya.
              </p>
              <div className="mb-6 grid items-start gap-4 lg:grid-cols-2">
                <TierTable title="Per kabupaten/kota" rows={effect.byRegion} groups={effect.groups} hideBelow={effect.hideBelow} />
                <TierTable title="Per mata pelajaran" rows={effect.bySubject} groups={effect.groups} hideBelow={effect.hideBelow} />
              </div>
            </>
          )
        }
      </DecidedBy>
      <Card title="Rencana guru" className="mb-6">
        {running && job.createdBy === actor.userId ? (
          <JobProgress id={job.id} title="Usulan rencana sedang disusun" />
        ) : (
          <ActionForm
            action={proposeAll}
            label="Susun usulan rencana"
            className="mb-4"
            ask={{
              question:
                'Usulan semua guru yang belum menyepakati rencananya diganti dengan yang baru. Rencana yang sudah disepakati dan kehadiran yang tercatat tetap.',
              yes: 'Ya, susun usulan',
            }}
          >
            <p className="mb-3 max-w-prose text-sm text-soft">
              Usulan disusun untuk semua guru yang memiliki hasil. Usulan lama diganti; rencana yang sudah disepakati guru tetap.
            </p>
            <Button>Susun usulan untuk semua</Button>
          </ActionForm>
        )}
        {done.total.plans > 0 && <Progress view={done} />}
      </Card>
      {gaps.length > 0 && (
        <Notice tone="care" title="Area tanpa modul">
          Katalog belum memiliki modul untuk: {gaps.join(', ')}. Guru dengan area itu mendapat modul yang lebih umum.
        </Notice>
      )}
    </Shell>
  )
}
