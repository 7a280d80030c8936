import { formatNumber } from '@/lib/platform/format'
import type { Cell, MapFilter } from './model'

/**
 * Which colour a figure has, the same wherever it stands: map, tiles, heat table, kabupaten page and files. Pure.
 *
 * Two things are pictured at once, in classes (a value-suppressing palette: Correll, Moritz & Heer 2018): the more uncertain a figure, the
 * fewer values its colour tells apart and the paler it is. Four values where the 95 % interval is no wider than a class, two where it is no
 * wider than two, else none.
 */

export type Pictured = MapFilter['nilai']
export type Certainty = 'sure' | 'rough' | 'unsure'
/** A colour with the text that reads on it. */
export type Paint = { fill: string; ink: string }

const DARK = '#1C2320'
const LIGHT = '#FFFFFF'

/** Of each certainty from low values to high: 4, 2 and 1 classes. */
export const palette: Record<Certainty, readonly Paint[]> = {
  sure: [
    { fill: '#F7DE5C', ink: DARK },
    { fill: '#7FC25A', ink: DARK },
    { fill: '#137D78', ink: LIGHT },
    { fill: '#0F3460', ink: LIGHT },
  ],
  rough: [
    { fill: '#DEDDB4', ink: DARK },
    { fill: '#8FA8B3', ink: DARK },
  ],
  unsure: [{ fill: '#C3BDB5', ink: DARK }],
}
export const HIDDEN: Paint = { fill: '#FFFFFF', ink: DARK }
export const NO_DATA: Paint = { fill: '#FFFFFF', ink: '#55605A' }

/** What stands before a figure, so that its certainty is told without colour too. */
export const marks: Record<Certainty, string> = { sure: '', rough: '≈ ', unsure: '? ' }
export const certaintyWords: Record<Certainty, string> = { sure: 'cukup pasti', rough: 'kira-kira', unsure: 'belum pasti' }

export type Scale = {
  pictured: Pictured
  /** The three breaks between the four classes, percent. */
  breaks: readonly [number, number, number]
  /** Width of a class, percent. */
  width: number
}

/**
 * Breaks of the mean by competency, percent: chosen once, around the provincial mean of the first mapping rounded to fives, and never from
 * what a filter shows. The subject tests of one competency share them.
 */
const meanBreaks: Record<MapFilter['bagian'], Scale['breaks']> = {
  '1': [45, 50, 55],
  '2': [45, 50, 55],
  '3': [50, 55, 60],
  '4': [50, 55, 60],
}
/** A quarter, half and three quarters of the people. */
const shareBreaks: Scale['breaks'] = [25, 50, 75]

/** The colour scale of a competency, for the figure that is pictured. */
export function scaleFor({ bagian, nilai }: Pick<MapFilter, 'bagian' | 'nilai'>): Scale {
  const breaks = nilai === 'kompeten' ? shareBreaks : meanBreaks[bagian]
  return { pictured: nilai, breaks, width: breaks[1] - breaks[0] }
}

/** The figure that is pictured and half its 95 % interval; null where it is not known. */
export function figureIn(cell: Cell, pictured: Pictured): { value: number; margin: number | null } | null {
  if (cell.state === 'hidden' || cell.state === 'empty') return null
  const [value, margin] = pictured === 'kompeten' ? [cell.share, cell.shareMargin] : [cell.mean, cell.margin]
  return value === null ? null : { value, margin }
}

/** How much of a colour class the 95 % interval of a figure takes. */
export function certaintyOf(margin: number | null, { width }: Pick<Scale, 'width'>): Certainty {
  if (margin === null || margin > width) return 'unsure'
  return margin > width / 2 ? 'rough' : 'sure'
}

/** The class of a value among those that its certainty tells apart, from 0. */
function classOf(value: number, certainty: Certainty, { breaks }: Scale): number {
  if (certainty === 'unsure') return 0
  return certainty === 'rough' ? Number(value >= breaks[1]) : breaks.filter((b) => value >= b).length
}

/** The colour of a cell. */
export function paintOf(cell: Cell, scale: Scale): Paint {
  if (cell.state === 'empty') return NO_DATA
  const figure = figureIn(cell, scale.pictured)
  if (!figure) return HIDDEN
  const certainty = certaintyOf(figure.margin, scale)
  return palette[certainty][classOf(figure.value, certainty, scale)]!
}

/** A cell's figure as it is written into the picture: "49,4", "≈ 51,4", "? 52,3"; "•" where it is hidden, "–" where there is none. */
export function shortFigure(cell: Cell, scale: Scale, decimals = 1): string {
  const figure = figureIn(cell, scale.pictured)
  if (!figure) return cell.state === 'hidden' ? '•' : '–'
  return `${marks[certaintyOf(figure.margin, scale)]}${formatNumber(figure.value, decimals)}`
}

