import type { Metadata } from 'next'
import { connection } from 'next/server'
import { PlainPage } from '@/components/plain-page'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice } from '@/components/ui/form'
import { Badge, Card, Empty } from '@/components/ui/page'
import { loadingAgain } from '@/lib/access/jobs-actions'
import { currentActor, loadingTrouble, may } from '@/lib/access/service'
import { loadingOf, loadingWords, type LoadingStep, type StepState } from '@/lib/platform/loading-model'
import { formatClock, formatCount, loadingShown } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Data peragaan' }

const states: Record<StepState, { words: string; tone: 'good' | 'info' | 'bad' | 'plain' }> = {
  waiting: { words: 'Menunggu', tone: 'plain' },
  running: { words: 'Sedang dimuat', tone: 'info' },
  done: { words: 'Termuat', tone: 'good' },
  failed: { words: 'Gagal', tone: 'bad' },
}

function Step({ step, problem }: { step: LoadingStep; problem: string | null }) {
  const { words, tone } = states[step.state]
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line py-2">
      <span>
        {step.title}
        {step.state === 'done' && step.endedAt && <span className="text-sm text-soft"> · {formatClock(step.endedAt)}</span>}
        {step.state === 'done' && step.words && <span className="block text-sm text-soft">{step.words}</span>}
        {step.state === 'failed' && (
          <span className="block text-sm">
            Langkah ini gagal karena kesalahan sistem. Yang sudah termuat tetap ada; langkah yang memerlukannya menunggu.
            {problem !== null && <span className="mt-1 block break-words">{problem}</span>}
          </span>
        )}
      </span>
      <Badge tone={tone}>{words}</Badge>
      {problem !== null && (
        <ActionForm action={loadingAgain} label={`Muat lagi: ${step.title}`} className="basis-full">
          <input type="hidden" name="step" value={step.name} />
          <Button look="quiet">Muat lagi</Button>
        </ActionForm>
      )}
    </li>
  )
}

/** What of the demonstration is there, what is still coming, and what failed; done again from here by those who may. */
export default async function DemonstrationPage() {
  await connection()
  const [steps, actor] = await Promise.all([loadingShown(), currentActor()])
  const problems = actor && may(actor, 'jobs:manage') ? await loadingTrouble(actor) : {}
  const loading = loadingOf(steps)
  const coming = steps.filter((s) => s.state !== 'done')
  const there = steps.filter((s) => s.state === 'done')
  const list = (some: typeof steps) => (
    <ul>
      {some.map((s) => (
        <Step key={s.name} step={s} problem={problems[s.name] ?? null} />
      ))}
    </ul>
  )
  return (
    <PlainPage>
      <h1 className="mb-2">Data peragaan</h1>
      <p className="mb-5 max-w-prose text-soft">
        Data simulasi dimuat langkah demi langkah, sementara halaman lain sudah dapat dipakai dengan yang ada. Bila komputer dimatikan di
        tengah jalan, pemuatan berlanjut dari langkah yang sama pada npm start berikutnya.
      </p>
      {steps.length === 0 ? (
        <Empty title="Tidak ada data peragaan di sini">Instalasi ini tidak memuat data simulasi.</Empty>
      ) : (
        <>
          <Notice tone={loading ? (loading.failed ? 'bad' : 'info') : 'good'} role="status" title="Keadaan sekarang">
            {loading
              ? `${loadingWords(loading)} Masih ${formatCount(coming.length)} dari ${formatCount(steps.length)} langkah. Muat ulang halaman ini untuk melihat kemajuannya.`
              : `Lengkap: ${formatCount(steps.length)} langkah termuat.`}
          </Notice>
          {coming.length > 0 && (
            <Card title="Yang masih akan datang" className="mt-6">
              {list(coming)}
            </Card>
          )}
          {there.length > 0 && (
            <details className="mt-6">
              <summary className="min-h-11 cursor-pointer py-2 font-semibold">
                Yang sudah termuat ({formatCount(there.length)} langkah)
              </summary>
              {list(there)}
            </details>
          )}
        </>
      )}
    </PlainPage>
  )
}
