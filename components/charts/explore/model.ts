/** What a chart to explore shows, as plain data: drawn by the server for the first paint, then by Recharts in the same place. */

export type Bar = { from: number; to: number; value: number; words: string }
export type Range = { name: string; value: number; low: number; high: number; words: string; faint: boolean }
type Axis = { name: string; span: [number, number]; ticks: { at: number; name: string }[] }

export type Explored =
  | { kind: 'bars'; x: Axis; y: Axis; bars: Bar[] }
  /** Rows stand as given, never by size; `zero` draws a line there. */
  | { kind: 'ranges'; x: Axis; rows: Range[]; zero: boolean }

/** Room around the plot, px: numbers and names are as large on a phone as on a desk. */
export const room = {
  bars: { left: 52, right: 14, top: 12, bottom: 46 },
  ranges: { left: 150, right: 18, top: 6, bottom: 46 },
} as const
const ROW = 27

/** Height of a chart, px: known before anything is drawn, so that nothing on the page moves. */
export const heightOf = (chart: Explored): number =>
  chart.kind === 'bars' ? 300 : chart.rows.length * ROW + room.ranges.top + room.ranges.bottom

export const COLOURS = {
  bar: 'var(--color-series)',
  line: 'var(--color-line)',
  soft: 'var(--color-soft)',
  faint: 'var(--color-series-faint)',
  ink: 'var(--color-ink)',
} as const
