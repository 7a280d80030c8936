import { axisFor } from '@/components/charts/explore/axes'
import { Explore } from '@/components/charts/explore/explore'
import { clamp } from '@/components/charts/scale'
import { formatCount, formatSigned } from '@/lib/platform/format'
import { rangeWords } from './words'

/** Two scores of 200 to 800 cannot lie further apart. */
const FURTHEST = 600

export type ChangeRow = { name: string; value: number; low: number; high: number; n: number | null }

/**
 * Changes or differences with their ranges around zero, to explore; a range that holds zero is drawn faint. Rows stand as given, never by
 * size. `table`: the same numbers beside it, where no other table holds them. What the scale cannot hold is cut off in the picture alone.
 */
export function ChangeRanges({
  caption,
  label,
  axis = 'Poin',
  rows,
  table = true,
}: {
  caption: string
  label: string
  axis?: string
  rows: ChangeRow[]
  table?: boolean
}) {
  const within = (v: number) => clamp(v, -FURTHEST, FURTHEST)
  const drawn = rows.map((r) => ({ ...r, low: within(r.low), high: within(r.high) }))
  const { name, span, ticks } = axisFor(axis, [0, ...drawn.flatMap((r) => [r.low, r.high])])
  const x = { name, span: [within(span[0]), within(span[1])] as [number, number], ticks: ticks.filter((t) => Math.abs(t.at) <= FURTHEST) }
  const people = (n: number | null) => (n === null ? 'banyaknya guru disamarkan' : `${formatCount(n)} guru`)
  return (
    <Explore
      caption={caption}
      label={label}
      chart={{
        kind: 'ranges',
        zero: true,
        x,
        rows: drawn.map((r, i) => ({
          name: r.name,
          value: r.value,
          low: r.low,
          high: r.high,
          faint: r.low <= 0 && r.high >= 0,
          words: `${r.name}: ${formatSigned(r.value)} poin, ${rangeWords(rows[i]!)}; ${people(r.n)}`,
        })),
      }}
      {...(table && {
        table: {
          head: ['Kelompok', 'Poin', 'Rentang', 'Guru'],
          rows: rows.map((r) => [r.name, formatSigned(r.value), rangeWords(r), r.n === null ? 'disamarkan' : formatCount(r.n)]),
        },
      })}
    />
  )
}
