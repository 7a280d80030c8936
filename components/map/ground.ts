import type { CSSProperties } from 'react'
import type { Cell } from '@/lib/mapping/model'
import { figureIn, paintOf, type Scale } from '@/lib/mapping/palette-model'

/** Whether people were tested but their figure is not shown. */
export const isHidden = (cell: Cell, { pictured }: Scale): boolean => cell.state !== 'empty' && !figureIn(cell, pictured)

/** The ground of a cell in HTML: its colour, striped where its teachers are few, dotted where nothing is shown. */
export function groundOf(cell: Cell, scale: Scale): CSSProperties {
  const { fill, ink } = paintOf(cell, scale)
  if (isHidden(cell, scale)) return { color: ink, background: `radial-gradient(#55605a66 0.8px, transparent 1px) 0 0 / 6px 6px, ${fill}` }
  if (cell.state === 'hatched')
    return { color: ink, background: `repeating-linear-gradient(45deg, transparent 0 5px, #1c232026 5px 6px), ${fill}` }
  return { color: ink, background: fill }
}
