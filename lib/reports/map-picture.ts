import type { Cell } from '@/lib/mapping/model'
import { isTown, outlineOf, shortName } from '@/lib/mapping/outline-model'
import { figureIn, legendOf, paintOf, scaleFor, shortFigure, type Scale } from '@/lib/mapping/palette-model'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { box, escaped, inLines, sheetOf, words } from './drawing'
import type { TakenView } from './map-view'

/** A view of the map as a drawing with its title, legend, date, source and n: what stands alone in a report or a letter. Pure. */

const WIDTH = 900
const EDGE = 30
const SOFT = '#55605A'
const BAR = '#137D78'

type Part = { height: number; svg: string }

/** The pattern over a cell's colour: few teachers, or nothing shown. */
const patternOf = (cell: Cell, { pictured }: Scale): string | null =>
  cell.state === 'empty' ? null : !figureIn(cell, pictured) ? 'titik' : cell.state === 'hatched' ? 'arsir' : null

function head({ title, lead, simulated }: TakenView): Part {
  return {
    height: simulated ? 94 : 74,
    svg: [
      words(EDGE, 40, title, { size: 22, bold: true }),
      words(EDGE, 62, lead, { size: 14, ink: SOFT }),
      simulated ? words(EDGE, 84, 'DATA SIMULASI', { size: 14, bold: true, ink: '#9A3412' }) : '',
    ].join(''),
  }
}

function foot({ facts }: TakenView): Part {
  const lines = facts.flatMap((f) => inLines(f, 125))
  return { height: lines.length * 17 + 34, svg: lines.map((l, i) => words(EDGE, 22 + i * 17, l, { size: 12, ink: SOFT })).join('') }
}

function legend(scale: Scale): Part {
  const lines = legendOf(scale)
  const across = WIDTH - 2 * EDGE - 260
  const svg = lines.map((line, i) => {
    const width = across / line.classes.length
    const y = 24 + i * 26
    return [
      words(EDGE, y + 15, line.words, { size: 12 }),
      ...line.classes.map(
        (c, k) =>
          box(EDGE + 260 + k * width, y, width - 2, 22, c.fill) +
          words(EDGE + 260 + (k + 0.5) * width, y + 15, c.label, { size: 12, anchor: 'middle', ink: c.ink }),
      ),
    ].join('')
  })
  const name = `${scale.pictured === 'kompeten' ? 'Persen guru kompeten' : 'Rata-rata, persen'}; makin pasti, makin kuat warnanya. Garis miring: gurunya sedikit. Titik: tidak ditampilkan.`
  return { height: 24 + lines.length * 26 + 6, svg: words(EDGE, 14, name, { size: 13, bold: true }) + svg.join('') }
}

function province({ view, body }: TakenView, scale: Scale): Part {
  const { box: frame, shapeOf } = outlineOf(body.boundaries?.geometry ?? null)
  const factor = (WIDTH - 2 * EDGE - 100) / frame[2]
  const shapes = view.cells.map((cell) => {
    const { d } = shapeOf(cell.code)
    const pattern = patternOf(cell, scale)
    const edge = figureIn(cell, scale.pictured) ? '#FFFFFF' : '#8B948F'
    return `<path d="${d}" fill="${paintOf(cell, scale).fill}" stroke="${edge}"${cell.state === 'empty' ? ' stroke-dasharray="2 2"' : ''}/>${pattern ? `<path d="${d}" fill="url(#${pattern})"/>` : ''}`
  })
  const names = view.cells.map((cell) => {
    const [x, y] = shapeOf(cell.code).at
    const { fill, ink } = paintOf(cell, scale)
    const size = isTown(cell.code) ? 6 : 6.6
    return (
      words(x, y - 1, shortName(cell.name), { size, anchor: 'middle', ink, halo: fill }) +
      words(x, y + 7, shortFigure(cell, scale), { size: size + 0.8, bold: true, anchor: 'middle', ink, halo: fill })
    )
  })
  const source = body.boundaries
    ? `Batas wilayah: ${body.boundaries.sourceLine}`
    : 'Mosaik segi enam sama luas; bukan batas wilayah yang sebenarnya.'
  return {
    height: frame[3] * factor + 30,
    svg:
      `<g transform="translate(${EDGE + 50} 0) scale(${factor.toFixed(4)}) translate(${(-frame[0]).toFixed(2)} ${(-frame[1]).toFixed(2)})">${shapes.join('')}${names.join('')}</g>` +
      words(EDGE, frame[3] * factor + 18, source, { size: 12, ink: SOFT }),
  }
}