/** The legend: a line for each certainty with what its colours mean. */
export function legendOf({
  breaks,
  width,
  pictured,
}: Scale): { certainty: Certainty; words: string; classes: (Paint & { label: string })[] }[] {
  const [a, b, c] = breaks.map((x) => formatNumber(x, 0)) as [string, string, string]
  const labels: Record<Certainty, string[]> = {
    sure: [`di bawah ${a}`, `${a}–${b}`, `${b}–${c}`, `${c} ke atas`],
    rough: [`di bawah ${b}`, `${b} ke atas`],
    unsure: ['nilai tidak dibedakan'],
  }
  const half = formatNumber(width / 2, width % 2 ? 1 : 0)
  const unit = pictured === 'kompeten' ? ' poin persen' : ''
  const words: Record<Certainty, string> = {
    sure: `Cukup pasti: ± ${half}${unit} atau kurang`,
    rough: `Kira-kira (≈): ± ${half}–${formatNumber(width, 0)}${unit}`,
    unsure: `Belum pasti (?): lebih dari ± ${formatNumber(width, 0)}${unit}`,
  }
  return (['sure', 'rough', 'unsure'] as const).map((certainty) => ({
    certainty,
    words: words[certainty],
    classes: palette[certainty].map((paint, i) => ({ ...paint, label: labels[certainty][i]! })),
  }))
}

const percent = (x: number, decimals = 1) => `${formatNumber(x, decimals)} persen`

/** Everything that may be said of a cell, a line each; what is not known says why. */
export function cellLines(cell: Cell, scale: Scale): { term: string; words: string }[] {
  if (cell.state === 'empty') return [{ term: 'Guru dites', words: 'belum ada' }]
  if (cell.state === 'hidden' || cell.n === null) return [{ term: 'Keadaan', words: 'disembunyikan untuk melindungi kelompok kecil' }]
  const figure = figureIn(cell, scale.pictured)
  const range =
    cell.mean === null || cell.margin === null
      ? 'belum dapat dihitung'
      : `${formatNumber(Math.max(0, cell.mean - cell.margin))}–${formatNumber(Math.min(100, cell.mean + cell.margin))}`
  return [
    { term: 'Guru dites', words: formatNumber(cell.n, 0) },
    {
      term: 'Cakupan',
      words: cell.roster > 0 ? `${percent((100 * cell.n) / cell.roster, 0)} dari ${formatNumber(cell.roster, 0)} guru terdata` : '–',
    },
    { term: 'Rata-rata', words: cell.mean === null ? '–' : formatNumber(cell.mean) },
    { term: 'Rentang 95 persen', words: range },
    {
      term: 'Kompeten',
      words:
        cell.share === null
          ? 'belum diketahui'
          : `${percent(cell.share)}${cell.shareMargin === null ? '' : ` ± ${formatNumber(cell.shareMargin)}`}`,
    },
    {
      term: 'Kepastian',
      words: `${figure ? certaintyWords[certaintyOf(figure.margin, scale)] : 'angka yang dipilih belum diketahui'}${cell.compared ? `; ${cell.compared === 'sekitar' ? 'tidak terbedakan dari' : cell.compared} wilayah lain` : ''}${cell.state === 'hatched' ? '; gurunya sedikit' : ''}`,
    },
  ]
}

/** One sentence that says everything about a cell. */
export function cellWords(cell: Cell, scale: Scale): string {
  if (cell.state === 'empty') return `${cell.name}: belum ada guru yang dites`
  const figure = figureIn(cell, scale.pictured)
  if (cell.state === 'hidden' || cell.n === null) return `${cell.name}: disembunyikan untuk melindungi kelompok kecil`
  const name = scale.pictured === 'kompeten' ? 'persen kompeten' : 'rata-rata'
  const said = figure
    ? `${name} ${formatNumber(figure.value)}${figure.margin === null ? '' : ` ± ${formatNumber(figure.margin)}`}, ${certaintyWords[certaintyOf(figure.margin, scale)]}`
    : `${name} belum diketahui`
  const coverage = cell.roster > 0 ? `, ${percent((100 * cell.n) / cell.roster, 0)} dari ${formatNumber(cell.roster, 0)} guru terdata` : ''
  return `${cell.name}: ${said}; ${formatNumber(cell.n, 0)} guru${coverage}${cell.state === 'hatched' ? '; gurunya sedikit, baca dengan hati-hati' : ''}`
}
