import { axisFor } from '@/components/charts/explore/axes'
import { Explore } from '@/components/charts/explore/explore'
import type { Cell } from '@/lib/mapping/model'
import { certaintyOf, certaintyWords, figureIn, type Scale } from '@/lib/mapping/palette-model'
import { formatCount, formatNumber } from '@/lib/platform/format'

/** The pictured figure of every kabupaten/kota with its 95 % interval, by the alphabet; a place without an error is not drawn. */
export function PlacesChart({ cells, scale }: { cells: Cell[]; scale: Scale }) {
  const rows = [...cells]
    .sort((a, b) => a.name.localeCompare(b.name, 'id'))
    .flatMap((c) => {
      const figure = figureIn(c, scale.pictured)
      if (!figure || figure.margin === null) return []
      const { value, margin } = figure
      return [{ name: c.name, n: c.n ?? 0, value, low: Math.max(0, value - margin), high: Math.min(100, value + margin), margin }]
    })
  if (!rows.length) return null
  const what = scale.pictured === 'kompeten' ? 'Persen guru kompeten' : 'Rata-rata'
  return (
    <Explore
      caption={`${what} menurut kabupaten/kota dengan rentang 95 persen; menurut abjad, bukan peringkat`}
      label={`${what} ${rows.length} kabupaten/kota dengan rentang 95 persen`}
      chart={{
        kind: 'ranges',
        zero: false,
        x: axisFor(
          `${what}, persen`,
          rows.flatMap((r) => [r.low, r.high]),
        ),
        rows: rows.map((r) => {
          const certainty = certaintyOf(r.margin, scale)
          return {
            name: r.name,
            value: r.value,
            low: r.low,
            high: r.high,
            faint: certainty === 'unsure',
            words: `${r.name}: ${formatNumber(r.value)} ± ${formatNumber(r.margin)}, ${certaintyWords[certainty]}; ${formatCount(r.n)} guru`,
          }
        }),
      }}
      table={{
        head: ['Kabupaten/kota', what, 'Rentang', 'n'],
        rows: rows.map((r) => [r.name, formatNumber(r.value), `${formatNumber(r.low)}–${formatNumber(r.high)}`, formatCount(r.n)]),
      }}
    />
  )
}
