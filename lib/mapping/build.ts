import { groupBy } from '@/lib/platform/group'
import { likenessOf, likenessWithin, type ClusterSums } from '@/lib/psychometrics/cluster-mean'
import type { StoredCell } from '@/lib/publication/model'
import { meanOf, toCells, toCell, together, type Group, type Place } from './cells'
import { keyOf, ofSchool } from './family'
import type { Gathered } from './gather'
import { bandsOf, edgesOf, placed, quantileOf } from './placed'
import { shareOf, shareSums, shareTogether, type Measured, type Population, type ShareSums } from './share'

/** Every figure of one part, made of the tests that were taken down. Pure. */

/** Shares of people at the ends, the edges and the middle of a box. */
const BOX = [0.1, 0.25, 0.5, 0.75, 0.9]

/** The value below which a share of sorted values lies, between neighbours in proportion. */
function rawQuantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  return below + (at - Math.floor(at)) * (above - below)
}

type Spreading = { bands: number[]; quantilesOf: (region: string) => number[] }

/** How the people of a slice are spread: raw percents as they are, mastery in expected numbers of what people truly master. */
function spreading({ slice, people }: Gathered): Spreading {
  if (slice.basis === 'raw') {
    const bands = Array<number>(20).fill(0)
    for (const p of people) bands[Math.min(19, Math.floor(p.raw / 5))]!++
    return {
      bands,
      quantilesOf: (region) => {
        const sorted = people.flatMap((p) => (p.regionId === region ? [p.raw] : [])).sort((a, b) => a - b)
        return BOX.map((share) => rawQuantile(sorted, share))
      },
    }
  }
  const known = people.flatMap((p) => (p.low === null || p.high === null ? [] : [{ key: p.regionId, low: p.low, high: p.high }]))
  const put = groupBy(placed(known), (p) => p.key)
  const edges = new Map([...put].map(([region, own]) => [region, edgesOf(own)]))
  const upTo = Array.from({ length: 21 }, (_, i) => [...edges.values()].reduce((s, e) => s + e[i]!, 0))
  return {
    bands: bandsOf(upTo).map((b) => b.n),
    quantilesOf: (region) => (put.has(region) ? BOX.map((share) => quantileOf(put.get(region)!, edges.get(region)!, share)) : []),
  }
}

/** The population under which a test was measured; null where no run says. */
export type PopulationOf = (instrumentId: string, cycle: string) => Population | null

/** Shares of the competent of a slice by place ('' everybody): of its measured people, each place under its own population. */
function sharing({ slice, people }: Gathered, populationOf: PopulationOf): (place: string) => Partial<StoredCell> {
  if (slice.basis === 'raw' || slice.indicator !== '') return () => ({})
  const measured = people.flatMap((p): Measured[] => {
    const population = populationOf(p.instrumentId, p.cycle)
    return p.mean === null || p.sd === null || !population
      ? []
      : [{ place: p.regionId, school: p.schoolId, mean: p.mean, sd: p.sd, population }]
  })
  if (measured.length < people.length) return () => ({})
  const sums = new Map([...shareSums(measured)].map(([place, [own]]) => [place, own!]))
  const alike = likenessWithin([...sums.values()].map((s) => s.schools))
  const all: ShareSums = shareTogether([...sums.values()])
  return (place) => {
    const own = place === '' ? all : sums.get(place)
    if (!own) return {}
    const { share, se, margin } = shareOf(own, alike)
    return { share, shareSe: se, shareMargin: margin }
  }
}

/** The limits of small groups, and whether a group of so many people is shown. */
export type Showing = { hatchBelow: number; shows: (key: string, n: number) => boolean }

/**
 * All cells of a part's gathered slices. `shows` decides by the key of a group and its number. Of everybody together the bands of the spread are told, of a
 * large kabupaten its box; schools are told of all subjects together.
 */
export function cellsOfPart(
  gathered: ReadonlyMap<string, Gathered>,
  { hatchBelow, shows }: Showing,
  populationOf: PopulationOf,
): StoredCell[] {
  const out: StoredCell[] = []
  for (const g of gathered.values()) {
    const { slice } = g
    const shown = (place: string, n: number) => shows(keyOf({ ...slice, place }), n)
    const groups = new Map([...g.places].map(([region, schools]) => [region, groupOf(schools)]))
    const regions = [...groups.keys()].sort()
    const whole = together([...groups.values()])
    const alike = likenessWithin([...groups.values()].map((g) => g.schools))
    const placeOf = (code: string, group: Group): Place => ({ code, name: code, group, hidden: !shown(code, group.n), roster: 0 })
    const cells = toCells(
      regions.map((r) => placeOf(r, groups.get(r)!)),
      hatchBelow,
      alike,
    )
    const total = toCell(placeOf('', whole), hatchBelow, alike)
    const spread = slice.indicator === '' ? spreading(g) : null
    const shares = sharing(g, populationOf)
    const store = (place: string, region: string, group: Group, cell: (typeof cells)[number], more: Partial<StoredCell>): void => {
      const { mean, se, df, margin } = meanOf(group, alike, place.startsWith('school:'))
      out.push({
        ...slice,
        place,
        region,
        n: group.n,
        schools: group.schools.length,
        mean,
        se,
        df,
        margin,
        share: null,
        shareSe: null,
        shareMargin: null,
        compared: cell.compared,
        state: cell.state === 'empty' ? 'hidden' : cell.state,
        items: slice.indicator === '' ? null : g.items,
        measured: null,
        bands: [],
        quantiles: [],
        ...more,
      })
    }
    store('', '', whole, total, { ...shares(''), measured: g.measured, bands: spread && total.state !== 'hidden' ? spread.bands : [] })
    regions.forEach((region, i) => {
      const group = groups.get(region)!
      const boxed = spread !== null && cells[i]!.state === 'shown' && group.n >= hatchBelow
      store(region, '', group, cells[i]!, { ...shares(region), quantiles: boxed ? spread.quantilesOf(region) : [] })
    })
    if (slice.level || slice.subject || slice.status || slice.indicator || slice.reach) continue
    for (const region of regions) {
      const schools = [...g.places.get(region)!].sort(([a], [b]) => (a < b ? -1 : 1))
      const own = schools.map(([, sums]): Group => ({ n: sums.n, schools: [sums] }))
      // A school is looked at for itself: its error is that of its people.
      const inRegion = toCells(
        schools.map(([id], i) => placeOf(ofSchool(id), own[i]!)),
        hatchBelow,
        likenessOf(groups.get(region)!.schools),
        true,
      )
      schools.forEach(([id], i) => store(ofSchool(id), region, own[i]!, inRegion[i]!, {}))
    }
  }
  return out
}

const groupOf = (schools: ReadonlyMap<string, ClusterSums>): Group => ({
  n: [...schools.values()].reduce((s, x) => s + x.n, 0),
  schools: [...schools.values()],
})
