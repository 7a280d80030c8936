import { scoreRoots, type Ability } from '@/lib/psychometrics/abilities'
import { distractorTable } from '@/lib/psychometrics/distractors'
import { normalCdf, tQuantile } from '@/lib/psychometrics/distributions'
import { formParts } from '@/lib/psychometrics/forms'
import { meanSquares } from '@/lib/psychometrics/item-fit'
import { probabilities, type ItemParameters } from '@/lib/psychometrics/parameters'
import { MISSING, type Responses } from '@/lib/psychometrics/responses'
import { normal, seeded } from '@/lib/platform/random'
import { WEAK, type FlagLimits, type FlagPower } from './flag-model'
import { restScorer } from './rest-scores'
import { analysedForms, itemOverForms } from './test-summary'

/** What sound items of this very test show by chance: limits of the flags, simulated for its items, forms and number of people. */

export type Limits = { items: Map<string, FlagLimits>; power: FlagPower }

/** Of a hundred tests without any fault five raise a flag: over all items and all limits together. */
const RATE = 0.05
const ROUNDS = 40
/** People simulated at most; limits for more shrink with the root of their number. */
const MOST = 300

type Tally = { n: number; sum: number; squares: number }
const tally = (): Tally => ({ n: 0, sum: 0, squares: 0 })
function add(t: Tally, x: number | null): void {
  if (x === null || !Number.isFinite(x)) return
  t.n++
  t.sum += x
  t.squares += x * x
}
const meanOf = (t: Tally) => t.sum / t.n
const sdOf = (t: Tally) => Math.sqrt(Math.max(0, t.squares - t.sum ** 2 / t.n) / (t.n - 1))

/** Items of the test's usual slope: a flag asks whether an item tells less apart than the others do. */
function ofUsualSlope(items: readonly ItemParameters[]): ItemParameters[] {
  const a = Math.exp(items.reduce((s, i) => s + Math.log(Math.max(i.a, 0.05)), 0) / items.length)
  return items.map((i) => ({ ...i, a, d: i.d.map((d) => (d * a) / Math.max(i.a, 0.05)) }))
}

/** Sound answers in the places where the people of `rows` answered. */
function drawn(
  data: Responses,
  items: readonly ItemParameters[],
  rows: readonly number[],
  sd: number,
  mean: number,
  random: () => number,
): Responses {
  const cells = new Int8Array(rows.length * data.items).fill(MISSING)
  rows.forEach((row, i) => {
    const theta = mean + sd * normal(random)
    items.forEach((item, j) => {
      if (data.cells[row * data.items + j] === MISSING) return
      const p = probabilities(item, theta)
      let [u, k] = [random(), 0]
      while (k < p.length - 1 && u >= p[k]!) u -= p[k++]!
      cells[i * data.items + j] = k
    })
  })
  return { ...data, persons: rows.length, cells }
}

export type Chosen = { options: string[]; key: string | null; shares: Record<string, number> }

/**
 * Limits and power for a calibrated test. `data` as the calibration recoded it, `formOf` and `holds` as in the analysis; `choices` of items of
 * which one option is chosen: wrong answers fall on the distractors by their shares. The same test gives the same limits.
 */
