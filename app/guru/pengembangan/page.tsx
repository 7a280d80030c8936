import type { Metadata } from 'next'
import { KeptPage } from '@/components/kept-page'
import { Shell } from '@/components/shell'
import { PlanThisWeek } from '@/components/support/beginning'
import { OwnLotNote } from '@/components/support/own-lot'
import { StepCard } from '@/components/support/step-card'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { competencyNames } from '@/lib/sittings/model'
import { acceptPlan, askPlan } from '@/lib/plans/actions'
import { planStates } from '@/lib/plans/model'
import { ownPlan } from '@/lib/plans/service'
import { formatDate } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Pengembangan' }

/** From the result to help: the own plan, step by step. */
export default async function DevelopmentPage() {
  const actor = await requireActor('plan:own')
  const now = new Date()
  const own = await ownPlan(actor, now)
  if (!own) {
    return (
      <Shell actor={actor}>
        <PageHead title="Pengembangan" lead="Rencana belajar yang berangkat dari hasil Anda." />
        <Empty title="Belum ada rencana">
          <p className="mb-4">Rencana disusun dari hasil tes terakhir Anda. Anda bebas mengganti, menunda, atau melewati langkahnya.</p>
          <ActionForm action={askPlan} label="Susun rencana">
            <Button>Susun usulan rencana saya</Button>
          </ActionForm>
        </Empty>
      </Shell>
    )
  }
  const { plan, steps } = own
  return (
    <Shell actor={actor}>
      <KeptPage page="/guru/pengembangan" />
      <PageHead
        title="Pengembangan"
        lead={`Disusun ${formatDate(plan.proposedAt)} dari hasil siklus ${plan.cycleCode}, aturan versi ${plan.ruleVersion}.`}
      >
        <Badge tone={plan.state === 'proposed' ? 'care' : 'good'}>{planStates[plan.state]}</Badge>
        <a href="/api/exports/kalender" className={buttonClass('quiet')}>
          Kalender (.ics)
        </a>
      </PageHead>
      <Card title="Pekan ini" className="mb-6">
        <PlanThisWeek plan={own} />
      </Card>
      {own.newer && (
        <Card className="mb-6">
          <p className="mb-3 max-w-prose">
            Rencana ini berangkat dari hasil siklus {plan.cycleCode}; hasil siklus {own.newer} sudah ada. Tingkat dukungan dan alasan di
            bawah memakai hasil terbaru. Anda dapat meneruskan rencana ini, atau menyusun usulan baru; kehadiran yang sudah tercatat tetap
            tersimpan.
          </p>
          <ActionForm
            action={askPlan}
            label="Susun usulan dari hasil terbaru"
            ask={{
              question: 'Rencana yang berlaku diganti usulan baru. Kehadiran yang sudah tercatat tetap tersimpan.',
              yes: 'Ya, susun usulan baru',
            }}
          >
            <Button look="quiet">Susun usulan dari hasil terbaru</Button>
          </ActionForm>
        </Card>
      )}
      {plan.state === 'proposed' && steps.length > 0 && (
        <Card className="mb-6">
          <p className="mb-3 max-w-prose">
            Ini usulan, bukan perintah. Ganti atau lewati langkah yang tidak cocok, lalu sepakati rencananya. Sesudah disepakati, langkah
            tetap dapat diubah. Tanggalnya selalu sesudah hari Anda menyepakati.
          </p>
          <ActionForm action={acceptPlan} label="Sepakati rencana">
            <Button>Sepakati rencana</Button>
          </ActionForm>
        </Card>
      )}
      {own.earlierLots.map((l) => (
        <Card key={l.stepId} title={l.title} className="mb-6">
          <OwnLotNote lot={l} today={now} />
        </Card>
      ))}
      <section aria-labelledby="tiers" className="mb-8">
        <h2 id="tiers" className="mb-3">
          Dampingan di setiap kompetensi
        </h2>
        <ul className="grid gap-3 md:grid-cols-3">
          {own.tiers.map((t) => (
            <li key={t.part} className="rounded-xl border border-line bg-card p-4">
              <p className="text-sm text-soft">{competencyNames[t.part]}</p>
              <p className="text-lg font-semibold">{t.name}</p>
              <p className="mt-1 text-sm">{t.words}</p>
              <p className="mt-1 text-sm text-soft">{t.because}</p>
              {t.thin.length > 0 && (
                <p className="mt-1 text-sm text-soft">Area penguatan: {t.thin.map((c) => own.areaTitles[c]).join('; ')}.</p>
              )}
            </li>
          ))}
        </ul>
        <p className="mt-3 max-w-prose text-sm text-soft">
          Tingkat dukungan adalah banyaknya dampingan, bukan nilai diri. Kompetensi kepribadian tidak ikut menentukan. Tidak setuju?{' '}
          <a href="/guru/hasil#banding" className="font-semibold text-leaf underline underline-offset-4">
            Ajukan keberatan
          </a>
          ; seseorang akan menjawabnya.
        </p>
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps" className="mb-3">
          Langkah belajar
        </h2>
        {steps.length === 0 ? (
          <Empty title="Belum ada langkah yang dapat diusulkan">Katalog belum memiliki modul untuk area Anda sebelum tes berikutnya.</Empty>
        ) : (
          <div className="grid items-start gap-4 md:grid-cols-2">
            {steps.map((s) => (
              <StepCard key={s.id} step={s} today={now} agreed={plan.state !== 'proposed'} />
            ))}
          </div>
        )}
      </section>
    </Shell>
  )
}
