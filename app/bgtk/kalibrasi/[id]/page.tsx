import { LEAST_RELIABLE } from '@/lib/calibration/reliability-model'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { JobProgress } from '@/components/job-progress'
import { DifferenceReport } from '@/components/measurement/difference'
import { LinkCard, LinkEvidence } from '@/components/measurement/link-card'
import { CalibrationState, RunState } from '@/components/measurement/state'
import { formsNote, rangeOver } from '@/components/measurement/form-figures'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass, Notice, TextArea } from '@/components/ui/form'
import { Card, Figure, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { formatCount, formatMoment, formatNumber } from '@/lib/platform/format'
import { untestedList } from '@/lib/calibration/untested-model'
import { computeScores, releaseScores, stopCalibration } from '@/lib/scoring/actions'
import { testedWords } from '@/lib/calibration/tested-model'
import { calibrationPage } from '@/lib/scoring/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Catatan kalibrasi' }

type View = NonNullable<Awaited<ReturnType<typeof calibrationPage>>>

function Facts({ view: { row, parameters } }: { view: View }) {
  const s = row.settings
  const facts: [string, string][] = [
    ['Aturan yang memilih model', s.rule],
    ['Model', s.model === 'pcm' ? 'PCM (Rasch untuk butir dua kategori), D = 1' : 'GPCM (2PL untuk butir dua kategori), D = 1'],
    [
      'Prior',
      s.priors.slope || s.priors.intercept
        ? 'daya beda lognormal(0; ' +
          formatNumber(s.priors.slope?.kind === 'lognormal' ? s.priors.slope.sd : 0) +
          '), intersep normal(0; 2)'
        : 'tidak ada',
    ],
    [
      'Perhitungan',
      `${s.nodes} titik pada [−6; 6], toleransi ${s.tolerance.toExponential(0)}, kategori berisi kurang dari ${s.minimumPerCategory} jawaban digabung`,
    ],
    [
      'Data',
      `siklus ${row.cycleCodes.join(', ')}${row.n === null ? '' : `; ${testedWords(row.summary?.tested, row.n)}, ${parameters} butir`}`,
    ],
    ['Sidik data (SHA-256)', row.dataHash ?? '–'],
    ['Log-likelihood', row.logLik === null ? '–' : `${formatNumber(row.logLik, 3)} setelah ${row.cycles} putaran`],
    [
      'Sebaran kemampuan',
      row.latentVariance === null ? '–' : `rata-rata ${formatNumber(row.latentMean ?? 0, 2)}, ragam ${formatNumber(row.latentVariance, 3)}`,
    ],
    ['Mesin hitung', row.engine],
    ['Selesai', row.finishedAt ? formatMoment(row.finishedAt) : '–'],
  ]
  return (
    <dl className="space-y-2 text-sm">
      {facts.map(([name, words]) => (
        <div key={name} className="sm:grid sm:grid-cols-[14rem_1fr] sm:gap-4">
          <dt className="font-semibold">{name}</dt>
          <dd className="min-w-0 text-soft [overflow-wrap:anywhere]">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

function Warnings({ warnings }: { warnings: NonNullable<View['row']['warnings']> }) {
  if (warnings.length === 0) return null
  return (
    <details className="mt-4">
      <summary className="min-h-11 py-2 text-sm font-semibold text-leaf">
        {warnings.length} catatan dari mesin hitung (dalam bahasa Inggris)
      </summary>
      <ul className="list-disc space-y-1 pl-5 text-sm text-soft" lang="en">
        {warnings.map((w, i) => (
          <li key={i}>{w.detail}</li>
        ))}
      </ul>
    </details>
  )
}

function Runs({ view: { row, runs, doubtful, untested, unrated, behind } }: { view: View }) {
  const gateClosed = behind?.gate === 'closed'
  const answerable = doubtful.length > 0 || untested.length > 0 || unrated > 0 || gateClosed
  return (
    <ul className="space-y-4">
      {runs.map((run) => (
        <li key={run.id} className="rounded-lg border border-line p-3">
          <p className="mb-2 flex flex-wrap items-center gap-2 text-sm">
            <RunState state={run.state} /> {formatMoment(run.createdAt)} · {formatCount(run.diff?.n ?? 0)} hasil · aturan versi{' '}
            {run.ruleVersion}
          </p>
          <p className="mb-2 text-sm text-soft">
            500 = θ {formatNumber(run.thetaCut, 2)}; 100 poin = {formatNumber(run.sigma, 2)} θ. {run.cutReason}
          </p>
          {run.state === 'computing' && <JobProgress id={run.id} title="Skor sedang dihitung" />}
          {run.diff && <DifferenceReport diff={run.diff} caption="Perpindahan tingkat penguasaan bila dirilis" />}
          {run.state === 'draft' && (
            <p className="mt-2">
              <a href={`/api/exports/perubahan-skor?skor=${run.id}`} className={buttonClass('quiet')}>
                Unduh daftar perubahan per orang (CSV)
              </a>{' '}
              <span className="text-sm text-soft">Tanpa peserta sesi yang hasilnya masih ditahan.</span>
            </p>
          )}
          {run.state === 'draft' && (
            <ActionForm
              action={releaseScores}
              label="Rilis skor"
              className="mt-3 space-y-3"
              ask={{
                question:
                  'Skor ini menjadi hasil resmi semua peserta yang dicakupnya, di halaman mereka dan di peta. Rilis tidak dapat ditarik; hanya rilis berikutnya yang menggantikannya.',
                yes: 'Ya, rilis skor',
              }}
            >
              <input type="hidden" name="id" value={row.id} />
              <input type="hidden" name="run" value={run.id} />
              {doubtful.length > 0 && (
                <Notice tone="bad" title={`Kunci diragukan: ${doubtful.join(', ')}`}>
                  Periksa dahulu di{' '}
                  <Link href={`/bgtk/analisis/${row.instrumentCode}`} className="underline">
                    analisis butir
                  </Link>
                  .
                </Notice>
              )}
              {unrated > 0 && (
                <Notice tone="care" title={`${formatCount(unrated)} jawaban uraian belum selesai dinilai`}>
                  Jawaban itu belum masuk skor. Lihat{' '}
                  <Link href={`/bgtk/instrumen/${row.instrumentCode}/uraian`} className="underline">
                    penilaian uraian
                  </Link>
                  .
                </Notice>
              )}
              {untested.length > 0 && (
                <Notice tone="care" title={`Keadilan belum seluruhnya teruji: ${untestedList(untested)}`}>
                  Kelompoknya terlalu kecil untuk dibandingkan, jadi tidak ada bukti untuk maupun lawan. Sebab per butir ada di{' '}
                  <Link href={`/bgtk/analisis/${row.instrumentCode}?kalibrasi=${row.id}`} className="underline">
                    analisis butir
                  </Link>
                  . Tulis siapa yang menimbangnya.
                </Notice>
              )}
              {answerable && (
                <TextArea
                  label={gateClosed ? 'Alasan merilis dengan gerbang tertutup' : 'Alasan merilis sekarang'}
                  name="reason"
                  minLength={10}
                  required={gateClosed}
                  hint="Alasan ini masuk catatan akses."
                />
              )}
              <Button>Rilis skor ini</Button>
            </ActionForm>
          )}
        </li>
      ))}
    </ul>
  )
}

export default async function CalibrationPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('calibration:run')
  const view = await calibrationPage(actor, await idIn(params))
  if (!view) notFound()
  const { row, runs, cut, behind, links, target, codes } = view
  const working = row.state === 'waiting' || row.state === 'running'
  const s = row.summary
  return (
    <Shell actor={actor}>
      <PageHead
        title={row.instrumentTitle}
        lead={`Kalibrasi ${formatMoment(row.createdAt)}`}
        back={{ href: '/bgtk/kalibrasi', label: 'Kalibrasi' }}
      >
        <CalibrationState row={row} released={runs.some((r) => r.state === 'released')} />
      </PageHead>
      {working && (
        <div className="mb-6 space-y-3">
          <JobProgress id={row.id} title="Kalibrasi sedang dihitung" />
          <ActionForm
            action={stopCalibration}
            label="Batalkan kalibrasi"
            ask={{
              question: 'Perhitungan dihentikan dan hasil sementaranya hilang. Kalibrasi dapat dimulai lagi dari awal.',
              yes: 'Ya, batalkan',
            }}
          >
            <input type="hidden" name="id" value={row.id} />
            <Button look="careful">Batalkan</Button>
          </ActionForm>
        </div>
      )}
      {row.state === 'failed' && (
        <div className="mb-6">
          <Notice tone="bad" title="Kalibrasi ini gagal">
            Skor yang berlaku tidak berubah. Sebab menurut mesin hitung:{' '}
            <span lang="en">{row.warnings?.map((w) => w.detail).join(' ')}</span>
          </Notice>
        </div>
      )}
      {row.state === 'cancelled' && (
        <div className="mb-6">
          <Notice title="Kalibrasi ini dibatalkan">Skor yang berlaku tidak berubah. Mulai lagi kapan saja dari halaman Kalibrasi.</Notice>
        </div>
      )}
      {row.state === 'done' && row.converged === false && (
        <Notice tone="bad" title="Perhitungan tidak mencapai hasil yang tetap">
          Kalibrasi ini disimpan sebagai catatan, tetapi tidak boleh dipakai untuk skor. Periksa butir bertanda, lalu ulangi.
        </Notice>
      )}
      {s && (
        <>
          <div className="my-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
            <Figure
              label="Lembar jawaban"
              value={formatCount(row.n ?? 0)}
              note={`${s.tested ? `dari ${formatCount(s.tested.people)} orang` : 'banyaknya orang tidak dicatat'} · siklus ${row.cycleCodes.join(', ')}`}
            />
            <Figure
              label="Reliabilitas (WLE)"
              value={s.wle === null ? '–' : formatNumber(s.wle, 2)}
              note="bagian ragam skor yang bukan galat"
            />
            <Figure label="Alfa" value={rangeOver(s.forms, (f) => f.alpha)} note={formsNote(s.forms)} />
            <Figure label="Omega" value={rangeOver(s.forms, (f) => f.omega)} note="satu faktor" />
          </div>
          {s.wle !== null && s.wle < LEAST_RELIABLE && (
            <div className="mb-6">
              <Notice tone="care" title="Tes ini terlalu pendek untuk keputusan tentang perorangan">
                Reliabilitas di bawah 0,70: rentang setiap skor akan lebar. Rata-rata kelompok besar tetap dapat dibaca; untuk perorangan
                tambahkan butir.
              </Notice>
            </div>
          )}
        </>
      )}
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title="Catatan tetap">
          <Facts view={view} />
          {row.warnings && row.state === 'done' && <Warnings warnings={row.warnings} />}
          {row.state === 'done' && (
            <p className="mt-4">
              <Link href={`/bgtk/analisis/${row.instrumentCode}?kalibrasi=${row.id}`} className={buttonClass('quiet')}>
                Analisis butir
              </Link>
            </p>
          )}
        </Card>
        {behind?.report && (
          <Card title="Tautan di balik catatan ini">
            <LinkEvidence report={behind.report} codes={codes} />
            <p className="mt-3 text-sm">
              <Link href={`/bgtk/kalibrasi/${behind.calibrationId}`} className="text-leaf underline underline-offset-4">
                Kalibrasi ukur ulang
              </Link>
            </p>
          </Card>
        )}
        {target && <LinkCard calibrationId={row.id} target={target.cycleCodes.join(', ')} links={links} codes={codes} />}
        {row.state === 'done' && row.converged && !target && (
          <Card title="Skor dari kalibrasi ini">
            {cut?.method === 'provisional' && (
              <div className="mb-3">
                <Notice tone="care" title="Batas kompeten masih sementara">
                  Belum ada keputusan dari panel penetapan batas. Semua layar yang memakai skala ini menyatakannya.
                </Notice>
              </div>
            )}
            <Runs view={view} />
            <ActionForm action={computeScores} label="Hitung skor" className="mt-4">
              <input type="hidden" name="id" value={row.id} />
              <Button look={runs.length ? 'quiet' : 'primary'}>{runs.length ? 'Hitung ulang skor' : 'Hitung skor'}</Button>
              <p className="mt-1 text-sm text-soft">
                Menghitung tidak mengubah apa pun bagi guru; Anda melihat dahulu siapa yang berpindah tingkat.
              </p>
            </ActionForm>
          </Card>
        )}
      </div>
    </Shell>
  )
}
