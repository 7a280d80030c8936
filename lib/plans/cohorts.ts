import { kmBetween } from '@/lib/platform/distance'
import { Network } from '@/lib/platform/min-cost-flow'

/** Classes of teachers with the same module and near places, inside a size range. */

export type CohortMember = { id: string; lat: number; lon: number; regionCode: string }
export type CohortRules = { least: number; most: number; maxKm: number }
export type CohortClass = { members: string[]; lat: number; lon: number; meanKm: number; regions: string[] }
export type Leftover = { id: string; near: number }
export type Cohorts = { classes: CohortClass[]; leftovers: Leftover[] }

const ROUNDS = 8
/** Leaving somebody out costs more than any distance that is allowed. */
const LEFT_OUT = 10_000_000
const METRES = 1_000

type Point = { lat: number; lon: number }
const middleOf = (list: readonly Point[]): Point => ({
  lat: list.reduce((s, m) => s + m.lat, 0) / list.length,
  lon: list.reduce((s, m) => s + m.lon, 0) / list.length,
})

/** Centres that lie as far from each other as they can, the first nearest to the middle of all (Gonzalez 1985). */
function spread(members: readonly CohortMember[], many: number): Point[] {
  const middle = middleOf(members)
  const centres: Point[] = [members.reduce((a, b) => (kmBetween(b, middle) < kmBetween(a, middle) ? b : a))]
  while (centres.length < many) {
    const gap = (m: Point) => Math.min(...centres.map((c) => kmBetween(m, c)))
    centres.push(members.reduce((a, b) => (gap(b) > gap(a) ? b : a)))
  }
  return centres
}

/** The assignment of least total distance with at most `most` in a class and nobody farther than `maxKm`. */
function assign(members: readonly CohortMember[], centres: readonly Point[], rules: CohortRules): (number | null)[] {
  const [C, sink] = [members.length, members.length + centres.length]
  const net = new Network(sink + 1)
  centres.forEach((_, c) => net.arc(C + c, sink, rules.most, 0))
  const arcs = members.map((m, i) => {
    net.arc(i, sink, 1, LEFT_OUT)
    return centres.flatMap((c, k) => {
      const km = kmBetween(m, c)
      return km <= rules.maxKm ? [{ k, arc: net.arc(i, C + k, 1, Math.round(km * METRES)) }] : []
    })
  })
  net.solve(
    members.map((_, i) => i),
    sink,
  )
  return arcs.map((list) => list.find((a) => net.used(a.arc))?.k ?? null)
}

/**
 * Groups teachers of one module: as many as possible placed, then near. Starts from spread-out centres, alternates the optimal
 * assignment with moving each class to its middle, and closes the smallest class that stays under `least` until all are large enough.
 * The assignment is exact for given centres; the centres themselves are a local optimum. The order of the input changes nothing.
 */
export function formCohorts(input: readonly CohortMember[], rules: CohortRules): Cohorts {
  const members = [...input].sort((a, b) => (a.id < b.id ? -1 : 1))
  let centres =
    members.length >= rules.least ? spread(members, Math.ceil(members.length / Math.max(rules.least, Math.floor(0.8 * rules.most)))) : []
  let places: (number | null)[] = members.map(() => null)
  while (centres.length > 0) {
    for (let round = 0; round < ROUNDS; round++) {
      places = assign(members, centres, rules)
      const next = centres.map((c, k) => {
        const own = members.filter((_, i) => places[i] === k)
        return own.length ? middleOf(own) : c
      })
      const still = next.every((c, k) => kmBetween(c, centres[k]!) < 0.1)
      centres = next
      if (still) break
    }
    // Measured from the class's own middle, and nobody too far from it.
    places = assign(members, centres, rules)
    const sizes = centres.map((_, k) => places.filter((p) => p === k).length)
    const smallest = sizes.indexOf(Math.min(...sizes))
    if (sizes[smallest]! >= rules.least) break
    centres = centres.filter((_, k) => k !== smallest)
    if (centres.length === 0) places = members.map(() => null)
  }
  const classes = centres.map((c, k): CohortClass => {
    const own = members.filter((_, i) => places[i] === k)
    return {
      members: own.map((m) => m.id),
      ...c,
      meanKm: own.reduce((s, m) => s + kmBetween(m, c), 0) / own.length,
      regions: [...new Set(own.map((m) => m.regionCode))].sort(),
    }
  })
  const leftovers = members.flatMap((m, i) =>
    places[i] === null ? [{ id: m.id, near: members.filter((x) => kmBetween(x, m) <= rules.maxKm).length }] : [],
  )
  return { classes, leftovers }
}
