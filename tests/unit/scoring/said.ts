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
  /** Logits by which every fifth item is harder for half of the people. */
  dif?: number
  /** Deviation of a person's four areas from her whole, logits. */
  areas?: number
  /** Share of the items at the end that the weak leave out, at most; what was not reached is wrong. */
  blank?: number
  /** Deviation of the severity of six raters, logits, one of whom judges all three-step items of a person. */
  severe?: number
  /** Share of people who put the same mark everywhere; the test is then of statements with five steps. They are not told of. */
  careless?: number
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

/** A person as she answers: ability, and what moves it on single items. */
type Person = { theta: number; on: (j: number, item: ItemParameters) => number; reaches: number; mark: number | null }

function answers(items: readonly ItemParameters[], people: readonly Person[], random: () => number): Responses {
  const cells = new Int8Array(people.length * items.length)
  people.forEach((person, i) =>
    items.forEach((item, j) => {
      let u = random()
      let k = 0
      const p = probabilities(item, person.on(j, item))
      while (k < p.length - 1 && u >= p[k]!) u -= p[k++]!
      // Every other statement is turned round before its mark is counted.
      cells[i * items.length + j] = person.mark !== null ? (j % 2 ? 4 - person.mark : person.mark) : j < person.reaches ? k : 0
    }),
  )
  return { ids: items.map((i) => i.id), persons: people.length, items: items.length, cells, categories: items.map((i) => i.categories) }
}

/** People of a subject, as the truth that is asked for has them. */
function somePeople(w: Subjects, mean: number, sd: number, random: () => number): Person[] {
  const raters = Array.from({ length: 6 }, () => (w.severe ?? 0) * normal(random))
  return Array.from({ length: w.people }, (_, i): Person => {
    const standing = w.skewed ? (random() < 0.25 ? -1.1 : 0.37) + 0.77 * normal(random) : normal(random)
    const theta = mean + sd * standing
    if (!w.dif && !w.areas && !w.blank && !w.severe && !w.careless) return { theta, on: () => theta, reaches: w.items, mark: null }
    const drawn = Array.from({ length: 4 }, () => (w.areas ?? 0) * normal(random))
    const middle = drawn.reduce((s, x) => s + x, 0) / 4
    const rater = raters[Math.floor(6 * random())]!
    const missed = (w.blank ?? 0) * w.items * Math.min(1, Math.max(0, 0.5 - standing)) * random()
    return {
      theta,
      on: (j, item) => theta + drawn[j % 4]! - middle - (i % 2 && j % 5 === 0 ? (w.dif ?? 0) : 0) - (item.categories === 3 ? rater : 0),
      reaches: w.items - Math.round(missed),
      mark: random() < (w.careless ?? 0) ? 2 + Math.floor(3 * random()) : null,
    }
  })
}

/** Two in three items right or wrong, one in three in three steps, as difficult as those of the bank. */
function someTest(length: number, slopes: boolean, likert: boolean, random: () => number): ItemParameters[] {
  return Array.from({ length }, (_, j): ItemParameters => {
    const a = slopes ? Math.exp(0.35 * normal(random)) : 1
    const b = 2.4 * (random() - 0.5) + 0.3
    if (likert) return { id: `i${j}`, model: 'gpcm', categories: 5, a, d: [1.5, 2.2, 1.8, 0.2].map((d) => a * (d + (0.3 - b) / 2)), c: 0 }
    return j % 3 === 2
      ? { id: `i${j}`, model: 'gpcm', categories: 3, a, d: [-a * (b - 0.5), -2 * a * b], c: 0 }
      : { id: `i${j}`, model: '2pl', categories: 2, a, d: [-a * b], c: 0 }
  })
}

/** Where the standard lies, in shares of the test, and the mean ability of all subjects: most people are below it, as in the first wave. */
const [STANDARD, MEAN] = [0.6, -0.2]

/** Everybody of the simulated subjects, each subject with a population of its own. */
export function simulated(w: Subjects): Simulated[] {
  const { items: length, people, subjects, seed, slopes = false } = w
  const random = seeded(seed)
  const drawn = Array.from({ length: subjects }, () => {
    const items = someTest(length, slopes, !!w.careless, random)
    const [mean, sd] = [MEAN + 0.3 * normal(random), Math.exp(0.12 * normal(random))]
    const all = somePeople(w, mean, sd, random)
    const thetas = all.map((p) => p.theta)
    const data = answers(items, all, random)
    const found = calibrate(data, settingsFor(w.careless ? '2' : '4', people))
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
    return { data, thetas, careful: all.map((p) => p.mark === null), items: own, scale: { thetaCut, sigma }, trueCut }
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
    return measureRows(d.data, d.items, d.scale, d.items, () => population('wave')).flatMap((m, i) =>
      d.careful[i]
        ? [
            {
              subject,
              scale: m!.scale,
              scaleSe: m!.scaleSe,
              mean: m!.posteriorMean,
              sd: m!.posteriorSd,
              truth: 500 + (100 * (d.thetas[i]! - d.trueCut)) / d.scale.sigma,
            },
          ]
        : [],
    )
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
