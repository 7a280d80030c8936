import { databaseAway, inTransaction } from '@/lib/platform/db'
import { breakStep, endStep, holdStep, loadingSteps, markStep } from '@/lib/platform/loading'
import { seeded, type Chance } from '@/lib/platform/random'

/** One step of the demonstration. All that it writes stands or falls together, with the line that says that it is done. */
export type Step = {
  name: string
  title: string
  /** Its share of the work: seconds of one core as measured once; only the proportions matter. */
  weight: number
  /** What must be there before. */
  after: readonly string[]
  /** Where chance comes from: a seed of its own, or where the step of this name left off; nothing where nothing is drawn. */
  chance?: number | string
  /** Whether the demonstration can be shown without it. */
  later?: boolean
  /** A text that it answers says what it did, where the title does not. */
  run: (random: Chance) => Promise<unknown>
}

/** Steps done at a time: one computes in a thread while another one waits for the database. */
const AT_ONCE = 2

type Outcome = { name: string; error: unknown }

/**
 * Does every step that is not done, two at a time and each as soon as what it needs is there. A step that fails holds back only those that
 * need it. Answers the failures; `heard` hears of every step that is done, with what it did.
 */
export async function runSteps(steps: readonly Step[], heard: (step: Step, words: string | null) => void): Promise<Outcome[]> {
  const ledger = await loadingSteps()
  const done = new Map(ledger.flatMap((l) => (l.state === 'done' ? [[l.name, l.chance] as const] : [])))
  const failed: Outcome[] = []
  const given = new Set<string>(ledger.flatMap((l) => (l.state === 'failed' ? [l.name] : [])))
  const running = new Map<string, Promise<void>>()
  const next = () => steps.find((s) => !done.has(s.name) && !given.has(s.name) && s.after.every((a) => done.has(a)))
  for (;;) {
    for (let step = next(); step && running.size < AT_ONCE; step = next()) {
      const { name } = step
      given.add(name)
      const from = typeof step.chance === 'string' ? (done.get(step.chance) ?? null) : (step.chance ?? null)
      const work = doStep(step, from).then(
        ({ words, chance }) => {
          done.set(name, chance)
          heard(step, words)
        },
        async (error: unknown) => {
          // A database that is away for a moment is no fault of the step: whoever keeps the loading alive begins again.
          if (databaseAway(error)) throw error
          failed.push({ name, error })
          await breakStep(name, error, new Date())
        },
      )
      running.set(
        name,
        work.finally(() => running.delete(name)),
      )
    }
    if (running.size === 0) return failed
    await Promise.race(running.values())
  }
}

async function doStep(step: Step, from: number | null): Promise<{ words: string | null; chance: number | null }> {
  await markStep(step.name, new Date())
  return inTransaction(async (tx) => {
    const random = seeded(from ?? 0)
    // Another loading of the same database did it meanwhile.
    if (!(await holdStep(tx, step.name))) {
      const line = (await loadingSteps()).find((l) => l.name === step.name)
      return { words: line?.words ?? null, chance: line?.chance ?? null }
    }
    const answer = await step.run(random)
    const words = typeof answer === 'string' ? answer : null
    const chance = step.chance === undefined ? null : random.state()
    await endStep(tx, step.name, { words, chance }, new Date())
    return { words, chance }
  })
}
