/** How far the loading of a demonstration has come, as screens tell it. Pure. */
export type StepState = 'waiting' | 'running' | 'done' | 'failed'

export type LoadingStep = {
  name: string
  title: string
  /** Its share of the whole work. */
  weight: number
  state: StepState
  /** What it did, or the machine's own words where it failed. */
  words: string | null
  startedAt: Date | null
  endedAt: Date | null
}

export type Loading = { percent: number; waiting: number; failed: number }

/** Percent of the work that is there, whole and never 100 while anything is missing; null where nothing is (any more) to be loaded. */
export function loadingOf(steps: readonly Pick<LoadingStep, 'weight' | 'state'>[]): Loading | null {
  const missing = steps.filter((s) => s.state !== 'done')
  if (missing.length === 0) return null
  const sum = (list: readonly { weight: number }[]) => list.reduce((total, s) => total + s.weight, 0)
  const failed = missing.filter((s) => s.state === 'failed').length
  const all = sum(steps)
  return { percent: Math.min(99, Math.floor((100 * (all - sum(missing))) / all)), waiting: missing.length - failed, failed }
}

/** The line that every page of a demonstration shows while it is loading. */
export const loadingWords = (l: Loading): string =>
  `Data peragaan: ${l.percent} persen${l.failed ? `, ${l.failed} langkah gagal` : ' termuat, sisanya sedang dimuat'}.`
