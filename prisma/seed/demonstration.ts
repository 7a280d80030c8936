import { loadingSteps, planLoading, unfinishedLoading } from '@/lib/platform/loading'
import type { Compute } from '@/lib/calibration/inside'
import { analysisThreads } from '@/scripts/compute'
import { demonstrationSteps } from './plan'
import { runSteps, type Step } from './steps'

/** The simulated province: deterministic from the seed, loaded step by step, and loaded on where it was broken off. */

export { filling, isEmpty } from './filling'
export { loadFoundations } from './plan'

/** Writes down what the demonstration of an empty database will be. `every` takes each k-th participant, for tests. */
export async function planDemonstration(every: number, now: Date): Promise<void> {
  await planLoading(demonstrationSteps({ every, now, compute: notYet }), every, now)
}

/** How many steps are missing of what the first minutes need. */
export async function missingFirst(): Promise<number> {
  const asked = await unfinishedLoading()
  if (!asked) return 0
  const later = new Set(demonstrationSteps({ ...asked, compute: notYet }).flatMap((s) => (s.later ? [s.name] : [])))
  return (await loadingSteps()).filter((s) => s.state !== 'done' && !later.has(s.name)).length
}

const notYet: Compute = () => Promise.reject(new Error('Planning computes nothing.'))

/**
 * Loads on what was planned and is not there yet, calibrations in threads; nothing where nothing is. `heard` hears of every step that is
 * done. Answers the steps that failed with what they threw: what needs them waits, everything else is there.
 */
export async function goOnLoading(heard: (step: Step, words: string | null) => void): Promise<{ name: string; error: unknown }[]> {
  const asked = await unfinishedLoading()
  if (!asked) return []
  const threads = analysisThreads()
  try {
    return await runSteps(demonstrationSteps({ ...asked, compute: threads.compute }), heard)
  } finally {
    await threads.close()
  }
}

/** Loads the whole demonstration into an empty database before it answers; throws what a step threw. */
export async function loadDemonstration(say: (words: string) => void, every = 1, now = new Date()): Promise<void> {
  await planDemonstration(every, now)
  const [failed] = await goOnLoading((step, words) => say(words ? `${step.title}: ${words}` : step.title))
  if (failed) throw failed.error
}
