import { clusterMean, compareMeans, personMean, type ClusterMean, type ClusterSums, type Likeness } from '@/lib/psychometrics/cluster-mean'
import { adjustFalseDiscovery } from '@/lib/psychometrics/false-discovery'
import type { Cell } from './model'

/** A group of tested people by school: what its mean, its error and every comparison are made of. */
export type Group = { n: number; schools: ClusterSums[] }

/**
 * Of all words "di atas" and "di bawah" that stand together, a tenth at most may be chance (Benjamini–Hochberg). A little less is asked: with few
 * schools and short tests, p-values are approximations (`docs/map.md`).
 */
const FALSE_WORDS = 0.09

/** A place in a row of cells that stand together: what is tested there, whether it must be hidden, and how many are on the roster. */
export type Place = { code: string; name: string; group: Group | undefined; hidden: boolean; roster: number }

/** Schools of several groups together. */
export const together = (groups: readonly (Group | undefined)[]): Group => ({
  n: groups.reduce((s, g) => s + (g?.n ?? 0), 0),
  schools: groups.flatMap((g) => g?.schools ?? []),
})

/** Means that were asked for, as long as their groups are held: a group never changes, and its cell, its words and its row ask for the same. */
const means = new WeakMap<Group, { borrowed: Likeness | null; single: boolean; mean: ClusterMean }>()

/** Mean and error of a group: of schools, or of the people of a single school that is looked at for itself. */
export function meanOf(group: Group, borrowed: Likeness | null, single = false): ClusterMean {
  const kept = means.get(group)
  if (kept && kept.borrowed === borrowed && kept.single === single) return kept.mean
  const mean = single ? personMean(group.schools[0]!) : clusterMean(group.schools, borrowed)
  means.set(group, { borrowed, single, mean })
  return mean
}

const nothing = (p: Place, state: 'empty' | 'hidden'): Cell => ({
  code: p.code,
  name: p.name,
  n: state === 'empty' ? 0 : null,
  mean: null,
  standardError: null,
  margin: null,
  share: null,
  shareMargin: null,
  roster: p.roster,
  state,
  compared: null,
})

/** One group as a cell: nothing tested, hidden, or its figures with their error. Pure. */
export function toCell(place: Place, hatchBelow: number, borrowed: Likeness | null, single = false): Cell {
  if (!place.group?.n) return nothing(place, 'empty')
  if (place.hidden) return nothing(place, 'hidden')
  const { n, mean, se, margin } = meanOf(place.group, borrowed, single)
  return {
    code: place.code,
    name: place.name,
    n,
    mean,
    standardError: se,
    margin,
    share: null,
    shareMargin: null,
    roster: place.roster,
    state: n < hatchBelow ? 'hatched' : 'shown',
    compared: null,
  }
}

/**
 * Places that stand together as cells, each in words against the rest: all others of `places`, hidden ones included, never itself. Words
 * only where they stand up to their number, and never ranks. Pure.
 */
export function toCells(places: readonly Place[], hatchBelow: number, borrowed: Likeness | null, single = false): Cell[] {
  const cells = places.map((p) => toCell(p, hatchBelow, borrowed, single))
  const found = places.map((p, i) => {
    if (cells[i]!.mean === null) return null
    const rest = together(places.filter((_, j) => j !== i).map((x) => x.group))
    if (!rest.n) return null
    return compareMeans(meanOf(p.group!, borrowed, single), clusterMean(rest.schools, borrowed))
  })
  const compared = found.filter((f) => f !== null)
  const adjusted = adjustFalseDiscovery(compared.map((f) => f.p))
  return cells.map((c, i) => {
    const against = found[i]
    if (!against) return c
    const p = adjusted[compared.indexOf(against)]!
    return { ...c, compared: p > FALSE_WORDS ? 'sekitar' : against.difference > 0 ? 'di atas' : 'di bawah' }
  })
}
