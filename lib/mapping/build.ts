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
function rawQuantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  return below + (at - Math.floor(at)) * (above - below)
}

type Spreading = { bands: () => number[]; quantilesOf: (region: string) => number[] }

/** How the people of a slice are spread: raw percents as they are, mastery in expected numbers of what people truly master. */
function spreading({ slice, people }: Gathered): Spreading {
  if (slice.basis === 'raw') {
    const byRegion = groupBy(people, (p) => p.regionId)
    return {
      bands: () => {
        const bands = Array<number>(20).fill(0)
        for (const p of people) bands[Math.min(19, Math.floor(p.raw / 5))]!++
        return bands
      },
      quantilesOf: (region) => {
        const sorted = Float64Array.from(byRegion.get(region)!, (p) => p.raw).sort()
        return BOX.map((share) => rawQuantile(sorted, share))
      },
    }
  }
  const known = people.flatMap((p) => (p.low === null || p.high === null ? [] : [{ key: p.regionId, low: p.low, high: p.high }]))
  const put = groupBy(placed(known), (p) => p.key)
  const edges = new Map<string, number[]>()
  const edgesIn = (region: string) => {
    const found = edges.get(region) ?? edgesOf(put.get(region)!)
    edges.set(region, found)
    return found
  }
  return {
    bands: () => bandsOf(Array.from({ length: 21 }, (_, i) => [...put.keys()].reduce((s, r) => s + edgesIn(r)[i]!, 0))).map((b) => b.n),
    quantilesOf: (region) => (put.has(region) ? BOX.map((share) => quantileOf(put.get(region)!, edgesIn(region), share)) : []),
  }
}

/** The population under which a test was measured; null where no run says. */
export type PopulationOf = (instrumentId: string, cycle: string) => Population | null

/** What a share is told as, and what its error is made of: a country adds its provinces up. */
type Told = { cell: Partial<StoredCell>; df: number | null; cutError: number }
const NOTHING: Told = { cell: {}, df: null, cutError: 0 }

/** Shares of the competent of a slice by place ('' everybody): of its measured people, each place under its own population. */
function sharing({ slice, people }: Gathered, populationOf: PopulationOf): (place: string) => Told {
  if (slice.basis === 'raw' || slice.indicator !== '') return () => NOTHING
  const measured = people.flatMap((p): Measured[] => {
    const population = populationOf(p.instrumentId, p.cycle)
    return p.mean === null || p.sd === null || !population
      ? []
      : [{ place: p.regionId, school: p.schoolId, mean: p.mean, sd: p.sd, population }]
  })
  if (measured.length < people.length) return () => NOTHING
  const sums = new Map([...shareSums(measured)].map(([place, [own]]) => [place, own!]))
  const alike = likenessWithin([...sums.values()].map((s) => s.schools))
  const all: ShareSums = shareTogether([...sums.values()])
  return (place) => {
    const own = place === '' ? all : sums.get(place)
    if (!own) return NOTHING
    const { share, se, df, margin, cutError } = shareOf(own, alike)
    return { cell: { share, shareSe: se, shareMargin: margin }, df, cutError }
  }
}

/** The limits of small groups, and whether a group of so many people is shown. */
export type Showing = { hatchBelow: number; shows: (key: string, n: number) => boolean }

/** Everybody's figure of a slice, with what only a sum over provinces asks for. */
export type Whole = { cell: StoredCell; shareDf: number | null; cutError: number }

/**
 * All cells of a part's gathered slices, and those of everybody once more. `shows` decides by the key of a group and its number. Of everybody together the bands of the spread are told, of a
 * large kabupaten its box; schools are told of all subjects together.
 */
export function cellsOfPart(
  gathered: ReadonlyMap<string, Gathered>,
  { hatchBelow, shows }: Showing,
  populationOf: PopulationOf,
): { cells: StoredCell[]; wholes: Whole[] } {
  const out: StoredCell[] = []
  const wholes: Whole[] = []
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
    // Of what is hidden everywhere nobody reads how it is spread, nor its share.
    const told = total.state !== 'hidden' || cells.some((c) => c.state !== 'hidden')
    const spread = slice.indicator === '' && told ? spreading(g) : null
    const shares = told ? sharing(g, populationOf) : () => NOTHING
    const store = (place: string, region: string, group: Group, cell: (typeof cells)[number], more: Partial<StoredCell>): StoredCell => {
      const { mean, se, df, margin } = meanOf(group, alike, place.startsWith('school:'))
      const stored: StoredCell = {
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
      }
      out.push(stored)
      return stored
    }
    const share = shares('')
    const bands = spread && total.state !== 'hidden' ? spread.bands() : []
    const everybody = store('', '', whole, total, { ...share.cell, measured: g.measured, bands })
    wholes.push({ cell: everybody, shareDf: share.df, cutError: share.cutError })
    regions.forEach((region, i) => {
      const group = groups.get(region)!
      const boxed = spread !== null && cells[i]!.state === 'shown' && group.n >= hatchBelow
      store(region, '', group, cells[i]!, { ...shares(region).cell, quantiles: boxed ? spread.quantilesOf(region) : [] })
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
  return { cells: out, wholes }
}

const groupOf = (schools: ReadonlyMap<string, ClusterSums>): Group => ({
  n: [...schools.values()].reduce((s, x) => s + x.n, 0),
  schools: [...schools.values()],
})
