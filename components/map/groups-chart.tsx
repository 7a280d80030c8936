import { axisFor } from '@/components/charts/explore/axes'
import { Explore } from '@/components/charts/explore/explore'
import type { Cell } from '@/lib/mapping/model'
import { certaintyOf, certaintyWords, figureIn, type Scale } from '@/lib/mapping/palette-model'
import { formatCount, formatNumber } from '@/lib/platform/format'

const kinds = {
  places: { head: 'Kabupaten/kota', order: '; menurut abjad, bukan peringkat' },
  levels: { head: 'Jenjang', order: '' },
}

/** The pictured figure of groups that stand together with its 95 % interval, in their own order; a group without an error is not drawn. */
export function GroupsChart({ cells, scale, kind }: { cells: Cell[]; scale: Scale; kind: keyof typeof kinds }) {
  const { head, order } = kinds[kind]
  const rows = (kind === 'places' ? [...cells].sort((a, b) => a.name.localeCompare(b.name, 'id')) : cells).flatMap((c) => {
    const figure = figureIn(c, scale.pictured)
    if (!figure || figure.margin === null) return []
    const { value, margin } = figure
    return [
      {
        name: kind === 'levels' ? c.code : c.name,
        n: c.n ?? 0,
        value,
        low: Math.max(0, value - margin),
        high: Math.min(100, value + margin),
        margin,
      },
    ]
  })
  if (!rows.length) return null
  const what = scale.pictured === 'kompeten' ? 'Persen guru kompeten' : 'Rata-rata'
  return (
    <Explore
      caption={`${what} menurut ${head.toLowerCase()} dengan rentang 95 persen${order}`}
      label={`${what} ${rows.length} ${head.toLowerCase()} dengan rentang 95 persen`}
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
        head: [head, what, 'Rentang', 'n'],
        rows: rows.map((r) => [r.name, formatNumber(r.value), `${formatNumber(r.low)}–${formatNumber(r.high)}`, formatCount(r.n)]),
      }}
    />
  )
}
