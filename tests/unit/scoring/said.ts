import { calibrate } from '@/lib/psychometrics/calibrate'
import { thetaAtShare } from '@/lib/calibration/calibrated-item'
import { settingsFor } from '@/lib/calibration/measurement-rule'
import { normalCdf } from '@/lib/psychometrics/distributions'
import { chanceBelow } from '@/lib/psychometrics/posterior'
import { probabilities, type ItemParameters } from '@/lib/psychometrics/parameters'
import type { Responses } from '@/lib/psychometrics/responses'
import { normal, seeded } from '@/lib/platform/random'
import { latentOfRun, populations } from '@/lib/scoring/latent'
import { measureRows } from '@/lib/scoring/measure'

/** Simulated subjects of which the truth is known, through the product's own calibration, populations and measures. */

export type Subjects = {
  /** Items of the test, people of a subject, how many subjects. */
  items: number
  people: number
  subjects: number
  seed: number
  /** Whether items differ in slope, which the subject tests' model does not know. */
  slopes?: boolean
  /** Whether a quarter of the people lie a deviation and a half below the others. */
  skewed?: boolean
}

/** One person of one subject: what was measured, what is true, both in points. */
export type Simulated = {
  subject: number
  scale: number
  scaleSe: number
  mean: number
  sd: number
  truth: number
}

function answers(items: readonly ItemParameters[], thetas: readonly number[], random: () => number): Responses {
  const cells = new Int8Array(thetas.length * items.length)
  thetas.forEach((theta, i) =>
    items.forEach((item, j) => {
      let u = random()
      let k = 0
      const p = probabilities(item, theta)
      while (k < p.length - 1 && u >= p[k]!) u -= p[k++]!
      cells[i * items.length + j] = k
    }),
  )
  return { ids: items.map((i) => i.id), persons: thetas.length, items: items.length, cells, categories: items.map((i) => i.categories) }
}

/** Two in three items right or wrong, one in three in three steps, as difficult as those of the bank. */
function someTest(length: number, slopes: boolean, random: () => number): ItemParameters[] {
  return Array.from({ length }, (_, j): ItemParameters => {
    const a = slopes ? Math.exp(0.35 * normal(random)) : 1
    const b = 2.4 * (random() - 0.5) + 0.3
    return j % 3 === 2
      ? { id: `i${j}`, model: 'gpcm', categories: 3, a, d: [-a * (b - 0.5), -2 * a * b], c: 0 }
      : { id: `i${j}`, model: '2pl', categories: 2, a, d: [-a * b], c: 0 }
  })
}

/** Where the standard lies, in shares of the test, and the mean ability of all subjects: most people are below it, as in the first wave. */
const [STANDARD, MEAN] = [0.6, -0.2]

/** Everybody of the simulated subjects, each subject with a population of its own. */
export function simulated({ items: length, people, subjects, seed, slopes = false, skewed = false }: Subjects): Simulated[] {
  const random = seeded(seed)
  const drawn = Array.from({ length: subjects }, () => {
    const items = someTest(length, slopes, random)
    const [mean, sd] = [MEAN + 0.3 * normal(random), Math.exp(0.12 * normal(random))]
    const thetas = Array.from({ length: people }, () => {
      const standing = skewed ? (random() < 0.25 ? -1.1 : 0.37) + 0.77 * normal(random) : normal(random)
      return mean + sd * standing
    })
    const data = answers(items, thetas, random)
    const found = calibrate(data, settingsFor('4', people))
    if (!found.ok) throw new Error(found.problem.detail)
    const own = found.value.items
    const sigma = Math.sqrt(found.value.latent[0]!.variance)
    const [thetaCut, trueCut] = [
      thetaAtShare(own, STANDARD)!,
      thetaAtShare(
        items.map((i) => ({ ...i, codes: [] })),
        STANDARD,
      )!,
    ]
    return { data, thetas, items: own, scale: { thetaCut, sigma }, trueCut }
  })
  const everybody = Array.from({ length: people }, (_, i) => i)
  const cycles = everybody.map(() => 'wave')
  const alone = drawn.map((d) => latentOfRun(d.data, d.items, cycles, everybody, [])!)
  const runs = drawn.map((d, s) =>
    latentOfRun(
      d.data,
      d.items,
      cycles,
      everybody,
      alone.flatMap((l, o) => (o === s ? [] : [l.own])),
    )!,
  )
  return drawn.flatMap((d, subject) => {
    const population = populations(runs[subject]!, d.scale)
    return measureRows(d.data, d.items, d.scale, d.items, () => population('wave')).map((m, i) => ({
      subject,
      scale: m!.scale,
      scaleSe: m!.scaleSe,
      mean: m!.posteriorMean,
      sd: m!.posteriorSd,
      truth: 500 + (100 * (d.thetas[i]! - d.trueCut)) / d.scale.sigma,
    }))
  })
}

/** A tenth of the scale of what is said: mean of what was said and of what was so, percent. `error`: standard error over subjects, percent. */
export type Tenth = { said: number; observed: number; n: number; error: number }

/** What was said of events against how often they were so, by tenths of what was said. */
export function reliability(events: readonly { said: number; so: boolean; subject: number }[]): (Tenth | null)[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const own = events.filter((e) => Math.min(9, Math.floor(10 * e.said)) === tenth)
    if (own.length === 0) return null
    const off = new Map<number, number>()
    for (const e of own) off.set(e.subject, (off.get(e.subject) ?? 0) + Number(e.so) - e.said)
    const squares = [...off.values()].reduce((s, v) => s + v * v, 0)
    return {
      said: (100 * own.reduce((s, e) => s + e.said, 0)) / own.length,
      observed: (100 * own.filter((e) => e.so).length) / own.length,
      n: own.length,
      error: (100 * Math.sqrt(squares)) / own.length,
    }
  })
}

/** The chance of reaching a line that was said of everybody: before (Φ of score and error) and as it is said now. */
export const reaching = (all: readonly Simulated[], lines: readonly number[], how: 'before' | 'now') =>
  all.flatMap((p) =>
    lines.map((line) => ({
      said: how === 'before' ? normalCdf((p.scale - line) / p.scaleSe) : 1 - chanceBelow(p, line),
      so: p.truth >= line,
      subject: p.subject,
    })),
  )

/** How often the 80 % range held the truth, in ten classes of equal size by the posterior mean. */
export function held(all: readonly Simulated[], z80: number): number[] {
  const sorted = all.toSorted((a, b) => a.mean - b.mean)
  return Array.from({ length: 10 }, (_, k) => {
    const own = sorted.slice(Math.round((k * sorted.length) / 10), Math.round(((k + 1) * sorted.length) / 10))
    return (100 * own.filter((p) => Math.abs(p.truth - p.mean) <= z80 * p.sd).length) / own.length
  })
}

/** Tenths in words: said→observed ± standard error (people). */
export const tell = (tenths: readonly (Tenth | null)[]): string =>
  tenths.map((t) => (t ? `${t.said.toFixed(0)}→${t.observed.toFixed(0)} ±${t.error.toFixed(1)} (${t.n})` : '–')).join(' | ')
