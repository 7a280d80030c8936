import type { Cell, MapFilter } from '@/lib/mapping/model'
import { certaintyOf, scaleFor } from '@/lib/mapping/palette-model'
import type { Thin } from './model'

const MOST = 5

/** The thinnest of what may be shown, thinnest first; at most five. */
export const thinOf = (cells: { code: string; title: string; cell: Cell }[], filter: MapFilter): Thin[] =>
  cells
    .flatMap(({ code, title, cell }) =>
      cell.mean === null || cell.state === 'hidden'
        ? []
        : [
            {
              code,
              title,
              mean: cell.mean,
              margin: cell.margin,
              certainty: certaintyOf(cell.margin, scaleFor({ bagian: filter.bagian, nilai: 'rata-rata' })),
              compared: cell.compared,
            },
          ],
    )
    .sort((a, b) => a.mean - b.mean || (a.code < b.code ? -1 : 1))
    .slice(0, MOST)
