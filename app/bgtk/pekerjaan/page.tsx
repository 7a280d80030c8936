import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { jobAgain, standingAgain } from '@/lib/access/jobs-actions'
import { jobsView, requireActor } from '@/lib/access/service'
import { askAgainAt, standingTasks, standingTrouble, taskTitle, type StandingTask } from '@/lib/platform/job-model'
import { formatCount, formatMoment } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Pekerjaan sistem' }

type View = Awaited<ReturnType<typeof jobsView>>
type Run = View['standing'][number]

const troubles = { failed: 'Gagal', partly: 'Gagal sebagian', stopped: 'Tidak berjalan lagi' } as const

function State({ run, now }: { run: Run | undefined; now: Date }) {
  if (!run) return <Badge tone="info">Belum pernah berjalan</Badge>
  const trouble = standingTrouble(run, now)
  return trouble ? <Badge tone="bad">{troubles[trouble]}</Badge> : <Badge tone="good">Berjalan</Badge>
}

function Standing({ task, run, now }: { task: StandingTask; run: Run | undefined; now: Date }) {
  return (
    <li className="rounded-xl border border-line bg-card p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-base">{standingTasks[task]}</h3>
        <State run={run} now={now} />
      </div>
      {run && (
        <p className="mt-1 text-sm text-soft">
          Terakhir {formatMoment(run.endedAt)}
          {run.failed > 0 && `; ${formatCount(run.failed)} baris gagal, ${formatCount(run.done)} selesai`}
          {run.failingSince && `; gagal sejak ${formatMoment(run.failingSince)}`}.
        </p>
      )}
      {run && run.failures.length > 0 && (
        <ul className="mt-2 space-y-1 text-sm">
          {run.failures.map((f, i) => (
            <li key={i} className="break-words">
              <span className="font-semibold">{f.object}</span>: {f.words}
            </li>
          ))}
        </ul>
      )}
      <ActionForm action={standingAgain} label={`Jalankan lagi: ${standingTasks[task]}`} className="mt-3">
        <input type="hidden" name="task" value={task} />
        <Button look="quiet">Jalankan sekarang</Button>
      </ActionForm>
    </li>
  )
}

function UnderWay({ job }: { job: View['underWay'][number] }) {
  return (
    <li className="rounded-xl border border-line bg-card p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-base">{taskTitle(job.kind)}</h3>
        <Badge tone="info">{job.state === 'running' ? 'Berjalan' : 'Menunggu giliran'}</Badge>
      </div>
      <p className="mt-1 text-sm text-soft">
        Diminta {formatMoment(job.createdAt)}.{job.words && ` ${job.words}`}
        {job.total > 0 && ` (${formatCount(Math.round((100 * job.done) / job.total))} persen)`}
      </p>
    </li>
  )
}

function Broken({ job }: { job: View['troubled'][number] }) {
  const elsewhere = askAgainAt(job.kind)
  return (
    <li className="rounded-xl border border-line bg-card p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-base">{taskTitle(job.kind)}</h3>
        <Badge tone="bad">{job.problem === null ? 'Tanpa kabar' : 'Gagal'}</Badge>
      </div>
      <p className="mt-1 text-sm text-soft">
        Diminta {formatMoment(job.createdAt)},{' '}
        {job.problem === null ? `terakhir berkabar ${formatMoment(job.updatedAt)}.` : `gagal ${formatMoment(job.updatedAt)}.`} {job.words}
      </p>
      <p className="mt-2 break-words text-sm">
        {job.problem ?? 'Pekerjanya mungkin terhenti, atau pekerjaan ini menunggu pekerjaan lain yang terhenti.'}
      </p>
      {elsewhere ? (
        <p className="mt-3 text-sm">
          Yang dikerjakannya sudah dihapus.{' '}
          <Link href={elsewhere} className="text-leaf underline underline-offset-4">
            Mulai yang baru
          </Link>
        </p>
      ) : (
        job.again && (
          <ActionForm action={jobAgain} label={`Jalankan lagi: ${taskTitle(job.kind)}`} className="mt-3">
            <input type="hidden" name="jobId" value={job.id} />
            <Button look="quiet">Jalankan lagi</Button>
          </ActionForm>
        )
      )}
    </li>
  )
}

/** What the system does by itself and what broke off: seen, with the machine's own words, and done again from here. */
export default async function JobsPage() {
  const actor = await requireActor('jobs:manage')
  const now = new Date()
  const { standing, underWay, troubled } = await jobsView(actor, now)
  const runs = new Map(standing.map((r) => [r.task, r]))
  const tasks = Object.keys(standingTasks) as StandingTask[]
  const wrong = tasks.filter((t) => {
    const run = runs.get(t)
    return run && standingTrouble(run, now)
  })
  return (
    <Shell actor={actor}>
      <PageHead
        title="Pekerjaan sistem"
        lead="Yang dikerjakan sistem sendiri setiap menit atau setiap malam, dan pekerjaan pesanan: yang berjalan dan yang gagal. Satu baris yang bermasalah tidak menahan yang lain; sistem mencobanya lagi pada giliran berikutnya."
      />
      <Notice tone={wrong.length || troubled.length ? 'bad' : 'good'} role="status" title="Keadaan sekarang">
        {wrong.length || troubled.length
          ? `${formatCount(wrong.length)} pekerjaan tetap dan ${formatCount(troubled.length)} pekerjaan pesanan bermasalah. Jawaban peserta tetap aman; sebabnya tertulis di bawah.`
          : 'Tidak ada pekerjaan yang bermasalah.'}
      </Notice>
      <Card title="Pekerjaan tetap" className="mt-6">
        <ul className="grid items-start gap-4 md:grid-cols-2">
          {tasks.map((t) => (
            <Standing key={t} task={t} run={runs.get(t)} now={now} />
          ))}
        </ul>
      </Card>
      <Card title="Pekerjaan pesanan yang berjalan atau menunggu" className="mt-6">
        {underWay.length === 0 ? (
          <Empty title="Tidak ada yang berjalan">Yang dipesan dari halaman lain, misalnya kalibrasi, tampil di sini sampai selesai.</Empty>
        ) : (
          <ul className="grid items-start gap-4 md:grid-cols-2">
            {underWay.map((j) => (
              <UnderWay key={j.id} job={j} />
            ))}
          </ul>
        )}
      </Card>
      <Card title="Pekerjaan pesanan yang gagal atau tanpa kabar" className="mt-6">
        {troubled.length === 0 ? (
          <Empty title="Tidak ada yang gagal">Yang gagal atau berjam-jam tanpa kabar dalam 30 hari terakhir tampil di sini.</Empty>
        ) : (
          <ul className="grid items-start gap-4 md:grid-cols-2">
            {troubled.map((j) => (
              <Broken key={j.id} job={j} />
            ))}
          </ul>
        )}
      </Card>
    </Shell>
  )
}
