import { Link } from '@/components/ui/link'
import { buttonClass } from '@/components/ui/form'
import { Badge } from '@/components/ui/page'
import { nextStep, pathSteps, stepStates, type Step, type StepState } from '@/lib/sittings/path-model'

const tones: Record<StepState, 'good' | 'care' | 'plain'> = { done: 'good', lacks: 'care', waits: 'plain' }
const link = 'inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4'

export const StepBadge = ({ state }: { state: StepState }) => <Badge tone={tones[state]}>{stepStates[state]}</Badge>

/** What a step says, of many sittings the first few. */
export function StepWords({ step, most = 4 }: { step: Step; most?: number }) {
  return (
    <>
      {step.words.slice(0, most).map((w) => (
        <span key={w} className="block">
          {w}
        </span>
      ))}
      {step.words.length > most && <span className="block text-soft">dan {step.words.length - most} lagi</span>}
    </>
  )
}

/** The way of a cycle: each step with its state, what is missing and one thing to do; the first that lacks something stands out. */
export function CyclePath({ cycleId, steps }: { cycleId: string; steps: Step[] }) {
  const next = nextStep(steps)
  return (
    <ol className="space-y-2">
      {steps.map((step, i) => (
        <li
          key={step.key}
          aria-current={step === next ? 'step' : undefined}
          className={`grid gap-x-4 gap-y-1 rounded-xl border bg-card px-4 py-2 sm:grid-cols-[15rem_minmax(0,1fr)_13rem] sm:items-center ${step === next ? 'border-leaf shadow-[inset_3px_0_0_var(--color-leaf)]' : 'border-line'}`}
        >
          <span className="flex flex-wrap items-center justify-between gap-2">
            <Link href={`/bgtk/siklus/${cycleId}?langkah=${step.key}`} className={link}>
              {i + 1}. {pathSteps[step.key]}
            </Link>
            <StepBadge state={step.state} />
          </span>
          <span className="min-w-0 text-sm">
            <StepWords step={step} most={3} />
          </span>
          {step.action && (
            <Link
              href={step.action.href}
              className={`sm:justify-self-end ${step === next ? buttonClass() : `${link} text-sm sm:text-right`}`}
            >
              {step.action.label}
            </Link>
          )}
        </li>
      ))}
    </ol>
  )
}

/** On the page of a step: where one is, and the way on. */
export function StepWay({ cycleId, steps, at }: { cycleId: string; steps: Step[]; at: Step }) {
  const i = steps.indexOf(at)
  const to = (s: Step | undefined, words: string) =>
    s && (
      <Link href={`/bgtk/siklus/${cycleId}?langkah=${s.key}`} className={link}>
        {words}: {pathSteps[s.key]}
      </Link>
    )
  return (
    <nav aria-label="Langkah siklus" className="no-print mt-6 flex flex-wrap justify-between gap-x-6 border-t border-line pt-2">
      {to(steps[i - 1], 'Sebelumnya')}
      {to(steps[i + 1], 'Berikutnya')}
    </nav>
  )
}
