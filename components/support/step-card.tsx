import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, TextArea } from '@/components/ui/form'
import { Badge } from '@/components/ui/page'
import { ModuleDetails } from './module-details'
import { OwnLotNote } from './own-lot'
import { heldBack } from '@/lib/plans/lottery-model'
import { changeStep } from '@/lib/plans/actions'
import { modeNames, stepStates, type Mode, type StepState } from '@/lib/plans/model'
import { competencyNames } from '@/lib/sittings/model'
import type { OwnStep } from '@/lib/plans/service'
import { formatDate, formatNumber, toDateInput } from '@/lib/platform/service'

const tones: Record<StepState, 'plain' | 'good' | 'care' | 'info'> = {
  proposed: 'plain',
  agreed: 'info',
  running: 'care',
  done: 'good',
  dropped: 'plain',
}

/** One step of the own plan: what, why, when, and what to do with it. */
export function StepCard({ step, today, agreed }: { step: OwnStep; today: Date; agreed: boolean }) {
  const { module: m } = step
  const open = step.state !== 'done' && step.state !== 'dropped'
  return (
    <article className="rounded-xl border border-line bg-card p-4 sm:p-5" aria-labelledby={`step-${step.id}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 id={`step-${step.id}`} className="font-semibold">
          {m.title}
        </h3>
        <Badge tone={tones[step.state]}>{stepStates[step.state]}</Badge>
      </div>
      <p className="mt-1 text-sm text-soft">
        {modeNames[m.mode]} · {m.hours} JP ·{' '}
        {step.held
          ? `${formatDate(new Date(`${step.startsOn}T00:00:00+07:00`))}${
              step.dueOn === step.startsOn ? '' : ` sampai ${formatDate(new Date(`${step.dueOn}T00:00:00+07:00`))}`
            }`
          : 'tidak sempat diikuti sebelum tes berikutnya; langkah ini tidak ikut disepakati'}
      </p>
      <p className="mt-2">{m.outcome}</p>
      <p className="mt-2 text-sm">
        <strong>Mengapa ini.</strong> {step.why}
      </p>
      {step.lot && open && <OwnLotNote lot={step.lot} today={today} />}
      {m.link && (
        <p className="mt-2 text-sm">
          <a href={m.link} className="font-semibold text-leaf underline underline-offset-4">
            Buka bahan modul
          </a>
        </p>
      )}
      <ModuleDetails module={m} label="Yang dikerjakan" />
      <p className="mt-3 text-sm tabular-nums">
        {formatNumber(step.attended, step.attended % 1 ? 1 : 0)} dari {m.hours} JP tercatat
      </p>
      <div className="h-2 rounded-full bg-line" aria-hidden="true">
        <div className="h-2 rounded-full bg-leaf" style={{ width: `${Math.min(100, (100 * step.attended) / m.hours)}%` }} />
      </div>
      {step.state === 'done' && (
        <div className="mt-3 space-y-1 text-sm">
          <p>
            <strong>Refleksi.</strong> {step.reflection}
          </p>
          <p>
            <strong>Bukti.</strong> {step.evidence}
          </p>
        </div>
      )}
      {step.state === 'dropped' && (
        <ActionForm action={changeStep} label={`Ambil kembali ${m.title}`} className="mt-3">
          <input type="hidden" name="step" value={step.id} />
          <input type="hidden" name="what" value="take" />
          <p className="mb-2 text-sm text-soft">Alasan: {step.note}</p>
          <Button look="quiet">Ambil kembali</Button>
        </ActionForm>
      )}
      {open && !heldBack(step.lot, toDateInput(today)) && <Doing step={step} today={today} />}
      {open && agreed && step.startsOn <= toDateInput(today) && <Moving step={step} />}
      {open && <Adjusting step={step} />}
    </article>
  )
}

function Doing({ step, today }: { step: OwnStep; today: Date }) {
  return (
    <div className="no-print mt-3 space-y-2">
      <details>
        <summary className="min-h-11 content-center font-semibold text-leaf">Catat kehadiran atau waktu belajar</summary>
        <ActionForm
          action={changeStep}
          label={`Kehadiran ${step.module.title}`}
          className="grid grid-cols-2 gap-3 py-2 sm:grid-cols-[12rem_8rem_auto] sm:items-end"
        >
          <input type="hidden" name="step" value={step.id} />
          <input type="hidden" name="what" value="attend" />
          <Field
            id={`on-${step.id}`}
            label="Tanggal"
            name="on"
            type="date"
            required
            defaultValue={toDateInput(today)}
            max={toDateInput(today)}
          />
          <Field id={`hours-${step.id}`} label="JP" name="hours" type="number" required min={0.5} max={16} step={0.5} defaultValue={2} />
          <Button look="quiet">Catat</Button>
        </ActionForm>
      </details>
      <details>
        <summary className="min-h-11 content-center font-semibold text-leaf">Selesaikan dengan refleksi dan bukti</summary>
        <ActionForm action={changeStep} label={`Selesaikan ${step.module.title}`} className="space-y-3 py-2">
          <input type="hidden" name="step" value={step.id} />
          <input type="hidden" name="what" value="finish" />
          <TextArea
            id={`reflection-${step.id}`}
            label="Refleksi"
            name="reflection"
            required
            minLength={20}
            maxLength={2000}
            hint={step.module.reflection}
            defaultValue={step.reflection ?? ''}
          />
          <Field
            id={`evidence-${step.id}`}
            label="Bukti (tautan atau keterangan)"
            name="evidence"
            required
            minLength={5}
            maxLength={1000}
            defaultValue={step.evidence ?? ''}
          />
          <Button>Selesai</Button>
        </ActionForm>
      </details>
    </div>
  )
}

/** An agreed step is moved by its teacher and by nobody else. */
function Moving({ step }: { step: OwnStep }) {
  return (
    <ActionForm action={changeStep} label={`Pindahkan ${step.module.title}`} className="no-print mt-3">
      <input type="hidden" name="step" value={step.id} />
      <input type="hidden" name="what" value="later" />
      <Button look="quiet">Pindahkan ke Hari Belajar Guru berikutnya</Button>
    </ActionForm>
  )
}

function Adjusting({ step }: { step: OwnStep }) {
  return (
    <details className="no-print mt-2">
      <summary className="min-h-11 content-center font-semibold text-leaf">Ganti atau lewati langkah ini</summary>
      <div className="space-y-4 py-2">
        {step.others.length > 0 ? (
          <ActionForm action={changeStep} label={`Ganti ${step.module.title}`} className="space-y-3">
            <input type="hidden" name="step" value={step.id} />
            <input type="hidden" name="what" value="swap" />
            <fieldset className="space-y-2">
              <legend className="text-sm font-semibold">Ganti dengan</legend>
              {step.others.map((o, i) => (
                <label key={o.code} className="flex min-h-11 gap-3 rounded-lg border border-line p-3">
                  <input type="radio" name="module" value={o.code} defaultChecked={i === 0} className="mt-1 size-5 shrink-0 accent-leaf" />
                  <span>
                    <span className="block font-semibold">{o.title}</span>
                    <span className="block text-sm text-soft">
                      {modeNames[o.mode as Mode]}, {o.hours} JP. {o.why}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
            <Button look="quiet">Ganti modul</Button>
          </ActionForm>
        ) : (
          <p className="text-sm">
            Tidak ada pengganti: katalog belum memuat modul lain yang masih dapat diikuti sebelum tes berikutnya, baik untuk{' '}
            {step.areaTitle} maupun untuk area lain yang masih perlu diperkuat pada kompetensi {competencyNames[step.part]!.toLowerCase()}.
          </p>
        )}
        <ActionForm action={changeStep} label={`Lewati ${step.module.title}`} className="space-y-3">
          <input type="hidden" name="step" value={step.id} />
          <input type="hidden" name="what" value="drop" />
          <Field id={`drop-${step.id}`} label="Alasan tidak mengambil" name="note" required minLength={5} maxLength={300} />
          <Button look="quiet">Lewati</Button>
        </ActionForm>
      </div>
    </details>
  )
}
