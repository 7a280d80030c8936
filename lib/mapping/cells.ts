import type { Cell } from './model'

/** Number, mean and standard deviation of a group of percents. */
export type Group = { key: string; n: number; mean: number; sd: number | null }

/** z beyond which the chance of truly lying above (or below) exceeds 90 %. */
const Z90 = 1.2816

const standardError = (g: { n: number; sd: number | null }): number | null => (g.sd === null || g.n < 2 ? null : g.sd / Math.sqrt(g.n))

/** Words, never ranks: above or below only when that is likely enough. */
function compare(g: Group, province: Group): Cell['compared'] {
  const se = standardError(g)
  if (!se) return null
  const z = (g.mean - province.mean) / se
  return z > Z90 ? 'di atas' : z < -Z90 ? 'di bawah' : 'sekitar'
}

/** A group as a cell: nothing tested, hidden, or its figures with their error and the comparison with the province. Pure. */
export function toCell(
  code: string,
  name: string,
  group: Group | undefined,
  hidden: boolean,
  roster: number,
  hatchBelow: number,
  province: Group,
): Cell {
  if (!group) return { code, name, n: 0, mean: null, standardError: null, roster, state: 'empty', compared: null }
  if (hidden) return { code, name, n: null, mean: null, standardError: null, roster, state: 'hidden', compared: null }
  return {
    code,
    name,
    n: group.n,
    mean: group.mean,
    standardError: standardError(group),
    roster,
    state: group.n < hatchBelow ? 'hatched' : 'shown',
    compared: compare(group, province),
  }
}
