import type { Cell } from '@/lib/mapping/model'

/** What a report may say of a group: its figures, or only that they are hidden or that there are none. */
export type Figure = { n: number; mean: number; standardError: number | null; coverage: number | null }

/**
 * The one gate between a cell and a printed file. The state decides, not the numbers: a hidden cell
 * gives nothing away even if a figure were left in it. Coverage is in percent of the teachers on the
 * roster, and would tell the n of a hidden group, so it goes with it.
 */
export function figureOf(cell: Cell): Figure | 'hidden' | 'empty' {
  if (cell.state === 'hidden' || cell.n === null) return 'hidden'
  if (cell.state === 'empty' || cell.mean === null) return 'empty'
  return { n: cell.n, mean: cell.mean, standardError: cell.standardError, coverage: cell.roster > 0 ? (100 * cell.n) / cell.roster : null }
}
