import { Z80 } from '@/lib/psychometrics/classification'
import { normalCdf } from '@/lib/psychometrics/distributions'
import { fayHerriot } from '@/lib/psychometrics/small-areas'
import { groupBy } from '@/lib/platform/group'

/**
 * How the true mastery of people is spread, from what each test leaves open. Pure. Counting one figure a person instead spreads people
 * further apart than they are, the more the shorter the test: both ends of the scale fill with error.
 */

/** A measured person: the 80 % range of mastery, percent, and where. */
export type Ranged = { key: string; low: number; high: number }

/** A person on the logit of mastery: middle and deviation of what is known. */
export type Placed = { key: string; middle: number; sd: number }

const [LEAST, MOST] = [0.005, 0.995]
const logit = (percent: number) => {
  const p = Math.min(MOST, Math.max(LEAST, percent / 100))
  return Math.log(p / (1 - p))
}
const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length

/**
 * People with the place where they are taken in. Their own ranges rest on the population of all who took the test, which draws a strong and a
 * weak place to one another; here each place's mean is estimated from what the tests alone say (Fay & Herriot 1979: by its own people as far
 * as they carry it, the rest from all), and its people are drawn to that.
 */
export function placed(people: readonly Ranged[]): Placed[] {
  const known = people.map((p) => {
    const [low, high] = [logit(p.low), logit(p.high)]
    return { key: p.key, middle: (low + high) / 2, sd: Math.max((high - low) / (2 * Z80), 1e-3) }
  })
  if (known.length < 2) return known
  const overall = mean(known.map((p) => p.middle))
  const total = mean(known.map((p) => (p.middle - overall) ** 2)) + mean(known.map((p) => p.sd ** 2))
  // What the population gave to each: 1 − ρ of the person; what the answers alone say is the rest, stretched back.
  const given = known.map((p) => Math.min(0.95, p.sd ** 2 / total))
  const told = known.map((p, i) => ({ key: p.key, y: (p.middle - given[i]! * overall) / (1 - given[i]!), v: total / (1 - given[i]!) }))
  const areas = [...groupBy(told, (t) => t.key)].map(([id, own]) => ({
    id,
    mean: mean(own.map((t) => t.y)),
    variance: mean(own.map((t) => t.v)) / own.length,
    x: [1],
  }))
  const found = fayHerriot(areas)
  if (!found.ok) return known
  const at = new Map(found.value.areas.map((a) => [a.id, a.mean]))
  return known.map((p, i) => ({ ...p, middle: p.middle + given[i]! * (at.get(p.key)! - overall) }))
}

const chanceUpTo = (p: Placed, percent: number) =>
  percent >= 100 ? 1 : percent <= 0 ? 0 : normalCdf((Math.log(percent / (100 - percent)) - p.middle) / p.sd)

/** Expected people below each edge of twenty bands of five percents, 0 and 100 included. */
export const edgesOf = (people: readonly Placed[]): number[] =>
  Array.from({ length: 21 }, (_, i) => people.reduce((s, p) => s + chanceUpTo(p, 5 * i), 0))

/** Expected people in the bands between such edges; whole numbers that add up to all (largest remainders). */
export function bandsOf(upTo: readonly number[]): { from: number; n: number }[] {
  const expected = Array.from({ length: 20 }, (_, i) => upTo[i + 1]! - upTo[i]!)
  const whole = expected.map(Math.floor)
  const left = Math.round(upTo[20]!) - whole.reduce((s, n) => s + n, 0)
  const order = expected.map((e, i) => ({ i, rest: e - whole[i]! })).sort((a, b) => b.rest - a.rest)
  for (const { i } of order.slice(0, left)) whole[i]!++
  return whole.map((n, i) => ({ from: 5 * i, n }))
}

/** Percent below which a share of the people truly lies, to a hundredth: the band by its edges, within it by bisection. */
export function quantileOf(people: readonly Placed[], upTo: readonly number[], share: number): number {
  const band = Math.max(
    0,
    Math.min(
      19,
      upTo.findLastIndex((n) => n < share * people.length),
    ),
  )
  let [low, high] = [5 * band, 5 * band + 5]
  for (let step = 0; step < 9; step++) {
    const middle = (low + high) / 2
    if (people.reduce((s, p) => s + chanceUpTo(p, middle), 0) < share * people.length) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Deviation of the true means of places: that of their figures less what their errors make of it; 0 where it is not told from none, null below three. */
export function betweenPlaces(means: readonly { mean: number; standardError: number | null }[]): number | null {
  const known = means.flatMap((m) => (m.standardError === null ? [] : [{ mean: m.mean, v: m.standardError ** 2 }]))
  if (known.length < 3) return null
  const middle = mean(known.map((m) => m.mean))
  const observed = known.reduce((s, m) => s + (m.mean - middle) ** 2, 0) / (known.length - 1)
  return Math.sqrt(Math.max(0, observed - mean(known.map((m) => m.v))))
}