export function flagLimits(
  data: Responses,
  items: readonly ItemParameters[],
  latent: { mean: number; sd: number },
  formOf: readonly string[],
  holds: ReadonlyMap<string, ReadonlySet<string>>,
  choices: ReadonlyMap<string, Chosen>,
): Limits {
  const random = seeded(20261127)
  const step = Math.max(1, Math.ceil(data.persons / MOST))
  const rows = Array.from({ length: Math.ceil(data.persons / step) }, (_, i) => i * step).filter((r) => r < data.persons)
  const scale = Math.sqrt(rows.length / data.persons)
  const sound = ofUsualSlope(items)
  const own = items.map(() => ({ r: tally(), infit: tally(), outfit: tally(), rival: tally() }))
  const missed: { j: number; rival: number; key: number; preferred: boolean }[] = []
  const forms = rows.map((r) => formOf[r]!)
  const labels = new Map(forms.map((f) => [f, f]))
  // The same people leave the same gaps in every round: a root found once serves all.
  const roots = new Map<string, Ability>()
  for (let round = 0; round < ROUNDS; round++) {
    const sample = drawn(data, sound, rows, latent.sd, latent.mean, random)
    const parts = formParts(sample, forms, holds)
    const analysed = analysedForms(parts, labels)
    const squares = meanSquares(
      sample,
      sound,
      scoreRoots(sample, sound, 'wle', undefined, undefined, roots).map((a) => a.theta),
    )
    const restOf = restScorer(parts)
    items.forEach((item, j) => {
      add(own[j]!.r, itemOverForms(item.id, analysed)?.rItemRest ?? null)
      const { infit, outfit } = squares.items[j]!
      add(own[j]!.infit, infit && Math.log(infit))
      add(own[j]!.outfit, outfit && Math.log(outfit))
      const choice = choices.get(item.id)
      if (!choice?.key) return
      const { rows: of, rest } = restOf(item.id)
      const top = item.categories - 1
      const picked = of.map((i) => pick(choice, sample.cells[i * sample.items + j] === top, random))
      const found = distractorTable(choice.options, choice.key, picked, rest)
      if (!found.ok) return
      const others = found.value.filter((d) => d.option !== choice.key && d.n > 0)
      add(own[j]!.rival, others.length ? Math.max(...others.map((d) => d.r ?? -1)) : null)
      // The same answers under a wrong key: the most chosen distractor is called right, and the right option is its rival.
      const wrong = others.toSorted((a, b) => b.n - a.n)[0]
      const right = found.value.find((d) => d.option === choice.key)!
      if (wrong && right.r !== null) missed.push({ j, rival: right.r, key: wrong.r ?? 0, preferred: right.high > wrong.high })
    })
  }
  const tests = own.reduce(
    (s, o) => s + (o.r.n > 2 ? 1 : 0) + (o.infit.n > 2 ? 2 : 0) + (o.outfit.n > 2 ? 1 : 0) + (o.rival.n > 2 ? 1 : 0),
    0,
  )
  const z = tests ? tQuantile(1 - RATE / tests, ROUNDS - 1) : 0
  const limits = new Map(
    items.map((item, j): [string, FlagLimits] => {
      const { r, infit, outfit, rival } = own[j]!
      const reach = (t: Tally) => z * scale * sdOf(t)
      return [
        item.id,
        {
          r: r.n > 2 ? meanOf(r) - reach(r) : null,
          infit: infit.n > 2 ? [Math.exp(meanOf(infit) - reach(infit)), Math.exp(meanOf(infit) + reach(infit))] : null,
          outfit: outfit.n > 2 ? Math.exp(meanOf(outfit) + reach(outfit)) : null,
          rival: rival.n > 2 ? meanOf(rival) + reach(rival) : null,
        },
      ]
    }),
  )
  const found = missed.filter((m) => m.preferred && m.rival > m.key && m.rival > Math.max(0, limits.get(items[m.j]!.id)!.rival ?? 0))
  const blind = items.flatMap((item, j) => {
    const limit = limits.get(item.id)!.r
    return limit === null ? [] : [normalCdf(Math.min(limit, WEAK) / Math.max(scale * sdOf(own[j]!.r), 1e-9))]
  })
  return {
    items: limits,
    power: {
      rate: RATE,
      n: data.persons,
      key: missed.length ? found.length / missed.length : null,
      weak: blind.length ? blind.reduce((s, p) => s + p, 0) / blind.length : null,
    },
  }
}

function pick({ options, key, shares }: Chosen, right: boolean, random: () => number): string | null {
  if (right) return key
  const wrong = options.filter((o) => o !== key)
  const all = wrong.reduce((s, o) => s + (shares[o] ?? 0), 0)
  let u = random() * (all || wrong.length)
  for (const o of wrong) {
    u -= all ? (shares[o] ?? 0) : 1
    if (u < 0) return o
  }
  return wrong.at(-1) ?? null
}
