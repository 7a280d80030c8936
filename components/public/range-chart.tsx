import { axisFor } from '@/components/charts/explore/axes'
import { FirstPaint } from '@/components/charts/explore/first-paint'
import { heightOf, type Explored } from '@/components/charts/explore/model'
import type { Cell } from '@/lib/mapping/model'
import { certaintyOf, figureIn, type Scale } from '@/lib/mapping/palette-model'

/** The pictured figure of groups with its 95 % interval, drawn by the server alone. */
export function RangeChart({ cells, scale, what }: { cells: Cell[]; scale: Scale; what: string }) {
  const rows = cells.flatMap((c) => {
    const figure = figureIn(c, scale.pictured)
    if (!figure || figure.margin === null) return []
    const { value, margin } = figure
    return [
      {
        name: c.code,
        value,
        low: Math.max(0, value - margin),
        high: Math.min(100, value + margin),
        words: '',
        faint: certaintyOf(margin, scale) === 'unsure',
      },
    ]
  })
  if (rows.length < 2) return null
  const name = scale.pictured === 'kompeten' ? 'Persen guru kompeten' : 'Rata-rata, persen'
  const chart: Explored = {
    kind: 'ranges',
    zero: false,
    x: axisFor(
      name,
      rows.flatMap((r) => [r.low, r.high]),
    ),
    rows,
  }
  return (
    <div className="relative mb-4 w-full max-w-2xl overflow-hidden" style={{ height: heightOf(chart) }}>
      <FirstPaint chart={chart} label={`${name} menurut ${what}, dengan rentang 95 persen; angkanya ada di tabel`} />
    </div>
  )
}
