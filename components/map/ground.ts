import type { CSSProperties } from 'react'
import type { Cell } from '@/lib/mapping/model'
import { figureIn, paintOf, type Scale } from '@/lib/mapping/palette-model'

/** Whether people were tested but their figure is not shown. */
export const isHidden = (cell: Cell, { pictured }: Scale): boolean => cell.state !== 'empty' && !figureIn(cell, pictured)

/** The ground of a cell in HTML: its colour, striped where its teachers are few. */
export function groundOf(cell: Cell, scale: Scale): CSSProperties {
  const { fill, ink } = paintOf(cell, scale)
  if (cell.state === 'hatched' && !isHidden(cell, scale))
    return { color: ink, background: `repeating-linear-gradient(45deg, transparent 0 5px, #1c232026 5px 6px), ${fill}` }
  return { color: ink, background: fill }
}
