import type { ReadCell } from '@/lib/publication/inside'
import type { Cell } from './model'

/** A cell of a snapshot as a screen reads it. */
export const asCell = (code: string, name: string, cell: ReadCell | undefined, roster: number): Cell => ({
  code,
  name,
  n: cell ? cell.n : 0,
  mean: cell?.mean ?? null,
  standardError: cell?.se ?? null,
  margin: cell?.margin ?? null,
  share: cell?.share ?? null,
  shareMargin: cell?.shareMargin ?? null,
  roster,
  state: cell?.state ?? 'empty',
  compared: cell?.compared ?? null,
})