function grid({ view, body }: TakenView, scale: Scale): Part {
  const heat = body.heat!
  const columns = [...heat.regions].sort((a, b) => a.name.localeCompare(b.name, 'id'))
  const rows = heat.rows.filter((r) => !view.filter.mapel || r.code === view.filter.mapel)
  const left = EDGE + 165
  const side = (WIDTH - EDGE - left) / (columns.length + 1)
  const cellAt = (cell: Cell | undefined, x: number, y: number) => {
    if (!cell) return ''
    const { fill, ink } = paintOf(cell, scale)
    const pattern = patternOf(cell, scale)
    return (
      box(x, y, side - 1, 25, fill, 'stroke="#DED8C9" stroke-width="0.5"') +
      (pattern ? box(x, y, side - 1, 25, `url(#${pattern})`) : '') +
      words(x + side / 2, y + 17, shortFigure(cell, scale, 0), { size: 12, anchor: 'middle', ink })
    )
  }
  const top = 150
  return {
    height: top + rows.length * 26 + 20,
    svg: [
      ...[...columns.map((c) => c.name), 'Semua'].map(
        (name, i) =>
          `<text transform="translate(${(left + i * side + side / 2 + 4).toFixed(1)} ${top - 8}) rotate(-90)" font-size="12" fill="#1C2320">${escaped(name)}</text>`,
      ),
      ...rows.map((row, r) => {
        const y = top + r * 26
        return [
          words(EDGE, y + 17, row.name, { size: 12 }),
          ...columns.map((c, i) =>
            cellAt(
              row.cells.find((x) => x.code === c.code),
              left + i * side,
              y,
            ),
          ),
          cellAt(row.total, left + columns.length * side, y),
        ].join('')
      }),
    ].join(''),
  }
}

function bars(rows: { name: string; value: number | null; words: string }[]): Part {
  const left = EDGE + 330
  const across = WIDTH - EDGE - left - 110
  return {
    height: rows.length * 24 + 20,
    svg: rows
      .map(({ name, value, words: said }, i) => {
        const y = 4 + i * 24
        return (
          words(EDGE, y + 14, name.length > 52 ? `${name.slice(0, 50)}…` : name, { size: 12 }) +
          box(left, y, across, 18, '#F1EFE9') +
          (value === null ? '' : box(left, y, (across * value) / 100, 18, BAR)) +
          words(left + across + 8, y + 14, said, { size: 12 })
        )
      })
      .join(''),
  }
}

function histogram({ body }: TakenView): Part {
  const { bands, total } = body.spread!
  const top = Math.max(1, ...bands.map((b) => b.n))
  const [left, height] = [EDGE + 50, 300]
  const x = (v: number) => left + ((WIDTH - EDGE - left) * v) / 100
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000].find((s) => s * 5 >= top) ?? 20000
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step)
  const y = (n: number) => 20 + height * (1 - n / top)
  return {
    height: height + 80,
    svg: [
      ...ticks.map(
        (t) =>
          `<line x1="${left}" x2="${WIDTH - EDGE}" y1="${y(t).toFixed(1)}" y2="${y(t).toFixed(1)}" stroke="#DED8C9"/>` +
          words(left - 6, y(t) + 4, formatCount(t), { size: 12, anchor: 'end', ink: SOFT }),
      ),
      ...bands.map((b) => box(x(b.from) + 1, y(b.n), x(5) - x(0) - 2, 20 + height - y(b.n), BAR)),
      ...[0, 20, 40, 60, 80, 100].map((v) => words(x(v), height + 38, String(v), { size: 12, anchor: 'middle', ink: SOFT })),
      words(
        (left + WIDTH - EDGE) / 2,
        height + 60,
        `Nilai, persen; banyaknya guru dalam rentang lima poin, seluruhnya ${formatCount(total)}`,
        {
          size: 13,
          anchor: 'middle',
        },
      ),
    ].join(''),
  }
}

const barWords = (cell: Cell, value: number | null, margin: number | null) =>
  value === null
    ? cell.state === 'hidden'
      ? 'disembunyikan'
      : '–'
    : `${formatNumber(value)}${margin === null ? '' : ` ± ${formatNumber(margin)}`}`

/** The picture of a view as SVG. */
export function viewPicture(taken: TakenView): string {
  const { view, body, region } = taken
  const scale = scaleFor(view.filter)
  const picture = (): Part[] => {
    if (region)
      return [
        bars(
          region.schools.map((s) => {
            const figure = figureIn(s, scale.pictured)
            return { name: s.name, value: figure?.value ?? null, words: barWords(s, figure?.value ?? null, figure?.margin ?? null) }
          }),
        ),
      ]
    if (body.heat) return [grid(taken, scale), legend(scale)]
    if (body.spread) return [histogram(taken)]
    if (body.indicators)
      return [
        bars(
          body.indicators.map(({ code, title, total }) => ({
            name: `${code} ${title}`,
            value: figureIn(total, 'rata-rata')?.value ?? null,
            words: barWords(total, figureIn(total, 'rata-rata')?.value ?? null, total.margin),
          })),
        ),
      ]
    return [province(taken, scale), legend(scale)]
  }
  return sheetOf(WIDTH, taken.title, [head(taken), ...picture(), foot(taken)])
}
